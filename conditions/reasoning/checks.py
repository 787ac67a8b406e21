"""What must hold of knowledge as a whole, beyond the shape of its parts."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby, pairwise, product
from math import prod
from types import NoneType
from typing import Any

from .changes import DERIVED
from .criteria import LEVELS, RESERVED, Criterion, subjects
from .knowledge import ATTRIBUTES, LESSON_TOPICS, Citation, Finding, Knowledge, Limits, Recommendation, Rule

MOST_COMBINATIONS = 20_000
NAME = re.compile("[a-z][a-z0-9_]*")


def findings_in_order(findings: Mapping[str, Finding]) -> tuple[tuple[str, ...], list[str]]:
    """The findings so that each stands behind all its state depends on, and a sentence for each cycle."""
    depends = {slug: set(depends_on(finding)) & findings.keys() for slug, finding in findings.items()}
    for slug, finding in findings.items():
        for implication in finding.implies:
            if implication.finding in depends:
                depends[implication.finding].add(slug)
    ordered: dict[str, None] = {}
    waiting = dict(depends)
    while ready := [slug for slug, needs in waiting.items() if needs <= ordered.keys()]:
        for slug in ready:
            ordered[slug] = None
            del waiting[slug]
    if waiting:
        return (), [f"findings {', '.join(sorted(waiting))}: they depend on one another in a circle."]
    return tuple(ordered), []


def depends_on(finding: Finding) -> Iterator[str]:
    """The findings, and opinions, from which its state is worked out; those among its own limits too."""
    if finding.reads:
        yield finding.reads
    if finding.defined_as:
        yield from subjects(finding.defined_as)
    for limits in finding.limits:
        yield from subjects(limits.when)
    if finding.derived in DERIVED:
        yield from DERIVED[finding.derived].inputs


def problems_of(knowledge: Knowledge) -> list[str]:
    """A sentence for everything that is wrong, naming the part it is wrong in."""
    return [
        f"{place}: {what.rstrip('.')}."
        for check in (_names, _findings, _limits, _conditions, _rules, _advice, _notes, _cases)
        for place, what in check(knowledge)
    ]


Problems = Iterator[tuple[str, str]]


def _missing(names: Iterable[str], among: Container[str], what: str) -> Iterator[str]:
    return (f"there is no {what} called {name}" for name in names if name not in among)


def _names(knowledge: Knowledge) -> Problems:
    named = [(f"findings {f.slug}", (f.slug, *f.states)) for f in knowledge.findings.values()]
    named += [(f"conditions {slug}", (slug,)) for slug in knowledge.conditions]
    for place, words in named:
        for word in words:
            if word in RESERVED:
                yield place, f"{word} is a word of the rule language"
            elif not NAME.fullmatch(word):
                yield place, f"{word!r} is not a name: small letters, digits and _"
    for place, citation in citations(knowledge):
        for what in _missing((citation.source, *citation.also), knowledge.sources, "source"):
            yield place, what
    parts: list[Rule | Recommendation] = [*knowledge.rules.values(), *knowledge.recommendations.values()]
    for part in parts:
        if part.developer and part.developer not in knowledge.developers:
            yield part.slug, f"there is no developer called {part.developer}"


def citations(knowledge: Knowledge) -> Iterator[tuple[str, Citation]]:
    """The citation of every sourced statement, with the part it stands in."""
    for slug, rule in knowledge.rules.items():
        yield f"rules {slug}", rule.citation
    for slug, investigation in knowledge.investigations.items():
        yield f"investigations {slug}", investigation.citation
    for slug, recommendation in knowledge.recommendations.items():
        yield f"recommendations {slug}", recommendation.citation
    for slug, finding in knowledge.findings.items():
        for limits in finding.limits:
            yield f"findings {slug}, limits", limits.citation
    for slug, condition in knowledge.conditions.items():
        for effect in condition.effects:
            yield f"conditions {slug}", effect.citation
        for association in condition.associations:
            yield f"conditions {slug}", association.citation
        for description in condition.described_by:
            yield f"conditions {slug}, {description.part}", description.citation
    for slug, note in knowledge.notes.items():
        yield f"notes {slug}", note.citation
        for step in note.steps:
            yield f"notes {slug}", step.citation


def _findings(knowledge: Knowledge) -> Problems:
    vocabulary = vocabulary_of(knowledge)
    for slug, finding in knowledge.findings.items():
        place = f"findings {slug}"
        if not finding.states and not finding.units:
            yield place, "it has neither states nor units"
        if len(set(finding.states)) < len(finding.states):
            yield place, "a state is named twice"
        if finding.group not in knowledge.groups:
            yield place, f"there is no group called {finding.group!r}"
        if finding.reads and (finding.units or not knowledge.findings.get(finding.reads, finding).units):
            yield place, f"it cannot read {finding.reads}: that must be measured, and itself not"
        if finding.defined_as:
            if set(finding.states) != {"present", "absent"} or finding.limits:
                yield place, "what is defined by a criterion is present or absent, and has no limits"
            for what in finding.defined_as.problems(vocabulary, frozenset()):
                yield place, what
        for attribute in set(finding.attributes) - set(ATTRIBUTES):
            yield place, f"there is no attribute called {attribute}"
        if finding.derived and finding.derived not in DERIVED:
            yield place, f"there is no function called {finding.derived}"
        for state in set(finding.state_labels) - set(finding.states):
            yield place, f"a label is given for {state}, which is no state of it"
        for implication in finding.implies:
            target = knowledge.findings.get(implication.finding)
            if implication.state not in finding.states:
                yield place, f"it is never {implication.state}"
            if target is None or implication.as_state not in target.states:
                yield place, f"it cannot imply {implication.finding} is {implication.as_state}"
        if finding.bounds and finding.bounds.unit not in {u.code for u in finding.units}:
            yield place, f"its bounds are in {finding.bounds.unit}, in which it is never given"


def _limits(knowledge: Knowledge) -> Problems:
    for slug, finding in knowledge.findings.items():
        place = f"limits of {slug}"
        amount = knowledge.findings.get(finding.amount, finding)
        codes = {unit.code for unit in amount.units}
        for limits in finding.limits:
            if limits.unit not in codes:
                yield place, f"{limits.unit} is not a unit of {amount.slug}"
            for what in _scale_problems(finding, limits):
                yield place, what
            if limits.when:
                for what in limits.when.problems(vocabulary_of(knowledge), frozenset()):
                    yield place, what
        bases = {limits.basis for limits in finding.limits}
        if "decision" in bases and len(bases) > 1:
            yield place, "fixed edges and edges relative to the report are mixed in one finding"
        for basis in sorted(bases):
            for what in _choice_problems([x for x in finding.limits if x.basis == basis], knowledge):
                yield place, what


def _scale_problems(finding: Finding, limits: Limits) -> Iterator[str]:
    if not limits.bands:
        yield "it has no bands"
        return
    *steps, top = limits.bands
    if top.upper is not None or any(band.upper is None for band in steps):
        yield "only the last band is open at the top"
        return
    for band in limits.bands:
        if not band.states or not band.states <= set(finding.states):
            yield f"a band names {', '.join(sorted(band.states)) or 'no state'}; it is one of: {', '.join(finding.states)}"
        if (band.of is not None) != (limits.basis == "report" and band.upper is not None):
            yield "an edge is a multiple of the printed interval exactly where the basis is report"
    for _, run in groupby(steps, key=lambda band: band.of):
        edges = [band.upper or Decimal(0) for band in run]
        if any(b <= a for a, b in pairwise(edges)):
            yield "the edges do not rise"


def _choice_problems(limits: list[Limits], knowledge: Knowledge) -> Iterator[str]:
    """For every complete set of states exactly one ``when`` may hold, with one scale for each kind of unit."""
    whens: dict[str, Criterion | None] = {}
    kinds: set[tuple[str, str]] = set()
    for one in limits:
        whens[str(one.when)] = one.when
        key = (str(one.when), one.kind)
        if key in kinds:
            yield f"two scales in {one.kind} units hold together when {one.when or 'always'}"
        kinds.add(key)
    names = sorted(frozenset().union(*[subjects(when) for when in whens.values()]))
    if any(name not in knowledge.findings for name in names):
        return
    states = [knowledge.findings[name].states for name in names]
    if prod(map(len, states)) > MOST_COMBINATIONS:
        yield f"its `when` speak of too many findings to be checked: {', '.join(names)}"
        return
    for combination in product(*states):
        known = {name: frozenset({state}) for name, state in zip(names, combination, strict=True)}
        held = [text for text, when in whens.items() if when is None or when.evaluate(known).holds]
        if len(held) != 1:
            told = ", ".join(f"{name} {state}" for name, state in zip(names, combination, strict=True))
            yield f"{len(held) or 'no'} scales apply for {told}"
            return


def _conditions(knowledge: Knowledge) -> Problems:
    ranks = [c.rank for c in knowledge.conditions.values() if c.kind == "b12_state"]
    if len(set(ranks)) < len(ranks) or None in ranks:
        yield "conditions", "each B12 state needs a rank of its own"
    for slug, condition in knowledge.conditions.items():
        place = f"conditions {slug}"
        for what in (
            *_missing(condition.suspicion, knowledge.findings, "finding"),
            *_missing(condition.confirmed_by, knowledge.investigations, "investigation"),
            *_missing([a.condition for a in condition.associations], knowledge.conditions, "condition"),
            *_missing(
                [condition.shown_under] if condition.shown_under else [], knowledge.conditions, "condition"
            ),
        ):
            yield place, what
        described = [one.part for one in condition.described_by]
        for part in described:
            if part not in condition.texts or described.count(part) > 1:
                yield place, f"{part} is cited and not there, or cited twice"
        leader = knowledge.conditions.get(condition.shown_under)
        if leader and leader.shown_under:
            yield place, f"it is shown under {leader.slug}, which is itself shown under another"


def vocabulary_of(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """What criteria on findings may say: the states of each finding, in its own order."""
    return {slug: finding.states for slug, finding in knowledge.findings.items()}


def vocabulary_after_headline(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """What criteria of causes and advice may say of findings: the headline is one of them."""
    return vocabulary_of(knowledge) | {"b12_state": knowledge.b12_states}


def _rules(knowledge: Knowledge) -> Problems:
    states = frozenset(knowledge.b12_states)
    for slug, rule in knowledge.rules.items():
        place = f"rules {slug}"
        if rule.condition not in knowledge.conditions:
            yield place, f"there is no condition called {rule.condition}"
            continue
        is_state = rule.condition in states
        findings = vocabulary_of(knowledge) if is_state else vocabulary_after_headline(knowledge)
        for criterion in (rule.when, *([rule.unless] if rule.unless else [])):
            for what in criterion.problems(findings, frozenset() if is_state else states):
                yield place, what


def _advice(knowledge: Knowledge) -> Problems:
    findings = vocabulary_after_headline(knowledge)
    conditions = frozenset(knowledge.conditions)
    for slug, recommendation in knowledge.recommendations.items():
        place = f"recommendations {slug}"
        for criterion in (recommendation.when, *([recommendation.unless] if recommendation.unless else [])):
            for what in criterion.problems(findings, conditions):
                yield place, what
        if recommendation.kind == "investigation" and recommendation.target not in knowledge.investigations:
            yield place, f"there is no investigation called {recommendation.target}"
    for slug, investigation in knowledge.investigations.items():
        for what in (
            *_missing(investigation.measures, knowledge.findings, "finding"),
            *_missing(investigation.includes, knowledge.investigations, "investigation"),
        ):
            yield f"investigations {slug}", what


def _notes(knowledge: Knowledge) -> Problems:
    for slug, note in knowledge.notes.items():
        for what in (
            *_missing(note.about, knowledge.conditions, "condition"),
            *_missing(note.about_findings, knowledge.findings, "finding"),
        ):
            yield f"notes {slug}", what
        if bool(note.figure) is not bool(note.steps):
            yield f"notes {slug}", "a drawing or a table has steps, and nothing else has them"


EXPECTATIONS = {
    "headline": "b12_states",
    "support": "conditions",
    "causes_first": "conditions",
    "causes": "conditions",
    "not_causes": "conditions",
    "signs": "recommendations",
    "cautions": "recommendations",
    "options": "recommendations",
    "advice": "recommendations",
    "not_advice": "recommendations",
    "investigations": "investigations",
    "not_investigations": "investigations",
    "known": "findings",
    "holds_unless": "findings",
    "firm": "",
}


SHAPES: Mapping[str, tuple[type, ...]] = {
    "headline": (str, NoneType),
    "firm": (bool,),
    "support": (dict,),
    "known": (dict,),
}
"""What an expectation is where it is not a list of names."""


def _has_shape(wanted: object, shapes: tuple[type, ...]) -> bool:
    return isinstance(wanted, shapes)


def _cases(knowledge: Knowledge) -> Problems:
    for slug, case in knowledge.cases.items():
        place = f"cases {slug}"
        if case.source and case.source not in knowledge.sources:
            yield place, f"there is no source called {case.source}"
        if not case.expects and not case.published:
            yield place, "it expects nothing"
        for topic in case.lesson.topics if case.lesson else ():
            if topic not in LESSON_TOPICS:
                yield place, f"there is no topic of lessons called {topic}"
        yield from ((place, what) for what in _published_problems(case.published, knowledge))
        for key, wanted in case.expects.items():
            if key not in EXPECTATIONS:
                yield place, f"there is no expectation called {key}"
                continue
            if not _has_shape(wanted, SHAPES.get(key, (list, tuple))):
                yield place, f"{key} cannot be {wanted!r}"
                continue
            if key == "firm" or wanted is None:
                continue
            names = [wanted] if isinstance(wanted, str) else list(wanted)
            for what in _missing(
                names, getattr(knowledge, EXPECTATIONS[key]), EXPECTATIONS[key][:-1].replace("_", " ")
            ):
                yield place, f"{key}: {what}"
            if key == "support":
                levels = LEVELS | {"undetermined", "not_suggested"}
                yield from (
                    (place, f"{level} is no level of support")
                    for level in wanted.values()
                    if level not in levels
                )


def _published_problems(published: Mapping[str, Any], knowledge: Knowledge) -> Iterator[str]:
    for key in published.keys() - {"category", "states", "causes", "signs", "disagrees", "note"}:
        yield f"published: there is no entry called {key}"
    yield from _missing(published.get("states", ()), knowledge.b12_states, "B12 state")
    yield from _missing(
        [c for any_of in published.get("causes", ()) for c in any_of], knowledge.conditions, "condition"
    )
    yield from _missing(
        [s for any_of in published.get("signs", ()) for s in any_of],
        knowledge.recommendations,
        "recommendation",
    )
