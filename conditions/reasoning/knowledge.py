"""The published knowledge as one immutable value: what may be known, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal

from .case import LESSON_TOPICS as LESSON_TOPICS
from .case import LEVELS as LEVELS
from .case import Case as Case
from .case import Lesson as Lesson
from .criteria import Criterion
from .quantities import Band, Kind, Unit, unit_called


class Support(StrEnum):
    """How a condition stands, after everything known has been weighed."""

    ESTABLISHED = "established"
    SUPPORTED = "supported"
    DISPUTED = "disputed"
    OPPOSED = "opposed"
    EXCLUDED = "excluded"
    UNDETERMINED = "undetermined"
    NOT_SUGGESTED = "not_suggested"


class Effect(StrEnum):
    """What a rule that holds does to a condition."""

    ESTABLISHES = "establishes"
    SUPPORTS = "supports"
    OPPOSES = "opposes"
    EXCLUDES = "excludes"


class Verification(StrEnum):
    """How far a statement has been checked against its source."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"
    INFERENCE = "inference"


GRADES = ("A", "B", "C", "D")
URGENCIES = ("same_day", "urgent", "soon", "routine")
DIRECTIONS = (
    "lowers",
    "raises",
    "transiently-raises",
    "falsely-normal",
    "falsely-low",
    "falsely-high",
    "functional-deficiency",
    "none-shown",
    "mimic",
)
BASES = ("decision", "report", "fallback")
ASKED = ("everyone", "on_request", "never")
DESCRIBED = ("summary", "suspicion", "confirmation", "caution")
CONDITION_KINDS = ("b12_state", "disease", "exposure")
RECOMMENDATION_KINDS = ("sign", "caution", "option", "investigation")
TOPICS = (
    "immunity",
    "homocysteine",
    "transport",
    "assays",
    "treatment",
    "life",
    "raised_b12",
    "guidelines",
    "not_known",
)
FIGURES = ("drawing", "table")
ATTRIBUTES = (
    "race",
    "ethnicity",
    "language",
    "sexual_orientation",
    "gender_identity",
    "sex",
    "date_of_birth",
    "social_determinants",
    "health_status",
)
"""Kinds of fact about a person of whose use every rule gives account, in the order of 45 CFR 170.315(b)(11)(iv)."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from, how strong that is, and how far it has been checked."""

    source: str
    grade: str
    verification: Verification
    also: tuple[str, ...] = ()
    place: str = ""
    checked_by: str = ""
    checked_on: str = ""
    review_by: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    slug: str
    title: str
    authors: str
    year: int | None
    published_in: str
    kind: str
    doi: str
    pmid: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Developer:
    """Who made a rule, and who paid for it. What names no developer is by the one that is ``usual``."""

    slug: str
    name: str
    funding: str
    usual: bool


@dataclass(frozen=True, slots=True)
class Bounds:
    """Amounts outside ``reject`` are refused, amounts outside ``warn`` are asked about; in ``unit``."""

    unit: str
    reject_below: Decimal | None = None
    warn_below: Decimal | None = None
    warn_above: Decimal | None = None
    reject_above: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The scale a source gives for one finding, in the unit the source prints.

    It is meant for patients of whom ``when`` holds, or for all if there is none. Its ``basis`` is
    ``decision`` (fixed edges), ``report`` (multiples of the interval printed on the report) or
    ``fallback`` (used, and labelled, only when no interval is printed).
    """

    unit: str
    kind: Kind
    basis: Literal["decision", "report", "fallback"]
    bands: tuple[Band, ...]
    citation: Citation
    when: Criterion | None = None
    scheme: str = ""


@dataclass(frozen=True, slots=True)
class Implication:
    """While the finding is in ``state``, ``finding`` is in state ``as_state`` unless it was itself told."""

    state: str
    finding: str
    as_state: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that may be known of a patient, in one of a closed list of states.

    It is told, or reads an amount (its own or that of ``reads``), or is defined by a criterion, or is
    computed by the registered function ``derived``.
    """

    slug: str
    label: str
    phrase: str
    group: str
    asked: Literal["everyone", "on_request", "never"]
    states: tuple[str, ...]
    state_labels: Mapping[str, str]
    units: tuple[Unit, ...]
    reads: str
    limits: tuple[Limits, ...]
    defined_as: Criterion | None
    derived: str
    implies: tuple[Implication, ...]
    bounds: Bounds | None
    codes: Mapping[str, tuple[str, ...]]
    synonyms: tuple[str, ...]
    help: str
    red_flag: bool
    order: int
    attributes: tuple[str, ...] = ()

    @property
    def is_measured(self) -> bool:
        """Whether an amount can be given for it."""
        return bool(self.units)

    @property
    def amount(self) -> str:
        """The finding whose amount this one is read from: itself, unless it ``reads`` another's."""
        return self.reads or self.slug

    def unit(self, code: str) -> Unit:
        """Raises KeyError for a unit in which this finding is never given."""
        return unit_called(code, self.units)


@dataclass(frozen=True, slots=True)
class ConditionEffect:
    """What a condition does to B12, how, how often, and how well that is shown."""

    direction: str
    mechanism: str
    frequency: str
    note: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Association:
    """Another condition that travels with this one."""

    condition: str
    frequency: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Description:
    """Where one of a condition's own texts comes from: ``part`` is one of ``DESCRIBED``."""

    part: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Condition:
    """A disease, an exposure, or a B12 state. ``rank`` orders the B12 states for the headline.

    Its texts that ``described_by`` does not name are general descriptions, compared with no source.
    """

    slug: str
    name: str
    kind: Literal["b12_state", "disease", "exposure"]
    rank: int | None
    category: str
    autoimmune: bool
    synonyms: tuple[str, ...]
    summary: str
    says: str
    effects: tuple[ConditionEffect, ...]
    associations: tuple[Association, ...]
    suspicion: tuple[str, ...]
    confirmation: str
    confirmed_by: tuple[str, ...]
    caution: str
    shown_under: str
    urgency: str
    codes: Mapping[str, tuple[str, ...]]
    described_by: tuple[Description, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Which of the texts in ``DESCRIBED`` it has."""
        return tuple(part for part in DESCRIBED if getattr(self, part))

    @property
    def unsourced(self) -> tuple[str, ...]:
        """Which of its texts no source was looked up for."""
        sourced = {one.part for one in self.described_by}
        return tuple(part for part in self.texts if part not in sourced)


@dataclass(frozen=True, slots=True)
class Rule:
    """If ``when`` holds, and ``unless`` does not, this bears on a condition for the reason it ``says``."""

    slug: str
    condition: str
    effect: Effect
    when: Criterion
    unless: Criterion | None
    says: str
    citation: Citation
    rows: tuple[str, ...]
    developer: str = ""


@dataclass(frozen=True, slots=True)
class Investigation:
    """A test that can be ordered: what it measures, how to prepare, what it costs in relative terms."""

    slug: str
    name: str
    kind: str
    question: str
    measures: tuple[str, ...]
    includes: tuple[str, ...]
    preparation: str
    pitfalls: str
    cost: int | None
    codes: Mapping[str, tuple[str, ...]]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Recommendation:
    """If ``when`` holds, and ``unless`` does not, ``target`` is worth doing, or worth holding back."""

    slug: str
    kind: Literal["sign", "caution", "option", "investigation"]
    target: str
    stance: Literal["do", "hold"]
    urgency: Literal["same_day", "urgent", "soon", "routine"]
    when: Criterion
    unless: Criterion | None
    says: str
    citation: Citation
    rows: tuple[str, ...]
    developer: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """An arrow of a drawing, or a cell of a table (row ``start``, column ``end``), with its own citation."""

    start: str
    end: str
    says: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Note:
    """An explanation for the reader: paragraphs, and a drawing or a table. No rule reads it."""

    slug: str
    title: str
    topic: str
    order: int
    text: str
    figure: str
    steps: tuple[Step, ...]
    about: tuple[str, ...]
    about_findings: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the form: its step, its place there, and whether "asked: none of the others" is offered."""

    slug: str
    label: str
    step: str
    none_of_the_others: bool
    order: int


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything above, frozen, known by the ``digest`` of the document it was read from.

    ``order`` is an order of the findings in which each stands behind all that its state depends on;
    ``b12_states`` are in the order of the headline.
    """

    digest: str
    sources: Mapping[str, Source]
    developers: Mapping[str, Developer]
    groups: Mapping[str, Group]
    unit_aliases: Mapping[str, str]
    findings: Mapping[str, Finding]
    conditions: Mapping[str, Condition]
    rules: Mapping[str, Rule]
    investigations: Mapping[str, Investigation]
    recommendations: Mapping[str, Recommendation]
    notes: Mapping[str, Note]
    cases: Mapping[str, Case]
    order: tuple[str, ...]

    @cached_property
    def b12_states(self) -> tuple[str, ...]:
        """The slugs of the B12 states, strongest first."""
        states = [c for c in self.conditions.values() if c.kind == "b12_state"]
        return tuple(c.slug for c in sorted(states, key=lambda c: (c.rank or 0, c.slug)))
