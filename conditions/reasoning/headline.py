"""The B12 state that leads the answer, and everything that could change which one leads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .classify import Classified
from .criteria import NOTHING, subjects
from .derived import DERIVED
from .knowledge import Effect, Knowledge
from .opinions import Opinion, leading, pivotal

@dataclass(frozen=True, slots=True)
class Headline:
    """The leading opinion, if any state holds, and the findings through which alone the headline can change."""

    opinion: Opinion | None
    may_change: tuple[str, ...]

    @property
    def state(self) -> str | None:
        return self.opinion.condition if self.opinion else None


def headline(states: Iterable[Opinion], classified: Classified, knowledge: Knowledge) -> Headline:
    """The first state, in their order, that is established or supported; failing that the first disputed."""
    states = tuple(states)
    leads = next((o for o in states if leading(o.support) == 2), None)
    in_scope = states[: states.index(leads) + 1] if leads else states
    leads = leads or next((o for o in states if leading(o.support) == 1), None)
    names = NOTHING.union(*[_open(opinion) for opinion in in_scope])
    return Headline(leads, tuple(sorted(settled_by(names, classified, knowledge))))


def _open(opinion: Opinion) -> frozenset[str]:
    """What is missing in the rules whose effect may still come or go, and would change the support by it."""
    sure = frozenset([r.rule.effect for r in opinion.reasons if not r.outcome.depends_on])
    may: list[tuple[Effect, frozenset[str]]] = [
        *[(r.rule.effect, r.outcome.depends_on) for r in opinion.reasons if r.outcome.depends_on],
        *[(r.rule.effect, r.outcome.missing) for r in opinion.waiting],
    ]
    matter = pivotal(sure, frozenset([effect for effect, _ in may]), leading)
    return NOTHING.union(*[missing for effect, missing in may if effect in matter])


def settled_by(names: Iterable[str], classified: Classified, knowledge: Knowledge) -> set[str]:
    """The findings that may be told or measured to settle ``names``: definitions opened to their leaves.

    To a finding read on a scale belong its amount and what selects the limits; to one that can be
    implied, what implies it; to a computed one, what it is computed from.
    """
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(_behind(name, classified, knowledge))
    return {name for name in found if can_be_told(name, knowledge) and not _is_settled(name, classified, knowledge)}


def can_be_told(name: str, knowledge: Knowledge) -> bool:
    """Whether a picture may name the finding, rather than have it worked out."""
    finding = knowledge.findings[name]
    return finding.asked != "never" or not (finding.defined_as or finding.reads)


def _is_settled(name: str, classified: Classified, knowledge: Knowledge) -> bool:
    """Whether nothing further can be learnt of the finding, nor of any other read from its amount."""
    if name in classified.amounts:
        read_from_it = [f for f in knowledge.findings.values() if f.limits and f.amount == name]
        exact = not classified.amounts[name].comparator
        return exact and all(len(classified.known.get(f.slug, ())) == 1 for f in read_from_it)
    return len(classified.known.get(name, ())) == 1


def _behind(name: str, classified: Classified, knowledge: Knowledge) -> Iterator[str]:
    finding = knowledge.findings[name]
    if finding.defined_as:
        verdict = classified.definitions.get(name)
        yield from verdict.missing if verdict else subjects(finding.defined_as)
    if finding.derived:
        yield from DERIVED[finding.derived].inputs
    if finding.limits:
        yield finding.amount
        for limits in finding.limits:
            if limits.when:
                yield from limits.when.evaluate(classified.known).missing
    yield from _implied_by(knowledge).get(name, ())


@lru_cache(maxsize=16)
def _implied_by(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """For each finding that another implies, those others."""
    implied: dict[str, tuple[str, ...]] = {}
    for finding in knowledge.findings.values():
        for implication in finding.implies:
            implied[implication.finding] = (*implied.get(implication.finding, ()), finding.slug)
    return implied
