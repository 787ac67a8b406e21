"""A scale as a thin bar: its bands side by side, the value marked, the interval of the report beneath.

The drawing is ``WIDTH`` units wide, whatever the scale. Every band is given an equal share of it, so that the words of
each have room; the eye reads in which band a value lies and how near to an edge, not how far from another band.
Within a band that has two edges an amount lies in proportion between them. In an open band it lies at the distance
``d`` from its edge at the share ``d / (d + |edge|)`` of the band, ``d / (d + 1)`` if the edge is zero: never
outside the drawing, however large. The lowest band of positive edges and amounts begins at zero, in proportion.
Amounts are decimals, what is drawn are integers, and a mark lies inside its own band even where it is rounded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from textwrap import wrap

from conditions.presenters.edges import edges_of, edges_words
from conditions.presenters.words import amount_words, capital, number, rounded, states_words, unit_words
from conditions.reasoning.classify import Reading
from conditions.reasoning.knowledge import Finding, Knowledge, Limits
from conditions.reasoning.quantities import Band, Interval, Quantity, convert, convert_value

from .readings import interval_words, known_words, scheme_words

WIDTH = 300
LETTER = 6
"""The usual width of a letter, in the units of the drawing; a longer word is squeezed into its band."""
VALUE_Y, TOP, BOTTOM, BRACKET_Y, EDGES_Y, WORDS_Y, LINE = 11, 24, 36, 41, 53, 66, 12
HATCH = 6
SIDE = 70
"""A label nearer than this to an end of the drawing begins or ends at its mark; the others stand around it."""
MOST_BARS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words within a band; ``squeezed`` is the width to fit it to, if it is too long."""

    text: str
    y: int
    squeezed: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """A band as it is drawn, from ``x`` on; ``edge`` is the amount at which it ends, empty for the last."""

    x: int
    width: int
    lines: tuple[Line, ...]
    edge: str
    reached: bool
    hatching: str

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def end(self) -> int:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Mark:
    """The value: a point at ``x``, or open towards ``reach``, from which it may be anywhere up to ``x``."""

    x: int
    label: str
    anchor: str
    reach: int | None = None
    closed: bool = False

    @property
    def arrow(self) -> str:
        """The tip at the open end, as a path; ``reach`` is an end of the drawing."""
        if self.reach is None:
            return ""
        back = HATCH if self.reach < self.x else -HATCH
        middle = (TOP + BOTTOM) // 2
        return f"M{self.reach + back} {middle - 4}L{self.reach} {middle}L{self.reach + back} {middle + 4}"


@dataclass(frozen=True, slots=True)
class Bracket:
    """The interval printed on the report; an end that was not printed has no stop."""

    start: int
    end: int
    has_low: bool
    has_high: bool
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One scale of one amount, drawn; ``words`` say all that the drawing shows."""

    steps: tuple[Step, ...]
    mark: Mark
    bracket: Bracket | None
    words: str
    height: int
    width: int = WIDTH
    value_y: int = VALUE_Y
    top: int = TOP
    bottom: int = BOTTOM
    thickness: int = BOTTOM - TOP
    centre: int = (TOP + BOTTOM) // 2
    bracket_y: int = BRACKET_Y
    edges_y: int = EDGES_Y

    @property
    def key_y(self) -> int:
        """The line on which the interval is explained."""
        return self.height - 4


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Neighbouring bands that no edge separates, with the edges around them."""

    bands: tuple[Band, ...]
    low: Decimal | None
    high: Decimal | None


def bars_of(reading: Reading, knowledge: Knowledge) -> tuple[Bar | None, ...]:
    """A bar for each scale used for the reading; none where it has no edge, or where too many may apply."""
    if len(reading.used) > MOST_BARS:
        return (None,) * len(reading.used)
    return tuple(_bar(reading, limits, bands, knowledge) for limits, bands in reading.used)


def _bar(reading: Reading, limits: Limits, reached: Sequence[Band], knowledge: Knowledge) -> Bar | None:
    finding, quantity = knowledge.findings[reading.finding], reading.quantity
    measured = knowledge.findings[finding.amount]
    unit = quantity.unit if limits.basis == "report" else limits.unit
    stretches = list(_stretches(limits.bands, quantity.interval))
    if len(stretches) < 2 or not reached:
        return None
    steps = _steps(stretches, reached, finding)
    value = convert(quantity, measured.units, unit)
    label = quantity.text if unit == quantity.unit else f"{quantity.comparator}{rounded(value)}"
    interval = _in_unit(quantity, measured, unit)
    lines = max(len(step.lines) for step in steps)
    return Bar(
        steps=steps,
        mark=_mark(quantity, value, amount_words(label, unit), stretches, steps, reached),
        bracket=_bracket(interval, unit, stretches, steps),
        words=_words(reading, limits, stretches, unit, knowledge),
        height=WORDS_Y + (lines - 1) * LINE + (LINE + 8 if interval else 6),
    )


def _stretches(bands: Sequence[Band], interval: Interval | None) -> Iterator[_Stretch]:
    together: list[Band] = []
    low: Decimal | None = None
    for band in bands:
        together.append(band)
        high = band.edge(interval)
        if high is not None:
            yield _Stretch(tuple(together), low, high)
            together, low = [], high
    if together:
        yield _Stretch(tuple(together), low, None)


def _steps(stretches: Sequence[_Stretch], reached: Sequence[Band], finding: Finding) -> tuple[Step, ...]:
    ends = [WIDTH * place // len(stretches) for place in range(len(stretches) + 1)]
    return tuple(
        Step(
            x=start,
            width=end - start,
            lines=_lines(_state(stretch, finding), end - start),
            edge="" if stretch.high is None else number(stretch.high),
            reached=_is_reached(stretch, reached),
            hatching=_hatching(start, end) if _is_reached(stretch, reached) else "",
        )
        for stretch, start, end in zip(stretches, ends, ends[1:], strict=False)
    )


def _is_reached(stretch: _Stretch, reached: Sequence[Band]) -> bool:
    return any(band in reached for band in stretch.bands)


def _state(stretch: _Stretch, finding: Finding) -> str:
    return states_words(finding, frozenset[str]().union(*[band.states for band in stretch.bands]))


def _lines(words: str, width: int) -> tuple[Line, ...]:
    letters = (width - 4) // LETTER
    return tuple(
        Line(text, WORDS_Y + place * LINE, width - 4 if len(text) > letters else None)
        for place, text in enumerate(wrap(words, max(letters, 1), break_long_words=False))
    )


def _hatching(start: int, end: int) -> str:
    """Slanting strokes from ``start`` to ``end``, as one path."""
    rise = BOTTOM - TOP
    strokes = []
    for x in range(start - rise, end, HATCH):
        left, right = max(x, start), min(x + rise, end)
        if left < right:
            strokes.append(f"M{left} {BOTTOM - (left - x)}L{right} {BOTTOM - (right - x)}")
    return "".join(strokes)


def _place(value: Decimal, place: int, stretches: Sequence[_Stretch], steps: Sequence[Step]) -> int:
    """Where ``value`` is drawn within one of the stretches."""
    share = _share(value, stretches[place])
    step = steps[place]
    return step.x + 1 + int((share * (step.width - 2)).to_integral_value())


def _share(value: Decimal, stretch: _Stretch) -> Decimal:
    low, high = stretch.low, stretch.high
    if low is None and high is not None and high > 0 and value >= 0:
        low = Decimal(0)
    if low is not None and high is not None:
        share = (value - low) / (high - low)
    elif low is not None:
        share = _far(value - low, low)
    else:
        share = 1 - _far((high or Decimal(0)) - value, high or Decimal(0))
    return min(max(share, Decimal(0)), Decimal(1))


def _far(distance: Decimal, edge: Decimal) -> Decimal:
    distance = max(distance, Decimal(0))
    return distance / (distance + (abs(edge) or 1))


def _mark(
    quantity: Quantity,
    value: Decimal,
    label: str,
    stretches: Sequence[_Stretch],
    steps: Sequence[Step],
    reached: Sequence[Band],
) -> Mark:
    places = [place for place, stretch in enumerate(stretches) if _is_reached(stretch, reached)]
    below, above = quantity.comparator in ("<", "<="), quantity.comparator in (">", ">=")
    x = _place(value, places[-1] if below else places[0], stretches, steps)
    anchor = "start" if x < SIDE else "end" if x > WIDTH - SIDE else "middle"
    reach = 0 if below else WIDTH if above else None
    return Mark(x, label, anchor, reach, closed="=" in quantity.comparator)


def _in_unit(quantity: Quantity, measured: Finding, unit: str) -> Interval | None:
    """The interval of the report in the unit of the scale; ``None`` if none was printed."""
    if quantity.interval is None:
        return None
    ends = [
        None if end is None else convert_value(end, measured.units, quantity.unit, unit)
        for end in (quantity.interval.low, quantity.interval.high)
    ]
    return Interval(*ends)


def _bracket(
    interval: Interval | None, unit: str, stretches: Sequence[_Stretch], steps: Sequence[Step]
) -> Bracket | None:
    if interval is None:
        return None
    low, high = interval.low, interval.high
    shown = Interval(*[None if end is None else Decimal(rounded(end)) for end in (low, high)])
    return Bracket(
        start=0 if low is None else _place(low, _stretch_of(low, stretches), stretches, steps),
        end=WIDTH if high is None else _place(high, _stretch_of(high, stretches), stretches, steps),
        has_low=low is not None,
        has_high=high is not None,
        label=f"interval on the report: {interval_words(shown, unit)}",
    )


def _stretch_of(value: Decimal, stretches: Sequence[_Stretch]) -> int:
    return next(
        (place for place, one in enumerate(stretches) if one.high is not None and value <= one.high),
        len(stretches) - 1,
    )


def _words(
    reading: Reading, limits: Limits, stretches: Sequence[_Stretch], unit: str, knowledge: Knowledge
) -> str:
    """The drawing in sentences: the value, every band with its edges, where the value lies, the interval."""
    finding, quantity = knowledge.findings[reading.finding], reading.quantity
    measured = knowledge.findings[finding.amount]
    bands = "; ".join(
        f"{_state(stretch, finding)} {edges_words(edges_of(limits, stretch.bands, quantity.interval), unit)}"
        for stretch in stretches
    )
    used = next(bands for one, bands in reading.used if one is limits)
    states = known_words(finding, frozenset[str]().union(*[band.states for band in used]))
    also = ""
    if unit != quantity.unit:
        also = (
            f" ({quantity.comparator}{rounded(convert(quantity, measured.units, unit))} {unit_words(unit)})"
        )
    printed = interval_words(quantity.interval, quantity.unit)
    interval = f" Interval on the report: {printed}." if printed else ""
    value = amount_words(quantity.text, quantity.unit)
    name = scheme_words(limits, knowledge)
    return f"{capital(measured.phrase)} {value}{also}: {states}. Bands, {name}: {bands}.{interval}"
