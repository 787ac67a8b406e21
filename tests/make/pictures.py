"""Random patients: a whole truth that does not contradict itself, and what of it was told so far."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from random import Random

from conditions.reasoning.classify import classify
from conditions.reasoning.criteria import subjects
from conditions.reasoning.derived import DERIVED
from conditions.reasoning.knowledge import Finding, Knowledge
from conditions.reasoning.picture import PatientPicture
from conditions.reasoning.quantities import Interval, Quantity, convert_value

NEAR_AN_EDGE = tuple(map(Decimal, ("0.5", "0.97", "1", "1", "1.03", "2")))


def findings_behind(names: Iterable[str], knowledge: Knowledge) -> list[Finding]:
    """The findings ``names`` and all their states can come from."""
    found: dict[str, Finding] = {}
    implied_by: dict[str, list[str]] = {}
    for finding in knowledge.findings.values():
        for implication in finding.implies:
            implied_by.setdefault(implication.finding, []).append(finding.slug)
    waiting = list(names)
    while waiting:
        slug = waiting.pop()
        if slug in found or slug not in knowledge.findings:
            continue
        finding = found[slug] = knowledge.findings[slug]
        waiting += [finding.amount, *subjects(finding.defined_as), *implied_by.get(slug, ())]
        waiting += [name for limits in finding.limits for name in subjects(limits.when)]
        waiting += DERIVED[finding.derived].inputs if finding.derived else ()
    return [found[slug] for slug in knowledge.order if slug in found]


def findings_of_the_b12_states(knowledge: Knowledge) -> list[Finding]:
    """Every finding that can bear on the headline."""
    rules = [r for r in knowledge.rules.values() if r.condition in knowledge.b12_states]
    return findings_behind({name for r in rules for name in subjects(r.when) | subjects(r.unless)}, knowledge)


def whole_truth(random: Random, findings: list[Finding], knowledge: Knowledge) -> PatientPicture:
    """Everything about a random patient: what is told in it agrees with what is worked out from the rest."""
    truth = _drawn(random, findings, knowledge)
    settled: set[str] = set()
    while contradicted := _contradictions(truth, knowledge):
        if contradicted.keys() <= truth.stated.keys() - settled:
            truth = PatientPicture(truth.measured, {**truth.stated, **contradicted})
            settled |= contradicted.keys()
        else:  # two findings imply different states of a third: a pregnant man
            truth, settled = _drawn(random, findings, knowledge), set()
    worked_out = classify(truth, knowledge)
    measured, stated = dict(truth.measured), dict(truth.stated)
    for finding in findings:
        if finding.asked == "never" or random.random() < 0.5:
            continue
        states = worked_out.known.get(finding.slug, frozenset())
        if len(states) == 1 and (finding.defined_as or finding.slug in measured):
            stated[finding.slug] = next(iter(states))
        if finding.slug in worked_out.computed and finding.units:
            measured[finding.slug] = worked_out.amounts[finding.slug]
    return PatientPicture(measured, stated)


def _drawn(random: Random, findings: list[Finding], knowledge: Knowledge) -> PatientPicture:
    measured: dict[str, Quantity] = {}
    stated: dict[str, str] = {}
    healthy = random.choice((0.5, 0.8, 0.95))
    for finding in findings:
        if finding.units and random.random() < 0.9:
            measured[finding.slug] = _amount(random, finding, knowledge)
        elif finding.states and not (finding.defined_as or finding.reads or finding.derived):
            usual = "nice_ng239" if finding.slug == "guideline" else "absent"
            likely = usual in finding.states and random.random() < healthy
            stated[finding.slug] = usual if likely else random.choice(finding.states)
    not_computed = {
        name: quantity for name, quantity in measured.items() if not knowledge.findings[name].derived
    }
    computed = classify(PatientPicture(not_computed, stated), knowledge).computed
    return PatientPicture({name: q for name, q in measured.items() if name not in computed}, stated)


def _amount(random: Random, finding: Finding, knowledge: Knowledge) -> Quantity:
    unit = random.choice(finding.units).code
    scales = [limits for f in knowledge.findings.values() if f.amount == finding.slug for limits in f.limits]
    edges = [
        convert_value(band.upper, finding.units, limits.unit, unit)
        for limits in scales
        for band in limits.bands
        if band.upper is not None and limits.basis != "report"
    ]
    value = random.choice(edges or [Decimal(50)]) * random.choice(NEAR_AN_EDGE)
    low, high = value * random.choice(NEAR_AN_EDGE), value * random.choice(NEAR_AN_EDGE)
    interval = Interval(random.choice((None, low * Decimal("0.4"))), random.choice((None, high)))
    printed = interval if random.random() < 0.5 and interval != Interval() else None
    comparator = random.choice(("<", "<=", ">", ">=")) if random.random() < 0.1 else ""
    return Quantity(value, unit, comparator, printed)  # type: ignore[arg-type]


def _contradictions(picture: PatientPicture, knowledge: Knowledge) -> dict[str, str]:
    """The findings that are otherwise than another finding implies, as that other has them."""
    known = classify(picture, knowledge).known
    return {
        implication.finding: implication.as_state
        for finding in knowledge.findings.values()
        for implication in finding.implies
        if known.get(finding.slug) == {implication.state}
        and known[implication.finding] != {implication.as_state}
    }


def part_of(random: Random, truth: PatientPicture) -> PatientPicture:
    """Some of ``truth``, from next to nothing to nearly all; the guideline always, an exact amount perhaps censored."""
    share = random.random()
    told = {
        name: state for name, state in truth.stated.items() if name == "guideline" or random.random() < share
    }
    measured = {
        name: _blurred(random, quantity)
        for name, quantity in truth.measured.items()
        if random.random() < share
    }
    return PatientPicture(measured, told)


def _blurred(random: Random, quantity: Quantity) -> Quantity:
    if quantity.comparator or random.random() < 0.9:
        return quantity
    if random.random() < 0.5:
        return replace(quantity, value=quantity.value * Decimal("1.2"), comparator="<")
    return replace(quantity, value=quantity.value * Decimal("0.8"), comparator=">")


def learning(told: PatientPicture, truth: PatientPicture, without: Iterable[str]) -> PatientPicture:
    """What was told, and all of ``truth`` but the findings in ``without``."""
    kept = set(without)
    return PatientPicture(
        {
            **{n: q for n, q in truth.measured.items() if n not in kept},
            **{n: q for n, q in told.measured.items() if n in kept},
        },
        {**told.stated, **{n: s for n, s in truth.stated.items() if n not in kept}},
    )
