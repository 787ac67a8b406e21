"""The history of one part of the knowledge, edit by edit, what stood before beside what stands after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CASCADE, Model

from conditions.curation.editors import NOBODY
from conditions.models import Edit
from conditions.schema import ALIASES, SECTIONS

MOST_SHOWN = 200
UNSAID = frozenset({"id", "slug"})


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a row that differs."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EditWords:
    """One edit: when, who, why, what was done to which row, and the columns that differ."""

    at: datetime
    who: str
    why: str
    action: str
    row: str
    fields: tuple[Field, ...]


def place_of(row: Model) -> tuple[str, str]:
    """The section and slug of the part of the document that a row is, or belongs to."""
    if isinstance(row, ALIASES):
        return "unit_aliases", str(row.pk)
    for section, model in SECTIONS.items():
        if isinstance(row, model):
            return section, str(row.pk)
    whole = next(
        field.name
        for field in row._meta.concrete_fields
        if field.remote_field and field.remote_field.on_delete is CASCADE
    )
    return place_of(getattr(row, whole))


def history_of(section: str, slug: str) -> tuple[EditWords, ...]:
    """What happened to the part and its own parts, the last first."""
    edits = Edit.objects.of(section, slug).order_by("-id")[:MOST_SHOWN]
    return tuple(_words(edit) for edit in edits)


def _words(edit: Edit) -> EditWords:
    old, new = edit.before or {}, edit.after or {}
    return EditWords(
        at=edit.at,
        who=str(edit.person) if edit.person else NOBODY,
        why=edit.why,
        action=edit.get_action_display(),
        row=edit.table.removeprefix("conditions_").replace("_", " "),
        fields=tuple(
            Field(name.removesuffix("_id").replace("_", " "), _value(old, name), _value(new, name))
            for name in dict.fromkeys([*old, *new])
            if old.get(name) != new.get(name) and name not in UNSAID
        ),
    )


def _value(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {inner}" for key, inner in value.items())
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
