"""What a signed-in clinician keeps of an assessment. There is no field that could name a patient."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, Regex

from conditions.models import Release
from conditions.models.constraints import always, json_object

LONGEST_REFERENCE = 60
PARTS = ("measured", "stated")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Questions about saved assessments."""

    def owned_by(self, person: AbstractBaseUser | AnonymousUser) -> "AssessmentQuerySet":
        """Those that the person saved, which nobody else sees."""
        return self.filter(owner_id=person.pk)

    def untouched_for(self, *, days: int, now: datetime) -> "AssessmentQuerySet":
        """Those to which nothing was added for more than ``days`` days."""
        recent = Version.objects.filter(saved_at__gte=now - timedelta(days=days))
        return self.exclude(pk__in=recent.values("assessment"))


class Assessment(models.Model):
    """One patient's assessment as its owner refers to it; ``version`` is the number of its newest version."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assessments",
        help_text="Who saved it, and alone may see it.",
    )
    reference = models.CharField(
        max_length=LONGEST_REFERENCE,
        help_text="What the owner calls it; nothing that identifies the patient.",
    )
    version = models.PositiveIntegerField(default=1, help_text="The number of its newest version.")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            always("assessment_version_counts_from_one", Q(version__gte=1), "Versions count from 1."),
            always(
                "assessment_reference_is_one_line_of_text",
                Q(reference__regex=r"^\S([^\r\n]*\S)?$"),
                "A reference is one line of text.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


def _without_parts() -> Func:
    template = f"(%(expressions)s - ARRAY['{PARTS[0]}', '{PARTS[1]}'])"
    return Func(F("picture"), template=template, output_field=models.JSONField())


def _age(part: str, otherwise: str) -> Coalesce:
    return Coalesce(KT(f"picture__measured__age__{part}"), Value(otherwise), output_field=models.TextField())


class VersionQuerySet(models.QuerySet["Version"]):
    """Questions about versions."""

    def in_short(self) -> "VersionQuerySet":
        """The same rows without what was told and said."""
        return self.only("assessment_id", "number", "saved_at")

    def newest(self) -> "VersionQuerySet":
        """The newest of each assessment."""
        return self.filter(number=F("assessment__version"))

    def with_release(self) -> "VersionQuerySet":
        """The same rows with their releases, whose documents stay in the database."""
        return self.select_related("release").defer("release__document")


class Version(models.Model):
    """What was told at one time, and every word that was said of it. Triggers refuse to change it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(help_text="Counted from 1.")
    key = models.UUIDField(
        unique=True, help_text="Of the page it was sent from: sent twice, it is saved once."
    )
    picture = models.JSONField(help_text="What was told, as the contract writes it; age in whole years.")
    release = models.ForeignKey(Release, models.PROTECT, related_name="+", help_text="What it was read by.")
    digest = models.CharField(max_length=64, help_text="That of the release.")
    engine_version = models.CharField(max_length=20, help_text="The version of the reasoning at that time.")
    answer = models.TextField(help_text="What was said, as the contract's JSON, byte for byte.")
    text = models.TextField(help_text="What was said, as the text for copying, byte for byte.")
    saved_at = models.DateTimeField(auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="version_number_stands_once"),
            always("version_number_counts_from_one", Q(number__gte=1), "Versions count from 1."),
            json_object("version_picture_is_an_object", "picture"),
            always(
                "version_picture_holds_what_was_told_and_nothing_else",
                Exact(_without_parts(), Value({}, models.JSONField())),
                "A picture has “measured” and “stated”, nothing else.",
            ),
            always(
                "version_age_is_in_whole_years",
                Exact(_age("unit", "a"), Value("a"))
                & Regex(_age("value", "0"), Value("^[<>]?=?[0-9]{1,3}$")),
                "Age is kept in whole years.",
            ),
            always("version_says_something", ~Q(answer="") & ~Q(text=""), "A version keeps the words said."),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def told(self) -> dict[str, Any]:
        """The picture in the order in which it was interpreted, which the database does not keep."""
        return {part: dict(sorted(self.picture.get(part, {}).items())) for part in PARTS}
