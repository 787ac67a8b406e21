"""The knowledge that ships with the code, read once, and pictures interpreted by it."""

from functools import cache
from typing import Any

from conditions.files import read_files
from conditions.reasoning.document import read_document
from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import read_picture


@cache
def shipped_knowledge() -> Knowledge:
    """The shipped knowledge, checked."""
    return read_document(read_files())


def said_of(
    guideline: str = "nice_ng239", measured: dict[str, Any] | None = None, **stated: str
) -> Interpretation:
    """What the shipped knowledge says of a patient. ``measured``: finding → "value unit" or an amount."""
    amounts = {name: _amount(given) for name, given in (measured or {}).items()}
    picture = read_picture({"measured": amounts, "stated": stated}, shipped_knowledge())
    return interpret(picture.under(guideline), shipped_knowledge())


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
