"""The map between autoimmune disease and B12, read live from the release, in both directions.

What each autoimmune condition does to B12, which of these conditions travel together, and which findings of B12
should make one think of which. The drawings are made of the same links as the tables beneath them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from conditions.reasoning.criteria import Criterion, Is, Not, opinion_of
from conditions.reasoning.knowledge import Condition, Effect, Knowledge, Rule

from .citations import Cited, cited
from .links import Link, link_to_condition
from .pages import DIRECTION
from .words import EFFECT, capital, criterion_words, leaf_words

HEADLINE = "b12_state"
MARKERS = ("total_b12", "active_b12", "mma", "homocysteine")
"""The amounts by which B12 itself is judged."""
FOR = (Effect.ESTABLISHES, Effect.SUPPORTS)


@dataclass(frozen=True, slots=True)
class Change:
    """What one condition does to B12."""

    condition: Link
    direction: str
    does: str
    mechanism: str
    frequency: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Pair:
    """Two autoimmune conditions of which a source says that they travel together; ``first`` is the one it speaks of."""

    first: Link
    second: Link
    frequency: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Thought:
    """A finding of B12 that, with what else the rule needs, speaks for an autoimmune condition."""

    finding: str
    condition: Link
    effect: str
    says: str
    criterion: str
    cited: Cited


@dataclass(frozen=True)
class Map:
    """All three kinds of link, in the order of the tables."""

    conditions: tuple[Link, ...]
    changes: tuple[Change, ...]
    pairs: tuple[Pair, ...]
    thoughts: tuple[Thought, ...]


@lru_cache(maxsize=8)
def map_of(knowledge: Knowledge) -> Map:
    """The map of a release, the same value each time."""
    chosen = sorted((c for c in knowledge.conditions.values() if c.autoimmune), key=_place)
    slugs = [c.slug for c in chosen]
    pairs = [
        Pair(
            link_to_condition(one.slug, knowledge),
            link_to_condition(other.condition, knowledge),
            other.frequency,
            cited(other.citation, knowledge),
        )
        for one in chosen
        for other in one.associations
        if other.condition in slugs
    ]
    return Map(
        conditions=tuple(link_to_condition(slug, knowledge) for slug in slugs),
        changes=tuple(change for one in chosen for change in _changes(one, knowledge)),
        pairs=tuple(pairs),
        thoughts=tuple(_thoughts(slugs, knowledge)),
    )


def _place(condition: Condition) -> tuple[int, str]:
    """By what it does to B12 and then by name, so that lines to the same place lie together."""
    directions = list(DIRECTION)
    first = [directions.index(e.direction) for e in condition.effects]
    return min(first, default=len(directions)), condition.name.casefold()


def _changes(condition: Condition, knowledge: Knowledge) -> Iterable[Change]:
    for effect in condition.effects:
        yield Change(
            link_to_condition(condition.slug, knowledge),
            effect.direction,
            capital(DIRECTION[effect.direction]),
            effect.mechanism,
            effect.frequency,
            cited(effect.citation, knowledge),
        )


def _thoughts(slugs: Sequence[str], knowledge: Knowledge) -> list[Thought]:
    """By finding, the one with most conditions first, then by condition; the rule that says most before the others."""
    found: dict[str, list[Rule]] = {}
    for rule in knowledge.rules.values():
        if rule.condition in slugs and rule.effect in FOR:
            for leaf in dict.fromkeys(_of_b12(rule.when, knowledge)):
                found.setdefault(capital(leaf_words(leaf, knowledge)), []).append(rule)
    findings = sorted(found, key=lambda finding: (-len({r.condition for r in found[finding]}), finding))
    return [
        _thought(finding, rule, knowledge)
        for finding in findings
        for rule in sorted(
            found[finding],
            key=lambda r: (slugs.index(r.condition), FOR.index(r.effect), r.citation.grade, r.slug),
        )
    ]


def _thought(finding: str, rule: Rule, knowledge: Knowledge) -> Thought:
    return Thought(
        finding,
        link_to_condition(rule.condition, knowledge),
        EFFECT[rule.effect.value],
        rule.says,
        capital(criterion_words(rule.when, knowledge)),
        cited(rule.citation, knowledge),
    )


def _of_b12(criterion: Criterion, knowledge: Knowledge) -> Iterable[Is]:
    """The statements of a criterion that speak of B12 and are not negated."""
    if isinstance(criterion, Is):
        return [criterion] if _is_of_b12(criterion, knowledge) else []
    if isinstance(criterion, Not):
        return []
    return [leaf for part in criterion.parts for leaf in _of_b12(part, knowledge)]


def _is_of_b12(leaf: Is, knowledge: Knowledge) -> bool:
    """Whether it speaks of the B12 state, of a marker of B12, or of what markers define whichever way it holds."""
    if leaf.name == HEADLINE or leaf.subject in {opinion_of(state) for state in knowledge.b12_states}:
        return True
    finding = knowledge.findings.get(leaf.subject)
    if finding is None:
        return False
    if finding.defined_as:
        return _rests_on_b12(finding.defined_as, knowledge)
    return finding.amount in MARKERS


def _rests_on_b12(criterion: Criterion, knowledge: Knowledge) -> bool:
    if isinstance(criterion, Is):
        return _is_of_b12(criterion, knowledge)
    if isinstance(criterion, Not):
        return False
    without = sum(not _rests_on_b12(part, knowledge) for part in criterion.parts)
    return without < criterion.count
