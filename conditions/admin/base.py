"""What all pages of the admin share."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.forms import SimpleArrayField
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone

from conditions.curation.rows_history import place_of
from conditions.exchange.admin import Exchanged
from conditions.models.cited import CitedQuerySet
from conditions.models.fields import CriterionField


class LinesField(SimpleArrayField):
    """A list, one item a line: items may hold commas."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 24, "spellcheck": "false"})

    def __init__(self, base_field: forms.Field, **options: Any) -> None:
        super().__init__(base_field, **options | {"delimiter": "\n"})

    def to_python(self, value: Any) -> Any:
        """The items; empty lines are none."""
        if isinstance(value, str):
            value = [line for line in value.splitlines() if line.strip()]
        return super().to_python(value)


class IndentedJSONField(forms.JSONField):
    """JSON set out to be read; nothing means an empty object."""

    widget = forms.Textarea(attrs={"rows": 6, "cols": 90, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        """The object over several lines; what was typed and could not be read, as it was typed."""
        if isinstance(value, dict):
            return json.dumps(value, indent=2, ensure_ascii=False) if value else ""
        return super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        """The object that was typed."""
        cleaned = super().clean(value)
        return {} if cleaned is None else cleaned


COMFORTABLE: dict[Any, dict[str, Any]] = {
    models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 90})},
    ArrayField: {"form_class": LinesField},
    models.JSONField: {"form_class": IndentedJSONField},
}

CHECKED_AS_TYPED: dict[str, Any] = {
    "data-criterion": "",
    "hx-post": reverse_lazy("check_criterion"),
    "hx-trigger": "input changed delay:300ms, focus once",
    "hx-target": "next .criterion-says",
}

CITED_FIELDS: list[Any] = [
    ("source", "also"),
    ("grade", "verification"),
    "place",
    ("checked_by", "checked_on", "review_by"),
]
CITATION: tuple[str, Any] = ("Source", {"fields": CITED_FIELDS})


class Comfortable(BaseModelAdmin):  # type: ignore[type-arg]
    """Widgets in which the knowledge can be read: what is picked by typing is as wide as its names."""

    formfield_overrides = COMFORTABLE

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A criterion is checked while it is typed."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(db_field, CriterionField) and field:
            field.widget.attrs.update(CHECKED_AS_TYPED)
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """One name."""
        return _widened(super().formfield_for_foreignkey(db_field, request, **kwargs))

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A list of names."""
        return _widened(super().formfield_for_manytomany(db_field, request, **kwargs))


def _widened(field: Any) -> Any:
    if isinstance(field.widget, AutocompleteMixin):
        field.widget.attrs["data-width"] = "42em"
    return field


class KnowledgeAdmin(Exchanged, Comfortable, admin.ModelAdmin):  # type: ignore[type-arg]
    """A page for rows known by their slug, which is fixed once they are made."""

    list_per_page = 50
    save_on_top = True
    show_full_result_count = False

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The history that the database writes, which sees what was done past the admin as well."""
        row = self.get_object(request, object_id)
        if row is None or not self.has_view_or_change_permission(request, row):
            return super().history_view(request, object_id, extra_context)
        return redirect("row_history", *place_of(row))

    def get_readonly_fields(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """The slug can be chosen, and not changed: criteria and releases know the row by it."""
        fixed = ["slug"] if obj and hasattr(obj, "slug") else []
        return [*super().get_readonly_fields(request, obj), *fixed]


class DueForReview(admin.SimpleListFilter):
    """Statements that should have been read again by now, or never say when."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The two questions."""
        return [("due", "due now"), ("undated", "without a date")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The statements that answer the question asked."""
        if isinstance(queryset, CitedQuerySet) and self.value() == "due":
            return queryset.due_for_review(timezone.localdate())
        return queryset.filter(review_by=None) if self.value() == "undated" else queryset


class PartInline(Comfortable, admin.StackedInline):  # type: ignore[type-arg]
    """Parts that come and go with their whole."""

    extra = 0


class PartTable(Comfortable, admin.TabularInline):  # type: ignore[type-arg]
    """Small parts that come and go with their whole."""

    extra = 0
