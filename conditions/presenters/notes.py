"""Notes as public pages: paragraphs, and a drawing or a table whose arrows and cells keep their grades."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

from conditions.reasoning.knowledge import TOPICS, Knowledge, Note, Step

from .citations import Cited, SourceWords, cited, sources_words
from .links import Link, link_to_condition, links_to_findings
from .words import capital

TOPIC = {
    "immunity": "B12 and immunity",
    "homocysteine": "The homocysteine cycle",
    "transport": "How B12 travels",
    "assays": "Reading the tests",
    "treatment": "Treatment",
    "life": "Pregnancy, nitrous oxide, ethnicity",
    "raised_b12": "Raised B12",
    "guidelines": "Guidelines compared",
    "not_known": "What is not known",
}
WIDTH, BOX_LEFT, BOX_WIDTH, BOX_HEIGHT, GAP = 560, 150, 260, 54, 62
LINE, LETTERS, LANE = 18, 26, 40
FIRM = ("A", "B")


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A link to a note."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One part of the list of notes."""

    slug: str
    label: str
    notes: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text and the height at which it stands."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """A thing in a drawing, its name broken into lines."""

    y: int
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step of a drawing: its number, its path and where its grade is written. ``firm`` is grade A or B."""

    number: int
    path: str
    x: int
    y: int
    grade: str
    firm: bool
    start: str
    end: str
    says: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes below one another in the order in which the steps name them, and the arrows between them."""

    width: int
    height: int
    left: int
    middle: int
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    says: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; None where nothing is said of a column."""

    label: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class NotePage:
    """All that a note says: it has a drawing, or a table, or neither."""

    note: Note
    topic: str
    paragraphs: tuple[str, ...]
    cited: Cited
    drawing: Drawing | None
    table: Table | None
    conditions: tuple[Link, ...]
    findings: tuple[Link, ...]
    sources: tuple[SourceWords, ...]


@lru_cache(maxsize=8)
def notes_index(knowledge: Knowledge) -> tuple[Topic, ...]:
    """Every note by topic, in their own order."""
    topics = []
    for slug in TOPICS:
        notes = sorted((n for n in knowledge.notes.values() if n.topic == slug), key=_place)
        if notes:
            topics.append(Topic(slug, TOPIC[slug], tuple(NoteLine(n.slug, n.title) for n in notes)))
    return tuple(topics)


def notes_about(conditions: Iterable[str], knowledge: Knowledge) -> tuple[NoteLine, ...]:
    """The notes that explain any of the conditions: those that explain most of them first."""
    wanted = frozenset(conditions)
    found = [note for note in knowledge.notes.values() if wanted.intersection(note.about)]
    found.sort(key=lambda note: (-len(wanted.intersection(note.about)), _place(note)))
    return tuple(NoteLine(note.slug, note.title) for note in found)


def _place(note: Note) -> tuple[int, int, str]:
    return TOPICS.index(note.topic), note.order, note.slug


@lru_cache(maxsize=128)
def note_page(slug: str, knowledge: Knowledge) -> NotePage:
    """The page of one note. Raises KeyError if there is none of that name."""
    note = knowledge.notes[slug]
    return NotePage(
        note=note,
        topic=TOPIC[note.topic],
        paragraphs=tuple(" ".join(part.split()) for part in note.text.split("\n\n") if part.strip()),
        cited=cited(note.citation, knowledge),
        drawing=_drawing(note.steps, knowledge) if note.figure == "drawing" else None,
        table=_table(note.steps, knowledge) if note.figure == "table" else None,
        conditions=tuple(link_to_condition(name, knowledge) for name in note.about),
        findings=links_to_findings(note.about_findings, knowledge),
        sources=sources_words([note.citation, *[step.citation for step in note.steps]], knowledge),
    )


def _table(steps: Iterable[Step], knowledge: Knowledge) -> Table:
    rows: dict[str, dict[str, Cell]] = {}
    columns: dict[str, None] = {}
    for step in steps:
        rows.setdefault(step.start, {})[step.end] = Cell(step.says, cited(step.citation, knowledge))
        columns[step.end] = None
    return Table(
        tuple(columns), tuple(Row(label, tuple(map(cells.get, columns))) for label, cells in rows.items())
    )


def _drawing(steps: tuple[Step, ...], knowledge: Knowledge) -> Drawing:
    names = tuple(dict.fromkeys(name for step in steps for name in (step.start, step.end)))
    arrows = []
    for number, step in enumerate(steps, 1):
        path, x, y = _way(names.index(step.start), names.index(step.end))
        said = cited(step.citation, knowledge)
        firm = said.grade in FIRM
        arrows.append(
            Arrow(number, path, x, y, said.grade, firm, step.start, step.end, capital(step.says), said)
        )
    return Drawing(
        width=WIDTH,
        height=_top(len(names)) - GAP + BOX_LEFT // 10,
        left=BOX_LEFT,
        middle=BOX_LEFT + BOX_WIDTH // 2,
        box_width=BOX_WIDTH,
        box_height=BOX_HEIGHT,
        boxes=tuple(_box(place, name) for place, name in enumerate(names)),
        arrows=tuple(arrows),
    )


def _top(place: int) -> int:
    return BOX_LEFT // 10 + place * (BOX_HEIGHT + GAP)


def _box(place: int, name: str) -> Box:
    lines = wrap(name, LETTERS)
    first = _top(place) + (BOX_HEIGHT - LINE * (len(lines) - 1)) // 2
    return Box(_top(place), tuple(Words(text, first + LINE * line) for line, text in enumerate(lines)))


def _way(start: int, end: int) -> tuple[str, int, int]:
    """The path of an arrow, and where its label begins: straight to the next box, else round the left side."""
    if end == start + 1:
        x, y = BOX_LEFT + BOX_WIDTH // 2, _top(start) + BOX_HEIGHT
        return f"M{x} {y}V{_top(end) - 2}", x + 12, y + GAP // 2
    half = BOX_HEIGHT // 2
    path = f"M{BOX_LEFT} {_top(start) + half}H{LANE}V{_top(end) + half}H{BOX_LEFT - 2}"
    return path, LANE + 8, (_top(start) + _top(end)) // 2 + half
