"""Everything that can be searched for in a release, with the words by which it may be called."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

from conditions.presenters.citations import NOT_LOOKED_UP, source_words
from conditions.presenters.links import (
    Link,
    is_medicine,
    link_to_condition,
    link_to_finding,
    link_to_investigation,
)
from conditions.presenters.notes import TOPIC
from conditions.presenters.pages import category_words
from conditions.reasoning.knowledge import Finding, Knowledge

TITLE, SYNONYM, INITIALS, BORROWED = 1.0, 0.98, 0.9, 0.8
"""How much a name counts: an entry's own, another of its own, its initials, that of something it measures."""
WORKED_OUT = 0.93
"""What is worked out and never asked stands behind what can be asked."""
LITERATURE = 0.94
"""A source stands behind what it is a source of."""
SMALL = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"]
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that has a page: ``kind`` is one of those in ``search.KINDS``."""

    kind: str
    link: Link
    worked_out: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """One way of calling an entry, as plain words."""

    entry: int
    words: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Index:
    """The entries, their names, and for each word the names it stands in and how much it tells."""

    entries: tuple[Entry, ...]
    names: tuple[Name, ...]
    joined: Mapping[int, str]
    standing_in: Mapping[str, tuple[int, ...]]
    telling: Mapping[str, float]
    rarest: float


def plain(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents or signs; British and American spelling are one.

    ``B 12`` and ``vitamin B-12`` hold the word ``b12``.
    """
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^0-9a-z]+", " ", ascii_only.replace("'", ""))
    words = re.sub(r"\bb 12\b", "b12", words)
    return tuple(_one_spelling(word) for word in words.split())


def _one_spelling(word: str) -> str:
    if len(word) < 5:
        return word
    return word.replace("ae", "e").replace("oe", "e").replace("ph", "f").replace("our", "or")


@lru_cache(maxsize=8)
def index_of(knowledge: Knowledge) -> Index:
    """The index of a release, the same value each time: a release is known by its digest and read once."""
    entries: list[Entry] = []
    names: dict[tuple[int, tuple[str, ...]], float] = {}
    for entry, called in _entries(knowledge):
        for text, weight in called:
            if words := plain(text):
                key = (len(entries), words)
                names[key] = max(names.get(key, 0.0), weight * (WORKED_OUT if entry.worked_out else 1))
        entries.append(entry)
    listed = tuple(Name(place, words, weight) for (place, words), weight in names.items())
    standing_in: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(listed):
        for word in dict.fromkeys(name.words):
            standing_in[word].append(place)
    telling = {word: _telling(word, len(found), len(listed)) for word, found in standing_in.items()}
    return Index(
        entries=tuple(entries),
        names=listed,
        joined={place: "".join(name.words) for place, name in enumerate(listed)},
        standing_in={word: tuple(found) for word, found in standing_in.items()},
        telling=telling,
        rarest=max(telling.values(), default=1.0),
    )


def _telling(word: str, found: int, of: int) -> float:
    """Rare words tell more; those of grammar next to nothing."""
    return 0.1 if word in SMALL else log(1 + of / found)


Called = list[tuple[str, float]]


def _entries(knowledge: Knowledge) -> Iterator[tuple[Entry, Called]]:
    yield from _conditions(knowledge)
    yield from _findings(knowledge)
    for one in knowledge.investigations.values():
        called = [(one.name, TITLE), (one.slug, SYNONYM), *_initials(one.name)]
        measured = [knowledge.findings[slug] for slug in one.measures]
        if len(measured) == 1:
            called += [(text, BORROWED) for text, _ in _names_of(measured[0])]
        yield Entry("investigation", link_to_investigation(one.slug, knowledge, one.question)), called
    for note in knowledge.notes.values():
        link = Link("note_detail", note.slug, note.title, TOPIC[note.topic])
        yield Entry("note", link), [(note.title, TITLE), (note.slug, SYNONYM)]
    for source in knowledge.sources.values():
        if source.slug == NOT_LOOKED_UP:
            continue
        said = source_words(source)
        by = "" if said.short.startswith(source.title) else said.short
        link = Link("source_detail", source.slug, source.title, by)
        ways = [source.title, source.slug, said.short, source.doi, source.pmid]
        yield Entry("source", link), [(way, LITERATURE) for way in ways if way]


def _conditions(knowledge: Knowledge) -> Iterator[tuple[Entry, Called]]:
    for one in knowledge.conditions.values():
        called = [(one.name, TITLE), (one.slug, SYNONYM), *_initials(one.name)]
        called += [(text, SYNONYM) for text in one.synonyms]
        kind = "condition"
        if is_medicine(one.slug, knowledge):
            kind = "medicine"
            called += _names_of(knowledge.findings[one.slug])
        yield Entry(kind, link_to_condition(one.slug, knowledge, category_words(one.category))), called


def _findings(knowledge: Knowledge) -> Iterator[tuple[Entry, Called]]:
    for one in knowledge.findings.values():
        if is_medicine(one.slug, knowledge) and one.slug in knowledge.conditions:
            continue
        kind = "medicine" if is_medicine(one.slug, knowledge) else "finding"
        quiet = knowledge.groups[one.group].label if one.group in knowledge.groups else ""
        worked_out = one.asked == "never" or bool(one.reads or one.defined_as)
        yield Entry(kind, link_to_finding(one.slug, knowledge, quiet), worked_out), _names_of(one)


def _names_of(finding: Finding) -> Called:
    bare = re.sub(r"\([^)]*\)", "", finding.label)
    inner = re.findall(r"\(([^)]*)\)", finding.label)
    called = [(finding.label, TITLE), (bare, TITLE), (finding.slug, SYNONYM), (finding.phrase, SYNONYM)]
    called += [(text, SYNONYM) for text in (*inner, *finding.synonyms)]
    return called + _initials(bare)


def _initials(name: str) -> Called:
    """``PPI`` for “Proton pump inhibitors”."""
    words = [word for word in plain(re.sub(r"\([^)]*\)", "", name)) if word not in SMALL]
    return [("".join(word[0] for word in words), INITIALS)] if len(words) > 1 else []
