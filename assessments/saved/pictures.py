"""A picture on its way into a saved assessment, and back into the form."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.datastructures import MultiValueDict

from assessments.forms import PictureForm
from assessments.forms.earlier import PASTED, with_earlier
from assessments.notes.line import write_line
from conditions.presenters.words import number
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PatientPicture
from conditions.reasoning.quantities import Quantity, convert_value

AGE, YEARS = "age", "a"
NOT_TOLD = ("csrfmiddlewaretoken", "at", "step", "part", "read", PASTED)
"""Fields of the form's page that say nothing of the patient."""
OPENS_AT = "laboratory"


def in_whole_years(picture: PatientPicture, knowledge: Knowledge) -> PatientPicture:
    """The picture with an age in completed years, which is all that is kept of it."""
    age = picture.measured.get(AGE)
    if age is None:
        return picture
    units = knowledge.findings[AGE].units
    years = convert_value(age.value, units, age.unit, YEARS).to_integral_value("ROUND_FLOOR")
    return replace(picture, measured={**picture.measured, AGE: Quantity(years, YEARS, age.comparator)})


def as_json(picture: PatientPicture) -> dict[str, Any]:
    """The picture as the contract writes it, in the order in which it is interpreted."""
    return {
        "measured": {name: _amount(quantity) for name, quantity in sorted(picture.measured.items())},
        "stated": dict(sorted(picture.stated.items())),
    }


def _amount(quantity: Quantity) -> dict[str, Any]:
    amount: dict[str, Any] = {
        "value": f"{quantity.comparator}{_digits(quantity.value)}",
        "unit": quantity.unit,
    }
    interval = quantity.interval
    if interval is None:
        return amount
    ends = {end: getattr(interval, end) for end in ("low", "high")}
    return amount | {"interval": {end: _digits(at) for end, at in ends.items() if at is not None}}


def _digits(value: Decimal) -> str:
    return f"{value:f}"


def told_fields(data: MultiValueDict[str, str]) -> list[tuple[str, str]]:
    """What was posted of the patient, without questions left open: names and values in order."""
    return [
        (name, value)
        for name, values in data.lists()
        for value in values
        if value and name not in NOT_TOLD and not name.startswith("find-")
    ]


def form_of(
    picture: PatientPicture, release: str, knowledge: Knowledge, carried: Mapping[str, str]
) -> PictureForm:
    """The form filled in from a saved picture, with what it carries along to be saved again.

    ``form.earlier.lost`` says what the picture tells and ``knowledge`` has no place for.
    """
    data: MultiValueDict[str, str] = MultiValueDict()
    data.update({PASTED: write_line(picture, release), "read": PASTED, "at": OPENS_AT, **carried})
    return with_earlier(data, knowledge)


def value_words(amount: Mapping[str, Any]) -> str:
    """The number of a kept amount as it is shown: ``<150``, ``9.4``."""
    text = str(amount["value"])
    sign = text.rstrip("0123456789.")
    return f"{sign}{number(Decimal(text.removeprefix(sign)))}"
