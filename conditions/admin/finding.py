"""Findings, in the admin."""

from django.contrib import admin

from conditions.models import Finding, Implication, Limits, Unit

from .base import CITED_FIELDS, KnowledgeAdmin, PartInline, PartTable


class UnitInline(PartTable):
    """The units in which a finding is given; the first is canonical."""

    model = Unit


class ImplicationInline(PartTable):
    """What a finding implies of others."""

    model = Implication
    fk_name = "of_finding"
    autocomplete_fields = ["finding"]


class LimitsInline(PartInline):
    """The scales on which a finding is read; their bands stand on a page of their own."""

    model = Limits
    fields = [("unit", "basis", "order"), "scheme", "when", *CITED_FIELDS]
    autocomplete_fields = ["source", "also"]
    classes = ["collapse"]
    show_change_link = True
    verbose_name_plural = "limits (their bands: “Change”)"


@admin.register(Finding)
class FindingAdmin(KnowledgeAdmin):
    """What may be known of a patient."""

    list_display = ["slug", "label", "group", "asked", "states", "red_flag"]
    list_filter = ["asked", "red_flag", ("group", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["group"]
    search_fields = ["slug", "label", "phrase"]
    autocomplete_fields = ["group", "reads", "molar_mass_source", "sources"]
    inlines = [UnitInline, LimitsInline, ImplicationInline]
    fieldsets = [
        (None, {"fields": ["slug", ("label", "phrase"), ("states", "state_labels")]}),
        ("On the form", {"fields": [("group", "order", "asked"), "synonyms", "help", "red_flag"]}),
        ("Worked out from others", {"fields": ["reads", "defined_as", "derived"]}),
        (
            "Amounts",
            {
                "fields": [
                    "bounds_unit",
                    ("bounds_reject_below", "bounds_warn_below"),
                    ("bounds_warn_above", "bounds_reject_above"),
                    ("molar_mass_value", "molar_mass_of"),
                    "molar_mass_source",
                ]
            },
        ),
        ("Codes and sources", {"fields": ["codes", "sources"]}),
    ]
