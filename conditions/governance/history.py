"""What each release changed, in clinical words."""

from dataclasses import dataclass
from functools import lru_cache

from conditions.curation.differences import Difference, differences_of
from conditions.models import Release

SECTIONS = {
    "sources": "Sources",
    "developers": "Developers",
    "groups": "Groups of questions",
    "findings": "Findings and their limits",
    "conditions": "Conditions",
    "rules": "Rules",
    "investigations": "Investigations",
    "recommendations": "Advice",
    "notes": "Notes",
    "cases": "Cases",
    "unit_aliases": "Units as printed",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """The parts of one section that differ, each with sentences on what differs."""

    section: str
    parts: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What a release changed. ``since`` is the version before it, empty for the first."""

    since: str
    sections: tuple[Changed, ...]


def changes_of(release: Release) -> Changes:
    """What the release changed in the one before it."""
    before = Release.objects.filter(sequence__lt=release.sequence).without_document().first()
    if not before:
        return Changes("", ())
    return Changes(before.version, _between(before.digest, release.digest))


@lru_cache(maxsize=16)
def _between(older: str, newer: str) -> tuple[Changed, ...]:
    old, new = (
        Release.objects.filter(digest=digest).latest("sequence").document for digest in (older, newer)
    )
    found: dict[str, list[Difference]] = {}
    for one in differences_of(old, new, {}):
        found.setdefault(one.section, []).append(one)
    return tuple(Changed(SECTIONS[section], tuple(parts)) for section, parts in found.items())
