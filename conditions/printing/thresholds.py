"""The limits that sources give for an amount, drawn under one another on one axis, for paper without colour."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from conditions.presenters.citations import Cited, cited
from conditions.presenters.words import capital, criterion_words, number, states_words, unit_words
from conditions.reasoning.criteria import subjects
from conditions.reasoning.knowledge import Finding, Knowledge, Limits
from conditions.reasoning.quantities import Band, convert_value

WIDTH = 300
TOP, BOTTOM = 13, 27
HATCH = 5
BEYOND = Decimal("1.25")
"""How far the axis goes beyond the highest edge, so that the open band above it is seen."""
APART = 17
"""The least distance at which two edges are printed beside each other."""
PLAIN = {"sufficient", "normal"}
GUIDELINE = "guideline"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One band as it is drawn; ``shade`` is ``plain``, ``hatched`` or ``full``."""

    x: int
    width: int
    shade: str
    hatching: str


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge between two bands; ``anchor`` keeps its number clear of its neighbour's."""

    x: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """One source's limits: a drawing, its own words for the bands, the whole in words, and whose they are.

    ``named``: the name of the scheme says already whose it is.
    """

    name: str
    when: str
    stretches: tuple[Stretch, ...]
    edges: tuple[Edge, ...]
    named: bool
    says: str
    words: str
    also: str
    cited: Cited
    width: int = WIDTH
    top: int = TOP
    bottom: int = BOTTOM
    thickness: int = BOTTOM - TOP
    number_y: int = TOP - 3


@dataclass(frozen=True, slots=True)
class Chart:
    """All limits of one amount, on one axis in one unit. ``report`` says that a printed interval comes first."""

    finding: str
    title: str
    unit: str
    rows: tuple[Row, ...]
    states: tuple[tuple[str, str], ...]
    report: bool


def chart_of(name: str, knowledge: Knowledge) -> Chart | None:
    """The chart of a measured finding; none where no source gives it fixed edges."""
    finding = knowledge.findings.get(name)
    if finding is None:
        return None
    measured = knowledge.findings[finding.amount]
    schemes = _by_scheme(limits for limits in finding.limits if limits.basis != "report")
    if not schemes:
        return None
    unit = schemes[0][0].unit
    end = BEYOND * max(_edges(limits, measured, unit)[-1] for limits, *_ in schemes)
    shown = dict.fromkeys(
        (_shade(band), states_words(finding, band.states)) for limits, *_ in schemes for band in limits.bands
    )
    return Chart(
        finding=name,
        title=finding.label,
        unit=unit_words(unit),
        rows=tuple(
            _row(limits, others, finding, measured, unit, end, knowledge) for limits, *others in schemes
        ),
        states=tuple(shown),
        report=any(limits.basis == "report" for limits in finding.limits),
    )


def charts_of(names: Iterable[str], knowledge: Knowledge) -> tuple[Chart, ...]:
    """The charts of those findings that have one."""
    return tuple(chart for name in names if (chart := chart_of(name, knowledge)))


def _by_scheme(given: Iterable[Limits]) -> list[list[Limits]]:
    """Limits that say the same in other units stand together, those in the first unit first."""
    together: dict[tuple[str, str], list[Limits]] = {}
    for limits in given:
        together.setdefault((limits.scheme, str(limits.when)), []).append(limits)
    return list(together.values())


def _edges(limits: Limits, measured: Finding, unit: str) -> list[Decimal]:
    return [
        convert_value(band.upper, measured.units, limits.unit, unit)
        for band in limits.bands
        if band.upper is not None
    ]


def _row(
    limits: Limits,
    others: Iterable[Limits],
    finding: Finding,
    measured: Finding,
    unit: str,
    end: Decimal,
    knowledge: Knowledge,
) -> Row:
    edges = _edges(limits, measured, unit)
    places = [int(WIDTH * edge / end) for edge in edges]
    starts = [0, *places]
    ends = [*places, WIDTH][: len(limits.bands)]
    stretches = tuple(
        Stretch(
            start, stop - start, _shade(band), _hatching(start, stop) if _shade(band) == "hatched" else ""
        )
        for band, start, stop in zip(limits.bands, starts, ends, strict=False)
    )
    by_guideline = limits.when is not None and subjects(limits.when) == {GUIDELINE}
    return Row(
        name=capital(limits.scheme) or cited(limits.citation, knowledge).source.short,
        named=limits.basis == "decision" and by_guideline,
        when="" if limits.when is None or by_guideline else criterion_words(limits.when, knowledge),
        stretches=stretches,
        edges=tuple(_numbered(places, [number(edge) for edge in edges])),
        says="; ".join(band.says for band in limits.bands if band.says),
        words="; ".join(_band_words(limits, finding)),
        also="; ".join(
            f"{' and '.join(number(b.upper) for b in other.bands if b.upper is not None)} {unit_words(other.unit)}"
            for other in others
        ),
        cited=cited(limits.citation, knowledge),
    )


def _numbered(places: list[int], texts: list[str]) -> Iterator[Edge]:
    """The numbers above the edges; two that are near each other lean apart."""
    for place, (x, text) in enumerate(zip(places, texts, strict=True)):
        near_next = place + 1 < len(places) and places[place + 1] - x < APART
        near_last = place > 0 and x - places[place - 1] < APART
        yield Edge(x, text, "end" if near_next else "start" if near_last else "middle")


def _band_words(limits: Limits, finding: Finding) -> Iterator[str]:
    """Every band in the source's own unit and, where it has one, its own word."""
    unit = unit_words(limits.unit)
    below: Band | None = None
    for band in limits.bands:
        says = band.says or states_words(finding, band.states)
        low = number(below.upper) if below and below.upper is not None else ""
        if band.upper is None:
            yield f"{'above' if below and below.inclusive else 'from'} {low} {unit}: {says}" if low else says
        elif not low:
            yield f"{'up to' if band.inclusive else 'below'} {number(band.upper)} {unit}: {says}"
        else:
            yield f"{low} to {number(band.upper)} {unit}: {says}"
        below = band


def _shade(band: Band) -> str:
    if band.states <= PLAIN:
        return "plain"
    return "hatched" if len(band.states) > 1 or "indeterminate" in band.states else "full"


def _hatching(start: int, end: int) -> str:
    """Slanting strokes from ``start`` to ``end``, as one path."""
    rise = BOTTOM - TOP
    strokes = []
    for x in range(start - rise, end, HATCH):
        left, right = max(x, start), min(x + rise, end)
        if left < right:
            strokes.append(f"M{left} {BOTTOM - (left - x)}L{right} {BOTTOM - (right - x)}")
    return "".join(strokes)
