"""Who edited what: the history, asked by part of the document."""

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User

from conditions.models import ChangeSet, Edit

Place = tuple[str, str]
"""A part of the document: its section and its slug."""

NOBODY = "nobody named"
"""Who edited it where a command, or someone past the application, did."""


def edited_since_in_step() -> Mapping[Place, tuple[str, ...]]:
    """Who edited each part since the rows last said what was published, in the order of their first edit."""
    edits = Edit.objects.since_in_step().select_related("person").order_by("id")
    return _by_place(
        (edit.section, edit.slug, edit.person) for edit in edits.only("section", "slug", "person")
    )


def edited_in(change_set: ChangeSet) -> Mapping[Place, tuple[str, ...]]:
    """Who edited each part in which the change set differs, as the database wrote down when it was submitted."""
    parts = change_set.edited_parts.select_related("person")
    return _by_place((part.section, part.slug, part.person) for part in parts)


def _by_place(edits: Iterable[tuple[str, str, User | None]]) -> Mapping[Place, tuple[str, ...]]:
    found: dict[Place, dict[str, None]] = {}
    for section, slug, person in edits:
        found.setdefault((section, slug), {})[str(person) if person else NOBODY] = None
    return {place: tuple(names) for place, names in found.items()}
