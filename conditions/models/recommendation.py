"""What is worth doing."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from conditions.reasoning.knowledge import RECOMMENDATION_KINDS, URGENCIES

from .cited import Cited, CitedQuerySet, cited
from .condition import Condition
from .constraints import choices, named_by_a_word, one_of
from .developer import Developer
from .fields import CriterionField, WordField
from .finding import Finding
from .investigation import Investigation
from .vocabulary import HEADLINE, refuse, wrong_in

STANCES = ("do", "hold")


class Recommendation(Cited):
    """If ``when`` holds, and ``unless`` does not, ``target`` is worth doing, or worth holding back."""

    slug = WordField(primary_key=True, help_text="Its short name; fixed once released.")
    kind = models.CharField(choices=choices(RECOMMENDATION_KINDS), help_text="Where the page shows it.")
    target = WordField(
        help_text="The slug of the investigation, or a name of the thing to do.",
    )
    stance = models.CharField(choices=choices(STANCES), default="do", help_text="Do it, or hold it back.")
    urgency = models.CharField(choices=choices(URGENCIES), default="routine", help_text="How soon.")
    when = CriterionField(help_text="What it needs: b12_state is b12_indeterminate and glossitis is present.")
    unless = CriterionField(
        blank=True, help_text="What would spoil it. Write it here, and not as “and x is absent” above."
    )
    says = models.TextField(help_text="One sentence that names the danger or the option.")
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

    objects = CitedQuerySet["Recommendation"].as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            named_by_a_word("recommendation"),
            *cited("recommendation"),
            one_of("recommendation_kind_is_known", "kind", RECOMMENDATION_KINDS),
            one_of("recommendation_stance_is_known", "stance", STANCES),
            one_of("recommendation_urgency_is_known", "urgency", URGENCIES),
        ]

    def __str__(self) -> str:
        return str(self.slug)

    def clean(self) -> None:
        """Raises ValidationError where it speaks of what is not there; it may speak of everything that is."""
        findings = {**Finding.objects.vocabulary(), HEADLINE: Condition.objects.b12_states()}
        conditions = Condition.objects.slugs()
        wrong = {field: wrong_in(getattr(self, field), findings, conditions) for field in ("when", "unless")}
        if self.kind == "investigation" and not Investigation.objects.filter(slug=self.target).exists():
            wrong["target"] = [f"There is no investigation called {self.target}."]
        refuse(wrong)
