"""Cases, in the admin."""

from django.contrib import admin

from conditions.models import Case

from .base import KnowledgeAdmin


@admin.register(Case)
class CaseAdmin(KnowledgeAdmin):
    """Pictures with what must be said of them."""

    list_display = ["slug", "title", "source"]
    list_filter = [("source", admin.EmptyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["slug", "title", "story"]
    autocomplete_fields = ["source"]
    fields = ["slug", "title", "story", "picture", "expects", "published", "source", "rows"]
