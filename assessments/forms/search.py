"""Findings found by typing: by any of their names, by as much of a word as is typed, with spelling forgiven."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assessments.forms.catalogue import STEPS, Catalogue, Step, is_yes_or_no, words_in
from conditions.reasoning.knowledge import Finding

ANYWHERE = Step("anywhere", "Anywhere", "a symptom, illness, medicine or test")
MOST = 8
SHORTEST_FORGIVEN = 4
LIKE_ENOUGH = 0.74
MISSPELT, INSIDE = 1000, 100


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding that was found by typing; ``elsewhere`` is the step it belongs to, if another one.

    ``answer`` is what choosing it says at once: present, or absent after “no”; empty where it has to be told.
    ``is_sure`` if what was typed begins words of its name, earlier than those of any other yes or no question.
    """

    finding: Finding
    is_asked: bool
    elsewhere: str
    answer: str = ""
    is_sure: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed in the search of a step, and what it found."""

    step: Step
    typed: str
    hits: tuple[Hit, ...]


def search_in(step: Step, typed: str, catalogue: Catalogue, asked: Collection[str]) -> Search:
    """What ``typed`` finds, the findings of ``step`` first; ``asked`` are those that stand on the page."""
    denied = step == ANYWHERE and typed.casefold().startswith("no ")
    ranked = _ranked(typed[3:] if denied else typed, step.slug, catalogue)
    best = [
        slug
        for slug, rank in ranked
        if rank == ranked[0][1] < INSIDE and is_yes_or_no(catalogue.findings[slug])
    ]
    hits = []
    for slug, _ in ranked[:MOST]:
        finding, belongs = catalogue.findings[slug], catalogue.step_of[slug]
        if denied and not is_yes_or_no(finding):
            continue
        elsewhere = "" if belongs == step.slug else next(one.label for one in STEPS if one.slug == belongs)
        answer = ("absent" if denied else "present") if is_yes_or_no(finding) else ""
        hits.append(Hit(finding, slug in asked, elsewhere, answer, best == [slug]))
    return Search(step, typed, tuple(hits))


def found(typed: str, step: str, catalogue: Catalogue) -> tuple[Finding, ...]:
    """The findings that all words of ``typed`` speak of, those of ``step`` before the rest."""
    return tuple(catalogue.findings[slug] for slug, _ in _ranked(typed, step, catalogue)[:MOST])


def _ranked(typed: str, step: str, catalogue: Catalogue) -> list[tuple[str, int]]:
    wanted = words_in(typed)
    if not wanted:
        return []
    ranked = [(s, r) for s, words in catalogue.words.items() if (r := _rank(wanted, words, {})) is not None]
    if not ranked:
        alike = {part: _alike(part, catalogue) for part in wanted}
        ranked = [
            (s, r) for s, words in catalogue.words.items() if (r := _rank(wanted, words, alike)) is not None
        ]
    return sorted(
        ranked, key=lambda one: (catalogue.step_of[one[0]] != step, _place(one[0], one[1], catalogue))
    )


def _place(slug: str, rank: int, catalogue: Catalogue) -> tuple[int, bool, int]:
    """Names that begin so before those that only hold it; among them what can be answered at once."""
    return rank // INSIDE, not is_yes_or_no(catalogue.findings[slug]), rank


def _rank(wanted: list[str], words: tuple[str, ...], alike: Mapping[str, Mapping[str, int]]) -> int | None:
    """How early in the name the typed words begin a word of it; ``None`` unless all of them do."""
    places = []
    for part in wanted:
        place = next((i for i, word in enumerate(words) if word.startswith(part)), None)
        if place is None:
            place = next(
                (
                    INSIDE + i
                    for i, word in enumerate(words)
                    if len(part) >= SHORTEST_FORGIVEN and part in word
                ),
                None,
            )
        if place is None:
            likeness = [alike[part][word] + i for i, word in enumerate(words) if word in alike.get(part, {})]
            place = min(likeness, default=None)
        if place is None:
            return None
        places.append(place)
    return sum(places)


def _alike(part: str, catalogue: Catalogue) -> dict[str, int]:
    """The words, whole or begun, that ``part`` misspells, with how far it is from each."""
    if len(part) < SHORTEST_FORGIVEN:
        return {}
    whole = _all_words(catalogue)
    begun = {word: word[: len(part)] for word in whole if len(word) > len(part)}
    far: dict[str, int] = {}
    for among in ({word: word for word in whole}, begun):
        for _, likeness, word in process.extract(
            part, among, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=LIKE_ENOUGH, limit=None
        ):
            distance = MISSPELT + round((1 - likeness) * MISSPELT)
            far[word] = min(distance, far.get(word, distance))
    return far


@lru_cache(maxsize=8)
def _all_words(catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(sorted({word for words in catalogue.words.values() for word in words if len(word) > 2}))
