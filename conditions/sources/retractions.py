"""Sources of which something was said after they were published: marked, and a task on all that leans on them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from conditions.models import Notice, Source, Task
from conditions.sources.leaning import leaning_on
from conditions.sources.retraction_watch import Listed

NEEDS_READING = ("retraction", "concern", "correction")
"""A reinstatement takes nothing away from a statement; it is shown, and opens no task."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """A notice that was found for a source, whether it was new, and how many tasks it opened."""

    notice: Notice
    new: bool
    opened: int


@transaction.atomic
def take_notices(listed: Iterable[Listed]) -> list[Noticed]:
    """Keep what is listed of sources known here, and open a task on every statement that leans on them.

    What is known already is not kept twice, and a task that was done is not opened again.
    """
    leaning = leaning_on()
    found = []
    for source, matched_by, one in list(_ours(listed)):
        notice, new = Notice.objects.get_or_create(
            source=source,
            record=one.record,
            kind=one.kind,
            defaults={
                "on": one.on,
                "reason": one.reason,
                "doi": one.notice_doi,
                "title": one.title,
                "matched_by": matched_by,
            },
        )
        before = notice.tasks.count()
        if notice.kind in NEEDS_READING:
            Task.objects.bulk_create(
                (
                    Task(notice=notice, section=section, slug=slug, place=place, title=title)
                    for (section, slug, place), title in leaning.get(source, {}).items()
                ),
                ignore_conflicts=True,
            )
        found.append(Noticed(notice, new, notice.tasks.count() - before))
    return found


def _ours(listed: Iterable[Listed]) -> Iterator[tuple[str, str, Listed]]:
    """What is listed of sources in the rows, with the source and by what it was recognised; the DOI first."""
    by_doi: dict[str, list[str]] = {}
    by_pmid: dict[str, list[str]] = {}
    for slug, doi, pmid in Source.objects.values_list("slug", "doi", "pmid"):
        if doi:
            by_doi.setdefault(doi.lower(), []).append(slug)
        if pmid:
            by_pmid.setdefault(pmid, []).append(slug)
    for one in listed:
        if not one.kind:
            continue
        same_doi, same_pmid = by_doi.get(one.doi, []), by_pmid.get(one.pmid, [])
        yield from ((slug, "doi", one) for slug in same_doi)
        yield from ((slug, "pmid", one) for slug in same_pmid if slug not in same_doi)


def finish(*, task: Task, by: User, note: str) -> None:
    """Record what came of the task. Raises ValidationError without a note, or where it was done meanwhile."""
    if not note.strip():
        raise ValidationError(
            "Say what came of it: another source, another grade, or why the statement stands."
        )
    done = Task.objects.open().filter(pk=task.pk)
    if not done.update(done_at=timezone.now(), done_by=by, note=note.strip()):
        raise ValidationError("This task was done meanwhile.")


def open_tasks() -> int:
    """How many statements wait to be read again because of what was said of a source."""
    return Task.objects.open().count()
