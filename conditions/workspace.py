"""Between the rows that curators edit and the document that is published: they say the same."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from typing import Any

from django.db import connection, models, transaction

from conditions.models.fields import NamesField
from conditions.reasoning.document import FORMAT, KnowledgeError
from conditions.schema import (
    ALIASES,
    SECTIONS,
    Document,
    Part,
    Shape,
    put,
    shape_of,
    through_of,
    tidied,
    values_of,
)


def document_of_rows() -> dict[str, Any]:
    """The document that the rows make, in a number of queries that does not depend on theirs."""
    document: dict[str, Any] = {"format": FORMAT}
    for section, model in SECTIONS.items():
        if parts := {slug: part for slug, _, part in _parts(shape_of(model))}:
            document[section] = parts
    if aliases := dict(ALIASES.objects.values_list("text", "code")):
        document["unit_aliases"] = aliases
    return document


def _parts(shape: Shape) -> list[tuple[Any, Any, Part]]:
    """Each row's key, the key of its whole if it has one, and the row as a part of the document."""
    columns = [column.field.attname for column in shape.columns]
    whole = [f"{shape.whole}_id"] if shape.whole else ["pk"]
    names = {field.name: _names(field) for field in shape.names}
    inner: dict[str, dict[Any, list[Part]]] = {}
    for key, part_shape in shape.parts.items():
        inner[key] = defaultdict(list)
        for _, of, item in _parts(part_shape):
            inner[key][of].append(item)
    rows = []
    for pk, of, *values in shape.model._default_manager.values_list("pk", *whole, *columns):
        part: Part = {}
        for column, value in zip(shape.columns, values, strict=True):
            put(part, column, value)
        for key, lists in (names | inner).items():
            if pk in lists:
                part[key] = lists[pk]
        rows.append((pk, of, part))
    return rows


def _names(field: NamesField) -> dict[Any, list[str]]:
    names: dict[Any, list[str]] = defaultdict(list)
    through = through_of(field)._default_manager.order_by("id")
    for pk, name in through.values_list(
        f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    ):
        names[pk].append(name)
    return names


@transaction.atomic
def replace_rows(document: Document) -> None:
    """Make the rows say what the document says: change what differs, add what is new, remove what is gone.

    Raises KnowledgeError for what the rows cannot hold, IntegrityError for what they may not.
    """
    wanted, present = tidied(document), document_of_rows()
    doomed: dict[type[models.Model], list[str]] = {}
    for section, model in SECTIONS.items():
        parts, there = wanted.get(section, {}), present.get(section, {})
        doomed[model] = list(there.keys() - parts.keys())
        _write(
            shape_of(model), {slug: part for slug, part in parts.items() if there.get(slug) != part}, there
        )
    _remove(doomed)
    aliases = wanted.get("unit_aliases", {})
    ALIASES.objects.exclude(text__in=aliases).delete()
    rows = [ALIASES(text=text, code=code) for text, code in aliases.items()]
    ALIASES.objects.bulk_create(rows, update_conflicts=True, unique_fields=["text"], update_fields=["code"])
    connection.check_constraints()
    if differs := differences(wanted, document_of_rows()):
        raise KnowledgeError(
            [f"{place}: it does not come back as it was given; do its edges rise?" for place in differs]
        )


def _write(shape: Shape, parts: Mapping[str, Part], there: Mapping[str, Part]) -> None:
    """Write parts that differ; lists within them that do not differ are left alone, and so is their history."""
    rows = [shape.model(pk=slug, **values_of(shape, part)) for slug, part in parts.items()]
    shape.model._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=[shape.model._meta.pk.name],
        update_fields=[column.field.name for column in shape.columns],
    )
    for key in _lists(shape):
        moved = {slug: part for slug, part in parts.items() if part.get(key) != there.get(slug, {}).get(key)}
        _clear(shape, list(moved), {key})
        _write_inner(shape, list(moved.items()), {key})


def _lists(shape: Shape) -> set[str]:
    """The keys under which a part holds names or parts of its own."""
    return {field.name for field in shape.names} | shape.parts.keys()


def _write_inner(shape: Shape, rows: list[tuple[Any, Part]], keys: Container[str]) -> None:
    """Write the lists of names and the parts of rows that are there, given by key."""
    for field in shape.names:
        if field.name not in keys:
            continue
        through = through_of(field)
        of, to = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
        through._default_manager.bulk_create(
            through(**{of: pk, to: name}) for pk, part in rows for name in part.get(field.name, ())
        )
    for key, inner in shape.parts.items():
        if key not in keys:
            continue
        listed = [(pk, place, item) for pk, part in rows for place, item in enumerate(part.get(key, ()))]
        made = inner.model._default_manager.bulk_create(
            inner.model(
                **{f"{inner.whole}_id": pk},
                **({"order": place} if inner.has_order else {}),
                **values_of(inner, item),
            )
            for pk, place, item in listed
        )
        within = [(row.pk, item) for row, (_, _, item) in zip(made, listed, strict=True)]
        _write_inner(inner, within, _lists(inner))


def _clear(shape: Shape, slugs: list[str], keys: Container[str]) -> None:
    """Take lists of names and parts from rows."""
    for field in shape.names:
        if field.name in keys:
            through = through_of(field)._default_manager
            through.filter(**{f"{field.m2m_field_name()}__in": slugs}).delete()
    for key, inner in shape.parts.items():
        if key in keys:
            inner.model._default_manager.filter(**{f"{inner.whole}__in": slugs}).delete()


def _remove(doomed: Mapping[type[models.Model], list[str]]) -> None:
    """Delete rows, which may name one another: all let go of what they name before the first goes."""
    for model, slugs in doomed.items():
        _clear(shape_of(model), slugs, _lists(shape_of(model)))
        itself = [f.name for f in model._meta.concrete_fields if f.related_model is model]
        if itself:
            model._default_manager.filter(pk__in=slugs).update(**dict.fromkeys(itself))
    for model, slugs in reversed(list(doomed.items())):
        model._default_manager.filter(pk__in=slugs).delete()


def differences(one: Document, other: Document) -> list[str]:
    """Where two documents differ: ``findings total_b12``, in the order of the document."""
    return [f"{section} {slug}" for section, slug in differing(one, other)]


def differing(one: Document, other: Document) -> Iterable[tuple[str, str]]:
    """The section and slug of every part in which two documents differ, in the order of the document."""
    for section in (*SECTIONS, "unit_aliases"):
        left, right = one.get(section, {}), other.get(section, {})
        yield from ((section, slug) for slug in sorted({*left, *right}) if left.get(slug) != right.get(slug))


def merged(*, given: Document, base: Document, rows: Document) -> tuple[dict[str, Any], list[str]]:
    """``given``, but with the rows' own where those differ from ``base``; and where this kept it out."""
    result: dict[str, Any] = {
        key: dict(value) if isinstance(value, Mapping) else value for key, value in given.items()
    }
    kept = []
    edited = set(differing(rows, base))
    for section, slug in differing(rows, given):
        if (section, slug) not in edited:
            continue
        kept.append(f"{section} {slug}")
        if slug in rows.get(section, {}):
            result.setdefault(section, {})[slug] = rows[section][slug]
        else:
            result[section].pop(slug)
    return {key: value for key, value in result.items() if value}, kept
