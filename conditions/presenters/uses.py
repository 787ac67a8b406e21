"""Which rules, advice and scales read a finding or speak of a condition: the knowledge read backwards."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from conditions.reasoning.criteria import opinion_of, subjects
from conditions.reasoning.knowledge import Knowledge, Recommendation, Rule


@dataclass(frozen=True, slots=True)
class Uses:
    """For each subject of a criterion (a finding, or an opinion as ``opinion_of`` names it) what reads it.

    ``definitions`` and ``scales`` are slugs of findings: defined by it, or with limits that it selects.
    ``readers`` are findings that read its amount. All in the order of the knowledge.
    """

    rules: Mapping[str, tuple[Rule, ...]]
    advice: Mapping[str, tuple[Recommendation, ...]]
    definitions: Mapping[str, tuple[str, ...]]
    scales: Mapping[str, tuple[str, ...]]
    readers: Mapping[str, tuple[str, ...]]
    implied_by: Mapping[str, tuple[str, ...]]
    measured_by: Mapping[str, tuple[str, ...]]
    suspected_by: Mapping[str, tuple[str, ...]]

    def opened(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """The findings and all that is defined by them or reads their amounts, however indirectly."""
        found = dict.fromkeys(slugs)
        waiting = list(found)
        while waiting:
            slug = waiting.pop(0)
            for other in (*self.readers.get(slug, ()), *self.definitions.get(slug, ())):
                if other not in found:
                    found[other] = None
                    waiting.append(other)
        return tuple(found)

    def rules_reading(self, slugs: Iterable[str]) -> tuple[Rule, ...]:
        """The rules that read any of these, each once."""
        return tuple({r.slug: r for slug in slugs for r in self.rules.get(slug, ())}.values())

    def advice_reading(self, slugs: Iterable[str]) -> tuple[Recommendation, ...]:
        """The recommendations that read any of these, each once."""
        return tuple({r.slug: r for slug in slugs for r in self.advice.get(slug, ())}.values())

    def advice_on(self, condition: str) -> tuple[Recommendation, ...]:
        """The recommendations that speak of the opinion on a condition."""
        return self.advice.get(opinion_of(condition), ())


@lru_cache(maxsize=8)
def uses_of(knowledge: Knowledge) -> Uses:
    """The index of a release, the same value each time."""
    rules: dict[str, list[Rule]] = defaultdict(list)
    advice: dict[str, list[Recommendation]] = defaultdict(list)
    for rule in knowledge.rules.values():
        for name in subjects(rule.when) | subjects(rule.unless):
            rules[name].append(rule)
    for one in knowledge.recommendations.values():
        for name in subjects(one.when) | subjects(one.unless):
            advice[name].append(one)
    slugs = _slugs(knowledge)
    return Uses(
        rules={name: tuple(found) for name, found in rules.items()},
        advice={name: tuple(found) for name, found in advice.items()},
        **{kind: {name: tuple(found) for name, found in by.items()} for kind, by in slugs.items()},
    )


def _slugs(knowledge: Knowledge) -> dict[str, dict[str, dict[str, None]]]:
    kinds = ("definitions", "scales", "readers", "implied_by", "measured_by", "suspected_by")
    found: dict[str, dict[str, dict[str, None]]] = {kind: defaultdict(dict) for kind in kinds}
    for finding in knowledge.findings.values():
        for name in subjects(finding.defined_as):
            found["definitions"][name][finding.slug] = None
        for limits in finding.limits:
            for name in subjects(limits.when):
                found["scales"][name][finding.slug] = None
        if finding.reads:
            found["readers"][finding.reads][finding.slug] = None
        for implied in finding.implies:
            found["implied_by"][implied.finding][finding.slug] = None
    for investigation in knowledge.investigations.values():
        for name in investigation.measures:
            found["measured_by"][name][investigation.slug] = None
    for condition in knowledge.conditions.values():
        for name in condition.suspicion:
            found["suspected_by"][name][condition.slug] = None
    return found
