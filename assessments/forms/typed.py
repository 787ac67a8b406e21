"""What was typed for an amount, taken apart: words for “greater than”, and a unit typed behind the number."""

import re
from dataclasses import dataclass, replace

from assessments.reports.numbers import split_comparator
from assessments.reports.vocabulary import unit_key, vocabulary
from conditions.presenters.words import unit_words
from conditions.reasoning.knowledge import Finding, Knowledge

_NUMBER_AND_UNIT = re.compile(r"(?P<number>[0-9.][0-9.,]*)\s*(?P<unit>.*)", re.DOTALL)
_PLAIN = re.compile(r"[<>≤≥=\s]*[0-9.,\s]*")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Typed:
    """What was entered for an amount, as it was typed."""

    value: str = ""
    unit: str = ""
    low: str = ""
    high: str = ""
    word: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was told: a unit alone tells nothing."""
        return not (self.value or self.low or self.high or self.word)


def taken_apart(typed: Typed, finding: Finding, knowledge: Knowledge) -> Typed:
    """The same with the number alone in ``value``: ``150 pg/ml`` gives 150 and pg/mL, ``GREATER THAN 2000`` >2000.

    A unit typed with its number is the unit of that number, whatever is chosen beside it. What cannot be taken
    apart, or whose unit could be two that count differently, stays as it was typed.
    """
    if _PLAIN.fullmatch(typed.value) or len(typed.value) > LONGEST:
        return typed
    comparator, rest = split_comparator(typed.value)
    match = _NUMBER_AND_UNIT.fullmatch(rest)
    if not match:
        return typed
    value = comparator + match["number"]
    if not match["unit"]:
        return replace(typed, value=value)
    unit = _unit(match["unit"], typed.unit, finding, knowledge)
    return replace(typed, value=value, unit=unit) if unit else typed


def _unit(written: str, chosen: str, finding: Finding, knowledge: Knowledge) -> str:
    """The unit that is written; “” if it is none of the finding's, or several that count differently."""
    codes = vocabulary(knowledge).units_of(finding, written) or _by_its_word(written, finding)
    if len({(finding.unit(code).factor, finding.unit(code).offset) for code in codes}) != 1:
        return ""
    as_written = [code for code in codes if unit_key(code) == unit_key(written)]
    return next((code for code in [*as_written, chosen] if code in codes), codes[0])


def _by_its_word(written: str, finding: Finding) -> tuple[str, ...]:
    """Years, months and days by as much of the word as is written."""
    said = written.casefold().rstrip(".")
    begun = {"yr": "year", "yrs": "year", "mths": "month"}.get(said, said)
    words = {unit.code: unit_words(unit.code) for unit in finding.units}
    return tuple(code for code, word in words.items() if word.isalpha() and word.startswith(begun))
