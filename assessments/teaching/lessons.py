"""The cases that teach, as they are offered: by level and topic, without a word of the answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from conditions.reasoning.knowledge import LESSON_TOPICS, LEVELS, Case, Knowledge

LEVEL_WORDS = {
    "foundation": "Foundation: one clear question",
    "intermediate": "Intermediate: two things at once",
    "advanced": "Advanced: results that mislead",
}
TOPIC_WORDS = {
    "low": "Low B12",
    "falsely_normal": "Falsely normal B12",
    "functional": "Functional deficiency",
    "raised": "Raised B12",
    "mimics": "Looks like it and is not",
    "autoimmunity": "Autoimmunity",
    "nervous_system": "Nervous system and mind",
    "blood": "Blood",
    "diet": "Diet",
    "medicines": "Medicines and exposures",
    "surgery": "Stomach and bowel surgery",
    "children": "Children",
    "pregnancy": "Pregnancy",
}


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One case in the list."""

    slug: str
    title: str
    opening: str
    level: str
    level_words: str
    topics: tuple[str, ...]
    topic_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One level or topic that the list can be narrowed to, with how many cases it has."""

    slug: str
    words: str
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """The cases of one choice of levels and topics, and the choices there are."""

    lessons: tuple[LessonLine, ...]
    levels: tuple[Choice, ...]
    topics: tuple[Choice, ...]
    total: int


def lessons_of(knowledge: Knowledge) -> tuple[Case, ...]:
    """The cases that teach, easiest first."""
    cases = [case for case in knowledge.cases.values() if case.lesson]
    return tuple(sorted(cases, key=lambda case: (LEVELS.index(_level(case)), case.slug)))


def _level(case: Case) -> str:
    return case.lesson.level if case.lesson else LEVELS[0]


def line_of(case: Case) -> LessonLine:
    """The case as a line of the list. Raises ValueError for a case that is no lesson."""
    if case.lesson is None:
        raise ValueError(f"{case.slug} does not teach")
    lesson = case.lesson
    return LessonLine(
        slug=case.slug,
        title=lesson.title,
        opening=lesson.opening,
        level=lesson.level,
        level_words=LEVEL_WORDS[lesson.level].partition(":")[0],
        topics=lesson.topics,
        topic_words=tuple(TOPIC_WORDS[topic] for topic in lesson.topics),
    )


def shelf_of(knowledge: Knowledge, levels: Iterable[str], topics: Iterable[str]) -> Shelf:
    """The cases of any of the levels and any of the topics; of all where none is named."""
    every = tuple(line_of(case) for case in lessons_of(knowledge))
    wanted_levels = [slug for slug in levels if slug in LEVELS]
    wanted_topics = [slug for slug in topics if slug in LESSON_TOPICS]
    chosen = tuple(
        one
        for one in every
        if (not wanted_levels or one.level in wanted_levels)
        and (not wanted_topics or not set(wanted_topics).isdisjoint(one.topics))
    )
    return Shelf(
        lessons=chosen,
        levels=tuple(
            Choice(slug, LEVEL_WORDS[slug], sum(one.level == slug for one in every), slug in wanted_levels)
            for slug in LEVELS
        ),
        topics=tuple(
            Choice(slug, TOPIC_WORDS[slug], sum(slug in one.topics for one in every), slug in wanted_topics)
            for slug in LESSON_TOPICS
        ),
        total=len(every),
    )
