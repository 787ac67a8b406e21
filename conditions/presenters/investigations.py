"""Investigations as public pages: the question, how to prepare, what mars them, and what they settle."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from conditions.reasoning.knowledge import Investigation, Knowledge, Rule

from .citations import Cited, SourceWords, cited, sources_words
from .links import Link, link_to_condition, link_to_finding, link_to_investigation
from .onward import AdviceWords, advice_words
from .pages import CODE_SYSTEMS
from .uses import uses_of
from .words import COST, EFFECT, capital, joined, state_words

KIND = {
    "panel": "panel of tests",
    "single": "single test",
    "imaging": "imaging",
    "procedure": "procedure",
    "pathway": "pathway",
}
LAST = 99


@dataclass(frozen=True, slots=True)
class Group:
    """Investigations of one kind."""

    slug: str
    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured, and the states it may come out in."""

    link: Link
    states: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A condition whose rules read a result, with what these rules do: ``establishes it (1), speaks for it (3)``."""

    link: Link
    does: str


@dataclass(frozen=True, slots=True)
class InvestigationPage:
    """All that the release says of one investigation."""

    investigation: Investigation
    kind: str
    cost: str
    cited: Cited
    measures: tuple[Measured, ...]
    includes: tuple[Link, ...]
    included_in: tuple[Link, ...]
    confirms: tuple[Link, ...]
    read_by: tuple[Reader, ...]
    rules: int
    offered: tuple[AdviceWords, ...]
    held_back: tuple[AdviceWords, ...]
    codes: tuple[tuple[str, str], ...]
    sources: tuple[SourceWords, ...]


@lru_cache(maxsize=8)
def investigations_index(knowledge: Knowledge) -> tuple[Group, ...]:
    """Every investigation by kind, by name."""
    by_kind: dict[str, list[Link]] = {}
    for one in sorted(knowledge.investigations.values(), key=lambda i: i.name.casefold()):
        link = link_to_investigation(one.slug, knowledge, one.question)
        by_kind.setdefault(one.kind, []).append(link)
    order = list(KIND)
    kinds = sorted(by_kind, key=lambda kind: (order.index(kind) if kind in order else LAST, kind))
    return tuple(Group(kind, capital(KIND.get(kind, kind)), tuple(by_kind[kind])) for kind in kinds)


@lru_cache(maxsize=256)
def investigation_page(slug: str, knowledge: Knowledge) -> InvestigationPage:
    """The page of one investigation. Raises KeyError if there is none of that name."""
    one, uses = knowledge.investigations[slug], uses_of(knowledge)
    rules = uses.rules_reading(uses.opened(one.measures))
    advice = [r for r in knowledge.recommendations.values() if r.kind == "investigation" and r.target == slug]
    held = [r for r in knowledge.recommendations.values() if r.stance == "hold" and r.target == slug]
    return InvestigationPage(
        investigation=one,
        kind=KIND.get(one.kind, one.kind),
        cost=f"{COST[one.cost]} ({one.cost} of {max(COST)})" if one.cost else "",
        cited=cited(one.citation, knowledge),
        measures=tuple(_measured(name, knowledge) for name in one.measures),
        includes=tuple(link_to_investigation(name, knowledge) for name in one.includes),
        included_in=tuple(
            link_to_investigation(other.slug, knowledge)
            for other in knowledge.investigations.values()
            if slug in other.includes
        ),
        confirms=tuple(
            link_to_condition(c.slug, knowledge)
            for c in sorted(knowledge.conditions.values(), key=lambda c: c.name.casefold())
            if slug in c.confirmed_by
        ),
        read_by=readers(rules, knowledge),
        rules=len(rules),
        offered=tuple(advice_words(r, knowledge) for r in advice if r.stance == "do"),
        held_back=tuple(advice_words(r, knowledge) for r in held),
        codes=codes_words(one.codes.items()),
        sources=sources_words([one.citation, *[r.citation for r in (*advice, *held)]], knowledge),
    )


def _measured(slug: str, knowledge: Knowledge) -> Measured:
    finding = knowledge.findings[slug]
    states = joined([state_words(finding, state) for state in finding.states], "or")
    return Measured(link_to_finding(slug, knowledge), states)


def readers(rules: Iterable[Rule], knowledge: Knowledge) -> tuple[Reader, ...]:
    """The conditions the rules are of, the B12 states first and then by name, with what the rules do."""
    by_condition: dict[str, Counter[str]] = {}
    for rule in rules:
        by_condition.setdefault(rule.condition, Counter())[EFFECT[rule.effect.value]] += 1
    conditions = sorted(
        (knowledge.conditions[slug] for slug in by_condition),
        key=lambda c: (c.kind != "b12_state", c.name.casefold()),
    )
    return tuple(
        Reader(link_to_condition(c.slug, knowledge), _does(by_condition[c.slug])) for c in conditions
    )


def _does(counted: Counter[str]) -> str:
    return joined([f"{does} ({counted[does]})" for does in EFFECT.values() if counted[does]])


def codes_words(codes: Iterable[tuple[str, Iterable[str]]]) -> tuple[tuple[str, str], ...]:
    """Each coding system by its name, with the codes."""
    return tuple((CODE_SYSTEMS.get(system, system), ", ".join(given)) for system, given in codes)
