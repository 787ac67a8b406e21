"""Where a statement comes from and how far it can be relied on, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from conditions.reasoning.knowledge import Citation, Knowledge, Source

GRADE = {
    "A": "guideline, criteria or meta-analysis",
    "B": "cohort, trial or large series",
    "C": "cases, small or indirect studies",
    "D": "mechanism, textbook or opinion, or nothing found",
}
LONGEST_NAME = 40
NOT_LOOKED_UP = "not_looked_up"
"""Stands where a statement is general knowledge of which no source was read: said so, and never listed."""
VERIFICATION = {
    "primary": "read in the source itself",
    "secondary": "read where another quotes it",
    "unverified": "not yet checked against the source",
    "inference": "our inference; no source states it in this form",
}


@dataclass(frozen=True, slots=True)
class SourceWords:
    """A source as it is cited: ``url`` is empty where it has no address."""

    slug: str
    title: str
    short: str
    authors: str
    year: int | None
    published_in: str
    url: str
    note: str

    @property
    def by(self) -> str:
        """The authors as a sentence of their own."""
        return self.authors and f"{self.authors.rstrip('.')}."


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in words: the source first, those that say the same after it."""

    source: SourceWords
    also: tuple[SourceWords, ...]
    place: str
    grade: str
    grade_words: str
    verification: str
    verification_words: str
    checked: str
    review_by: str


def source_words(source: Source) -> SourceWords:
    """The source with the address at which it can be read."""
    short = f"{_first(source)} {source.year}" if source.year else _first(source)
    looked_up = source.slug != NOT_LOOKED_UP
    return SourceWords(
        slug=source.slug,
        title=source.title if looked_up else "Known in general; no source was looked up",
        short=short if looked_up else "no source was looked up",
        authors=source.authors,
        year=source.year,
        published_in=source.published_in,
        url=address_of(source),
        note=source.note,
    )


def sources_words(citations: Iterable[Citation], knowledge: Knowledge) -> tuple[SourceWords, ...]:
    """Every source that the citations name, by title."""
    slugs = {slug for c in citations for slug in (c.source, *c.also)} - {NOT_LOOKED_UP}
    return tuple(
        sorted((source_words(knowledge.sources[slug]) for slug in slugs), key=lambda s: s.title.casefold())
    )


def _first(source: Source) -> str:
    """The first author or the body that published it, by its short name; the title where none is recorded."""
    first = source.authors.split(",")[0].strip()
    if not first or first.lower().startswith("not recorded"):
        return source.title
    return first if len(first) <= LONGEST_NAME else source.published_in.split(",")[0] or first


def address_of(source: Source) -> str:
    """Where the source can be read: its own address, or that of its DOI or PubMed entry."""
    if source.url.startswith(("https://", "http://")):
        return source.url
    if source.doi:
        return f"https://doi.org/{source.doi}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" if source.pmid else ""


@lru_cache(maxsize=4096)
def cited(citation: Citation, knowledge: Knowledge) -> Cited:
    """The citation in words."""
    sources = [source_words(knowledge.sources[slug]) for slug in (citation.source, *citation.also)]
    return Cited(
        source=sources[0],
        also=tuple(sources[1:]),
        place=citation.place,
        grade=citation.grade,
        grade_words=GRADE[citation.grade],
        verification=citation.verification.value,
        verification_words=VERIFICATION[citation.verification.value],
        checked=" on ".join(part for part in (citation.checked_by, citation.checked_on) if part),
        review_by=citation.review_by,
    )
