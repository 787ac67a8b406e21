"""Releases, in the admin: to be read, and nothing else."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from conditions.models import Release


@admin.register(Release)
class ReleaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Published states of the knowledge. Nobody adds, changes or deletes them here."""

    list_display = ["version", "origin", "published_at", "submitted_by", "approved_by", "notes"]
    list_filter = ["origin", "published_at"]
    list_select_related = ["submitted_by", "approved_by"]
    search_fields = ["version", "digest", "notes"]
    fields = [
        "version",
        "origin",
        "published_at",
        ("submitted_by", "approved_by"),
        "notes",
        "digest",
        ("format", "engine_version"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        """Releases without their documents, which are large."""
        return Release.objects.without_document()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Releases are published, not typed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Releases never change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Releases never go."""
        return False
