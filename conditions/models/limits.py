"""How an amount is read as a state: the scale a source gives, and its steps."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, UniqueConstraint

from conditions.reasoning.knowledge import BASES

from .cited import Cited, CitedQuerySet, cited
from .constraints import always, choices, one_of
from .fields import CriterionField, NumberField
from .finding import Finding, never_in
from .vocabulary import refuse, wrong_in

ENDS = ("low", "high")


class Limits(Cited):
    """The scale a source gives for one finding, in the unit the source prints."""

    finding = models.ForeignKey(
        Finding, models.CASCADE, related_name="limits", help_text="The finding whose amount is read."
    )
    unit = models.CharField(help_text="The source's own unit, as a UCUM code.")
    basis = models.CharField(
        choices=choices(BASES),
        help_text="Decision: fixed edges. Report: multiples of the interval printed on the report."
        " Fallback: used, and labelled, only when no interval is printed.",
    )
    scheme = models.CharField(blank=True, help_text="The name of the scheme, as shown.")
    when = CriterionField(blank=True, help_text="For which patients it is meant; empty: for all.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place in the list.")

    objects = CitedQuerySet["Limits"].as_manager()

    class Meta:
        ordering = ["finding", "order", "id"]
        verbose_name = verbose_name_plural = "limits"
        constraints = [*cited("limits"), one_of("limits_basis_is_known", "basis", BASES)]

    def __str__(self) -> str:
        return f"{self.finding_id} in {self.unit}, {self.scheme or self.source_id}"

    def clean(self) -> None:
        """Raises ValidationError where ``when`` speaks of what is not there."""
        refuse({"when": wrong_in(self.when, Finding.objects.vocabulary(), frozenset())})


class Band(models.Model):
    """One step of a scale: everything above the band before it, up to ``upper``."""

    limits = models.ForeignKey(Limits, models.CASCADE, related_name="bands")
    states = ArrayField(
        models.CharField(),
        help_text="The state, or the states that the source leaves open; one a line.",
    )
    upper = NumberField(null=True, blank=True, help_text="Its upper edge; the top band has none.")
    inclusive = models.BooleanField(default=False, help_text="Whether the edge itself belongs to this band.")
    of = models.CharField(
        choices=choices(ENDS),
        blank=True,
        help_text="The edge is a multiple of this end of the printed interval; basis report only.",
    )
    says = models.CharField(blank=True, help_text="The source's own word for the band.")

    class Meta:
        ordering = ["limits", "-of", "upper"]
        constraints = [
            one_of("band_of_an_end_that_is_known", "of", ["", *ENDS]),
            always("band_names_a_state", Q(states__len__gt=0), "A band names at least one state."),
            always(
                "band_is_inclusive_only_with_an_edge",
                Q(inclusive=False) | Q(upper__isnull=False),
                "Only a band with an upper edge can include it.",
            ),
            always(
                "band_is_relative_only_with_an_edge",
                Q(of="") | Q(upper__isnull=False),
                "Only a band with an upper edge can take it from the printed interval.",
            ),
            UniqueConstraint(
                name="band_edge_is_unique_within_limits",
                fields=["limits", "of", "upper"],
                violation_error_message="Two bands of one scale cannot end at the same edge.",
            ),
            UniqueConstraint(
                name="band_open_at_the_top_is_the_only_one",
                fields=["limits"],
                condition=Q(upper__isnull=True),
                violation_error_message="Only one band of a scale is open at the top.",
            ),
        ]

    def __str__(self) -> str:
        edge = (
            "at the top" if self.upper is None else f"{'up to' if self.inclusive else 'below'} {self.upper:f}"
        )
        return f"{'/'.join(self.states)} {edge}{f' × {self.of}' if self.of else ''}"

    def clean(self) -> None:
        """Raises ValidationError for states in which the finding never is."""
        if self.limits.finding_id and self.states:
            refuse({"states": never_in(self.limits.finding, self.states)})
