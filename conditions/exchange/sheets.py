"""Which parts can be exchanged, and in which columns they stand: derived from the models, as the document is."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from conditions.exchange.cells import READERS, unguarded, written
from conditions.models import Limits
from conditions.models.fields import NumberField
from conditions.schema import ALIASES, SECTIONS, AnyModel, Column, Shape, shape_of

KINDS: dict[type[Any], str] = {
    NumberField: "bare",
    models.DateField: "bare",
    models.BooleanField: "flag",
    models.IntegerField: "whole",
    ArrayField: "items",
    models.JSONField: "structure",
    models.Field: "text",
}
NUMBER = "number"
LIMITS = "limits"


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of the sheet: the path of its value in the part, and how its text is read."""

    path: tuple[str, ...]
    kind: str

    @property
    def name(self) -> str:
        """What stands at its head."""
        return ".".join(self.path)

    def value(self, part: Mapping[str, Any]) -> Any:
        """What the part holds there; None if nothing."""
        found: Any = part
        for key in self.path:
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    def put(self, part: dict[str, Any], value: Any) -> None:
        """Set it, or take it out if there is nothing; what then is empty goes too."""
        *outer, key = self.path
        inside = part
        for name in outer:
            inside = inside.setdefault(name, {})
        if value is None:
            inside.pop(key, None)
        else:
            inside[key] = value
        for name in outer:
            if not part[name]:
                del part[name]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Parts of one section: by ``key``, in columns. ``apart`` are keys that stand on a sheet of their own."""

    model: AnyModel
    section: str
    key: str
    cells: tuple[Cell, ...]
    apart: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The first line of its CSV."""
        return (self.key, *(cell.name for cell in self.cells))

    def whole(self, document: Mapping[str, Any], slug: str) -> dict[str, Any] | None:
        """The part in the document; None if it has none of that name."""
        part = document.get(self.section, {}).get(slug)
        return None if part is None else deepcopy(dict(part))

    def keep(self, document: dict[str, Any], slug: str, part: dict[str, Any]) -> None:
        """Put the part into the document."""
        document.setdefault(self.section, {})[slug] = part

    def to_yaml(self, part: Mapping[str, Any]) -> Any:
        """What stands under the part's name in a file."""
        return {key: value for key, value in part.items() if key not in self.apart}

    def to_rows(self, slug: str, part: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
        """The part's lines in a CSV: one."""
        yield (slug, *(written(cell.value(part)) for cell in self.cells))

    def from_yaml(self, before: Mapping[str, Any], given: Any) -> dict[str, Any]:
        """The part as the file has it; what stands apart stays. Raises ValidationError."""
        if not isinstance(given, Mapping):
            raise ValidationError({"": "This is not a mapping of keys to values."})
        return {**{key: before[key] for key in self.apart if key in before}, **given}

    def from_row(self, before: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
        """The part with what the columns say; columns that the file lacks stay as they are. Raises ValidationError."""
        part = deepcopy(dict(before))
        errors: dict[str, str] = {}
        for cell in self.cells:
            if cell.name in given:
                text = unguarded(given[cell.name])
                try:
                    cell.put(part, READERS[cell.kind](text) if text.strip() else None)
                except ValueError as error:
                    errors[cell.name] = str(error)
        if errors:
            raise ValidationError(errors)
        return part

    def same(self, given: Any) -> str:
        """What tells two rows of the same part apart: nothing."""
        return ""


@dataclass(frozen=True, slots=True)
class LimitsSheet(Sheet):
    """The limits of findings: in YAML a finding's whole list, in CSV a line for each, by its place in the list."""

    @property
    def columns(self) -> tuple[str, ...]:
        """With its place in the list behind the finding."""
        return (self.key, NUMBER, *(cell.name for cell in self.cells))

    def to_yaml(self, part: Mapping[str, Any]) -> Any:
        """The list."""
        return part.get(LIMITS, [])

    def to_rows(self, slug: str, part: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
        """A line for each."""
        for place, item in enumerate(part.get(LIMITS, ()), 1):
            yield (slug, str(place), *(written(cell.value(item)) for cell in self.cells))

    def from_yaml(self, before: Mapping[str, Any], given: Any) -> dict[str, Any]:
        """The finding with this list. Raises ValidationError."""
        self._of_a_finding(before)
        if not isinstance(given, list):
            raise ValidationError({"": "This is not a list of limits."})
        return {**{key: value for key, value in before.items() if key != LIMITS}, LIMITS: given}

    def from_row(self, before: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
        """The finding with these limits at their place. Raises ValidationError."""
        self._of_a_finding(before)
        listed = list(before.get(LIMITS, ()))
        text = given.get(NUMBER, "").strip()
        if not text.isdecimal() or not 1 <= int(text) <= len(listed) + 1:
            raise ValidationError(
                {
                    NUMBER: f"“{text}” is no place among its limits: 1 to {len(listed) + 1}, the last for new ones."
                }
            )
        at = int(text) - 1
        listed[at : at + 1] = [Sheet.from_row(self, listed[at] if at < len(listed) else {}, given)]
        return {**before, LIMITS: listed}

    def same(self, given: Any) -> str:
        """The place."""
        return str(given.get(NUMBER, "")) if isinstance(given, Mapping) else ""

    def _of_a_finding(self, before: Mapping[str, Any]) -> None:
        if not before:
            raise ValidationError({self.key: "There is no finding of this name."})


@dataclass(frozen=True, slots=True)
class AliasSheet(Sheet):
    """Units as printed: in YAML a text and its code."""

    def whole(self, document: Mapping[str, Any], slug: str) -> dict[str, Any] | None:
        """The code, under its name."""
        code = document.get(self.section, {}).get(slug)
        return None if code is None else {"code": code}

    def keep(self, document: dict[str, Any], slug: str, part: dict[str, Any]) -> None:
        """Put the code into the document."""
        document.setdefault(self.section, {})[slug] = part["code"]

    def to_yaml(self, part: Mapping[str, Any]) -> Any:
        """The code."""
        return part["code"]

    def from_yaml(self, before: Mapping[str, Any], given: Any) -> dict[str, Any]:
        """The code, under its name. Raises ValidationError."""
        return {"code": given}


@cache
def sheet_of(model: AnyModel) -> Sheet:
    """The sheet on which the rows of a model are exchanged. Raises KeyError for a model without one."""
    if model is ALIASES:
        return AliasSheet(model, "unit_aliases", "text", (Cell(("code",), "text"),))
    if model is Limits:
        return LimitsSheet(model, "findings", "finding", _cells(shape_of(Limits, "finding"), ()))
    section = next(section for section, of in SECTIONS.items() if of is model)
    apart = (LIMITS,) if section == "findings" else ()
    return Sheet(model, section, "slug", _cells(shape_of(model), apart), apart)


def _cells(shape: Shape, apart: tuple[str, ...]) -> tuple[Cell, ...]:
    return (
        *(Cell(column.path, _kind(column)) for column in shape.columns),
        *(Cell((field.name,), "items") for field in shape.names),
        *(Cell((key,), "structure") for key in shape.parts if key not in apart),
    )


def _kind(column: Column) -> str:
    return next(word for kind, word in KINDS.items() if isinstance(column.field, kind))
