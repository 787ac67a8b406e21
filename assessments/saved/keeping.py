"""Saving, adding to and deleting assessments: each is done whole or not at all, and once however often it is sent."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F

from assessments.models import Assessment, Version

from .words import Said


class Overtaken(Exception):  # noqa: N818 - it says what happened
    """Another version was saved since this one was begun."""


class NotThere(Exception):  # noqa: N818
    """The assessment was deleted, or is somebody else's."""


def save_new(*, owner: User, key: UUID, reference: str, said: Said) -> Assessment:
    """The assessment saved under the key, now or by an earlier sending of the same page.

    Raises NotThere if the key is somebody else's.
    """
    try:
        with transaction.atomic():
            assessment = Assessment.objects.create(owner=owner, reference=reference)
            _write(assessment, 1, key, said)
            return assessment
    except IntegrityError:
        return _saved_under(key, owner)


def save_next(
    *, owner: User, key: UUID, assessment_id: UUID, version: int, reference: str, said: Said
) -> Assessment:
    """The assessment with the version that follows ``version``. Raises Overtaken or NotThere."""
    own = Assessment.objects.owned_by(owner).filter(pk=assessment_id)
    try:
        with transaction.atomic():
            # The row is locked until the version is written: who comes second finds another number.
            if not own.filter(version=version).update(version=F("version") + 1, reference=reference):
                return _already_saved(own.first(), key)
            assessment = own.get()
            _write(assessment, version + 1, key, said)
            return assessment
    except IntegrityError:
        return _saved_under(key, owner)


def _already_saved(assessment: Assessment | None, key: UUID) -> Assessment:
    if assessment is None:
        raise NotThere
    if assessment.versions.filter(key=key).exists():
        return assessment
    raise Overtaken


def _write(assessment: Assessment, number: int, key: UUID, said: Said) -> None:
    Version.objects.create(
        assessment=assessment,
        number=number,
        key=key,
        picture=said.picture,
        release=said.release,
        digest=said.release.digest,
        engine_version=said.engine_version,
        answer=said.answer,
        text=said.text,
    )


def _saved_under(key: UUID, owner: User) -> Assessment:
    """Called while an IntegrityError is handled, which is raised again if no version has the key."""
    if not Version.objects.filter(key=key).exists():
        raise
    found = Assessment.objects.owned_by(owner).filter(versions__key=key).first()
    if found is None:
        raise NotThere
    return found


@transaction.atomic
def delete_assessment(*, assessment: Assessment) -> None:
    """The assessment and all its versions are gone; nothing else ever held a copy."""
    Assessment.objects.select_for_update().filter(pk=assessment.pk).delete()


def delete_older_than(*, days: int, now: datetime) -> int:
    """How many assessments were deleted because nothing was added to them for more than ``days`` days."""
    with transaction.atomic():
        old = Assessment.objects.untouched_for(days=days, now=now)
        return old.delete()[1].get("assessments.Assessment", 0)
