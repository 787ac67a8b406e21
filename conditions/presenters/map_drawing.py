"""The map as two drawings: coordinates of names, of lines whose style is their grade, and of arcs.

On the left of the first the arcs between conditions that travel together, then their names, then a line from each
to what it does to B12. The second goes the other way: from a finding of B12 to what it should make one think of.
"""

from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

from conditions.reasoning.knowledge import Knowledge

from .autoimmune_map import Map, map_of
from .citations import GRADE
from .pages import DIRECTION
from .words import capital

WIDTH, ROW, TOP, LINE, LETTERS = 980, 24, 78, 16, 26
NAMES, LETTER, REACH = 190, 7.6, 190
"""Where names begin, the usual width of a letter, and how far a line goes from the longest name."""
SECOND_NAMES, SECOND_START, SECOND_END, SECOND_LABELS = 0, 310, 580, 590
LEAST_APART = 54


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words at a place."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Name:
    """Something with a name; ``x`` is where its first letter stands."""

    slug: str
    x: int
    y: int
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line or an arc from one thing to another, of one grade."""

    start: str
    end: str
    grade: str
    path: str


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the key: what a stroke of one grade looks like, and what the grade means."""

    grade: str
    words: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing: names on the left and on the right, lines between them, arcs on the far left."""

    width: int
    height: int
    words: str
    left: tuple[Name, ...]
    right: tuple[Name, ...]
    lines: tuple[Stroke, ...]
    arcs: tuple[Stroke, ...]
    key: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """The map drawn in both directions."""

    changes: Picture
    thoughts: Picture


@lru_cache(maxsize=8)
def pictures_of(knowledge: Knowledge) -> Pictures:
    """The drawings of a release's map, the same value each time."""
    found = map_of(knowledge)
    return Pictures(_changes(found), _thoughts(found))


def _changes(found: Map) -> Picture:
    at = {one.slug: TOP + place * ROW + ROW // 2 for place, one in enumerate(found.conditions)}
    height = TOP + len(at) * ROW + 10
    wanted: dict[str, list[int]] = {}
    for change in found.changes:
        wanted.setdefault(change.direction, []).append(at[change.condition.slug])
    right = _apart({d: sum(ys) // len(ys) for d, ys in wanted.items()}, height)
    names_end = NAMES + int(max((len(one.name) for one in found.conditions), default=0) * LETTER) + 8
    lines_end = names_end + REACH
    return Picture(
        width=WIDTH,
        height=height,
        words=f"{len(at)} autoimmune conditions on the left, each joined to what it does to B12 on the right; arcs join"
        " conditions that travel together. How a line is drawn is its grade. The tables below say the same.",
        left=tuple(
            Name(one.slug, NAMES, at[one.slug], (Text(one.name, at[one.slug]),)) for one in found.conditions
        ),
        right=tuple(_name(slug, capital(DIRECTION[slug]), lines_end + 10, y) for slug, y in right.items()),
        lines=tuple(
            Stroke(
                change.condition.slug,
                change.direction,
                change.cited.grade,
                _curve(names_end, at[change.condition.slug], lines_end, right[change.direction]),
            )
            for change in found.changes
        ),
        arcs=tuple(
            Stroke(
                pair.first.slug,
                pair.second.slug,
                pair.cited.grade,
                _arc(at[pair.first.slug], at[pair.second.slug]),
            )
            for pair in found.pairs
        ),
        key=_key(),
    )


def _thoughts(found: Map) -> Picture:
    named = {one.condition.slug: one.condition for one in found.thoughts}
    right = [one for one in found.conditions if one.slug in named]
    at = {one.slug: TOP + place * ROW + ROW // 2 for place, one in enumerate(right)}
    height = TOP + len(at) * ROW + 10
    wanted: dict[str, list[int]] = {}
    for thought in found.thoughts:
        wanted.setdefault(thought.finding, []).append(at[thought.condition.slug])
    left = _apart({finding: sum(ys) // len(ys) for finding, ys in wanted.items()}, height)
    height = max(height, *(y + LEAST_APART for y in left.values())) if left else height
    return Picture(
        width=WIDTH,
        height=height,
        words=f"{len(left)} findings of B12 on the left, each joined to the autoimmune conditions on the right that it"
        " speaks for, together with what else the rule needs. How a line is drawn is its grade. The table below says"
        " the same.",
        left=tuple(_name(finding, finding, SECOND_NAMES, y, 40) for finding, y in left.items()),
        right=tuple(
            Name(one.slug, SECOND_LABELS, at[one.slug], (Text(one.name, at[one.slug]),)) for one in right
        ),
        lines=tuple(
            Stroke(
                one.finding,
                one.condition.slug,
                one.cited.grade,
                _curve(SECOND_START, left[one.finding], SECOND_END, at[one.condition.slug]),
            )
            for one in found.thoughts
        ),
        arcs=(),
        key=_key(),
    )


def _apart(wanted: dict[str, int], height: int) -> dict[str, int]:
    """The places, in the same order but nowhere nearer to one another than ``LEAST_APART``, within the drawing."""
    placed: dict[str, int] = {}
    least = TOP + LEAST_APART // 2
    for name, y in sorted(wanted.items(), key=lambda one: (one[1], one[0])):
        placed[name] = max(y, least)
        least = placed[name] + LEAST_APART
    most = height - LEAST_APART // 2
    for name in reversed(placed):
        placed[name] = max(min(placed[name], most), TOP + LEAST_APART // 2)
        most = placed[name] - LEAST_APART
    if len(set(placed.values())) == len(placed):
        return placed
    return {name: TOP + LEAST_APART // 2 + place * LEAST_APART for place, name in enumerate(placed)}


def _name(slug: str, words: str, x: int, y: int, letters: int = LETTERS) -> Name:
    lines = wrap(words, letters)
    first = y - LINE * (len(lines) - 1) // 2
    return Name(slug, x, y, tuple(Text(text, first + LINE * place) for place, text in enumerate(lines)))


def _curve(x: int, y: int, to_x: int, to_y: int) -> str:
    middle = (x + to_x) // 2
    return f"M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"


def _arc(y: int, to_y: int) -> str:
    """From one row to another, round the left; the further apart, the wider."""
    x = NAMES - 8
    reach = x - min(18 + abs(to_y - y) // 4, NAMES - 12)
    return f"M{x} {y}C{reach} {y} {reach} {to_y} {x} {to_y}"


def _key() -> tuple[Key, ...]:
    return tuple(
        Key(grade, f"Grade {grade}: {words}", 10 + 470 * (place % 2), 16 + 24 * (place // 2))
        for place, (grade, words) in enumerate(GRADE.items())
    )
