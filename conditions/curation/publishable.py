"""What a document must have before two people may publish it, beyond being usable knowledge."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from conditions.curation.words import Vocabulary, title_of
from conditions.presenters.citations import NOT_LOOKED_UP
from conditions.reasoning.knowledge import DESCRIBED

MONTHS = 24
"""Within how many months every statement is read again."""
PARTS = {
    "limits": "its scale",
    "effects": "its effect on B12",
    "associations": "its association",
    "described_by": "the source of its text",
    "steps": "its step",
}


def unready(old: Mapping[str, Any], new: Mapping[str, Any], today: date) -> list[str]:
    """A sentence for each statement that keeps the document from being published in place of ``old``.

    New and changed statements have a source that was looked up, and a day to come on which they are read again;
    those that stay as they are, shipped ones among them, need a day that is not too far, and may say that no source
    was looked up: they are shown as such.
    """
    words, latest = Vocabulary(old, new), _later(today)
    problems = []
    for section, slug, what, statement in statements(new):
        changed = statement not in _same_place(old, section, slug)
        said = [*_dated(statement, today, latest, changed), *(_sourced(statement) if changed else ())]
        problems += [f"{title_of(section, slug, words)}{what}: {sentence}" for sentence in said]
    problems += [f"{title_of(section, slug, words)}: {what}" for section, slug, what in _undeveloped(new)]
    for slug, condition in new.get("conditions", {}).items():
        problems += [
            f"{title_of('conditions', slug, words)}: say where {text} comes from, for it is new or changed."
            for text in _texts_without_source(old.get("conditions", {}).get(slug, {}), condition)
        ]
    return problems


def statements(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str, Mapping[str, Any]]]:
    """Every sourced statement: section and slug of its part, which of the part's statements it is, and the statement."""
    for section, parts in document.items():
        if not isinstance(parts, Mapping):
            continue
        for slug, part in parts.items():
            if not isinstance(part, Mapping):
                continue
            if "grade" in part:
                yield section, slug, "", part
            for key, words in PARTS.items():
                for place, item in enumerate(part.get(key, ()), 1):
                    yield section, slug, f", {words} {place}", item


def _undeveloped(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Rules of which nobody says who made them or who paid for it; the rest of what they give account of follows."""
    developers = document.get("developers", {})
    usual: Mapping[str, Any] = next((one for one in developers.values() if one.get("usual")), {})
    for section in ("rules", "recommendations"):
        for slug, part in document.get(section, {}).items():
            developer = developers.get(part.get("developer"), usual)
            if not developer.get("name") or not developer.get("funding"):
                yield section, slug, "nobody says who developed it and who paid for that."


def _same_place(old: Mapping[str, Any], section: str, slug: str) -> list[Mapping[str, Any]]:
    """The statements of the same part before."""
    part = old.get(section, {}).get(slug)
    return [statement for *_, statement in statements({section: {slug: part}})] if part else []


def _sourced(statement: Mapping[str, Any]) -> Iterator[str]:
    if statement.get("source") in (None, "", NOT_LOOKED_UP):
        yield "it is new or changed, and no source was looked up for it."
    if not statement.get("grade"):
        yield "it has no grade of evidence."


def _dated(statement: Mapping[str, Any], today: date, latest: date, changed: bool) -> Iterator[str]:
    review = statement.get("review_by")
    if not review:
        yield "it does not say by when it is read again."
    elif date.fromisoformat(review) > latest:
        yield f"it is read again by {review}, which is more than {MONTHS} months away."
    elif changed and date.fromisoformat(review) <= today:
        yield f"it was changed, and the day on which it is to be read again ({review}) has passed."


def _texts_without_source(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    described = {one.get("part") for one in new.get("described_by", ())}
    for part in DESCRIBED:
        if new.get(part) and new.get(part) != old.get(part) and part not in described:
            yield {"suspicion": "its list of suspicious findings"}.get(part, f"its {part}")


def _later(today: date) -> date:
    years, month = divmod(today.month - 1 + MONTHS, 12)
    day = min(today.day, 28) if today.month == 2 else today.day
    return date(today.year + years, month + 1, day)
