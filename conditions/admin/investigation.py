"""Investigations, in the admin."""

from django.contrib import admin

from conditions.models import Investigation

from .base import CITATION, DueForReview, KnowledgeAdmin


@admin.register(Investigation)
class InvestigationAdmin(KnowledgeAdmin):
    """Tests that can be ordered."""

    list_display = ["slug", "name", "kind", "cost", "grade", "verification"]
    list_filter = ["kind", "cost", "grade", "verification", DueForReview]
    search_fields = ["slug", "name", "question"]
    autocomplete_fields = ["measures", "includes", "source", "also"]
    fieldsets = [
        (None, {"fields": ["slug", "name", ("kind", "cost"), "question"]}),
        ("What it settles", {"fields": ["measures", "includes"]}),
        ("How it is done", {"fields": ["preparation", "pitfalls"]}),
        ("Codes", {"fields": ["codes"]}),
        CITATION,
    ]
