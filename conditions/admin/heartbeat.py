"""What heartbeats found, and the ledger, in the admin: to be read, and nothing else."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from conditions.models import Heartbeat, LedgerEntry


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows that the installation writes itself."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are not typed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They never change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They never go."""
        return False


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnly):
    """Each look at the published knowledge, and what it found."""

    list_display = ["at", "release", "is_well", "cases", "digest"]
    list_filter = ["at"]
    list_select_related = ["release"]
    search_fields = ["release__version", "digest"]
    fields = ["at", "release", "digest", "link", "cases", "wrong", "noted"]

    @admin.display(description="as published", boolean=True)
    def is_well(self, beat: Heartbeat) -> bool:
        """Whether the release was answered from after it."""
        return not beat.wrong


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnly):
    """What was published, in the order in which it was."""

    list_display = ["version", "sequence", "digest", "entered_at"]
    search_fields = ["version", "digest", "link"]
    fields = ["version", "sequence", "digest", "before", "link", "entered_at"]
