"""Findings as public pages: how each is known, on what scales it is read, and what reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from conditions.reasoning.derived import DERIVED
from conditions.reasoning.knowledge import Bounds, Finding, Knowledge, Rule
from conditions.reasoning.quantities import Unit

from .citations import Cited, SourceWords, cited, sources_words
from .investigations import Reader, codes_words, readers
from .links import (
    Link,
    is_medicine,
    link_to_condition,
    link_to_finding,
    link_to_investigation,
    links_to_findings,
)
from .notes import NoteLine
from .onward import AdviceWords, advice_words
from .scales import Scales, scales_of
from .uses import Uses, uses_of
from .words import EFFECT, amount_words, capital, criterion_words, number, rounded, state_words, unit_words

ASKED = {
    "everyone": "asked of everyone",
    "on_request": "found by typing in the form",
    "never": "worked out from other findings, never asked",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one part of the form."""

    slug: str
    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Conversion:
    """A unit, and what one or more of it are in the unit that is offered first; empty for that one."""

    unit: str
    equals: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule that reads a finding: of what condition, what it does, what it says, and whose it is."""

    condition: Link
    effect: str
    says: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A finding that is worked out from this one, with how many rules read it."""

    link: Link
    how: str
    rules: int


@dataclass(frozen=True, slots=True)
class FindingPage:
    """All that the release says of one finding."""

    finding: Finding
    group: str
    asked: str
    states: tuple[str, ...]
    defined: str
    formula: str
    formula_source: str
    inputs: tuple[Link, ...]
    reads: Link | None
    units: tuple[Conversion, ...]
    refused: str
    questioned: str
    scales: tuple[Scales, ...]
    rules: tuple[RuleLine, ...]
    worked_out: tuple[WorkedOut, ...]
    read_by: tuple[Reader, ...]
    advice: tuple[AdviceWords, ...]
    suspicion_of: tuple[Link, ...]
    measured_by: tuple[Link, ...]
    implies: tuple[Link, ...]
    implied_by: tuple[Link, ...]
    selects: tuple[Link, ...]
    notes: tuple[NoteLine, ...]
    codes: tuple[tuple[str, str], ...]
    sources: tuple[SourceWords, ...]


@lru_cache(maxsize=8)
def findings_index(knowledge: Knowledge) -> tuple[Group, ...]:
    """Every finding by its part of the form, in the order of the form; medicines have pages of their own."""
    made = []
    for slug, group in sorted(knowledge.groups.items(), key=lambda one: (one[1].order, one[0])):
        found = [
            f for f in knowledge.findings.values() if f.group == slug and not is_medicine(f.slug, knowledge)
        ]
        if found:
            found.sort(key=lambda f: (f.label.casefold(), f.slug))
            links = tuple(link_to_finding(f.slug, knowledge) for f in found)
            made.append(Group(slug, group.label, links))
    return tuple(made)


@lru_cache(maxsize=1024)
def finding_page(slug: str, knowledge: Knowledge) -> FindingPage:
    """The page of one finding. Raises KeyError if there is none of that name."""
    finding, uses = knowledge.findings[slug], uses_of(knowledge)
    rules = uses.rules.get(slug, ())
    advice = uses.advice.get(slug, ())
    formula = DERIVED.get(finding.derived)
    measured = knowledge.findings[finding.amount]
    here = [limits.citation for limits in finding.limits]
    here += [rule.citation for rule in rules]
    here += [one.citation for one in advice]
    outside = _outside(measured.bounds)
    return FindingPage(
        finding=finding,
        group=knowledge.groups[finding.group].label if finding.group in knowledge.groups else "",
        asked=ASKED["never"] if finding.reads or finding.defined_as else ASKED[finding.asked],
        states=tuple(state_words(finding, state) for state in finding.states),
        defined=capital(criterion_words(finding.defined_as, knowledge)) if finding.defined_as else "",
        formula=formula.formula if formula else "",
        formula_source=formula.source if formula else "",
        inputs=links_to_findings([i for i in formula.inputs if i in knowledge.findings], knowledge)
        if formula
        else (),
        reads=link_to_finding(finding.reads, knowledge) if finding.reads else None,
        units=_conversions(measured.units),
        refused=outside[0],
        questioned=outside[1],
        scales=scales_of(finding, knowledge),
        rules=rule_lines(rules, knowledge),
        worked_out=_worked_out(slug, uses, knowledge),
        read_by=readers(uses.rules_reading(uses.opened([slug])), knowledge),
        advice=tuple(advice_words(one, knowledge) for one in advice),
        suspicion_of=tuple(
            link_to_condition(name, knowledge) for name in sorted(uses.suspected_by.get(slug, ()))
        ),
        measured_by=tuple(
            link_to_investigation(name, knowledge) for name in uses.measured_by.get(finding.amount, ())
        ),
        implies=links_to_findings(dict.fromkeys(one.finding for one in finding.implies), knowledge),
        implied_by=links_to_findings(uses.implied_by.get(slug, ()), knowledge),
        selects=links_to_findings(uses.scales.get(slug, ()), knowledge),
        notes=tuple(
            NoteLine(note.slug, note.title)
            for note in knowledge.notes.values()
            if slug in note.about_findings
        ),
        codes=codes_words(finding.codes.items()),
        sources=sources_words(here, knowledge),
    )


def rule_lines(rules: Iterable[Rule], knowledge: Knowledge) -> tuple[RuleLine, ...]:
    """The rules in words, by condition: the B12 states first, then by name."""
    ordered = sorted(
        rules,
        key=lambda r: (
            knowledge.conditions[r.condition].kind != "b12_state",
            knowledge.conditions[r.condition].name.casefold(),
            list(EFFECT).index(r.effect.value),
            r.citation.grade,
            r.slug,
        ),
    )
    return tuple(
        RuleLine(
            link_to_condition(r.condition, knowledge),
            EFFECT[r.effect.value],
            r.says,
            cited(r.citation, knowledge),
        )
        for r in ordered
    )


def _worked_out(slug: str, uses: Uses, knowledge: Knowledge) -> tuple[WorkedOut, ...]:
    ways = [
        *[(name, "a second scale of the same amount") for name in uses.readers.get(slug, ())],
        *[(name, "defined by it") for name in uses.definitions.get(slug, ())],
        *[
            (other.slug, "computed from it")
            for other in knowledge.findings.values()
            if other.derived in DERIVED and slug in DERIVED[other.derived].inputs
        ],
    ]
    return tuple(
        WorkedOut(link_to_finding(name, knowledge), how, len(uses.rules.get(name, ()))) for name, how in ways
    )


def _conversions(units: tuple[Unit, ...]) -> tuple[Conversion, ...]:
    """The units, each against the first."""
    if not units:
        return ()
    first, *others = units
    return (
        Conversion(unit_words(first.code) or "a plain number", ""),
        *[_conversion(one, first) for one in others],
    )


def _conversion(unit: Unit, first: Unit) -> Conversion:
    factor = unit.factor / first.factor
    offset = (unit.offset - first.offset) / first.factor
    if offset:
        sign, size = ("+", offset) if offset > 0 else ("−", -offset)
        equals = f"{unit_words(first.code)} = {unit_words(unit.code)} × {rounded(factor, 6)} {sign} {rounded(size, 6)}"
    elif factor < 1:
        equals = f"1 {unit_words(first.code)} = {amount_words(rounded(1 / factor, 6), unit.code)}"
    else:
        equals = f"1 {unit_words(unit.code)} = {amount_words(rounded(factor, 6), first.code)}"
    return Conversion(unit_words(unit.code) or unit.code, equals)


def _outside(bounds: Bounds | None) -> tuple[str, str]:
    """What amounts are refused and what are asked about: ``below 10 nmol/L or above 500000 nmol/L``, or empty."""
    if bounds is None:
        return "", ""
    return (
        _ends(bounds.reject_below, bounds.reject_above, bounds.unit),
        _ends(bounds.warn_below, bounds.warn_above, bounds.unit),
    )


def _ends(low: Decimal | None, high: Decimal | None, unit: str) -> str:
    ends = [("below", low), ("above", high)]
    return " or ".join(f"{word} {amount_words(number(end), unit)}" for word, end in ends if end is not None)
