"""The B12 state that leads the answer, and everything that could change which one leads."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from .classify import Classified
from .criteria import NOTHING
from .knowledge import Effect
from .learnable import Learnable
from .opinions import Opinion, leading, opinion, pivotal
from .plan import plan_of


@dataclass(frozen=True)
class Headline:
    """The leading opinion, if any state holds.

    ``in_scope`` are the opinions that decide which state leads: that one and those before it, or all.
    """

    opinion: Opinion | None
    in_scope: tuple[Opinion, ...]
    learnable: Learnable = field(repr=False, compare=False)

    @property
    def state(self) -> str | None:
        return self.opinion.condition if self.opinion else None

    @cached_property
    def may_change(self) -> tuple[str, ...]:
        """The findings through which alone the headline can change."""
        names = NOTHING.union(*[_open(opinion) for opinion in self.in_scope])
        return tuple(sorted(self.learnable.behind(names)))


def states_of(classified: Classified) -> tuple[Opinion, ...]:
    """The opinions on the B12 states, in the order of the headline."""
    knowledge, facts, known = classified.knowledge, classified.facts, classified.known
    rules = plan_of(knowledge).rules
    return tuple([opinion(slug, rules[slug], facts, known, {}) for slug in knowledge.b12_states])


def headline(states: Iterable[Opinion], learnable: Learnable) -> Headline:
    """The first state, in their order, that is established or supported; failing that the first disputed."""
    states = tuple(states)
    for place, one in enumerate(states):
        if leading(one.support) == 2:
            return Headline(one, states[: place + 1], learnable)
    disputed = next((o for o in states if leading(o.support) == 1), None)
    return Headline(disputed, states, learnable)


def _open(opinion: Opinion) -> frozenset[str]:
    """What is missing in the rules whose effect may still come or go, and would change the support by it."""
    sure = frozenset([r.rule.effect for r in opinion.reasons if not r.outcome.depends_on])
    may: list[tuple[Effect, frozenset[str]]] = [
        *[(r.rule.effect, r.outcome.depends_on) for r in opinion.reasons if r.outcome.depends_on],
        *[(r.rule.effect, r.outcome.missing) for r in opinion.waiting],
    ]
    matter = pivotal(sure, frozenset([effect for effect, _ in may]), leading)
    return NOTHING.union(*[missing for effect, missing in may if effect in matter])
