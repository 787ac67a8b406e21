"""Limits and their bands, in the admin."""

from django.contrib import admin

from conditions.models import Band, Limits

from .base import CITATION, DueForReview, KnowledgeAdmin, PartTable


class BandInline(PartTable):
    """The steps of a scale."""

    model = Band
    fields = ["states", "upper", "inclusive", "of", "says"]


@admin.register(Limits)
class LimitsAdmin(KnowledgeAdmin):
    """The scales of sources."""

    list_display = ["finding", "unit", "basis", "scheme", "when", "source", "grade", "verification"]
    list_filter = ["basis", "grade", "verification", DueForReview]
    list_select_related = ["finding", "source"]
    search_fields = ["finding__slug", "finding__label", "scheme", "when", "source__slug"]
    autocomplete_fields = ["finding", "source", "also"]
    inlines = [BandInline]
    fieldsets = [
        (None, {"fields": ["finding", ("unit", "basis", "order"), "scheme", "when"]}),
        CITATION,
    ]
