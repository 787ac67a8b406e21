"""What is wrong with a part that is imported, field by field: its shape, its values, its place in the whole."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import CheckConstraint, ForeignKey

from conditions.exchange.sheets import Sheet
from conditions.reasoning.document import KnowledgeError, read_document
from conditions.schema import ALIASES, Shape, shape_of, tidied, values_of

Errors = dict[str, list[str]]


def tidy(sheet: Sheet, slug: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """The part as its rows would give it back.

    Raises ValidationError, with sentences by the field they are about, where it has another shape.
    """
    if sheet.model is ALIASES:
        if not isinstance(part.get("code"), str) or not part["code"].strip() or len(slug) > 100:
            raise ValidationError(
                {"code": "A unit as printed, of 100 letters at most, has a code in UCUM: text."}
            )
        return dict(part)
    try:
        document = tidied({"format": 1, sheet.section: {slug: part}})
    except KnowledgeError as error:
        raise ValidationError(dict(_by_field(sheet, slug, error.problems))) from error
    except (TypeError, AttributeError) as error:
        raise ValidationError({"": "Its parts are not built as docs/knowledge_format.md says."}) from error
    found: dict[str, Any] = document[sheet.section][slug]
    return found


def check(sheet: Sheet, slug: str, part: Mapping[str, Any]) -> None:
    """Raises ValidationError, in the same way, for what the models refuse of the part's own values."""
    if sheet.model is ALIASES:
        return
    errors: Errors = defaultdict(list)
    of_section = apps.get_model("conditions", "finding") if sheet.section == "findings" else sheet.model
    _check_row(shape_of(of_section), {"slug": slug}, part, "", errors)
    if errors:
        raise ValidationError(dict(errors))


def _check_row(
    shape: Shape, key: Mapping[str, Any], part: Mapping[str, Any], place: str, errors: Errors
) -> None:
    """What the model says of the row's own values; of what they name, the whole document says it."""
    row = shape.model(**key, **values_of(shape, part))
    named = [field.name for field in shape.model._meta.concrete_fields if isinstance(field, ForeignKey)]
    paths = {column.field.name: ".".join(column.path) for column in shape.columns}
    wrong: set[str] = set()
    try:
        row.clean_fields(exclude=[*named, "id"])
    except ValidationError as error:
        for name, said in error.error_dict.items():
            wrong.add(name)
            errors[place + paths.get(name, name)] += [
                sentence for one in said for sentence in _sentences(shape, name, one)
            ]
    for constraint in shape.model._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(shape.model, row, exclude=wrong)
            except ValidationError as error:
                errors[place.removesuffix(", ")] += error.messages
    for name, inner in shape.parts.items():
        for number, item in enumerate(part.get(name, ()), 1):
            _check_row(inner, {}, item, f"{place}{name} {number}, ", errors)


def _sentences(shape: Shape, name: str, error: ValidationError) -> list[str]:
    """What is said of a value; of one that is not among the choices, which they are."""
    choices = getattr(shape.model._meta.get_field(name), "choices", None)
    if error.code != "invalid_choice" or not choices:
        return error.messages
    value = (error.params or {}).get("value")
    return [f"“{value}” is none of: {', '.join(str(choice) for choice, _ in choices)}."]


def new_problems(
    sheet: Sheet, slugs: Iterable[str], before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Errors], list[str]]:
    """What the import makes wrong in the knowledge as a whole: by part that is imported and its field; and the rest."""
    wrong = problems_in(after)
    known = set(problems_in(before)) if wrong else set()
    of_parts: dict[str, Errors] = {}
    rest = []
    slugs = set(slugs)
    for problem in wrong:
        if problem in known:
            continue
        place, _, _ = problem.partition(":")
        slug = next((word for word in re.findall(r"[\w/%µ.^*-]+", place) if word in slugs), None)
        if slug is None:
            rest.append(problem)
            continue
        for field, said in _by_field(sheet, slug, [problem]).items():
            of_parts.setdefault(slug, {}).setdefault(field, []).extend(said)
    return of_parts, rest


def problems_in(document: Mapping[str, Any]) -> list[str]:
    """All that is wrong with the document; nothing if it is usable."""
    try:
        read_document(document)
    except KnowledgeError as error:
        return error.problems
    return []


def _by_field(sheet: Sheet, slug: str, problems: Iterable[str]) -> Errors:
    """Sentences that begin with the place of the part, by the field that they go on with."""
    found: Errors = defaultdict(list)
    keys = {cell.path[0] for cell in sheet.cells} | set(sheet.apart) | {"limits"}
    for problem in problems:
        place, _, said = problem.partition(": ")
        inner = place.partition(slug)[2].removeprefix(", ")
        first = re.match(r"[\w.]+", said)
        field = first.group() if first and first.group().partition(".")[0] in keys else ""
        found[", ".join(filter(None, [inner, field]))].append(
            said[:1].upper() + said[1:] if said else problem
        )
    return found


def said_by_the_database(error: IntegrityError) -> str:
    """The constraint that refused, in its own sentence."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for model in apps.get_app_config("conditions").get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return f"{model._meta.verbose_name}: {constraint.violation_error_message}"
    if detail := getattr(diagnosis, "message_detail", None):
        return f"{getattr(diagnosis, 'message_primary', '')}: {detail}"
    return str(error).splitlines()[0]
