"""Sources as public pages: where each can be read, and every statement that leans on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from conditions.governance.statements import Statement, statements
from conditions.reasoning.knowledge import Knowledge, Source

from .citations import NOT_LOOKED_UP, VERIFICATION, Cited, SourceWords, cited, source_words


@dataclass(frozen=True, slots=True)
class Line:
    """A statement with its citation; ``beside`` where the source is one of several that say it."""

    statement: Statement
    cited: Cited
    beside: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """The statements of one kind, in the order of the document."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SourcePage:
    """All that the release takes from one source. ``verified`` counts its own statements: state, words, number."""

    source: SourceWords
    kind: str
    doi: str
    pubmed: str
    number: int
    verified: tuple[tuple[str, str, int], ...]
    kinds: tuple[Kind, ...]
    cases: tuple[str, ...]


@lru_cache(maxsize=8)
def _leaning(knowledge: Knowledge) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for one in statements(knowledge):
        for slug in dict.fromkeys((one.citation.source, *one.citation.also)):
            found.setdefault(slug, []).append(one)
    return found


@lru_cache(maxsize=8)
def cited_sources(knowledge: Knowledge) -> frozenset[str]:
    """The slugs of the sources, without what stands for none having been looked up."""
    return frozenset(knowledge.sources) - {NOT_LOOKED_UP}


@lru_cache(maxsize=512)
def source_page(slug: str, knowledge: Knowledge) -> SourcePage:
    """The page of one of ``cited_sources``. Raises KeyError if there is none of that name."""
    source = knowledge.sources[slug]
    said = _leaning(knowledge).get(slug, [])
    counted = Counter(one.citation.verification.value for one in said if one.citation.source == slug)
    return SourcePage(
        source=source_words(source),
        kind=source.kind.replace("-", " "),
        doi=f"https://doi.org/{source.doi}" if source.doi else "",
        pubmed=_pubmed(source),
        number=len(said),
        verified=tuple(
            (state, VERIFICATION[state], counted[state]) for state in VERIFICATION if counted[state]
        ),
        kinds=_kinds(slug, said, knowledge),
        cases=tuple(case.title for case in knowledge.cases.values() if case.source == slug),
    )


def _pubmed(source: Source) -> str:
    return f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" if source.pmid else ""


def _kinds(slug: str, said: Sequence[Statement], knowledge: Knowledge) -> tuple[Kind, ...]:
    by_kind: dict[str, list[Line]] = {}
    for one in said:
        line = Line(one, cited(one.citation, knowledge), one.citation.source != slug)
        by_kind.setdefault(one.kind, []).append(line)
    return tuple(Kind(label, tuple(lines)) for label, lines in by_kind.items())
