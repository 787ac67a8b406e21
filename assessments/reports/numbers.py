"""How a report writes numbers: which sign it uses for decimals, and what a number can then mean."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .reading import Edges

Style = Literal["point", "comma", "both", "unknown"]

NUMBER = r"(?:\d{1,12}(?:[.,'’]\d{1,12}){0,4}|[.,]\d{1,6})"
_SAID = (
    (re.compile(r"(?:GREATER|MORE|HIGHER) THAN OR EQUAL TO|AT LEAST", re.IGNORECASE), ">="),
    (re.compile(r"(?:LESS|LOWER) THAN OR EQUAL TO|UP TO|AT MOST|BIS(?: ZU)?|JUSQU['’]À|HASTA|FINO A", re.IGNORECASE), "<="),
    (re.compile(r"(?:GREATER|MORE|HIGHER|LARGER) THAN|ABOVE|OVER|SUP(?:[ÉE]RIEUR)?(?: À|\.)?|ÜBER", re.IGNORECASE), ">"),
    (re.compile(r"(?:LESS|LOWER|FEWER|SMALLER) THAN|BELOW|UNDER|INF(?:[ÉE]RIEUR)?(?: À|\.)?|UNTER", re.IGNORECASE), "<"),
)  # fmt: skip
COMPARATOR = re.compile(
    r"(?:[<>≤≥]\s?=?|=<|=>|" + "|".join(pattern.pattern for pattern, _ in _SAID) + r")(?![^\W\d_])",
    re.IGNORECASE,
)

_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d?(?:,\d{2})+,\d{3}(?:\.\d+)?")
_GROUPED_BY_POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?")
_APOSTROPHES = re.compile(r"['’](?=\d{3})")


def comparator_of(said: str) -> str:
    """``<``, ``<=``, ``>`` or ``>=`` for a sign or the words that stand for it; “” for nothing."""
    compact = said.replace(" ", "").replace("≤", "<=").replace("≥", ">=")
    if compact in ("", "<", "<=", ">", ">="):
        return compact
    if compact in ("=<", "=>"):
        return "<=" if "<" in compact else ">="
    return next((sign for pattern, sign in _SAID if pattern.fullmatch(said.strip())), "")


def split_comparator(printed: str) -> tuple[str, str]:
    """The comparator and the number of a printed amount: ``GREATER THAN 2000`` gives ``>`` and ``2000``."""
    printed = printed.strip()
    match = COMPARATOR.match(printed)
    return (comparator_of(match[0]), printed[match.end() :].strip()) if match else ("", printed)


def style_of(numbers: Iterable[str], intervals: Iterable[Edges] = ()) -> Style:
    """Which sign the report writes for decimals, by the numbers that can be read in one way only."""
    point = comma = False
    for written in numbers:
        number = _APOSTROPHES.sub("", split_comparator(written)[1])
        if not re.search(r"[.,]", number):
            continue
        if re.fullmatch(
            r"\d+(?:\.\d{1,2}|\.\d{4,}|,\d{3}.*\.\d+)|0*\.\d+|\d*(?:,\d{3}){2,}|\d{1,2}(?:,\d{2})+,\d{3}",
            number,
        ):
            point = True
        elif re.fullmatch(r"\d+(?:,\d{1,2}|,\d{4,}|\.\d{3}.*,\d+)|0*,\d+|\d*(?:\.\d{3}){2,}", number):
            comma = True
    for edges in intervals:  # 232-1,245 would run backwards with a decimal comma
        low, high = edges.low, edges.high
        if (
            re.fullmatch(r"\d+", low)
            and re.fullmatch(r"\d{1,3},\d{3}", high)
            and Decimal(low) >= Decimal(high.replace(",", "."))
        ):
            point = True
        if (
            re.fullmatch(r"\d+", low)
            and re.fullmatch(r"\d{1,3}\.\d{3}", high)
            and Decimal(low) >= Decimal(high)
        ):
            comma = True
    if point and comma:
        return "both"
    return "point" if point else "comma" if comma else "unknown"


@dataclass(frozen=True, slots=True)
class Readings:
    """The numbers a printed one can be. The report settles it if there is one; otherwise it is asked."""

    amounts: tuple[str, ...]
    mixed: bool = False
    """Whether its comma must be a decimal one though the report writes points elsewhere."""

    @property
    def settled(self) -> bool:
        return len(self.amounts) == 1 and not self.mixed


def readings_of(printed: str, style: Style) -> Readings:
    """What a printed amount can be, the comparator kept, as a picture takes it: ``>1,200`` gives ``>1200``."""
    comparator, number = split_comparator(printed)
    number = _APOSTROPHES.sub("", number).rstrip(".,")
    if number.startswith("."):
        number = "0" + number
    made = tuple(dict.fromkeys(comparator + _plain(reading) for reading in _numbers(number, style)))
    mixed = style in ("point", "both") and "," in number and not _GROUPED.fullmatch(number)
    return Readings(made, mixed and bool(made))


def _numbers(number: str, style: Style) -> list[str]:
    by_point = number.replace(",", "") if _GROUPED.fullmatch(number) or "," not in number else ""
    by_comma = ""
    if _GROUPED_BY_POINTS.fullmatch(number) or "." not in number:
        by_comma = number.replace(".", "").replace(",", ".")
    if by_point.count(".") > 1 or not re.fullmatch(r"\d+(?:\.\d+)?", by_point):
        by_point = ""
    if not re.fullmatch(r"\d+(?:\.\d+)?", by_comma):
        by_comma = ""
    if by_point == by_comma:
        return [by_point] if by_point else []
    if style == "comma" and "." in number and "," not in number:
        return [
            reading for reading in (by_comma, by_point) if reading
        ]  # 1.234 is not settled by commas elsewhere
    if style == "point":
        return [by_point] if by_point else [by_comma]
    if style == "comma":
        return [by_comma] if by_comma else [by_point]
    return [reading for reading in (by_point, by_comma) if reading]


def _plain(number: str) -> str:
    """Without zeros in front, which no amount has."""
    return re.sub(r"^0+(?=\d)", "", number)


_EDGE = re.compile(
    rf"\s*(?P<low>{NUMBER})\s*\S{{0,20}}?\s*(?:-|–|—|−|to|bis|à|a|y|до|until|\.\.\.?)\s*(?P<high>{NUMBER})",
    re.IGNORECASE,
)


def edges_of(interval: str) -> Edges:
    """The ends of a printed interval: ``180 - 914``, ``<15``, ``> 60``, ``up to 0.40``."""
    interval = interval.strip().strip("()[]{}").strip()
    if match := _EDGE.match(interval):
        return Edges(match["low"], match["high"])
    comparator, rest = split_comparator(interval)
    number = re.match(NUMBER, rest)
    if comparator and number:
        return Edges("", number[0]) if comparator.startswith("<") else Edges(number[0], "")
    return Edges()
