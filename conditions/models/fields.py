"""Fields that hold what the knowledge is made of: criteria, numbers, names and documents."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from conditions.reasoning.criteria import CriterionError, mergeable, parse
from conditions.reasoning.document import canonical

WORD = r"^[a-z][a-z0-9_]*$"
"""What the rule language reads as one word."""

is_word = RegexValidator(WORD, "Write small letters, digits and _, with a letter first.")


def is_criterion(text: str) -> None:
    """Raises ValidationError, naming the place, if ``text`` does not parse or says less than it could."""
    try:
        criterion = parse(text)
    except CriterionError as error:
        raise ValidationError(
            "At character %(at)s: %(why)s.", code="criterion", params={"at": error.position + 1, "why": error}
        ) from error
    if better := mergeable(criterion):
        raise ValidationError(
            [
                ValidationError(
                    "Write “%(better)s” as one statement: apart, its states decide less.",
                    code="mergeable",
                    params={"better": text},
                )
                for text in better
            ]
        )


class WordField(models.CharField):  # type: ignore[type-arg]
    """A name that can stand in a criterion: small letters, digits and _."""

    default_validators = [is_word]


class CriterionField(models.TextField):  # type: ignore[type-arg]
    """A criterion as its author wrote it."""

    default_validators = [is_criterion]

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """A few lines in which no spelling is checked: slugs are no words."""
        widget = forms.Textarea(attrs={"rows": 3, "cols": 90, "spellcheck": "false"})
        return super().formfield(**{**kwargs, "widget": widget})


class NumberField(models.DecimalField):  # type: ignore[type-arg]
    """A decimal that comes back with the digits that went in: 180, 0.28, 1.50.

    The column is a ``numeric`` without a scale, which keeps them; a scale would pad and round.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_digits": 24, "decimal_places": 12, **kwargs})

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """A column of any scale."""
        return "numeric"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """The number as it is, not rounded to ``decimal_places``."""
        return self.to_python(value)


class NamesField(models.ManyToManyField):  # type: ignore[type-arg]
    """A list of rows, in the order in which they were added; a row that is named cannot be deleted."""

    def contribute_to_class(
        self, cls: type[models.Model], name: str, private_only: bool = False, **kwargs: Any
    ) -> None:
        """Adds the list; its rows PROTECT what they name, where Django's own would go with it."""
        super().contribute_to_class(cls, name, private_only=private_only, **kwargs)
        through = self.remote_field.through
        if through is not None and through._meta.auto_created:
            *_, named = (field.remote_field for field in through._meta.fields if field.remote_field)
            named.on_delete = models.PROTECT


if TYPE_CHECKING:
    DocumentText = models.TextField[Mapping[str, Any], dict[str, Any]]
else:
    DocumentText = models.TextField


class DocumentField(DocumentText):
    """A document, kept as the canonical text from which its digest is taken."""

    def get_prep_value(self, value: Any) -> str | None:
        """The canonical text."""
        return None if value is None else canonical(value)

    def from_db_value(self, value: str | None, *_: Any) -> dict[str, Any] | None:
        """The document."""
        return None if value is None else json.loads(value)
