"""Whether the current release is what was published, and still says what its cases demand."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from conditions.models import ChangeSet, LedgerEntry, Release
from conditions.models.release import digest_of_the_document
from conditions.reasoning.cases import failures
from conditions.reasoning.document import KnowledgeError, read_document
from conditions.reasoning.knowledge import Knowledge

MOST_SAID = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found: ``wrong`` is why nothing may be answered from the release, ``noted`` what else differs."""

    release: Release
    digest: str
    link: str
    cases: int
    wrong: tuple[str, ...]
    noted: tuple[str, ...]


def look(*, every_release: bool = False) -> Found:
    """What the database holds now, past everything that is cached. Raises DoesNotExist where nothing is published.

    ``every_release`` computes the digest of older documents anew as well.
    """
    release = Release.objects.defer("document").annotate(text=Cast("document", TextField())).current()
    text: str = release.text  # type: ignore[attr-defined]
    digest = sha256(text.encode()).hexdigest()
    ledger = tuple(LedgerEntry.objects.order_by("sequence"))
    knowledge, unreadable = _read(text)
    wrong = [
        *_otherwise_than_published(release, digest, ledger),
        *_otherwise_than_approved(release, digest),
        *unreadable,
        *(failures(knowledge) if knowledge else ()),
    ]
    return Found(
        release=release,
        digest=digest,
        link=ledger[-1].link if ledger else "",
        cases=len(knowledge.cases) if knowledge else 0,
        wrong=_shortened(wrong),
        noted=_shortened([*_older(release, ledger, every_release), *_broken_links(ledger[:-1])]),
    )


def _read(text: str) -> tuple[Knowledge | None, list[str]]:
    try:
        document: Any = json.loads(text)
        return read_document(document), []
    except KnowledgeError as error:
        return None, [f"The stored document cannot be read: {what}" for what in error.problems]
    except (ValueError, AttributeError, TypeError) as error:
        return None, [f"The stored document cannot be read: {error}."]


def _otherwise_than_published(
    release: Release, digest: str, ledger: tuple[LedgerEntry, ...]
) -> Iterator[str]:
    if digest != release.digest:
        yield (
            f"The stored text of release {release} has the digest {digest[:12]}…,"
            f" and the release is known by {release.digest[:12]}…."
        )
    entry = next((entry for entry in ledger if entry.sequence == release.sequence), None)
    if entry is None:
        yield f"Release {release} does not stand in the ledger of what was published."
    elif entry.digest != digest:
        yield f"Release {release} was published with the digest {entry.digest[:12]}…, and now has {digest[:12]}…."
    for later in (one for one in ledger if one.sequence > release.sequence):
        yield f"Release {later.version} was published after {release} and is gone."
    yield from _broken_links(ledger[-1:])


def _otherwise_than_approved(release: Release, digest: str) -> Iterator[str]:
    """What two people decided on is kept beside the release that came of it."""
    if release.origin != "installation":
        return
    approved = ChangeSet.objects.filter(release=release).annotate(computed=digest_of_the_document())
    for pk, kept, computed in approved.values_list("pk", "digest", "computed"):
        if {kept, computed} != {digest}:
            yield f"Release {release} is not what was approved as change set {pk}."
        return
    yield f"Nobody knows of a change set by which release {release} was approved."


def _older(release: Release, ledger: tuple[LedgerEntry, ...], every_release: bool) -> Iterator[str]:
    releases = Release.objects.exclude(pk=release.pk)
    columns = ["sequence", "version", "digest"]
    if every_release:
        releases, columns = releases.annotate(computed=digest_of_the_document()), [*columns, "computed"]
    there = {row[0]: row[1:] for row in releases.values_list(*columns).order_by("sequence")}
    for entry in ledger:
        if entry.sequence >= release.sequence:
            continue
        if entry.sequence not in there:
            yield f"Release {entry.version} was published and is gone."
        elif (entry.version, {entry.digest}) != (
            there[entry.sequence][0],
            set(there[entry.sequence][1:]),
        ):
            yield f"Release {entry.version} is no longer what was published."
    for sequence in there.keys() - {entry.sequence for entry in ledger}:
        yield f"Release {there[sequence][0]} does not stand in the ledger of what was published."
    for one, other in pairwise(ledger):
        if other.before != one.link:
            yield f"In the ledger, {other.version} does not follow {one.version}."


def _broken_links(ledger: tuple[LedgerEntry, ...]) -> Iterator[str]:
    for entry in ledger:
        text = f"{entry.before}|{entry.sequence}|{entry.version}|{entry.digest}"
        if sha256(text.encode()).hexdigest() != entry.link:
            yield f"The entry of release {entry.version} in the ledger was changed after it was made."


def _shortened(said: list[str]) -> tuple[str, ...]:
    if len(said) <= MOST_SAID:
        return tuple(said)
    return (*said[:MOST_SAID], f"And {len(said) - MOST_SAID} more of the kind.")
