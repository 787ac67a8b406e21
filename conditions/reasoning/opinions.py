"""Steps 2 and 3: which rules hold, and how a condition stands when all their effects are weighed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import combinations

from .criteria import NOTHING, Criterion, Known, Verdict, opinion_of
from .knowledge import Effect, Rule, Support
from .plan import Asked, Facts, Plan


class Status(StrEnum):
    """What becomes of a rule or a recommendation for one patient."""

    HOLDS = "holds"
    SET_ASIDE = "set aside"
    WAITS = "waits"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A rule's status with what decided it.

    ``depends_on``: what a rule that holds would be spoilt by, if it were so; empty if it holds firmly.
    ``missing``: what a rule that waits waits for. ``spoilt_by``: why a rule is set aside.
    """

    status: Status
    because: frozenset[str] = NOTHING
    depends_on: frozenset[str] = NOTHING
    missing: frozenset[str] = NOTHING
    spoilt_by: frozenset[str] = NOTHING


def outcome(when: Criterion, unless: Criterion | None, known: Known) -> Outcome:
    """The status of a statement: what it needs stands in ``when``, what would spoil it in ``unless``."""
    needed = when.evaluate(known)
    if needed.holds is False:
        return Outcome(Status.FAILS, needed.because)
    spoilt = unless.evaluate(known) if unless else Verdict(False)
    if spoilt.holds:
        return Outcome(Status.SET_ASIDE, needed.because, spoilt_by=spoilt.because)
    if needed.holds is None:
        return Outcome(Status.WAITS, missing=needed.missing)
    return Outcome(Status.HOLDS, needed.because, depends_on=spoilt.missing)


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule together with what became of it."""

    rule: Rule
    outcome: Outcome


@dataclass(frozen=True)
class Opinion:
    """How one condition stands, and all that bears on it.

    ``depends_on`` names what the support rests on without having been asked or measured; it is empty
    exactly if the support is firm. ``missing`` is what waiting rules wait for. ``met_in_part`` are those
    of the waiting rules of which, of several things they need, at least one is so.
    """

    condition: str
    support: Support
    depends_on: frozenset[str] = NOTHING
    reasons: tuple[Reason, ...] = ()
    set_aside: tuple[Reason, ...] = ()
    waits: tuple[Rule, ...] = ()
    met_in_part: tuple[Asked[Rule], ...] = ()
    known: Known = field(default_factory=dict, repr=False, compare=False)

    @property
    def firm(self) -> bool:
        return not self.depends_on

    @cached_property
    def waiting(self) -> tuple[Reason, ...]:
        return tuple(Reason(rule, outcome(rule.when, rule.unless, self.known)) for rule in self.waits)

    @property
    def missing(self) -> frozenset[str]:
        return NOTHING.union(*[reason.outcome.missing for reason in self.waiting])


def support(effects: frozenset[Effect], *, waits: bool = False) -> Support:
    """How a condition stands, from the effects of the rules that hold: strong answers strong."""
    if not effects:
        return Support.UNDETERMINED if waits else Support.NOT_SUGGESTED
    if Effect.ESTABLISHES in effects:
        return Support.DISPUTED if Effect.EXCLUDES in effects else Support.ESTABLISHED
    if Effect.EXCLUDES in effects:
        return Support.EXCLUDED
    if Effect.SUPPORTS in effects:
        return Support.DISPUTED if Effect.OPPOSES in effects else Support.SUPPORTED
    return Support.OPPOSED


def leading(level: Support) -> int:
    """2 where the level lets a B12 state lead, 1 where it does so only for want of a better, else 0."""
    return 2 if level in (Support.ESTABLISHED, Support.SUPPORTED) else int(level is Support.DISPUTED)


@lru_cache(maxsize=1024)
def pivotal(
    sure: frozenset[Effect], open_: frozenset[Effect], compared_by: Callable[[Support], object] = str
) -> frozenset[Effect]:
    """The effects of ``open_`` whose coming or going can change the support, given that ``sure`` stay."""
    found = set()
    for effect in open_ - sure:
        others = open_ - sure - {effect}
        for count in range(len(others) + 1):
            for some in combinations(sorted(others), count):
                base = sure | frozenset(some)
                if compared_by(support(base)) != compared_by(support(base | {effect})):
                    found.add(effect)
    return frozenset(found)


NO_EFFECT: frozenset[Effect] = frozenset()


def opinion(
    condition: str,
    rules: Iterable[Asked[Rule]],
    facts: Facts,
    known: Known,
    conditional: Mapping[str, frozenset[str]],
) -> Opinion:
    """The opinion on one condition, from what is ``known``, arranged as ``facts``.

    ``conditional`` tells, of opinions that ``known`` takes as they stand, what they depend on: a rule
    that rests on such an opinion depends on it as well.
    """
    reasons: list[Reason] = []
    set_aside: list[Reason] = []
    waits: list[Rule] = []
    met_in_part: list[Asked[Rule]] = []
    true, false = facts.true, facts.false
    for asked in rules:
        rule, kills = asked.part, asked.kills
        if false & kills:
            continue
        if asked.plain and (met := true & kills) != kills:
            waits.append(rule)
            if met:
                met_in_part.append(asked)
            continue
        holds = asked.when.holds(facts)
        if holds is False:
            continue
        if asked.unless and asked.unless.holds(facts):
            set_aside.append(Reason(rule, outcome(rule.when, rule.unless, known)))
        elif holds:
            result = outcome(rule.when, rule.unless, known)
            reasons.append(Reason(rule, inheriting(result, rule.when, known, conditional)))
        else:
            waits.append(rule)
            if asked.when.is_met_in_part(facts):
                met_in_part.append(asked)
    effects = frozenset([reason.rule.effect for reason in reasons]) if reasons else NO_EFFECT
    depends_on = NOTHING
    if any(reason.outcome.depends_on for reason in reasons):
        sure = frozenset([r.rule.effect for r in reasons if not r.outcome.depends_on])
        matter = pivotal(sure, effects)
        depends_on = NOTHING.union(*[r.outcome.depends_on for r in reasons if r.rule.effect in matter])
    return Opinion(
        condition,
        support(effects, waits=bool(waits)),
        depends_on,
        tuple(reasons),
        tuple(set_aside),
        tuple(waits),
        tuple(met_in_part),
        known,
    )


def inheriting(
    result: Outcome, when: Criterion, known: Known, conditional: Mapping[str, frozenset[str]]
) -> Outcome:
    """The outcome of a statement that holds, with the conditions of the opinions it cannot do without."""
    if not conditional or result.because.isdisjoint(conditional):
        return result
    without = {subject: known[subject] for subject in result.because if subject not in conditional}
    if (alone := when.evaluate(without)).holds:
        return replace(result, because=alone.because)
    inherited = NOTHING.union(*[conditional[subject] for subject in result.because if subject in conditional])
    return replace(result, depends_on=result.depends_on | inherited)


def opinions(
    conditions: Iterable[str],
    plan: Plan,
    facts: Facts,
    known: Known,
    conditional: Mapping[str, frozenset[str]],
) -> tuple[list[Opinion], list[str]]:
    """The opinions on those of ``conditions`` of which anything known speaks, and those ruled out.

    Of the first some statement in a rule is true; of the second every rule has failed and nothing can
    suggest them any more. All rules of the rest wait, or have failed, without any being met in part.
    """
    spoken_of: list[Opinion] = []
    ruled_out: list[str] = []
    true, false = facts.true, facts.false
    for slug in conditions:
        touches = plan.touches[slug]
        if true & touches:
            spoken_of.append(opinion(slug, plan.rules[slug], facts, known, conditional))
        elif false & touches and all(a.when.holds(facts) is False for a in plan.rules[slug]):
            ruled_out.append(slug)
    return spoken_of, ruled_out


def as_known(given: Iterable[Opinion], ruled_out: Iterable[str] = ()) -> dict[str, frozenset[str]]:
    """Opinions as later strata read them: undetermined is unknown, and left out."""
    known = {
        opinion_of(one.condition): STATES[one.support]
        for one in given
        if one.support is not Support.UNDETERMINED
    }
    for condition in ruled_out:
        known[opinion_of(condition)] = STATES[Support.NOT_SUGGESTED]
    return known


STATES = {level: frozenset({level.value}) for level in Support}
