"""Conditions, in the admin."""

from django.contrib import admin
from django.http import HttpRequest

from conditions.curation.completeness import completeness_of
from conditions.models import Association, Condition, Description, Effect, Rule

from .base import CITED_FIELDS, KnowledgeAdmin, PartInline, PartTable


class EffectInline(PartInline):
    """What the condition does to B12."""

    model = Effect
    fields = [("direction", "order"), "mechanism", "frequency", "note", *CITED_FIELDS]
    autocomplete_fields = ["source", "also"]
    classes = ["collapse"]


class AssociationInline(PartInline):
    """What travels with the condition."""

    model = Association
    fk_name = "of_condition"
    fields = [("condition", "order"), "frequency", *CITED_FIELDS]
    autocomplete_fields = ["condition", "source", "also"]
    classes = ["collapse"]


class DescriptionInline(PartInline):
    """Where the condition's own texts come from."""

    model = Description
    fields = [("part", "order"), *CITED_FIELDS]
    autocomplete_fields = ["source", "also"]
    classes = ["collapse"]


class RuleInline(PartTable):
    """The rules that bear on the condition, to be read here and changed on their own pages."""

    model = Rule
    fields = ["effect", "when", "unless", "says", "grade", "verification"]
    readonly_fields = ["effect", "when", "unless", "says", "grade", "verification"]
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Rules are added on a page of their own."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Rules are changed on their own pages."""
        return False


@admin.register(Condition)
class ConditionAdmin(KnowledgeAdmin):
    """Diseases, exposures and B12 states."""

    list_display = ["slug", "name", "kind", "category", "autoimmune", "urgency"]
    list_filter = ["kind", "autoimmune", "urgency", "category"]
    search_fields = ["slug", "name", "category"]
    autocomplete_fields = ["suspicion", "confirmed_by", "shown_under"]
    inlines = [EffectInline, RuleInline, AssociationInline, DescriptionInline]
    readonly_fields = ["completeness"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "completeness",
                    "slug",
                    "name",
                    ("kind", "category", "urgency"),
                    "autoimmune",
                    "summary",
                ]
            },
        ),
        ("B12 states", {"fields": [("rank", "says")]}),
        ("Finding and confirming it", {"fields": ["suspicion", "confirmed_by", "confirmation", "caution"]}),
        ("On the page", {"fields": ["shown_under", "synonyms", "codes"]}),
    ]

    @admin.display(description="Completeness")
    def completeness(self, condition: Condition) -> str:
        """What has been written of it, and what a reader would still miss."""
        return completeness_of(condition) if condition.pk and not condition._state.adding else "Nothing yet."
