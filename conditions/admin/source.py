"""Sources, in the admin."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from conditions.models import Notice, Source

from .base import KnowledgeAdmin


class Retracted(admin.SimpleListFilter):
    """Sources that were retracted, as far as the last table that was read says."""

    title = "retraction"
    parameter_name = "retracted"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        """The one question."""
        return [("yes", "retracted")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Source]) -> QuerySet[Source]:
        """The sources that answer it."""
        return queryset.filter(pk__in=Notice.objects.retracted()) if self.value() else queryset


@admin.register(Source)
class SourceAdmin(KnowledgeAdmin):
    """Publications, guidelines and data sets."""

    list_display = ["slug", "title", "year", "kind"]
    list_filter = [Retracted, "kind", "year"]
    search_fields = ["slug", "title", "authors", "doi", "pmid"]
    fields = ["slug", "title", "authors", ("year", "kind"), "published_in", ("doi", "pmid"), "url", "note"]
