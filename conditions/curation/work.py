"""What waits for a curator or approver, as the landing page of the admin shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Model
from django.urls import reverse

from conditions.curation.change_sets import draft_differences
from conditions.curation.differences import Difference
from conditions.models import ChangeSet, Release
from conditions.models.cited import Cited
from conditions.reasoning.cases import failures
from conditions.reasoning.document import read_document
from conditions.releases import PublicationRefused, last_release, refusing
from conditions.schema import SECTIONS
from conditions.sources.retractions import open_tasks
from conditions.workspace import document_of_rows


@dataclass(frozen=True, slots=True)
class Heap:
    """Rows of one kind that wait for the same thing, and where they are listed."""

    label: str
    number: int
    address: str


@dataclass(frozen=True, slots=True)
class Work:
    """All that waits for one person. ``mine`` and ``others`` are the parts of the draft by who edited them."""

    mine: tuple[Difference, ...]
    others: tuple[Difference, ...]
    submitted: tuple[ChangeSet, ...]
    awaiting: tuple[ChangeSet, ...]
    due: tuple[Heap, ...]
    unverified: tuple[Heap, ...]
    release: Release
    tasks: int


def work_of(person: User, today: date) -> Work:
    """What waits for this person now."""
    differences = draft_differences()
    mine = tuple(one for one in differences if str(person) in one.editors)
    change_sets = ChangeSet.objects.without_document()
    return Work(
        mine=mine,
        others=tuple(one for one in differences if one not in mine),
        submitted=tuple(change_sets.open().filter(submitted_by=person)),
        awaiting=tuple(change_sets.awaiting(person).select_related("submitted_by", "decided_by")),
        due=tuple(_heaps("review=due", review_by__lte=today)),
        unverified=tuple(_heaps("verification__exact=unverified", verification="unverified")),
        release=last_release(),
        tasks=open_tasks(),
    )


def _heaps(query: str, **wanted: object) -> Iterator[Heap]:
    for model in SECTIONS.values():
        if issubclass(model, Cited) and (number := model._default_manager.filter(**wanted).count()):
            label = str(model._meta.verbose_name_plural if number > 1 else model._meta.verbose_name)
            yield Heap(label, number, f"{_list_of(model)}?{query}")


def _list_of(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


_last_run: dict[str, tuple[str, ...]] = {}
"""The failing cases of the last draft that was tried, by its digest: running all of them takes a second."""


def problems_of_draft() -> tuple[str, ...]:
    """All that is wrong with what the rows say now: what cannot be read, or the cases that fail."""
    try:
        with refusing():
            knowledge = read_document(document_of_rows())
    except PublicationRefused as refused:
        return tuple(refused.problems)
    if knowledge.digest not in _last_run:
        found = tuple(failures(knowledge))
        _last_run.clear()
        _last_run[knowledge.digest] = found
    return _last_run[knowledge.digest]
