"""How far the statements of a release were checked, and which of them were not read in their source."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from conditions.presenters.citations import NOT_LOOKED_UP, VERIFICATION, Cited, cited
from conditions.presenters.pages import TEXTS
from conditions.reasoning.knowledge import Knowledge

from .statements import Statement, statements

OPEN = ("unverified", "secondary", "inference")
"""The states of verification that a reader should know of, the weakest first."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement with its citation in words."""

    statement: Statement
    cited: Cited


@dataclass(frozen=True, slots=True)
class Kind:
    """The statements of one kind, in the order of the document."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """The statements of one state of verification, by kind."""

    state: str
    words: str
    number: int
    kinds: tuple[Kind, ...]


@dataclass(frozen=True, slots=True)
class General:
    """The texts of one condition that are general descriptions, compared with no source."""

    slug: str
    name: str
    texts: str


@dataclass(frozen=True, slots=True)
class Verified:
    """All statements of a release counted (state, words, number), and those listed that stay open."""

    total: int
    counts: tuple[tuple[str, str, int], ...]
    without_source: int
    open: tuple[Open, ...]
    general: tuple[General, ...]
    general_texts: int


@lru_cache(maxsize=4)
def verified_of(knowledge: Knowledge) -> Verified:
    """What was read in its source, and what was not."""
    said = tuple(statements(knowledge))
    counted = Counter(one.citation.verification.value for one in said)
    general = [condition for condition in knowledge.conditions.values() if condition.unsourced]
    return Verified(
        total=len(said),
        counts=tuple((state, VERIFICATION[state], counted[state]) for state in VERIFICATION),
        without_source=sum(one.citation.source == NOT_LOOKED_UP for one in said),
        open=tuple(_open(state, said, knowledge) for state in OPEN if counted[state]),
        general=tuple(
            General(one.slug, one.name, ", ".join(TEXTS[part] for part in one.unsourced)) for one in general
        ),
        general_texts=sum(len(one.unsourced) for one in general),
    )


def _open(state: str, said: tuple[Statement, ...], knowledge: Knowledge) -> Open:
    kinds: dict[str, list[Line]] = defaultdict(list)
    for one in said:
        if one.citation.verification.value == state:
            kinds[one.kind].append(Line(one, cited(one.citation, knowledge)))
    listed = tuple(Kind(label, tuple(lines)) for label, lines in kinds.items())
    return Open(state, VERIFICATION[state], sum(len(kind.lines) for kind in listed), listed)
