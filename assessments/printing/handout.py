"""The page for the patient: at most six points in plain words, and number lines that say what they show."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assessments.presenters.bars import Bar, bars_of
from assessments.presenters.readings import quantity_words
from assessments.presenters.report import Report
from conditions.presenters.citations import Cited, cited
from conditions.presenters.words import capital, states_words
from conditions.printing.plain import PlainPoint, PlainState, in_plain_words, plain
from conditions.printing.sheets import Sheet, Version
from conditions.reasoning.knowledge import Knowledge

TEMPLATE = "printing/sheets/handout.html"
MOST_POINTS = 6
MOST_LINES = 4
LIMITS = (
    "It explains test results and is not a diagnosis. It does not take the place of your clinician, and is not for emergencies."
    " Not a certified medical device."
)


@dataclass(frozen=True, slots=True)
class Point:
    """One point; ``note`` is the number of its source below, none where it only says the answer again or asks."""

    says: str
    note: int | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One result with its name, its state in a word, and where it lies."""

    name: str
    value: str
    state: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Handout:
    """What the page says. ``wording`` tells which state of the plain words it was; ``notes`` leaves room to write."""

    about: str
    points: tuple[Point, ...]
    lines: tuple[NumberLine, ...]
    sources: tuple[Cited, ...]
    wording: str
    notes: bool


def handout_sheets(report: Report) -> Iterator[Version]:
    """The page, with ever fewer number lines; room for notes goes first."""
    state = state_of(report)
    full = handout_of(report)
    shorter = [replace(full, notes=False, lines=full.lines[:most]) for most in range(MOST_LINES, -1, -1)]
    for said in (full, *shorter):
        yield (
            Sheet(
                kind="For you to take home",
                title=state.title,
                template=TEMPLATE,
                said={"handout": said},
                release=report.release,
                style="sheet-handout",
                limits=f"{LIMITS} Plain words {said.wording}.",
            ),
        )


def state_of(report: Report) -> PlainState:
    """The plain words for the headline; those for no headline where there is none."""
    return plain().states.get(report.headline.state or "", plain().nothing)


def handout_of(report: Report) -> Handout:
    """The points and the number lines for a report."""
    words, state, knowledge = plain(), state_of(report), report.interpretation.knowledge
    known = [p for p in state.points if {p.citation.source, *p.citation.also} <= knowledge.sources.keys()]
    result = state.result
    if report.headline.state and not report.headline.firm:
        result = f"{result} {words.open}"
    next_ = " ".join(
        said for said, holds in ((words.soon, report.signs), (words.tests, report.investigations)) if holds
    )
    last = [*([Point(next_)] if next_ else []), Point("You can ask:", questions=words.ask)]
    sourced = known[: MOST_POINTS - 1 - len(last)]
    return Handout(
        about=words.about,
        points=(Point(result), *_sourced(sourced), *last),
        lines=tuple(_lines(report, knowledge))[:MOST_LINES],
        sources=tuple(cited(point.citation, knowledge) for point in sourced),
        wording=words.digest,
        notes=True,
    )


def _sourced(points: Sequence[PlainPoint]) -> Iterator[Point]:
    for number, point in enumerate(points, start=1):
        yield Point(point.says, note=number)


def _lines(report: Report, knowledge: Knowledge) -> Iterator[NumberLine]:
    """The results that have plain words and a scale, in the order of the plain words."""
    called = in_plain_words(knowledge)
    readings = report.interpretation.classified.readings
    for slug, words in plain().findings.items():
        reading = readings.get(slug)
        bar = next((bar for bar in bars_of(reading, called) if bar), None) if reading else None
        if reading is None or bar is None:
            continue
        state = states_words(called.findings[slug], reading.states)
        yield NumberLine(
            name=words.name,
            value=quantity_words(reading.quantity),
            state=capital(state),
            bar=replace(bar, words=f"{words.name}: {quantity_words(reading.quantity)}, {state}."),
        )
