"""What may be known of a patient."""

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, UniqueConstraint

from conditions.reasoning.derived import DERIVED
from conditions.reasoning.knowledge import ASKED, ATTRIBUTES

from .constraints import always, choices, json_object, named_by_a_word, one_of
from .fields import CriterionField, NamesField, NumberField, WordField
from .group import Group
from .source import Source
from .vocabulary import refuse, wrong_in

if TYPE_CHECKING:
    from collections.abc import Mapping

BOUNDS = ("bounds_reject_below", "bounds_warn_below", "bounds_warn_above", "bounds_reject_above")
WAYS = (~Q(reads=None), ~Q(defined_as=""), ~Q(derived=""))


class FindingQuerySet(models.QuerySet["Finding"]):
    """Questions about findings."""

    def vocabulary(self) -> "Mapping[str, list[str]]":
        """What criteria may say of each finding: its states."""
        return dict(self.values_list("slug", "states"))


class Finding(models.Model):
    """One thing that may be known of a patient, in one of a closed list of states.

    It is told, or reads an amount (its own or that of ``reads``), or is defined by a criterion, or is
    computed by the function ``derived``.
    """

    slug = WordField(
        primary_key=True, help_text="Its name in criteria: clinical, full, British; fixed once released."
    )
    label = models.CharField(help_text="Its name on the form.")
    phrase = models.CharField(
        blank=True, help_text="How it reads within a sentence: “taking oestrogen”. Empty: as the label."
    )
    group = models.ForeignKey(
        Group, models.PROTECT, related_name="findings", help_text="Its part of the form."
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place within the group.")
    asked = models.CharField(
        choices=choices(ASKED),
        default="on_request",
        help_text="Of everyone; on request: found by typing; never: worked out.",
    )
    states = ArrayField(
        WordField(),
        default=list,
        blank=True,
        help_text="All it may be, one a line, in the order of the form.",
    )
    state_labels = models.JSONField(
        default=dict, blank=True, help_text='Words where a state\'s own will not do: {"absent": "not taken"}.'
    )
    molar_mass_value = NumberField("molar mass", null=True, blank=True, help_text="In g/mol.")
    molar_mass_of = models.CharField(blank=True, help_text="The molecule that is counted.")
    molar_mass_source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", null=True, blank=True, help_text="Who gives the molar mass."
    )
    bounds_unit = models.CharField(blank=True, help_text="The unit of the four amounts below.")
    bounds_reject_below = NumberField(null=True, blank=True, help_text="Lower amounts are impossible.")
    bounds_warn_below = NumberField(null=True, blank=True, help_text="Lower amounts are asked about.")
    bounds_warn_above = NumberField(null=True, blank=True, help_text="Higher amounts are asked about.")
    bounds_reject_above = NumberField(null=True, blank=True, help_text="Higher amounts are impossible.")
    reads = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="read_by",
        null=True,
        blank=True,
        help_text="The measured finding whose amount this one reads, on a second scale.",
    )
    defined_as = CriterionField(
        blank=True, help_text="Present, absent or unknown as this criterion is true, false or unknown."
    )
    derived = models.CharField(blank=True, help_text="The function of the reasoning that computes it.")
    codes = models.JSONField(default=dict, blank=True, help_text='Codes by system: {"loinc": ["2132-9"]}.')
    synonyms = ArrayField(models.CharField(), default=list, blank=True, help_text="One a line.")
    help = models.TextField(blank=True, help_text="What the form says beside it.")
    red_flag = models.BooleanField(default=False, help_text="Whether it calls for action in time.")
    attributes = ArrayField(
        models.CharField(choices=choices(ATTRIBUTES)),
        default=list,
        blank=True,
        help_text=f"Which facts about a person it tells, of whose use rules give account: {', '.join(ATTRIBUTES)}.",
    )
    sources = NamesField(Source, related_name="+", blank=True, help_text="Where this description comes from.")

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            named_by_a_word("finding"),
            one_of("finding_asked_is_known", "asked", ASKED),
            always(
                "finding_attributes_are_known",
                Q(attributes__contained_by=list(ATTRIBUTES)),
                f"Attributes are among: {', '.join(ATTRIBUTES)}.",
            ),
            always(
                "finding_is_worked_out_in_one_way",
                ~Q(WAYS[0], WAYS[1]) & ~Q(WAYS[0], WAYS[2]) & ~Q(WAYS[1], WAYS[2]),
                "A finding reads an amount, is defined by a criterion or is derived: one of them at most.",
            ),
            always(
                "finding_defined_as_something_is_present_or_absent",
                Q(defined_as="")
                | Q(states__contains=["present", "absent"], states__contained_by=["present", "absent"]),
                "What is defined by a criterion has the states present and absent.",
            ),
            always("finding_reads_another_finding", ~Q(reads=F("slug")), "A finding reads another's amount."),
            always(
                "finding_bounds_have_a_unit",
                Q(*[Q(**{bound: None}) for bound in BOUNDS], bounds_unit="")
                | (~Q(bounds_unit="") & ~Q(*[Q(**{bound: None}) for bound in BOUNDS])),
                "Bounds are amounts with their unit: give both or neither.",
            ),
            always(
                "finding_bounds_rise",
                Q(*[Q(**{f"{low}__lte": F(high)}) for low, high in combinations(BOUNDS, 2)]),
                "Bounds rise: reject below, warn below, warn above, reject above.",
            ),
            always("finding_molar_mass_is_positive", Q(molar_mass_value__gt=0), "A molar mass is above 0."),
            always(
                "finding_molar_mass_is_of_a_molecule",
                Q(molar_mass_value=None, molar_mass_of="", molar_mass_source=None)
                | (~Q(molar_mass_value=None) & ~Q(molar_mass_of="")),
                "A molar mass is a number with its molecule: give both or neither.",
            ),
            json_object("finding_state_labels_are_an_object", "state_labels"),
            json_object("finding_codes_are_an_object", "codes"),
        ]

    def __str__(self) -> str:
        return f"{self.label} ({self.slug})"

    def clean(self) -> None:
        """Raises ValidationError where the definition speaks of what is not there."""
        vocabulary = Finding.objects.vocabulary()
        wrong = {"defined_as": wrong_in(self.defined_as, vocabulary, frozenset())}
        if self.derived and self.derived not in DERIVED:
            known = ", ".join(DERIVED)
            wrong["derived"] = [f"There is no function called {self.derived}; it is one of: {known}."]
        refuse(wrong)


def never_in(finding: Finding, states: Iterable[str]) -> list[str]:
    """A sentence for each of the states in which the finding never is."""
    known = ", ".join(finding.states)
    return [
        f"{finding.slug} is never {state}; it is one of: {known}."
        for state in states
        if state not in finding.states
    ]


class Unit(models.Model):
    """A unit in which a finding is given; the first is canonical: canonical = amount × factor + offset."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="units")
    unit = models.CharField(help_text="UCUM code: ng/L, pmol/L, 10*9/L.")
    factor = NumberField(default=1, help_text="Canonical amount = amount × factor + offset.")
    offset = NumberField(default=0, help_text="0 for almost every unit.")
    order = models.PositiveSmallIntegerField(default=0, help_text="The lowest is the canonical unit.")

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            always("unit_factor_is_positive", Q(factor__gt=0), "The factor of a unit is above 0."),
            UniqueConstraint(
                name="unit_is_given_once_for_a_finding",
                fields=["finding", "unit"],
                violation_error_message="A finding has each of its units once.",
            ),
        ]

    def __str__(self) -> str:
        return self.unit


class Implication(models.Model):
    """While the finding is in ``state``, another is in ``as_state`` unless it was itself told."""

    of_finding = models.ForeignKey(Finding, models.CASCADE, related_name="implies")
    state = models.CharField(help_text="While this finding is in this state …")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="implied_by", help_text="… that one …")
    as_state = models.CharField("as", help_text="… is in this one, unless told.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place in the list.")

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            always(
                "implication_is_of_another_finding",
                ~Q(of_finding=F("finding")),
                "A finding implies another finding, not itself.",
            ),
            UniqueConstraint(
                name="implication_is_said_once",
                fields=["of_finding", "state", "finding"],
                violation_error_message="A state implies one state of another finding.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.of_finding_id} {self.state} implies {self.finding_id} {self.as_state}"

    def clean(self) -> None:
        """Raises ValidationError for states that the two findings are never in."""
        ends = {"state": ("of_finding", self.state), "as_state": ("finding", self.as_state)}
        refuse(
            {
                field: never_in(getattr(self, end), [state])
                for field, (end, state) in ends.items()
                if hasattr(self, end)
            }
        )
