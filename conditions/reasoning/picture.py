"""What was told of one patient, and how it is read from JSON without losing or guessing anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from .knowledge import Finding, Knowledge
from .quantities import AmountError, Interval, Quantity, convert_value, read_amount, shortened

PARTS = ("measured", "stated")


@dataclass(frozen=True, slots=True)
class PatientPicture:
    """Amounts measured and states stated, by finding."""

    measured: Mapping[str, Quantity] = field(default_factory=dict)
    stated: Mapping[str, str] = field(default_factory=dict)

    def under(self, guideline: str) -> "PatientPicture":
        """The same picture with ``guideline`` in use, whatever it named before."""
        return replace(self, stated={**self.stated, "guideline": guideline})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with, or should be asked about, one part of a picture: ``measured.total_b12.unit``."""

    path: str
    says: str


class PictureError(ValueError):
    """The picture cannot be interpreted; ``problems`` says all that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{p.path}: {p.says}" for p in problems))
        self.problems = problems


def read_picture(given: Any, knowledge: Knowledge) -> PatientPicture:
    """The picture in decoded JSON. Raises PictureError with every problem found."""
    if not isinstance(given, dict):
        raise PictureError([Problem("picture", "A picture is a JSON object with “measured” and “stated”.")])
    problems = [
        Problem(shortened(str(key)), "A picture has “measured” and “stated”, nothing else.")
        for key in given
        if key not in PARTS
    ]
    measured: dict[str, Quantity] = {}
    stated: dict[str, str] = {}
    for part in PARTS:
        entries = given.get(part, {})
        if not isinstance(entries, dict):
            problems.append(Problem(part, "This is not a JSON object."))
            continue
        for name, value in entries.items():
            path = f"{part}.{shortened(str(name))}"
            finding = knowledge.findings.get(name)
            if finding is None:
                problems.append(Problem(path, _no_such_finding(name, knowledge)))
            elif part == "measured":
                for found in _quantity(path, finding, value, knowledge):
                    if isinstance(found, Problem):
                        problems.append(found)
                    else:
                        measured[name] = found
            elif problem := state_problem(finding, value):
                problems.append(Problem(path, problem))
            else:
                stated[name] = value
    if problems:
        raise PictureError(problems)
    return PatientPicture(measured, stated)


def _no_such_finding(name: str, knowledge: Knowledge) -> str:
    if name in knowledge.conditions:
        return f"{name} is a condition, which is concluded and not told; there is no finding of that name."
    return "There is no finding of this name."


def state_problem(finding: Finding, state: object) -> str:
    """Why ``state`` cannot be told of ``finding``, in a sentence; nothing if it can."""
    if finding.asked == "never" and (finding.defined_as or finding.reads):
        return "This is worked out from other findings and cannot be told."
    if not finding.states:
        return "This finding is an amount and is given under “measured”."
    if not isinstance(state, str):
        return f"A state is given as text, in quotes; it is one of: {', '.join(finding.states)}."
    if state not in finding.states:
        return f"It is never “{shortened(state)}”; it is one of: {', '.join(finding.states)}."
    return ""


def _quantity(path: str, finding: Finding, given: Any, knowledge: Knowledge) -> Iterator[Quantity | Problem]:
    if not finding.is_measured:
        yield Problem(path, "This finding has no amount; its state is given under “stated”.")
        return
    if not isinstance(given, dict):
        yield Problem(path, "An amount is an object with “value” and “unit”.")
        return
    for key in given.keys() - {"value", "unit", "interval"}:
        yield Problem(
            f"{path}.{shortened(str(key))}", "An amount has “value”, “unit” and “interval”, nothing else."
        )
    codes = [unit.code for unit in finding.units]
    code = _unit(given.get("unit"), codes, knowledge)
    if code not in codes:
        yield Problem(f"{path}.unit", f"{code}; it is given in: {', '.join(codes)}.")
        return
    value = given.get("value")
    if not isinstance(value, str):
        yield Problem(
            f"{path}.value",
            "The value is missing." if value is None else "The value is given as text, in quotes.",
        )
        return
    try:
        comparator, amount = read_amount(value)
        quantity = Quantity(amount, code, comparator, _interval(given.get("interval")))
    except AmountError as error:
        yield Problem(f"{path}.value", f"{error}.")
        return
    except _IntervalError as error:
        yield Problem(f"{path}.interval", str(error))
        return
    refusal = impossible(finding, quantity)
    yield Problem(f"{path}.value", refusal) if refusal else quantity


def _unit(given: Any, codes: list[str], knowledge: Knowledge) -> str:
    """The code of the unit among ``codes``; otherwise what is wrong with it."""
    if given is None or given == "":
        return "The unit is missing"
    if not isinstance(given, str):
        return "The unit is given as text, in quotes"
    code = given if given in codes else knowledge.unit_aliases.get(given)
    return code if code in codes else f"“{shortened(given)}” is not a unit of it"


class _IntervalError(ValueError):
    pass


def _interval(given: Any) -> Interval | None:
    if given is None:
        return None
    if not isinstance(given, dict) or given.keys() - {"low", "high"}:
        raise _IntervalError("An interval is an object with “low”, “high”, or both.")
    ends = {end: _end(end, text) for end, text in given.items() if text is not None}
    return checked_interval(ends.get("low"), ends.get("high"))


def _end(end: str, text: Any) -> Decimal:
    if not isinstance(text, str):
        raise _IntervalError(f"{end}: the end of an interval is given as text, in quotes.")
    try:
        comparator, value = read_amount(text)
    except AmountError as error:
        raise _IntervalError(f"{end}: {error}.") from error
    if comparator:
        raise _IntervalError(f"{end}: the end of an interval is a number.")
    return value


def checked_interval(low: Decimal | None, high: Decimal | None) -> Interval | None:
    """The interval; ``None`` if it has no end. Raises ValueError with a sentence if its ends are the wrong way round."""
    if low is None and high is None:
        return None
    if low is not None and high is not None and low >= high:
        raise _IntervalError("The lower end of the interval is not below the upper end.")
    return Interval(low, high)


def impossible(finding: Finding, quantity: Quantity) -> str:
    """A sentence if no patient can have this amount, which is then a slip of the unit or the keys."""
    return _outside(finding, quantity, "reject", "is not possible: check the number and the unit.")


def improbable(finding: Finding, quantity: Quantity) -> str:
    """A sentence that asks about an amount that is possible and rare."""
    return _outside(finding, quantity, "warn", "is unusual: is the number right, and the unit?")


def _outside(finding: Finding, quantity: Quantity, edge: str, says: str) -> str:
    if finding.bounds is None:
        return ""
    value = convert_value(quantity.value, finding.units, quantity.unit, finding.bounds.unit)
    low, high = getattr(finding.bounds, f"{edge}_below"), getattr(finding.bounds, f"{edge}_above")
    too_low = low is not None and value < low and quantity.comparator not in (">", ">=")
    too_high = high is not None and value > high and quantity.comparator not in ("<", "<=")
    if too_low and quantity.comparator:
        return ""  # “<20” with a floor of 50 is what an assay prints, not an amount
    return f"{finding.label} {quantity.text} {quantity.unit} {says}" if too_low or too_high else ""


def questions(picture: PatientPicture, knowledge: Knowledge) -> tuple[Problem, ...]:
    """What should be asked back about a picture that can be interpreted."""
    asked = []
    for name, quantity in picture.measured.items():
        finding = knowledge.findings[name]
        if says := improbable(finding, quantity):
            asked.append(Problem(f"measured.{name}.value", says))
        if name in picture.stated:
            says = f"{finding.label} was given both as an amount and as a word; where the amount can be read, it is used."
            asked.append(Problem(f"stated.{name}", says))
    return tuple(asked)
