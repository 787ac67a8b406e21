"""Notes, in the admin."""

from django.contrib import admin

from conditions.models import Note, Step

from .base import CITATION, CITED_FIELDS, DueForReview, KnowledgeAdmin, PartInline


class StepInline(PartInline):
    """The arrows of a drawing, the cells of a table."""

    model = Step
    fields = [("start", "end", "order"), "says", *CITED_FIELDS]
    autocomplete_fields = ["source", "also"]
    classes = ["collapse"]


@admin.register(Note)
class NoteAdmin(KnowledgeAdmin):
    """Explanations for the reader."""

    list_display = ["slug", "title", "topic", "order", "figure", "grade", "verification"]
    list_filter = ["topic", "figure", "grade", "verification", DueForReview]
    search_fields = ["slug", "title", "text"]
    autocomplete_fields = ["about", "about_findings", "source", "also"]
    inlines = [StepInline]
    fieldsets = [
        (None, {"fields": ["slug", "title", ("topic", "order"), "text", "figure"]}),
        ("What it explains", {"fields": ["about", "about_findings"]}),
        CITATION,
    ]
