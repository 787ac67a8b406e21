"""Tasks and the notices they come of, in the admin."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from conditions.models import Notice, Task
from conditions.schema import ALIASES, SECTIONS
from conditions.sources.retractions import finish

from .base import Comfortable


class Done(admin.SimpleListFilter):
    """Open tasks, or those that are done."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The two questions."""
        return [("open", "open"), ("done", "done")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Task]) -> QuerySet[Task]:
        """The tasks that answer the question asked."""
        return queryset.filter(done_at__isnull=self.value() == "open") if self.value() else queryset


class TaskForm(forms.ModelForm):  # type: ignore[type-arg]
    """What came of a task."""

    class Meta:
        model = Task
        fields = ["note"]
        labels = {"note": "What came of it"}

    def clean_note(self) -> str:
        """The note, without which nothing is done."""
        note: str = self.cleaned_data["note"].strip()
        if not note:
            raise ValidationError(
                "Say what came of it: another source, another grade, or why the statement stands."
            )
        return note

    def _get_validation_exclusions(self) -> set[str]:
        """Who and when are written with the note, so that the three are not yet together here."""
        return {*super()._get_validation_exclusions(), "note"}  # type: ignore[misc]


@admin.register(Task)
class TaskAdmin(Comfortable, admin.ModelAdmin):  # type: ignore[type-arg]
    """Statements to be read again. Who writes what came of one is the one who did it."""

    form = TaskForm
    change_form_template = "sources/task.html"
    list_display = ["title", "place", "section", "kind", "source", "opened_at", "done_by", "done_at"]
    list_filter = [Done, "notice__kind", "section"]
    list_select_related = ["notice", "done_by"]
    list_per_page = 50
    search_fields = ["title", "slug", "notice__source", "note"]
    fields = ["title", "place", "section", "notice", "reason", "opened_at", "done_by", "done_at", "note"]
    show_full_result_count = False

    @admin.display(description="notice", ordering="notice__kind")
    def kind(self, task: Task) -> str:
        """What was said of the source."""
        return task.notice.get_kind_display()

    @admin.display(description="reasons given")
    def reason(self, task: Task) -> str:
        """Why, as the notice has it."""
        return task.notice.reason

    @admin.display(ordering="notice__source")
    def source(self, task: Task) -> str:
        """The source on which it leans."""
        return task.notice.source

    def get_readonly_fields(self, request: HttpRequest, obj: Task | None = None) -> list[str]:
        """All but the note."""
        return [name for name in self.fields or () if name != "note"]  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        """What was done stays as it was written."""
        return super().has_change_permission(request, obj) and (obj is None or obj.done_at is None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tasks are opened by the command that reads notices."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Task | None = None) -> bool:
        """Tasks are done, not removed."""
        return False

    def save_model(self, request: HttpRequest, obj: Task, form: Any, change: bool) -> None:
        """Done by whoever wrote the note."""
        finish(task=obj, by=cast(User, request.user), note=form.cleaned_data["note"])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """With the way to the statement itself."""
        task = kwargs.get("obj")
        return super().render_change_form(
            request, context | {"statement": task and _page_of(task)}, *args, **kwargs
        )


def _page_of(task: Task) -> str:
    """The page on which the part is edited; nothing if it is gone."""
    model = SECTIONS.get(task.section, ALIASES)
    if not model._default_manager.filter(pk=task.slug).exists():
        return ""
    return reverse(f"admin:conditions_{model._meta.model_name}_change", args=[task.slug])


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """What was said of sources after they were published. Nobody types it here."""

    list_display = ["source", "kind", "on", "reason", "record", "found_at"]
    list_filter = ["kind"]
    search_fields = ["source", "title", "reason", "record"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Notices are read from the table of Retraction Watch."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """A notice says what it said."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """A notice stays."""
        return False
