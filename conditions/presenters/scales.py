"""The limits of a finding as bars and words: for whom each holds, its steps, and whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from conditions.reasoning.knowledge import Finding, Knowledge, Limits
from conditions.reasoning.quantities import Band

from .citations import Cited, cited, source_words
from .edges import edges_of, edges_words
from .words import capital, criterion_words, number, states_words, unit_words

WIDTH, TOP, THICKNESS, EDGE_Y, WORDS_Y, LINE, LETTER = 300, 4, 12, 30, 45, 12, 6
BASIS = {
    "decision": "Fixed limits",
    "report": "Against the interval printed on the report",
    "fallback": "Fallback, where no interval is printed",
}
ENDS = {"low": "the lower end", "high": "the upper end"}


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words within a bar; ``squeezed`` is the width to fit it to, if it is too long."""

    text: str
    y: int
    squeezed: int | None


@dataclass(frozen=True, slots=True)
class Step:
    """A band: as it is drawn from ``x`` on, and in words. ``edge`` is where it ends, empty for the last."""

    x: int
    width: int
    edge: str
    state: str
    place: str
    says: str
    lines: tuple[Text, ...]

    @property
    def middle(self) -> int:
        return self.x + self.width // 2

    @property
    def end(self) -> int:
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale: all bands get an equal share of the drawing, so that each has room for its word."""

    name: str
    unit: str
    whom: str
    steps: tuple[Step, ...]
    cited: Cited
    height: int
    width: int = WIDTH
    top: int = TOP
    thickness: int = THICKNESS
    edge_y: int = EDGE_Y


@dataclass(frozen=True, slots=True)
class Scales:
    """The scales of one basis."""

    basis: str
    label: str
    scales: tuple[Scale, ...]


def scales_of(finding: Finding, knowledge: Knowledge) -> tuple[Scales, ...]:
    """Every scale of the finding, by what it rests on."""
    made = []
    for basis, label in BASIS.items():
        limits = [one for one in finding.limits if one.basis == basis]
        if limits:
            made.append(Scales(basis, label, tuple(_scale(one, finding, knowledge) for one in limits)))
    return tuple(made)


def _scale(limits: Limits, finding: Finding, knowledge: Knowledge) -> Scale:
    ends = [WIDTH * place // len(limits.bands) for place in range(len(limits.bands) + 1)]
    steps = tuple(
        _step(limits, band, finding, start, end)
        for band, start, end in zip(limits.bands, ends, ends[1:], strict=False)
    )
    lines = max(len(step.lines) for step in steps)
    report = limits.basis == "report"
    return Scale(
        name=capital(limits.scheme or source_words(knowledge.sources[limits.citation.source]).short),
        unit="" if report else unit_words(limits.unit),
        whom=capital(criterion_words(limits.when, knowledge)) if limits.when else "",
        steps=steps,
        cited=cited(limits.citation, knowledge),
        height=WORDS_Y + LINE * (lines - 1) + 5,
    )


def _step(limits: Limits, band: Band, finding: Finding, start: int, end: int) -> Step:
    state = states_words(finding, band.states)
    letters = max((end - start - 4) // LETTER, 1)
    return Step(
        x=start,
        width=end - start,
        edge=_edge(band),
        state=state,
        place=place_words(limits, [band]),
        says=band.says if band.says != state else "",
        lines=tuple(
            Text(text, WORDS_Y + LINE * place, end - start - 4 if len(text) > letters else None)
            for place, text in enumerate(wrap(state, letters, break_long_words=False))
        ),
    )


def _edge(band: Band) -> str:
    if band.upper is None:
        return ""
    if not band.of:
        return number(band.upper)
    return (
        ENDS[band.of] if band.upper == 1 else f"{number(band.upper)} × {ENDS[band.of].removeprefix('the ')}"
    )


def place_words(limits: Limits, bands: Sequence[Band]) -> str:
    """Where the bands lie: ``below 180 ng/L``, ``above the upper end of the interval``."""
    if limits.basis != "report":
        return edges_words(edges_of(limits, bands, None), limits.unit)
    first, last = limits.bands.index(bands[0]), limits.bands.index(bands[-1])
    low = limits.bands[first - 1] if first else None
    high = limits.bands[last] if limits.bands[last].upper is not None else None
    below = f"{'not above' if high.inclusive else 'below'} {_edge(high)}" if high else ""
    above = f"{'above' if low.inclusive else 'not below'} {_edge(low)}" if low else ""
    return " and ".join(part for part in (above, below) if part)
