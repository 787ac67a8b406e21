"""What every sourced statement carries: who says it, how strong that is, how far it was checked."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import CheckConstraint, F, Q

from conditions.reasoning.knowledge import GRADES, Verification

from .constraints import always, one_of
from .fields import NamesField
from .source import Source

M = TypeVar("M", bound=models.Model, covariant=True)

GRADE_LABELS = {
    "A": "A: guideline, criteria or meta-analysis",
    "B": "B: cohort, trial or large series",
    "C": "C: cases, small or indirect",
    "D": "D: mechanism, textbook, opinion, or nothing found",
}
VERIFICATION_LABELS = {
    Verification.PRIMARY: "primary: read in the source itself",
    Verification.SECONDARY: "secondary: read where another quotes it",
    Verification.UNVERIFIED: "unverified",
    Verification.INFERENCE: "inference: ours, stated by no source in this form",
}


class CitedQuerySet(models.QuerySet[M]):
    """Questions about statements with a source."""

    def due_for_review(self, today: date) -> Self:
        """Those that should have been read again by ``today``."""
        return self.filter(review_by__lte=today)


class Cited(models.Model):
    """A statement with its source."""

    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", help_text="The source that says it; type to search."
    )
    also = NamesField(Source, related_name="+", blank=True, help_text="Further sources that say the same.")
    grade = models.CharField(
        choices=[(grade, GRADE_LABELS[grade]) for grade in GRADES], help_text="How strong the evidence is."
    )
    verification = models.CharField(
        choices=[(str(v), VERIFICATION_LABELS[v]) for v in Verification],
        help_text="How far this statement was compared with its source.",
    )
    place = models.CharField(blank=True, help_text="Recommendation, table or page in the source.")
    checked_by = models.CharField(blank=True, help_text="Who compared it with the source.")
    checked_on = models.DateField(null=True, blank=True, help_text="When that was.")
    review_by = models.DateField(null=True, blank=True, help_text="When it should be read again.")

    class Meta:
        abstract = True


def cited(model: str) -> list[CheckConstraint]:
    """What holds of the citation of every row of ``model``."""
    return [
        one_of(f"{model}_grade_is_known", "grade", GRADES),
        one_of(f"{model}_verification_is_known", "verification", list(Verification)),
        always(
            f"{model}_is_checked_by_someone_on_a_day",
            Q(checked_by="", checked_on__isnull=True) | (~Q(checked_by="") & Q(checked_on__isnull=False)),
            "Say both who checked it and when, or neither.",
        ),
        always(
            f"{model}_is_reviewed_after_it_was_checked",
            Q(review_by__gt=F("checked_on")),
            "The next review comes after the day on which it was checked.",
        ),
    ]
