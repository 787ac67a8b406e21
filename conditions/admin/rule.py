"""Rules, in the admin."""

from django.contrib import admin

from conditions.models import Rule

from .base import CITATION, DueForReview, KnowledgeAdmin


@admin.register(Rule)
class RuleAdmin(KnowledgeAdmin):
    """Reasons for and against conditions."""

    list_display = ["slug", "condition", "effect", "when", "unless", "grade", "verification"]
    list_filter = [
        "effect",
        "grade",
        "verification",
        DueForReview,
        "condition__kind",
        ("condition", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["condition"]
    search_fields = ["slug", "when", "unless", "says", "condition__slug", "condition__name", "source__slug"]
    autocomplete_fields = ["condition", "source", "also"]
    fieldsets = [
        (None, {"fields": ["slug", ("condition", "effect"), "when", "unless", "says", "rows"]}),
        CITATION,
    ]
