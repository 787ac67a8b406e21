"""Publishing knowledge, and reading what is published."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from conditions.curation.history import by_nobody
from conditions.files import FilesError, read_files
from conditions.models import Heartbeat, LedgerEntry, Release
from conditions.reasoning import ENGINE
from conditions.reasoning.cases import failures
from conditions.reasoning.document import KnowledgeError, digest_of, read_document
from conditions.reasoning.knowledge import Knowledge
from conditions.schema import tidied
from conditions.workspace import differences, document_of_rows, replace_rows

PUBLISHING = 1_213_000
"""The advisory lock under which releases are made, one at a time."""
NO_ROWS: Mapping[str, Any] = tidied({"format": 1})
SHIPPED_NOTES = "The knowledge shipped with this version of the code. No named clinician has reviewed it."


class PublicationRefused(ValueError):  # noqa: N818 - it says what happened
    """The knowledge was not published; ``problems`` says all that is wrong, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class NotAsPublished(Exception):  # noqa: N818 - it says what happened
    """The current release is no longer what was published; ``wrong`` says how that was found, a sentence each."""

    def __init__(self, release: Release, wrong: list[str]) -> None:
        super().__init__("\n".join([f"Release {release} is not answered from.", *wrong]))
        self.release = release
        self.wrong = wrong


def last_release() -> Release:
    """The release with the highest sequence, its document left in the database, whatever was found wrong with it.

    For those who mend it; answers come from ``current_release``. Raises DoesNotExist before the first.
    """
    found = Heartbeat.objects.filter(release=OuterRef("pk")).values("wrong")[:1]
    return Release.objects.without_document().annotate(found_wrong=Subquery(found)).current()


def current_release() -> Release:
    """The release in use, its document left in the database.

    Raises DoesNotExist before the first, and NotAsPublished where the last heartbeat found it changed.
    """
    release = last_release()
    if wrong := getattr(release, "found_wrong", None):
        raise NotAsPublished(release, wrong)
    return release


def current_knowledge() -> Knowledge:
    """The knowledge of the current release: one light query, and a cached value for each digest.

    Raises what ``current_release`` does.
    """
    return knowledge_of(current_release().digest)


@lru_cache(maxsize=8)
def knowledge_of(digest: str) -> Knowledge:
    """The knowledge of any release, for as long as there are releases.

    Raises DoesNotExist, and NotAsPublished where the stored document no longer comes to the digest.
    """
    release = Release.objects.filter(digest=digest).latest("sequence")
    knowledge = read_document(release.document)
    if knowledge.digest != digest:
        raise NotAsPublished(release, [f"Its stored document has the digest {knowledge.digest[:12]}…."])
    return knowledge


def publish(
    *,
    document: Mapping[str, Any],
    origin: str,
    notes: str,
    submitted_by: User | None = None,
    approved_by: User | None = None,
) -> Release:
    """The new release of the document, or the current one if that says the same.

    Raises PublicationRefused if the document is not usable knowledge, a case fails, or the people do not
    answer for it: nobody for what is shipped, two for what an installation publishes.
    """
    with one_at_a_time(), refusing():
        document = tidied(document)
        digest = digest_of(document)
        current = Release.objects.without_document().order_by("-sequence").first()
        if current and current.digest == digest:
            return current
        if problems := failures(read_document(document)):
            raise PublicationRefused(problems)
        release = Release(
            version=_next_version(),
            format=document["format"],
            document=document,
            digest=digest,
            origin=origin,
            notes=notes,
            submitted_by=submitted_by,
            approved_by=approved_by,
            engine_version=ENGINE,
        )
        release.full_clean(exclude=["document"])
        release.save(force_insert=True)
        return release


def publish_shipped(*, notes: str = SHIPPED_NOTES) -> Release:
    """Load the shipped files into the rows and publish them.

    Raises PublicationRefused as ``publish`` does, and where people have edited or published here.
    """
    with one_at_a_time(), refusing():
        document = shipped_document()
        if own := own_knowledge(document):
            raise PublicationRefused([own])
        release = publish(document=document, origin="shipped", notes=notes)
        with by_nobody("Loaded from the shipped files."):
            replace_rows(document)
        return release


def publish_shipped_if_changed() -> str:
    """Publish the shipped files if they changed and nobody has edited or published here; say what came of it.

    Raises PublicationRefused if what is shipped cannot be published.
    """
    document = shipped_document()
    with one_at_a_time():
        last = last_shipped()
        if last and _digest_when_published(last) == digest_of(document):
            return f"The shipped knowledge is release {last.version}."
        return own_knowledge(document) or f"Published the shipped knowledge as release {publish_shipped()}."


def _digest_when_published(release: Release) -> str:
    """From the ledger: what became of the release since is for the heartbeat to tell, not to be published over."""
    entry = LedgerEntry.objects.filter(sequence=release.pk).first()
    return entry.digest if entry else release.digest


def shipped_document() -> dict[str, Any]:
    """The document in the shipped files. Raises PublicationRefused if they make none."""
    with refusing():
        return tidied(read_files())


def last_shipped() -> Release | None:
    """The last release that came with the code."""
    return Release.objects.shipped().without_document().order_by("-sequence").first()


def own_knowledge(document: Mapping[str, Any]) -> str:
    """A sentence on why the shipped ``document`` is only offered here; nothing if it may be taken over."""
    rows, last = document_of_rows(), last_shipped()
    base = last.document if last else NO_ROWS
    if Release.objects.by_people().exists():
        reason = "this installation publishes its own"
    elif rows not in (NO_ROWS, base, document):
        reason = f"it was edited here ({_count(differences(rows, base))})"
    else:
        return ""
    return (
        f"The shipped knowledge differs in {_count(differences(document, rows))}; it is offered and"
        f" not published, because {reason}. `load_knowledge` takes over what was not edited."
    )


def _count(places: list[str]) -> str:
    return f"{len(places)} part{'' if len(places) == 1 else 's'}"


def _next_version() -> str:
    month = timezone.localdate().strftime("%Y.%-m.")
    return f"{month}{Release.objects.filter(version__startswith=month).count() + 1}"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A transaction that waits for whoever else is publishing; within itself it does not wait."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING])
        yield


@contextmanager
def refusing() -> Iterator[None]:
    """Whatever says what is wrong with the knowledge says it as PublicationRefused."""
    try:
        yield
    except (FilesError, KnowledgeError) as error:
        raise PublicationRefused(error.problems) from error
    except ValidationError as error:
        raise PublicationRefused(error.messages) from error
    except IntegrityError as error:
        raise PublicationRefused([str(error).splitlines()[0]]) from error
