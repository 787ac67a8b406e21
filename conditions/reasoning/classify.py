"""Step 1: from amounts and words to the states each finding may be in.

What is known of a finding is the set of states it may still be in. Learning only ever shrinks it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from .criteria import Known, Verdict
from .derived import Derived, Inputs
from .knowledge import Finding, Knowledge, Limits
from .picture import PatientPicture
from .plan import Facts, plan_of
from .quantities import Band, Quantity, Span, bands_reached, convert


@dataclass(frozen=True, slots=True)
class Reading:
    """How an amount was read on one finding's scale: the limits used and the bands it may lie in."""

    finding: str
    quantity: Quantity
    states: frozenset[str]
    used: tuple[tuple[Limits, tuple[Band, ...]], ...]


@dataclass(frozen=True)
class Classified:
    """What is known of the patient, and how it came about."""

    picture: PatientPicture
    knowledge: Knowledge
    known: Mapping[str, frozenset[str]]
    facts: Facts
    amounts: Mapping[str, Quantity]
    readings: Mapping[str, Reading]
    computed: Mapping[str, Derived]

    @cached_property
    def definitions(self) -> Mapping[str, Verdict]:
        """For each definition that speaks of anything decided, and was not told itself, what it comes to."""
        decided = self.facts.true | self.facts.false
        return {
            step.finding.slug: step.finding.defined_as.evaluate(self.known)
            for step in plan_of(self.knowledge).steps
            if step.finding.defined_as and step.definition and step.definition.touches & decided
            if step.finding.slug not in self.picture.stated
        }


PRESENT, ABSENT = frozenset({"present"}), frozenset({"absent"})


def classify(picture: PatientPicture, knowledge: Knowledge) -> Classified:
    """The states of all that is known of the patient, and how each came about.

    What was told beats what would be worked out. An amount beats a word that contradicts it; a word
    narrows an amount that leaves its state open.
    """
    plan = plan_of(knowledge)
    facts = plan.facts()
    known = {name: frozenset({state}) for name, state in picture.stated.items()}
    amounts = dict(picture.measured)
    readings: dict[str, Reading] = {}
    computed: dict[str, Derived] = {}
    for name in known:
        if name not in plan.worked_out:
            facts.learn(name, known[name])
    for step in plan.steps:
        slug = step.slug
        if step.definition is not None:
            if slug not in known and (holds := step.definition.holds(facts)) is not None:
                known[slug] = PRESENT if holds else ABSENT
        elif (
            step.formula is not None
            and slug not in known
            and slug not in amounts
            and step.formula.needs <= amounts.keys()
        ):
            result = step.formula.compute(Inputs(knowledge.findings, amounts, known))
            if isinstance(result, Quantity):
                amounts[slug], computed[slug] = result, step.formula
            elif result is not None:
                known[slug], computed[slug] = result, step.formula
        if step.amount in amounts:
            reading = read(step.finding, amounts[step.amount], knowledge.findings[step.amount], known)
            if reading.states:
                readings[slug] = reading
                known[slug] = reading.states & known.get(slug, reading.states) or reading.states
        states = known.get(slug)
        if states is None:
            continue
        facts.learn(slug, states)
        if step.implies and len(states) == 1:
            for target, its_states in step.implies.get(next(iter(states)), ()):
                if target not in known:
                    known[target] = its_states
                    if target not in plan.worked_out:
                        facts.learn(target, its_states)
    return Classified(picture, knowledge, known, facts, amounts, readings, computed)


def read(finding: Finding, quantity: Quantity, measured: Finding, known: Known) -> Reading:
    """The states ``quantity`` may be read as: the union over all limits that may apply to this patient."""
    span = Span.of(quantity.value, quantity.comparator)
    used: list[tuple[Limits, tuple[Band, ...]]] = []
    states: frozenset[str] = frozenset()
    for limits in applicable(finding.limits, quantity, measured, known):
        if limits.basis == "report" or limits.unit == quantity.unit:
            here = span
        else:
            here = Span.of(convert(quantity, measured.units, limits.unit), quantity.comparator)
        bands = tuple(bands_reached(limits.bands, here, quantity.interval))
        used.append((limits, bands))
        states = states.union(*[band.states for band in bands])
    return Reading(finding.slug, quantity, states, tuple(used))


def applicable(limits: Sequence[Limits], quantity: Quantity, measured: Finding, known: Known) -> list[Limits]:
    """First the basis, then ``when``, then the kind of unit: a report is compared in the unit it was printed in.

    Where a scheme prints no limits in the kind of unit of the report (mass or molar), those it prints are
    used and the amount is converted.
    """
    printed = quantity.interval is not None
    may_apply = [
        one
        for one in limits
        if one.basis != ("fallback" if printed else "report")
        and (one.when is None or one.when.evaluate(known).holds is not False)
    ]
    if len(may_apply) < 2:
        return may_apply
    kind = measured.unit(quantity.unit).kind
    chosen: list[Limits] = []
    for _, group in groupby(sorted(may_apply, key=_scheme), key=_scheme):
        together = list(group)
        chosen += [one for one in together if one.kind == kind] or together[:1]
    return chosen


def _scheme(limits: Limits) -> str:
    return str(limits.when)
