"""Pictures on their way to be saved, and saved ones."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User

from assessments.models import Assessment
from assessments.saved.keeping import save_new, save_next
from assessments.saved.words import Said, said_of
from conditions.models import Release
from conditions.reasoning.document import digest_of
from conditions.releases import knowledge_of
from tests.make.shipped import patient

FIELDS = {
    "age": "54",
    "age-unit": "a",
    "sex": "female",
    "guideline": "nice_ng239",
    "glossitis": "present",
    "metformin": "present",
    "total_b12": "150",
    "total_b12-unit": "ng/L",
    "mcv": "112",
    "mcv-unit": "fL",
}
"""A patient as the form posts her."""


def saying(release: Release, *told: str, **measured: Any) -> Said:
    """What ``release`` says of a patient."""
    amounts = {"age": ("54", "a"), "total_b12": ("150", "ng/L")} | measured
    return said_of(patient(*told, **amounts), release, knowledge_of(release.digest))


def saved(owner: User, release: Release, reference: str = "Blue folder", **measured: Any) -> Assessment:
    """An assessment that ``owner`` saved."""
    said = saying(release, "glossitis present", "metformin present", **measured)
    return save_new(owner=owner, key=uuid4(), reference=reference, said=said)


def added_to(
    assessment: Assessment, release: Release, key: UUID | None = None, **measured: Any
) -> Assessment:
    """The assessment with one more version."""
    said = saying(release, "glossitis present", "metformin present", **measured)
    return save_next(
        owner=assessment.owner,
        key=key or uuid4(),
        assessment_id=assessment.pk,
        version=assessment.version,
        reference=assessment.reference,
        said=said,
    )


def republished(release: Release, change: Callable[[dict[str, Any]], None]) -> Release:
    """A later release that differs in one ``change``, whatever its cases say."""
    document = json.loads(json.dumps(release.document))
    change(document)
    return Release.objects.create(
        version="2099.1.1",
        format=release.format,
        document=document,
        digest=digest_of(document),
        origin="shipped",
        notes="One thing is otherwise.",
        engine_version=release.engine_version,
    )


def lower_limit(document: dict[str, Any]) -> None:
    """NICE NG239 would call deficient what lies below 140 ng/L."""
    for limits in document["findings"]["total_b12"]["limits"]:
        for band in limits["bands"]:
            if (limits.get("scheme"), band.get("upper")) == ("NICE NG239", "180"):
                band["upper"] = "140"
