"""Where curators work on the knowledge. It holds no rules of its own: the models say what is wrong."""

from django.contrib import admin

from . import (
    case,
    condition,
    developer,
    finding,
    group,
    heartbeat,
    investigation,
    limits,
    note,
    people,
    recommendation,
    release,
    rule,
    source,
    task,
    unit_alias,
)

admin.site.site_header = admin.site.site_title = "Cobalt"
admin.site.index_title = "My work"

__all__ = [
    "case",
    "condition",
    "developer",
    "finding",
    "group",
    "heartbeat",
    "investigation",
    "limits",
    "note",
    "people",
    "recommendation",
    "release",
    "rule",
    "source",
    "task",
    "unit_alias",
]
