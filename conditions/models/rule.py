"""Reasons for and against conditions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from conditions.reasoning import knowledge

from .cited import Cited, CitedQuerySet, cited
from .condition import Condition
from .constraints import choices, named_by_a_word, one_of
from .developer import Developer
from .fields import CriterionField, WordField
from .finding import Finding
from .vocabulary import HEADLINE, refuse, wrong_in


class Rule(Cited):
    """One reason for or against a condition, as one source gives it."""

    slug = WordField(primary_key=True, help_text="Its short name; fixed once released.")
    condition = models.ForeignKey(
        Condition, models.PROTECT, related_name="rules", help_text="The condition it bears on."
    )
    effect = models.CharField(
        choices=choices(knowledge.Effect), help_text="What it does to the condition when it holds."
    )
    when = CriterionField(help_text="What it needs: total_b12 is deficient/indeterminate and mma is high.")
    unless = CriterionField(
        blank=True, help_text="What would spoil it. Write it here, and not as “and x is absent” above."
    )
    says = models.TextField(help_text="One sentence to the clinician.")
    rows = ArrayField(
        models.CharField(), default=list, blank=True, help_text="Rows of the evidence files, one a line."
    )
    developer = models.ForeignKey(
        Developer,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Who made it; empty: the usual developer.",
    )

    objects = CitedQuerySet["Rule"].as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            named_by_a_word("rule"),
            *cited("rule"),
            one_of("rule_effect_is_known", "effect", list(knowledge.Effect)),
        ]

    def __str__(self) -> str:
        return str(self.slug)

    def clean(self) -> None:
        """Raises ValidationError where its criteria speak of what is not there, or not there yet.

        Rules on B12 states speak of findings; rules on other conditions of B12 states too.
        """
        states = Condition.objects.b12_states()
        findings = Finding.objects.vocabulary()
        conditions: frozenset[str] = frozenset()
        if self.condition_id not in states:
            findings, conditions = {**findings, HEADLINE: states}, frozenset(states)
        refuse({field: wrong_in(getattr(self, field), findings, conditions) for field in ("when", "unless")})
