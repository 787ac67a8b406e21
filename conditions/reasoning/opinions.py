"""Steps 2 and 3: which rules hold, and how a condition stands when all their effects are weighed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from .criteria import NOTHING, Criterion, Known, Verdict, opinion_of, subjects
from .knowledge import Effect, Knowledge, Recommendation, Rule, Support


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


FAILS = Outcome(Status.FAILS)


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


@dataclass(frozen=True, slots=True)
class Opinion:
    """How one condition stands, and all that bears on it.

    ``depends_on`` names what the support rests on without having been asked or measured; it is empty
    exactly if the support is firm. ``missing`` is what waiting rules wait for.
    """

    condition: str
    support: Support
    depends_on: frozenset[str]
    reasons: tuple[Reason, ...]
    set_aside: tuple[Reason, ...]
    waiting: tuple[Reason, ...]

    @property
    def firm(self) -> bool:
        return not self.depends_on

    @property
    def missing(self) -> frozenset[str]:
        return NOTHING.union(*[reason.outcome.missing for reason in self.waiting])


def support(effects: frozenset[Effect], *, waits: bool = False) -> Support:
    """How a condition stands, from the effects of the rules that hold: strong answers strong."""
    if Effect.ESTABLISHES in effects:
        return Support.DISPUTED if Effect.EXCLUDES in effects else Support.ESTABLISHED
    if Effect.EXCLUDES in effects:
        return Support.EXCLUDED
    if Effect.SUPPORTS in effects:
        return Support.DISPUTED if Effect.OPPOSES in effects else Support.SUPPORTED
    if Effect.OPPOSES in effects:
        return Support.OPPOSED
    return Support.UNDETERMINED if waits else Support.NOT_SUGGESTED


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


def opinion(condition: str, rules: Iterable[Rule], known: Known, conditional: Mapping[str, frozenset[str]]) -> Opinion:
    """The opinion on one condition.

    ``conditional`` tells, of opinions that ``known`` takes as they stand, what they depend on: a rule
    that rests on such an opinion depends on it as well.
    """
    reasons: list[Reason] = []
    set_aside: list[Reason] = []
    waiting: list[Reason] = []
    for rule in rules:
        result = inheriting(outcome(rule.when, rule.unless, known), conditional)
        if result.status is Status.HOLDS:
            reasons.append(Reason(rule, result))
        elif result.status is Status.WAITS:
            waiting.append(Reason(rule, result))
        elif result.status is Status.SET_ASIDE:
            set_aside.append(Reason(rule, result))
    effects = frozenset([reason.rule.effect for reason in reasons])
    depends_on = NOTHING
    if any(reason.outcome.depends_on for reason in reasons):
        sure = frozenset([r.rule.effect for r in reasons if not r.outcome.depends_on])
        matter = pivotal(sure, effects)
        depends_on = NOTHING.union(*[r.outcome.depends_on for r in reasons if r.rule.effect in matter])
    return Opinion(
        condition, support(effects, waits=bool(waiting)), depends_on, tuple(reasons), tuple(set_aside), tuple(waiting)
    )


def inheriting(result: Outcome, conditional: Mapping[str, frozenset[str]]) -> Outcome:
    """The outcome with the conditions of the opinions it rests on added to its own."""
    if result.status is not Status.HOLDS or result.because.isdisjoint(conditional):
        return result
    inherited = NOTHING.union(*[conditional[subject] for subject in result.because if subject in conditional])
    return Outcome(Status.HOLDS, result.because, result.depends_on | inherited)


@dataclass(frozen=True, slots=True)
class Plan:
    """Knowledge arranged for asking: rules by condition, and what each part could be touched by."""

    rules: Mapping[str, tuple[Rule, ...]]
    causes: tuple[str, ...]
    touching: Mapping[str, frozenset[str]]
    blank: Mapping[str, Opinion]
    advice_touching: Mapping[str, tuple[Recommendation, ...]]


@lru_cache(maxsize=16)
def plan_of(knowledge: Knowledge) -> Plan:
    """The arrangement of ``knowledge``, made once.

    A condition none of whose rules speaks of anything known has the opinion it has of a patient of
    whom nothing is known, which is kept in ``blank``.
    """
    rules: dict[str, list[Rule]] = {slug: [] for slug in knowledge.conditions}
    for rule in knowledge.rules.values():
        rules[rule.condition].append(rule)
    touching: dict[str, set[str]] = {}
    for slug, its in rules.items():
        for rule in its:
            for subject in subjects(rule.when) | subjects(rule.unless):
                touching.setdefault(subject, set()).add(slug)
    advice: dict[str, dict[str, Recommendation]] = {}
    for recommendation in knowledge.recommendations.values():
        for subject in subjects(recommendation.when) | subjects(recommendation.unless):
            advice.setdefault(subject, {})[recommendation.slug] = recommendation
    states = set(knowledge.b12_states)
    return Plan(
        rules={slug: tuple(its) for slug, its in rules.items()},
        causes=tuple(slug for slug in knowledge.conditions if slug not in states and rules[slug]),
        touching={subject: frozenset(slugs) for subject, slugs in touching.items()},
        blank={slug: opinion(slug, its, {}, {}) for slug, its in rules.items()},
        advice_touching={subject: tuple(some.values()) for subject, some in advice.items()},
    )


def opinions(
    conditions: Iterable[str], knowledge: Knowledge, known: Known, conditional: Mapping[str, frozenset[str]]
) -> list[Opinion]:
    """The opinion on each of ``conditions``, in that order."""
    plan = plan_of(knowledge)
    touched = NOTHING.union(*[plan.touching[subject] for subject in known if subject in plan.touching])
    return [
        opinion(slug, plan.rules[slug], known, conditional) if slug in touched else plan.blank[slug] for slug in conditions
    ]


def as_known(given: Iterable[Opinion]) -> dict[str, frozenset[str]]:
    """Opinions as later strata read them: undetermined is unknown, and left out."""
    return {
        opinion_of(one.condition): frozenset({one.support.value})
        for one in given
        if one.support is not Support.UNDETERMINED
    }
