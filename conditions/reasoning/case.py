"""Cases: pictures with what must be said of them, and what makes one teach."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LEVELS = ("foundation", "intermediate", "advanced")
LESSON_TOPICS = (
    *("low", "falsely_normal", "functional", "raised", "mimics"),
    *("autoimmunity", "nervous_system", "blood", "diet", "medicines", "surgery", "children", "pregnancy"),
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What makes a case teach: ``title`` and ``opening`` say nothing of the answer, the rest is told after it."""

    title: str
    level: str
    topics: tuple[str, ...]
    opening: str
    in_reality: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A picture, and what must and must not be said of it.

    ``published`` is what a careful reader expects of a published case: agreement with it is counted and
    shown, and does not block publication, for one report can err.
    """

    slug: str
    title: str
    picture: Mapping[str, Any]
    expects: Mapping[str, Any]
    source: str
    story: str
    rows: tuple[str, ...]
    published: Mapping[str, Any]
    lesson: Lesson | None = None
