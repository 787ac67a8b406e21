"""Constraints as sentences: what always holds of a row, and what is said when it would not."""

from collections.abc import Iterable

from django.db import models
from django.db.models import CheckConstraint, F, Func, Q
from django.db.models.lookups import Exact

from .fields import WORD


def choices(values: Iterable[str]) -> list[tuple[str, str]]:
    """The values with words for a menu: ``same_day`` as “same day”."""
    return [(value, value.replace("_", " ").replace("-", " ")) for value in values]


def always(name: str, condition: Q | models.Expression, otherwise: str) -> CheckConstraint:
    """What holds of every row, under a name that reads as a sentence; ``otherwise`` is said to the editor."""
    return CheckConstraint(name=name, condition=condition, violation_error_message=otherwise)


def one_of(name: str, field: str, values: Iterable[str]) -> CheckConstraint:
    """The field holds one of the values."""
    values = list(values)
    said = f"{field.replace('_', ' ').capitalize()} is one of: {', '.join(values)}."
    return always(name, Q(**{f"{field}__in": values}), said)


def named_by_a_word(model: str, field: str = "slug") -> CheckConstraint:
    """The slug is a word of the rule language."""
    said = "A slug is small letters, digits and _, with a letter first."
    return always(f"{model}_{field}_is_a_word", Q(**{f"{field}__regex": WORD}), said)


def json_object(name: str, field: str) -> CheckConstraint:
    """The JSON in the field is an object."""
    kind = Func(F(field), function="jsonb_typeof", output_field=models.TextField())
    return always(name, Exact(kind, "object"), f"Write {field.replace('_', ' ')} as an object: {{…}}.")
