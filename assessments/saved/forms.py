"""What is asked when an assessment is saved."""

import re
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError

from assessments.models import LONGEST_REFERENCE
from assessments.reports.identifiers import Dropper, without_lines

DATE = re.compile(
    r"(?<!\d)\d{1,4}[/.\s-]{1,2}(?:\d{1,2}|[A-Za-zÀ-ÿ]{3,10})[/.\s-]{1,2}\d{2,4}(?!\d)|(?<!\d)(?:19|20)\d{6}(?!\d)"
)
MOST_DIGITS = 6


def identifies_nobody(reference: str) -> None:
    """Raises ValidationError if the reference holds what the list of identifiers knows, a date, or a long number."""
    if (
        not without_lines([reference], Dropper())
        or DATE.search(reference)
        or sum(character.isdigit() for character in reference) > MOST_DIGITS
    ):
        raise ValidationError(
            "This reads like a name, a date, a record number or something else that could identify the patient."
            " A word of your own, which only you can place, is kept instead."
        )


class SavingForm(forms.Form):
    """The reference, and what tells one sending of a page from another.

    ``saved`` and ``saved_version`` are there where a version is added; ``digest`` is that of the release by which the
    page was made; ``key`` is the page's own.
    """

    reference = forms.CharField(
        max_length=LONGEST_REFERENCE,
        validators=[identifies_nobody],
        error_messages={
            "required": "Give it a reference by which you will find it again.",
            "max_length": f"A reference has at most {LONGEST_REFERENCE} letters.",
        },
    )
    key = forms.UUIDField()
    digest = forms.CharField(max_length=64)
    saved = forms.UUIDField(required=False)
    saved_version = forms.IntegerField(required=False, min_value=1)

    OWN = ("reference", "key", "digest", "saved", "saved_version", "save")
    """The fields that are not the patient's."""

    def clean_reference(self) -> str:
        """One line, with single blanks."""
        return " ".join(str(self.cleaned_data["reference"]).split())


def uuid_or_none(text: str) -> UUID | None:
    """The UUID that is written, or nothing where there is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
