"""Sources, in the admin."""

from django.contrib import admin

from conditions.models import Source

from .base import KnowledgeAdmin


@admin.register(Source)
class SourceAdmin(KnowledgeAdmin):
    """Publications, guidelines and data sets."""

    list_display = ["slug", "title", "year", "kind"]
    list_filter = ["kind", "year"]
    search_fields = ["slug", "title", "authors", "doi", "pmid"]
    fields = ["slug", "title", "authors", ("year", "kind"), "published_in", ("doi", "pmid"), "url", "note"]
