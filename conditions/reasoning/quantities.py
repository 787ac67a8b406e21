"""Measured amounts, their units, and the scales on which they are read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Comparator = Literal["", "<", "<=", ">", ">="]
Kind = Literal["mass", "molar", "other"]

AMOUNT = re.compile(r"(?P<comparator><=|>=|<|>|)\s*(?P<number>[0-9]{1,12}(?:\.[0-9]{1,12})?|\.[0-9]{1,12})")
GROUPED = re.compile(
    r"[<>]?=?\s*[1-9](?:[0-9]{0,2}(?:,[0-9]{3})+|[0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.[0-9]+)?"
)
COMMA = re.compile(r"[<>]?=?\s*[0-9]*(?:,[0-9]+)+")
SIGNS = str.maketrans({"≤": "<=", "≥": ">=", "\u00a0": " ", "\u202f": " "})


class AmountError(ValueError):
    """The text is not an amount; the message is a sentence for the person who typed it."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in which a finding is given: canonical amount = amount × ``factor`` + ``offset``."""

    code: str
    factor: Decimal = Decimal(1)
    offset: Decimal = Decimal(0)

    @property
    def kind(self) -> Kind:
        """Whether the amount counts molecules, weighs them, or neither (activity, volume, cells)."""
        numerator = re.sub(r"\{[^}]*\}", "", self.code).split("/")[0]
        if numerator.endswith("mol"):
            return "molar"
        return "mass" if re.fullmatch(r"(?:[kmunpf]|d|c)?g", numerator) else "other"


@dataclass(frozen=True, slots=True)
class Interval:
    """What the laboratory printed beside the result, in the result's unit; either end may be missing."""

    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its UCUM unit, e.g. ``Quantity(Decimal("180"), "ng/L")``; ``<150`` is censored."""

    value: Decimal
    unit: str
    comparator: Comparator = ""
    interval: Interval | None = None

    @property
    def text(self) -> str:
        """The amount as one would write it, without the unit: ``<150``."""
        return f"{self.comparator}{self.value}"


@dataclass(frozen=True, slots=True)
class Span:
    """Where an amount may lie: between ``low`` and ``high``, an end left out if open; ``None`` is no end."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def of(cls, value: Decimal, comparator: Comparator) -> "Span":
        if comparator in ("<", "<="):
            return cls(None, value, high_open=comparator == "<")
        if comparator in (">", ">="):
            return cls(value, None, low_open=comparator == ">")
        return cls(value, value)

    def reaches_below(self, edge: Decimal, inclusive: bool) -> bool:
        """Whether some of the span lies below ``edge``, or at it if ``inclusive``."""
        if self.low is None or self.low < edge:
            return True
        return self.low == edge and inclusive and not self.low_open

    def reaches_above(self, edge: Decimal, inclusive: bool) -> bool:
        """Whether some of the span lies above ``edge``; ``inclusive`` edges belong to the band below."""
        if self.high is None or self.high > edge:
            return True
        return self.high == edge and not inclusive and not self.high_open


@dataclass(frozen=True, slots=True)
class Band:
    """One step of a scale: everything above the band before it, up to ``upper``.

    ``upper`` itself belongs to the band if ``inclusive``; the top band has none. With ``of``, ``upper`` is
    a multiple of that end of the interval printed on the report. A band in which a source leaves
    the state open names more than one. ``says`` is the source's own word for it.
    """

    states: frozenset[str]
    upper: Decimal | None = None
    inclusive: bool = False
    of: Literal["low", "high"] | None = None
    says: str = ""

    def edge(self, interval: Interval | None) -> Decimal | None:
        """The upper edge in the unit of the amount; ``None`` if there is none or it was not printed."""
        if self.upper is None or self.of is None:
            return self.upper
        end = getattr(interval, self.of) if interval else None
        return None if end is None else self.upper * end


def bands_reached(bands: Sequence[Band], span: Span, interval: Interval | None) -> list[Band]:
    """The bands in which ``span`` may lie. An edge that was not printed separates nothing."""
    reached: list[Band] = []
    together: list[Band] = []
    for band in bands:
        together.append(band)
        edge = band.edge(interval)
        if edge is None:
            continue
        if span.reaches_below(edge, band.inclusive):
            reached += together
        if not span.reaches_above(edge, band.inclusive):
            return reached
        together = []
    return reached + together


def read_amount(text: str) -> tuple[Comparator, Decimal]:
    """The amount in ``text``: ``1,200``, ``2,50,000``, ``<150``, ``≥ 2000``. Raises AmountError with a sentence otherwise."""
    cleaned = text.translate(SIGNS).strip()
    if not cleaned:
        raise AmountError("Nothing is written here")
    if GROUPED.fullmatch(cleaned):
        cleaned = cleaned.replace(",", "")
    match = AMOUNT.fullmatch(cleaned)
    if not match:
        if COMMA.fullmatch(cleaned):
            raise AmountError(f"“{shortened(cleaned)}” can be read in two ways: write a point for decimals")
        raise AmountError(f"“{shortened(text)}” is not a number")
    return match["comparator"], Decimal(match["number"])  # type: ignore[return-value]


def shortened(text: str) -> str:
    """The text on one line, and no more of it than shows which it is; “” if there is none."""
    text = " ".join(text.split()) or "“”"
    return text if len(text) <= 30 else text[:30] + "…"


def convert(quantity: Quantity, units: Sequence[Unit], code: str) -> Decimal:
    """The amount in the unit ``code``. Raises KeyError for a unit that is not among ``units``."""
    if quantity.unit == code:
        return quantity.value
    return convert_value(quantity.value, units, quantity.unit, code)


def convert_value(value: Decimal, units: Sequence[Unit], given: str, wanted: str) -> Decimal:
    """``value`` in another unit of the same finding. Raises KeyError for a unit not among ``units``."""
    source, target = unit_called(given, units), unit_called(wanted, units)
    return (value * source.factor + source.offset - target.offset) / target.factor


def unit_called(code: str, units: Sequence[Unit]) -> Unit:
    """Raises KeyError for a unit that is not among ``units``."""
    for unit in units:
        if unit.code == code:
            return unit
    raise KeyError(code)
