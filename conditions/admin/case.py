"""Cases, in the admin."""

from django.contrib import admin

from conditions.models import Case

from .base import KnowledgeAdmin


@admin.register(Case)
class CaseAdmin(KnowledgeAdmin):
    """Pictures with what must be said of them."""

    list_display = ["slug", "title", "level", "source"]
    list_filter = ["level", ("source", admin.EmptyFieldListFilter)]
    list_select_related = ["source"]
    search_fields = ["slug", "title", "story", "lesson", "opening"]
    autocomplete_fields = ["source"]
    fieldsets = [
        (None, {"fields": ["slug", "title", "story", "picture", "expects", "published", "source", "rows"]}),
        (
            "Teaching",
            {
                "fields": ["lesson", ("level", "topics"), "opening", "in_reality", "points"],
                "description": "A case teaches once all of these are filled in.",
            },
        ),
    ]
