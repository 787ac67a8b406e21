"""Diseases, exposures and B12 states, and what they do to B12."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Deferrable, F, Q, UniqueConstraint

from conditions.reasoning.knowledge import CONDITION_KINDS, DESCRIBED, DIRECTIONS, URGENCIES

from .cited import Cited, CitedQuerySet, cited
from .constraints import always, choices, json_object, named_by_a_word, one_of
from .fields import NamesField, WordField
from .finding import Finding


class ConditionQuerySet(models.QuerySet["Condition"]):
    """Questions about conditions."""

    def b12_states(self) -> list[str]:
        """The slugs of the B12 states, strongest first."""
        return list(self.filter(kind="b12_state").order_by("rank", "slug").values_list("slug", flat=True))

    def slugs(self) -> frozenset[str]:
        """The names that advice may speak of."""
        return frozenset(self.values_list("slug", flat=True))


class Condition(models.Model):
    """A disease, an exposure, or a B12 state."""

    slug = WordField(
        primary_key=True, help_text="Its name in criteria: clinical, full, British; fixed once released."
    )
    name = models.CharField(help_text="Its name on the page.")
    kind = models.CharField(choices=choices(CONDITION_KINDS), help_text="What it is.")
    rank = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="B12 states only: their order for the headline, the lowest first."
    )
    category = models.CharField(blank=True, help_text="The heading under which the index lists it.")
    autoimmune = models.BooleanField(default=False, help_text="Whether it is autoimmune.")
    synonyms = ArrayField(models.CharField(), default=list, blank=True, help_text="One a line.")
    summary = models.TextField(blank=True, help_text="What it is, in a few sentences.")
    says = models.CharField(blank=True, help_text="B12 states only: the first words of the headline.")
    suspicion = NamesField(Finding, related_name="+", blank=True, help_text="Findings that raise suspicion.")
    confirmation = models.TextField(blank=True, help_text="How it is confirmed.")
    confirmed_by = NamesField(
        "Investigation", related_name="+", blank=True, help_text="Investigations that confirm it."
    )
    caution = models.TextField(blank=True, help_text="What is easily got wrong.")
    shown_under = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="shows",
        null=True,
        blank=True,
        help_text="The condition under whose line this one is shown, as one family.",
    )
    urgency = models.CharField(choices=choices(URGENCIES), default="routine", help_text="If it is missed.")
    codes = models.JSONField(default=dict, blank=True, help_text='Codes by system: {"icd10": ["D51.0"]}.')

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            named_by_a_word("condition"),
            one_of("condition_kind_is_known", "kind", CONDITION_KINDS),
            one_of("condition_urgency_is_known", "urgency", URGENCIES),
            always(
                "condition_has_a_rank_if_it_is_a_b12_state",
                Q(kind="b12_state", rank__isnull=False) | (~Q(kind="b12_state") & Q(rank__isnull=True)),
                "B12 states have a rank, and nothing else has one.",
            ),
            always(
                "condition_says_a_headline_only_as_a_b12_state",
                Q(kind="b12_state") | Q(says=""),
                "Only B12 states have words for the headline.",
            ),
            always(
                "condition_is_shown_under_another",
                ~Q(shown_under=F("slug")),
                "A condition cannot be shown under itself.",
            ),
            UniqueConstraint(
                name="condition_rank_is_its_own",
                fields=["rank"],
                deferrable=Deferrable.DEFERRED,
                violation_error_message="Another B12 state has this rank.",
            ),
            json_object("condition_codes_are_an_object", "codes"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"


class Effect(Cited):
    """What a condition does to B12, how, how often, and how well that is shown."""

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="effects")
    direction = models.CharField(choices=choices(DIRECTIONS), help_text="Which way B12 moves.")
    mechanism = models.TextField(blank=True, help_text="How.")
    frequency = models.TextField(blank=True, help_text="How often, as the source says it.")
    note = models.TextField(blank=True, help_text="What else a reader should know.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place in the list.")

    objects = CitedQuerySet["Effect"].as_manager()

    class Meta:
        ordering = ["condition", "order", "id"]
        constraints = [*cited("effect"), one_of("effect_direction_is_known", "direction", DIRECTIONS)]

    def __str__(self) -> str:
        return f"{self.condition_id} {self.get_direction_display()}"


class Association(Cited):
    """Another condition that travels with this one."""

    of_condition = models.ForeignKey(Condition, models.CASCADE, related_name="associations")
    condition = models.ForeignKey(
        Condition, models.PROTECT, related_name="associated_with", help_text="The one that travels with it."
    )
    frequency = models.TextField(blank=True, help_text="How often, as the source says it.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place in the list.")

    objects = CitedQuerySet["Association"].as_manager()

    class Meta:
        ordering = ["of_condition", "order", "id"]
        constraints = [
            *cited("association"),
            always(
                "association_is_with_another_condition",
                ~Q(of_condition=F("condition")),
                "A condition is associated with another, not with itself.",
            ),
            UniqueConstraint(
                name="association_is_given_once",
                fields=["of_condition", "condition"],
                violation_error_message="Two conditions are associated once.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_condition_id} with {self.condition_id}"


class Description(Cited):
    """Where one of the texts of a condition comes from; a text without one was compared with no source."""

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="described_by")
    part = models.CharField(choices=choices(DESCRIBED), help_text="The text that the source speaks for.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place in the list.")

    objects = CitedQuerySet["Description"].as_manager()

    class Meta:
        ordering = ["condition", "order", "id"]
        constraints = [
            *cited("description"),
            one_of("description_part_is_known", "part", DESCRIBED),
            UniqueConstraint(
                name="description_of_a_text_is_one",
                fields=["condition", "part"],
                violation_error_message="A text has one citation, which can name several sources.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition_id} {self.part}"
