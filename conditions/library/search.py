"""One search over all that a release holds: it forgives spelling, knows synonyms, and is the same each time.

A word that was typed is compared with every word of the release. Equal is best, then the beginning of a word, then
a word that differs by a few letters; rare words tell more than common ones, and a name of which more was typed is
better. Words written as one, or apart, are found by comparing whole names without their spaces.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from conditions.presenters.links import Link
from conditions.reasoning.knowledge import Knowledge

from .index import SMALL, Entry, Index, index_of, plain

KINDS = {
    "condition": "Conditions",
    "medicine": "Medicines and supplements",
    "finding": "Findings",
    "investigation": "Investigations",
    "note": "Notes",
    "source": "Sources",
}
LONGEST = 100
"""What is typed beyond this many letters is not read."""
MOST_WORDS = 8
LEAST = 0.5
NEAR = 0.66
"""How alike words must be that are not the same, from none to one; shorter ones must be more so."""
SHORT = {1: 1.0, 2: 1.0, 3: 1.0, 4: 0.74, 5: 0.74}
MISSPELT = 0.95
TYPED, NAMED = 0.72, 0.28
"""What part of a score is that all was found of what was typed, and of the name."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found; ``score`` is at most one."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one kind: ``shown`` are the best, ``more`` the number of the others."""

    kind: str
    label: str
    shown: tuple[Link, ...]
    more: int


def search(typed: str, knowledge: Knowledge) -> tuple[Hit, ...]:
    """All that was found, the best first; of equals conditions stand before findings, and then by name."""
    return _search(" ".join(plain(typed[:LONGEST])[:MOST_WORDS]), knowledge)


@lru_cache(maxsize=512)
def _search(typed: str, knowledge: Knowledge) -> tuple[Hit, ...]:
    words = tuple(typed.split())
    if SMALL.issuperset(words):
        return ()
    index = index_of(knowledge)
    best: dict[int, float] = {}
    for name, score in (*_by_words(words, index), *_joined("".join(words), index)):
        entry = index.names[name].entry
        best[entry] = max(best.get(entry, 0.0), score)
    kinds = tuple(KINDS)
    hits = [Hit(index.entries[entry], round(score, 3)) for entry, score in best.items() if score >= LEAST]
    return tuple(
        sorted(
            hits,
            key=lambda h: (
                -h.score,
                kinds.index(h.entry.kind),
                h.entry.worked_out,
                h.entry.link.name.casefold(),
                h.entry.link.slug,
            ),
        )
    )


def grouped(hits: Iterable[Hit], most: int = 8) -> tuple[Found, ...]:
    """The hits by kind: the kind with the best one first, of each no more than ``most``."""
    by_kind: dict[str, list[Link]] = {}
    for hit in hits:
        by_kind.setdefault(hit.entry.kind, []).append(hit.entry.link)
    return tuple(
        Found(kind, KINDS[kind], tuple(links[:most]), max(len(links) - most, 0))
        for kind, links in by_kind.items()
    )


def _by_words(words: tuple[str, ...], index: Index) -> Iterable[tuple[int, float]]:
    """The names in which the typed words stand, word by word."""
    alike = [_alike(word, index) for word in words]
    weights = [_weight(word, found, index) for word, found in zip(words, alike, strict=True)]
    total = sum(weights)
    typed: dict[int, float] = {}
    named: dict[int, dict[str, float]] = {}
    for weight, found in zip(weights, alike, strict=True):
        here: dict[int, float] = {}
        for word, likeness in found.items():
            for name in index.standing_in[word]:
                here[name] = max(here.get(name, 0.0), likeness)
                covered = named.setdefault(name, {})
                covered[word] = max(covered.get(word, 0.0), likeness)
        for name, likeness in here.items():
            typed[name] = typed.get(name, 0.0) + weight * likeness
    for name, share in typed.items():
        of = index.names[name]
        whole = sum(index.telling[word] for word in of.words)
        covered_share = sum(index.telling[word] * likeness for word, likeness in named[name].items()) / whole
        yield name, of.weight * (TYPED * share / total + NAMED * min(covered_share, 1.0))


def _weight(word: str, found: dict[str, float], index: Index) -> float:
    """How much a typed word tells: as much as the word it is most like; one like no other tells most."""
    if word in SMALL:
        return 0.1
    if not found:
        return index.rarest
    return index.telling[max(found, key=lambda other: (found[other], other))]


def _alike(word: str, index: Index) -> dict[str, float]:
    """The words of the release that may be meant, with how alike they are."""
    found = {word: 1.0} if word in index.telling else {}
    if len(word) > 1:
        for other in index.telling:
            if other.startswith(word) and other != word:
                found[other] = 0.85 + 0.13 * len(word) / len(other)
    near = process.extract(
        word,
        index.telling.keys(),
        scorer=OSA.normalized_similarity,
        processor=None,
        score_cutoff=SHORT.get(len(word), NEAR),
        limit=40,
    )
    for other, likeness, _ in near:
        if SHORT.get(len(other), NEAR) <= likeness < 1:
            found[other] = max(found.get(other, 0.0), MISSPELT * likeness)
    return found


def _joined(typed: str, index: Index) -> Iterable[tuple[int, float]]:
    """The names that are like what was typed when both are written without spaces."""
    if len(typed) < 4:
        return
    near = process.extract(
        typed, index.joined, scorer=OSA.normalized_similarity, processor=None, score_cutoff=0.72, limit=40
    )
    for _, likeness, name in near:
        yield name, index.names[name].weight * (MISSPELT * likeness if likeness < 1 else 1.0)
