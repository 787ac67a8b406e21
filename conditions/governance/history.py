"""What each release changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from conditions.models import Release
from conditions.workspace import differences

NAMES = ("label", "name", "title", "says")
SECTIONS = {
    "sources": "Sources",
    "groups": "Groups of questions",
    "findings": "Findings and their limits",
    "conditions": "Conditions",
    "rules": "Rules",
    "investigations": "Investigations",
    "recommendations": "Advice",
    "notes": "Notes",
    "cases": "Cases",
    "unit_aliases": "Units as printed",
}
Part = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changed:
    """The parts of one section that were added, changed and removed, by name."""

    section: str
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a release changed. ``since`` is the version before it, empty for the first."""

    since: str
    sections: tuple[Changed, ...]


def changes_of(release: Release) -> Changes:
    """What the release changed in the one before it."""
    before = Release.objects.filter(sequence__lt=release.sequence).without_document().first()
    if not before:
        return Changes("", ())
    return Changes(before.version, _between(before.digest, release.digest))


@lru_cache(maxsize=16)
def _between(older: str, newer: str) -> tuple[Changed, ...]:
    old, new = (
        Release.objects.filter(digest=digest).latest("sequence").document for digest in (older, newer)
    )
    found: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for place in differences(old, new):
        section, _, slug = place.partition(" ")
        left, right = old.get(section, {}).get(slug), new.get(section, {}).get(slug)
        kind = 0 if left is None else 2 if right is None else 1
        found.setdefault(section, ([], [], []))[kind].append(_name(slug, right or left))
    return tuple(
        Changed(SECTIONS[section], tuple(added), tuple(changed), tuple(removed))
        for section, (added, changed, removed) in found.items()
    )


def _name(slug: str, part: Any) -> str:
    if not isinstance(part, Mapping):
        return slug
    return next((str(part[key]) for key in NAMES if part.get(key)), slug)
