"""Recommendations, in the admin."""

from django.contrib import admin

from conditions.models import Recommendation

from .base import CITATION, DueForReview, KnowledgeAdmin


@admin.register(Recommendation)
class RecommendationAdmin(KnowledgeAdmin):
    """What is worth doing, or holding back."""

    list_display = ["slug", "kind", "target", "stance", "urgency", "when", "grade", "verification"]
    list_filter = ["kind", "stance", "urgency", "grade", "verification", DueForReview]
    search_fields = ["slug", "target", "when", "unless", "says", "source__slug"]
    autocomplete_fields = ["source", "also"]
    fieldsets = [
        (
            None,
            {"fields": ["slug", ("kind", "target"), ("stance", "urgency"), "when", "unless", "says", "rows"]},
        ),
        CITATION,
    ]
