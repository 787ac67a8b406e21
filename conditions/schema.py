"""Which key of the document stands in which column: derived from the models, so that it is said once.

A field's name is its key. What goes with a row when it is deleted is a part of it, listed under the name of
the relation; a part's ``order`` is its place in that list. What equals the field's default is left out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from django.contrib.postgres.fields import ArrayField
from django.db import models

from conditions.models import (
    Case,
    Condition,
    Developer,
    Finding,
    Group,
    Investigation,
    Note,
    Recommendation,
    Rule,
    Source,
    UnitAlias,
)
from conditions.models.fields import NamesField, NumberField
from conditions.reasoning.document import KnowledgeError

Document = Mapping[str, Any]
Part = dict[str, Any]
AnyModel = type[models.Model]
if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
else:
    AnyField = models.Field  # takes no parameters when it runs

SECTIONS: dict[str, AnyModel] = {
    "sources": Source,
    "developers": Developer,
    "groups": Group,
    "findings": Finding,
    "investigations": Investigation,
    "conditions": Condition,
    "rules": Rule,
    "recommendations": Recommendation,
    "notes": Note,
    "cases": Case,
}
"""Each behind those whose rows its own refer to, but for lists of names."""

ALIASES = UnitAlias
NESTED = ("bounds", "molar_mass")
"""Keys that hold a mapping: ``bounds.unit`` stands in ``bounds_unit``."""
RENAMED = {"as_state": "as", "start": "from", "end": "to"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column and the path of its value in the document."""

    field: AnyField
    path: tuple[str, ...]

    @property
    def needed(self) -> bool:
        """Whether the document must say it."""
        field = self.field
        return not (field.has_default() or field.null or (field.blank and field.empty_strings_allowed))

    @property
    def default(self) -> Any:
        """The value that goes without saying; what is needed has none."""
        return None if self.needed else self.field.get_default()

    def read(self, given: Any) -> Any:
        """The value for the database. Raises ValueError for a value of another kind."""
        kind = next(kind for kind in KINDS if isinstance(self.field, kind))
        sort: type = type(given)
        if sort is not KINDS[kind]:
            raise ValueError(f"is {given!r}, which is not written as {WORDS[KINDS[kind]]}")
        if kind is ArrayField and not all(isinstance(item, str) for item in given):
            raise ValueError("is not a list of texts")
        return READERS[kind](given) if kind in READERS else given

    def write(self, value: Any) -> Any:
        """The value for the document."""
        if isinstance(value, Decimal):
            return f"{value:f}"
        return value.isoformat() if isinstance(value, date) else value


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"is {text!r}, which is not a number") from None
    if not number.is_finite():
        raise ValueError(f"is {text!r}, which is not a number")
    return number


KINDS: dict[type[AnyField], type] = {
    NumberField: str,
    models.DateField: str,
    models.BooleanField: bool,
    models.IntegerField: int,
    ArrayField: list,
    models.JSONField: dict,
    models.Field: str,
}
WORDS = {str: "text", bool: "true or false", int: "a whole number", list: "a list", dict: "a mapping"}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"is {text!r}, which is not a day as 2026-11-21") from None


READERS: dict[type[AnyField], Callable[[str], Any]] = {
    NumberField: _number,
    models.DateField: _day,
}


@dataclass(frozen=True, slots=True)
class Shape:
    """How the rows of a model stand in the document; ``whole`` is the field that leads to their whole."""

    model: AnyModel
    columns: tuple[Column, ...]
    names: tuple[NamesField, ...]
    parts: Mapping[str, "Shape"]
    whole: str
    has_order: bool

    def keys(self) -> frozenset[str]:
        """All that a part may hold."""
        return frozenset(
            [*(c.path[0] for c in self.columns), *(field.name for field in self.names), *self.parts]
        )


@cache
def shape_of(model: AnyModel, whole: str = "") -> Shape:
    """The shape of a model's rows, as parts of ``whole`` or as a section of their own."""
    left_out = {model._meta.pk.name, whole, *(["order"] if whole else [])}
    fields = [field for field in model._meta.concrete_fields if field.name not in left_out]
    relations = [r for r in model._meta.related_objects if r.on_delete is models.CASCADE]
    return Shape(
        model=model,
        columns=tuple(Column(field, _path(field.name)) for field in fields),
        names=tuple(field for field in model._meta.many_to_many if isinstance(field, NamesField)),
        parts={str(r.get_accessor_name()): shape_of(r.related_model, r.field.name) for r in relations},
        whole=whole,
        has_order=bool(whole) and any(field.name == "order" for field in model._meta.concrete_fields),
    )


def through_of(field: NamesField) -> AnyModel:
    """The model of the rows that hold a list of names."""
    return cast(AnyModel, field.remote_field.through)


def _path(name: str) -> tuple[str, ...]:
    for nest in NESTED:
        if name.startswith(f"{nest}_"):
            return nest, name.removeprefix(f"{nest}_")
    return (RENAMED.get(name, name),)


def put(part: Part, column: Column, value: Any) -> None:
    """Put a value from the database where it belongs in the part, unless it goes without saying."""
    if value is None or (not column.needed and value == column.default):
        return
    *nests, key = column.path
    for nest in nests:
        part = part.setdefault(nest, {})
    part[key] = column.write(value)


def values_of(shape: Shape, part: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the columns, by attribute name. Raises KnowledgeError for values of another kind."""
    values: dict[str, Any] = {}
    problems = []
    for column in shape.columns:
        given: Any = part
        for key in column.path:
            given = given.get(key) if isinstance(given, Mapping) else None
        if given is None and column.needed:
            problems.append(f"{'.'.join(column.path)} is missing.")
            continue
        try:
            values[column.field.attname] = column.default if given is None else column.read(given)
        except ValueError as error:
            problems.append(f"{'.'.join(column.path)} {error}.")
    if problems:
        raise KnowledgeError(problems)
    return values


def tidied(document: Document) -> dict[str, Any]:
    """The document as its rows would give it back: what goes without saying left out, numbers plain.

    Raises KnowledgeError for keys that the format does not have and for values of another kind.
    """
    problems: list[str] = []
    tidy: dict[str, Any] = {"format": document.get("format")}
    for section in document.keys() - SECTIONS.keys() - {"format", "unit_aliases"}:
        problems.append(f"There is no section called {section}.")
    for section, model in SECTIONS.items():
        parts = {
            slug: _tidied(shape_of(model), part, f"{section} {slug}", problems)
            for slug, part in (document.get(section) or {}).items()
        }
        tidy |= {section: parts} if parts else {}
    if document.get("unit_aliases"):
        tidy["unit_aliases"] = dict(document["unit_aliases"])
    if problems:
        raise KnowledgeError(problems)
    return tidy


def _tidied(shape: Shape, part: Any, place: str, problems: list[str]) -> Part:
    tidy: Part = {}
    if not isinstance(part, Mapping):
        problems.append(f"{place}: this is not a mapping.")
        return tidy
    problems.extend(f"{place}: {what}" for what in _strangers(shape, part))
    try:
        values = values_of(shape, part)
    except KnowledgeError as error:
        problems.extend(f"{place}: {what}" for what in error.problems)
        return tidy
    for column in shape.columns:
        put(tidy, column, values[column.field.attname])
    for field in shape.names:
        names = part.get(field.name) or []
        if not isinstance(names, list) or len(set(names)) < len(names):
            problems.append(f"{place}: {field.name} is not a list in which each name stands once.")
        elif names:
            tidy[field.name] = names
    for key, inner in shape.parts.items():
        if listed := part.get(key):
            tidy[key] = [
                _tidied(inner, item, f"{place}, {key} {place_in_list}", problems)
                for place_in_list, item in enumerate(listed, 1)
            ]
    return tidy


def _strangers(shape: Shape, part: Mapping[str, Any]) -> Iterator[str]:
    for key in part.keys() - shape.keys():
        yield f"there is no key called {key}."
    for nest in NESTED:
        inside = {column.path[1] for column in shape.columns if column.path[0] == nest}
        for key in (part.get(nest) or {}).keys() - inside if inside else ():
            yield f"there is no key called {nest}.{key}."
