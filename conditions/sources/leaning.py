"""What leans on a source: every statement that cites it, and what else names it."""

from collections.abc import Iterator, Mapping
from typing import Any

from conditions.curation.publishable import statements
from conditions.curation.words import Vocabulary, title_of
from conditions.releases import last_release
from conditions.workspace import document_of_rows

Place = tuple[str, str, str]
"""Section and slug of the part, and which of its statements; empty for its own."""


def leaning_on() -> Mapping[str, Mapping[Place, str]]:
    """By source, all that leans on it in the draft or in the current release, with what its part is called."""
    published, draft = last_release().document, document_of_rows()
    words = Vocabulary(published, draft)
    found: dict[str, dict[Place, str]] = {}
    for document in (published, draft):
        for source, place in _named(document):
            found.setdefault(source, {}).setdefault(place, title_of(place[0], place[1], words))
    return found


def _named(document: Mapping[str, Any]) -> Iterator[tuple[str, Place]]:
    for section, slug, what, statement in statements(document):
        for source in dict.fromkeys((statement.get("source"), *statement.get("also", ()))):
            if source:
                yield source, (section, slug, what.removeprefix(", "))
    for slug, finding in document.get("findings", {}).items():
        for source in finding.get("sources", ()):
            yield source, ("findings", slug, "")
        if source := finding.get("molar_mass", {}).get("source"):
            yield source, ("findings", slug, "its molar mass")
    for slug, case in document.get("cases", {}).items():
        if source := case.get("source"):
            yield source, ("cases", slug, "")
