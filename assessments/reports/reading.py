"""What a pasted report is read as: what was found, what is asked, what is refused and what is left unread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from conditions.reasoning.quantities import Interval

Form = Literal["text", "columns", "hl7", "fhir", "none"]
Kind = Literal[
    "unit_missing",
    "unit_doubtful",
    "number_doubtful",
    "several_numbers",
    "word_doubtful",
    "given_twice",
    "other_specimen",
    "code_unknown",
]


@dataclass(frozen=True, slots=True)
class Found:
    """A result beside the line it stands in: an amount with its unit, a stated word, or both.

    ``amount`` is text as a picture takes it (``<150``), ``unit`` a code of the finding's units, ``state`` one of
    its states; ``printed_interval`` and ``flag`` are as printed, ``interval`` what was read of it.
    """

    line: int
    source: str
    finding: str
    amount: str = ""
    unit: str = ""
    state: str = ""
    interval: Interval | None = None
    printed_interval: str = ""
    printed_unit: str = ""
    flag: str = ""


def as_picture(results: Iterable[Found]) -> dict[str, dict[str, Any]]:
    """The results, found or chosen, as the JSON of a picture."""
    picture: dict[str, dict[str, Any]] = {"measured": {}, "stated": {}}
    for result in results:
        if result.amount:
            picture["measured"][result.finding] = {"value": result.amount, "unit": result.unit}
            if ends := _ends(result.interval):
                picture["measured"][result.finding]["interval"] = ends
        if result.state:
            picture["stated"][result.finding] = result.state
    return picture


def _ends(interval: Interval | None) -> dict[str, str]:
    ends = {"low": interval.low, "high": interval.high} if interval else {}
    return {end: f"{value:f}" for end, value in ends.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Question:
    """What the person must choose: ``offers`` are the readings; none is taken unless chosen."""

    kind: Kind
    finding: str
    says: str
    lines: tuple[int, ...]
    sources: tuple[str, ...]
    offers: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that speaks of a finding and cannot be used, for the reason it ``says``."""

    line: int
    source: str
    finding: str
    says: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line that is shown and never used."""

    line: int
    source: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A report as read. ``kinds`` counts the parts that identified a person; nothing of them is here.

    ``cannot`` is a sentence if the whole of it cannot be read.
    """

    form: Form
    found: tuple[Found, ...] = ()
    questions: tuple[Question, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    cannot: str = ""

    @property
    def dropped(self) -> int:
        """How many parts identified a person."""
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class Printed:
    """One result as a report prints it, cut into its parts and not yet judged."""

    line: int
    source: str
    finding: str
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unit: str = ""
    other_unit: str = ""
    interval: str = ""
    interval_unit: str = ""
    flag: str = ""
    no_result: str = ""
    heading: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Edges:
    """A printed interval, cut into its ends; “” where there is none."""

    low: str = ""
    high: str = ""

    def numbers(self) -> tuple[str, ...]:
        return tuple(end for end in (self.low, self.high) if end)
