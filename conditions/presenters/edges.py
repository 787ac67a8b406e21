"""Between which edges a band lies, in words: ``between 180 and 350 ng/L``."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from conditions.reasoning.knowledge import Limits
from conditions.reasoning.quantities import Band, Interval

from .words import number, unit_words


@dataclass(frozen=True, slots=True)
class Edges:
    """The edges between which bands lie, in the limits' unit; ``None`` is no edge."""

    low: Decimal | None
    low_inclusive: bool
    high: Decimal | None
    high_inclusive: bool


def edges_of(limits: Limits, reached: Sequence[Band], interval: Interval | None) -> Edges:
    """The outer edges of the reached bands. An edge that was not printed is none."""
    first, last = limits.bands.index(reached[0]), limits.bands.index(reached[-1])
    below = [band for band in limits.bands[:first] if band.edge(interval) is not None]
    above = [band for band in limits.bands[last:] if band.edge(interval) is not None]
    low = below[-1] if below else None
    high = above[0] if above else None
    return Edges(
        low.edge(interval) if low else None,
        bool(low and low.inclusive),
        high.edge(interval) if high else None,
        bool(high and high.inclusive),
    )


def edges_words(edges: Edges, unit: str) -> str:
    """``below 180 ng/L``, ``between 180 and 350 ng/L``, ``above 350 ng/L``; empty if there is no edge."""
    printed, low = unit_words(unit), edges.low or None
    after = f" {printed}" if printed else ""
    if low is not None and edges.high is not None:
        return f"between {number(low)} and {number(edges.high)}{after}"
    if edges.high is not None:
        return f"{'not above' if edges.high_inclusive else 'below'} {number(edges.high)}{after}"
    if low is not None:
        return f"{'above' if edges.low_inclusive else 'not below'} {number(low)}{after}"
    return ""
