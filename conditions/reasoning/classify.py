"""Step 1: from amounts and words to the states each finding may be in.

What is known of a finding is the set of states it may still be in. Learning only ever shrinks it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from .criteria import Known, Verdict, subjects
from .derived import DERIVED, Derived, Inputs
from .knowledge import Finding, Knowledge, Limits
from .picture import PatientPicture
from .quantities import Band, Quantity, Span, bands_reached, convert


@dataclass(frozen=True, slots=True)
class Reading:
    """How an amount was read on one finding's scale: the limits used and the bands it may lie in."""

    finding: str
    quantity: Quantity
    states: frozenset[str]
    used: tuple[tuple[Limits, tuple[Band, ...]], ...]


@dataclass(frozen=True, slots=True)
class Classified:
    """What is known of the patient, and how it came about."""

    known: Mapping[str, frozenset[str]]
    amounts: Mapping[str, Quantity]
    readings: Mapping[str, Reading]
    computed: Mapping[str, Derived]
    definitions: Mapping[str, Verdict]


@lru_cache(maxsize=16)
def _worked_out(knowledge: Knowledge) -> tuple[tuple[Finding, frozenset[str]], ...]:
    """The findings whose state can come from others, in order, each with what it depends on."""
    chosen = []
    for slug in knowledge.order:
        finding = knowledge.findings[slug]
        if finding.defined_as:
            chosen.append((finding, subjects(finding.defined_as)))
        elif finding.derived:
            chosen.append((finding, frozenset({slug, *DERIVED[finding.derived].inputs})))
        elif finding.implies or finding.limits:
            chosen.append((finding, frozenset({slug, finding.amount})))
    return tuple(chosen)


def classify(picture: PatientPicture, knowledge: Knowledge) -> Classified:
    """The states of all that is known of the patient, and how each came about.

    What was told beats what would be worked out, and an amount beats a word for it.
    """
    known = {name: frozenset({state}) for name, state in picture.stated.items()}
    amounts = dict(picture.measured)
    readings: dict[str, Reading] = {}
    computed: dict[str, Derived] = {}
    definitions: dict[str, Verdict] = {}
    for finding, depends in _worked_out(knowledge):
        if depends.isdisjoint(known) and depends.isdisjoint(amounts):
            continue
        slug = finding.slug
        if finding.defined_as and slug not in known:
            verdict = definitions[slug] = finding.defined_as.evaluate(known)
            if verdict.holds is not None:
                known[slug] = frozenset({"present" if verdict.holds else "absent"})
        elif finding.derived and slug not in known and slug not in amounts:
            formula = DERIVED[finding.derived]
            result = formula.compute(Inputs(knowledge.findings, amounts, known))
            if isinstance(result, Quantity):
                amounts[slug], computed[slug] = result, formula
            elif result is not None:
                known[slug], computed[slug] = result, formula
        quantity = amounts.get(finding.amount) if finding.limits else None
        if quantity is not None:
            reading = read(finding, quantity, knowledge.findings[finding.amount], known)
            if reading.states:
                known[slug], readings[slug] = reading.states, reading
        for implication in finding.implies:
            if known.get(slug) == {implication.state} and implication.finding not in known:
                known[implication.finding] = frozenset({implication.as_state})
    return Classified(known, amounts, readings, computed, definitions)


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
    kind = measured.unit(quantity.unit).kind
    may_apply = [
        one
        for one in limits
        if one.basis != ("fallback" if printed else "report") and (one.when is None or one.when.evaluate(known).holds is not False)
    ]
    if len(may_apply) < 2:
        return may_apply
    chosen: list[Limits] = []
    for _, group in groupby(sorted(may_apply, key=_scheme), key=_scheme):
        together = list(group)
        chosen += [one for one in together if one.kind == kind] or together[:1]
    return chosen


def _scheme(limits: Limits) -> str:
    return str(limits.when)
