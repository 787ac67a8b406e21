"""A release in words: when it was published, who answers for it, and when it is to be looked at again."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Protocol

from conditions.reasoning.checks import citations
from conditions.reasoning.knowledge import Knowledge


class Release(Protocol):
    """What a published state of the knowledge says of itself."""

    @property
    def version(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def origin(self) -> str: ...
    @property
    def notes(self) -> str: ...
    @property
    def published_at(self) -> datetime: ...
    @property
    def submitted_by(self) -> Any: ...
    @property
    def approved_by(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Review:
    """When the first of the statements is to be reviewed again, and how many are past their date."""

    statements: int
    dated: int
    next: date | None
    past: int


@lru_cache(maxsize=32)
def review_of(knowledge: Knowledge, today: date) -> Review:
    """The review dates of all sourced statements, as they stand on one day."""
    dates = [date.fromisoformat(c.review_by) if c.review_by else None for _, c in citations(knowledge)]
    dated = [day for day in dates if day]
    return Review(len(dates), len(dated), min(dated, default=None), sum(day < today for day in dated))


def is_reviewed(release: Release) -> bool:
    """Whether named people of an installation answer for it."""
    return release.origin != "shipped"


def reviewers_words(release: Release) -> str:
    """Who answers for the release, in a sentence."""
    if not is_reviewed(release):
        return "It shipped with the software: no named clinician has reviewed it."
    return f"Submitted by {release.submitted_by}, approved by {release.approved_by}."
