"""What a condition does to B12 as a small drawing: cause, mechanism, effect, and what the test then reads.

The gauge shows two levels: what the test reads is filled, what is really there is a broken line where it differs.
Both follow from the direction alone; they have no scale.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from textwrap import wrap

from conditions.reasoning.knowledge import Condition, ConditionEffect, Knowledge

from .pages import DIRECTION
from .words import capital

WIDTH, PADDING, LINE, GAP, LETTERS = 300, 10, 18, 34, 38
GAUGE, GAUGE_HEIGHT = 26, 60
BESIDE_GAUGE = 31
FIRM = ("A", "B")
LOW, MIDDLE, HIGH = 15, 33, 51
"""Heights of a level in the gauge. They are drawn and stand for no amount."""


@dataclass(frozen=True, slots=True)
class Level:
    """What the test reads, and what is there, where the two differ; in words, and as heights in the gauge."""

    read: int
    real: int | None
    words: str


LEVELS = {
    "lowers": Level(LOW, None, "the level read falls"),
    "raises": Level(HIGH, None, "the level read rises"),
    "transiently-raises": Level(HIGH, None, "the level read rises for a time"),
    "falsely-normal": Level(MIDDLE, LOW, "the level reads normal while less is there"),
    "falsely-low": Level(LOW, MIDDLE, "the level reads low while more is there"),
    "falsely-high": Level(HIGH, MIDDLE, "the level reads high while less is there"),
    "functional-deficiency": Level(MIDDLE, LOW, "the level may read normal while less of it can act"),
    "none-shown": Level(MIDDLE, None, "no change of the level has been shown"),
    "mimic": Level(MIDDLE, None, "the level itself is not changed"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words and the height at which it stands."""

    text: str
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """One thing in the drawing."""

    label: str
    y: int
    height: int
    lines: tuple[Text, ...]

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box down to the next; ``label`` is written beside it."""

    start: int
    end: int
    label: str

    @property
    def middle(self) -> int:
        return (self.start + self.end) // 2


@dataclass(frozen=True, slots=True)
class Gauge:
    """The level beside the last box: the tube and what is in it, as coordinates."""

    y: int
    level: Level
    x: int = WIDTH - GAUGE - PADDING
    width: int = GAUGE
    height: int = GAUGE_HEIGHT

    @property
    def read_y(self) -> int:
        return self.y + self.height - self.level.read

    @property
    def real_y(self) -> int | None:
        return None if self.level.real is None else self.y + self.height - self.level.real


@dataclass(frozen=True, slots=True)
class EffectDrawing:
    """Cause, mechanism and effect below one another; whole arrows are of grade A or B."""

    number: int
    title: str
    words: str
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    gauge: Gauge
    firm: bool
    width: int = WIDTH


@lru_cache(maxsize=1024)
def drawings_of(slug: str, knowledge: Knowledge) -> tuple[EffectDrawing, ...]:
    """A drawing for each effect of the condition, in their order."""
    condition = knowledge.conditions[slug]
    return tuple(_drawing(condition, effect, place) for place, effect in enumerate(condition.effects, 1))


def _drawing(condition: Condition, effect: ConditionEffect, number: int) -> EffectDrawing:
    says, grade = capital(DIRECTION[effect.direction]), effect.citation.grade
    level = LEVELS[effect.direction]
    parts = [("Cause", condition.name, LETTERS)]
    if effect.mechanism:
        parts.append(("Mechanism", effect.mechanism, LETTERS))
    parts.append(("Effect", says, BESIDE_GAUGE))
    boxes: list[Box] = []
    y = 1
    for label, text, letters in parts:
        lines = wrap(text, letters)
        height = (len(lines) + 1) * LINE + 2 * PADDING
        if label == "Effect":
            height = max(height, GAUGE_HEIGHT + PADDING)
        first = y + PADDING + LINE + LINE // 2 + 2
        boxes.append(
            Box(label, y, height, tuple(Text(one, first + LINE * place) for place, one in enumerate(lines)))
        )
        y += height + GAP
    arrows = tuple(
        Arrow(upper.bottom, lower.y, f"grade {grade}" if place == len(boxes) - 2 else "")
        for place, (upper, lower) in enumerate(pairwise(boxes))
    )
    middle = f" By: {effect.mechanism.rstrip('.')}." if effect.mechanism else ""
    return EffectDrawing(
        number=number,
        title=f"{condition.name}: {DIRECTION[effect.direction]}",
        words=f"Cause: {condition.name}.{middle} Effect, grade {grade}: {says}; {level.words}.",
        height=y - GAP + 1,
        boxes=tuple(boxes),
        arrows=arrows,
        gauge=Gauge(boxes[-1].y + PADDING // 2, level),
        firm=grade in FIRM,
    )
