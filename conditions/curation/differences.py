"""Where two documents differ, part by part, in clinical words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conditions.curation.editors import Place
from conditions.curation.sentences import sentences_of
from conditions.curation.words import Vocabulary, title_of
from conditions.workspace import differing

KINDS = {"added": "New", "changed": "Changed", "removed": "Removed"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs: ``kind`` is added, changed or removed; ``says`` what differs, one sentence each."""

    section: str
    slug: str
    kind: str
    title: str
    says: tuple[str, ...]
    editors: tuple[str, ...]


def differences_of(
    old: Mapping[str, Any], new: Mapping[str, Any], editors: Mapping[Place, tuple[str, ...]]
) -> tuple[Difference, ...]:
    """Every part that differs, in words, with who edited it."""
    words = Vocabulary(old, new)
    found = []
    for section, slug in differing(old, new):
        before, after = old.get(section, {}).get(slug), new.get(section, {}).get(slug)
        kind = "added" if before is None else "removed" if after is None else "changed"
        found.append(
            Difference(
                section=section,
                slug=slug,
                kind=kind,
                title=title_of(section, slug, words),
                says=sentences_of(section, slug, before, after, words),
                editors=editors.get((section, slug), ()),
            )
        )
    return tuple(found)
