"""What the shipped knowledge says of a patient described in a few words."""

from typing import Any

from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.picture import read_picture
from tests.make.shipped import shipped


def said_of(
    guideline: str = "nice_ng239", measured: dict[str, Any] | None = None, **stated: str
) -> Interpretation:
    """The interpretation, read as a picture is. ``measured``: finding → "value unit" or an amount."""
    amounts = {name: _amount(given) for name, given in (measured or {}).items()}
    picture = read_picture({"measured": amounts, "stated": stated}, shipped())
    return interpret(picture.under(guideline), shipped())


def _amount(given: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(given, dict):
        return given
    value, unit = given.split()
    return {"value": value, "unit": unit}


def advice_in(said: Interpretation) -> set[str]:
    """The recommendations given, firmly or on condition, and not held back."""
    return {advice.recommendation.slug for advice in said.advice}


def offered(said: Interpretation) -> set[str]:
    """The investigations offered."""
    return {offer.investigation.slug for offer in said.investigations}
