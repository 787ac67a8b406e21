"""What was said of a source after it was published, in words."""

from dataclasses import dataclass
from datetime import date

from conditions.models import Notice

WORDS = {
    "retraction": "This source was retracted",
    "concern": "An expression of concern was published about this source",
    "correction": "A correction of this source was published",
    "reinstatement": "This source was reinstated",
}


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """One notice as a reader meets it. ``grave`` where statements may lean on what no longer stands."""

    says: str
    on: date | None
    reason: str
    doi: str
    record: str
    grave: bool


def notices_on(source: str) -> tuple[NoticeWords, ...]:
    """What is known of it, the latest first."""
    return tuple(
        NoticeWords(
            says=WORDS[one.kind],
            on=one.on,
            reason=one.reason,
            doi=f"https://doi.org/{one.doi}" if one.doi else "",
            record=one.record,
            grave=one.kind in ("retraction", "concern"),
        )
        for one in Notice.objects.of(source)
    )
