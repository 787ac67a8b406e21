"""From what is known of a patient to what can be said of them and what is worth doing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from .classify import Classified, classify
from .criteria import NOTHING, Known, opinion_of
from .headline import Headline, headline
from .knowledge import GRADES, URGENCIES, Condition, Effect, Investigation, Knowledge, Recommendation, Support
from .learnable import Learnable
from .opinions import Opinion, Outcome, as_known, inheriting, opinions, outcome
from .picture import PatientPicture, Problem, questions
from .plan import Facts, Plan, plan_of

HEADLINE = "b12_state"
LEVEL = {level: place for place, level in enumerate(Support)}
TOWARDS = (Effect.ESTABLISHES, Effect.SUPPORTS)


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation together with what became of it."""

    recommendation: Recommendation
    outcome: Outcome

    @property
    def firm(self) -> bool:
        return not self.outcome.depends_on


@dataclass(frozen=True, slots=True)
class Offer:
    """An investigation worth ordering: the advice that asks for it, and what it would settle."""

    investigation: Investigation
    advice: tuple[Advice, ...]
    settles: tuple[str, ...]

    @property
    def urgency(self) -> str:
        return min((a.recommendation.urgency for a in self.advice), key=URGENCIES.index)


@dataclass(frozen=True, slots=True)
class Cause:
    """One line of the causes: the opinion on a condition, and those shown under it that have something to say."""

    condition: str
    opinions: tuple[Opinion, ...]

    @property
    def support(self) -> Support:
        return min([o.support for o in self.opinions], key=LEVEL.__getitem__)

    @property
    def leading(self) -> Opinion:
        """The opinion that gives the line its level."""
        return min(self.opinions, key=lambda o: (LEVEL[o.support], not o.firm))


@dataclass(frozen=True)
class Interpretation:
    """What is said of one patient. Of the same picture and the same knowledge, always the same.

    ``of_causes`` are the opinions on all causes; ``causes`` the lines of those that something suggests.
    ``read_by_advice`` is all that recommendations speak of: findings, the headline, and opinions as they stand.
    """

    picture: PatientPicture
    knowledge: Knowledge
    classified: Classified
    headline: Headline
    b12_states: tuple[Opinion, ...]
    of_causes: tuple[Opinion, ...] = field(repr=False)
    causes: tuple[Cause, ...]
    advice: tuple[Advice, ...]
    held_back: tuple[Advice, ...]
    if_advice: tuple[Advice, ...]
    read_by_advice: Known = field(repr=False)

    @property
    def known(self) -> Mapping[str, frozenset[str]]:
        return self.classified.known

    def of(self, condition: str) -> Opinion:
        """The opinion on one condition. Raises KeyError if it has no rules."""
        return self._by_condition[condition]

    @cached_property
    def _by_condition(self) -> dict[str, Opinion]:
        return {opinion.condition: opinion for opinion in (*self.b12_states, *self.of_causes)}

    @cached_property
    def investigations(self) -> tuple[Offer, ...]:
        """The investigations worth ordering, most urgent first; one that another includes is part of that."""
        asked: dict[str, list[Advice]] = {}
        for one in self.advice:
            if one.recommendation.kind == "investigation" and one.recommendation.stance == "do":
                asked.setdefault(one.recommendation.target, []).append(one)
        for slug in sorted(asked, key=lambda s: len(self.knowledge.investigations[s].includes)):
            wider = [s for s in asked if s != slug and slug in self.knowledge.investigations[s].includes]
            if wider:
                asked[min(wider)].extend(asked.pop(slug))
        return tuple(sorted((self._offer(slug, advice) for slug, advice in asked.items()), key=_in_order_of_offers))

    def _offer(self, slug: str, advice: list[Advice]) -> Offer:
        investigation = self.knowledge.investigations[slug]
        settles = tuple(name for name in investigation.measures if len(self.known.get(name, ())) != 1)
        return Offer(investigation, tuple(advice), settles)

    @cached_property
    def questions(self) -> tuple[Problem, ...]:
        """What should be asked back about what was entered."""
        return questions(self.picture, self.knowledge)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The findings that rules wait for, those that may change the headline first, then by how many wait."""
        wanted: Counter[str] = Counter()
        for opinion in (*self.b12_states, *self.of_causes):
            for rule in opinion.met_in_part:
                wanted.update(self.findings_behind(rule.when.evaluate(opinion.known).missing))
        changing = set(self.headline.may_change)
        return tuple(sorted({*wanted, *changing}, key=lambda name: (name not in changing, -wanted[name], name)))

    def findings_behind(self, subjects: Iterable[str]) -> frozenset[str]:
        """What could be told or measured to settle ``subjects``, opinions and the headline among them."""
        names: set[str] = set()
        for subject in subjects:
            if subject == HEADLINE:
                names.update(self.headline.may_change)
            elif subject.startswith("@"):
                names.update(self.findings_behind(self.of(subject[1:]).missing))
            else:
                names.update(self.headline.learnable.behind((subject,)))
        return frozenset(names)

    def evidence_behind(self, subjects: Iterable[str]) -> frozenset[str]:
        """The findings that decided ``subjects``, opinions and the headline among them."""
        names: set[str] = set()
        for subject in subjects:
            if subject == HEADLINE or subject.startswith("@"):
                opinion = self.headline.opinion if subject == HEADLINE else self.of(subject[1:])
                for reason in opinion.reasons if opinion else ():
                    names.update(self.evidence_behind(reason.outcome.because))
            else:
                names.add(subject)
        return frozenset(names)


def interpret(picture: PatientPicture, knowledge: Knowledge) -> Interpretation:
    """What ``knowledge`` makes of ``picture``. The same two always give the same."""
    plan = plan_of(knowledge)
    classified = classify(picture, knowledge)
    facts = classified.facts
    states = tuple(opinions(knowledge.b12_states, plan, facts, classified.known, {}))
    leads = headline(states, Learnable(classified))
    read_by_causes = _learnt(as_known(states), facts, classified.known)
    conditional = _conditional(states)
    if leads.opinion:
        read_by_causes |= _learnt({HEADLINE: frozenset({leads.opinion.condition})}, facts, {})
        if leads.opinion.depends_on:
            conditional[HEADLINE] = leads.opinion.depends_on
    causes = opinions(plan.causes, plan, facts, read_by_causes, conditional)
    read_by_advice = _learnt(as_known(causes), facts, read_by_causes)
    advice, waiting = _advice(plan, facts, read_by_advice, conditional | _conditional(causes))
    given, held_back = _without_held_back(advice)
    return Interpretation(
        picture, knowledge, classified, leads, states, tuple(causes), _lines(causes, plan), given, held_back, waiting, read_by_advice
    )


def _learnt(more: Known, facts: Facts, known: Known) -> dict[str, Set[str]]:
    """All that is known with ``more``, which ``facts`` take in."""
    for subject, states in more.items():
        facts.learn(subject, states)
    return {**known, **more}


def _conditional(given: Iterable[Opinion]) -> dict[str, frozenset[str]]:
    return {opinion_of(o.condition): o.depends_on for o in given if o.depends_on}


def _lines(causes: Iterable[Opinion], plan: Plan) -> tuple[Cause, ...]:
    """One line a family, best supported first; what nothing suggests is left out.

    Nothing suggests what is undetermined while no rule is met even in part.
    """
    suggested = {
        one.condition: one
        for one in causes
        if one.support is not Support.NOT_SUGGESTED and (one.support is not Support.UNDETERMINED or one.met_in_part)
    }
    lines: list[tuple[tuple[int, ...], Cause]] = []
    for leader, members in plan.families:
        shown = tuple([suggested[slug] for slug in members if slug in suggested])
        if shown:
            line = Cause(leader.slug, shown)
            lines.append((_in_order_of_causes(line, leader), line))
    lines.sort(key=itemgetter(0))
    return tuple([line for _, line in lines])


def _in_order_of_causes(line: Cause, leader: Condition) -> tuple[int, ...]:
    """Level; then best grade, number of distinct findings in the reasons, urgency if missed, and (as they come) name."""
    reasons = [r for o in line.opinions for r in o.reasons]
    if not reasons:
        return (LEVEL[line.support],)
    reasons = [r for r in reasons if r.rule.effect in TOWARDS] or reasons
    grade = min([GRADES.index(r.rule.citation.grade) for r in reasons])
    findings = NOTHING.union(*[r.outcome.because for r in reasons])
    return (LEVEL[line.support], grade, -len(findings), URGENCIES.index(leader.urgency))


def _advice(
    plan: Plan, facts: Facts, known: Known, conditional: Mapping[str, frozenset[str]]
) -> tuple[list[Advice], tuple[Advice, ...]]:
    """The recommendations that hold, and those that would if something not yet known were so."""
    holding: list[Advice] = []
    waiting: list[Advice] = []
    for asked in plan.advice:
        recommendation, holds = asked.part, asked.when.holds(facts)
        if holds is False or (asked.unless and asked.unless.holds(facts)):
            continue
        if holds:
            result = outcome(recommendation.when, recommendation.unless, known)
            holding.append(Advice(recommendation, inheriting(result, recommendation.when, known, conditional)))
        elif recommendation.stance == "do" and asked.when.is_met_in_part(facts):
            waiting.append(Advice(recommendation, outcome(recommendation.when, recommendation.unless, known)))
    return sorted(holding, key=_in_order_of_urgency), tuple(sorted(waiting, key=_in_order_of_urgency))


def _without_held_back(advice: Sequence[Advice]) -> tuple[tuple[Advice, ...], tuple[Advice, ...]]:
    """On one target a firm hold beats a do, unless that do is for the same day; then the hold gives way."""
    targets: dict[str, list[Advice]] = {}
    for one in advice:
        targets.setdefault(one.recommendation.target, []).append(one)
    held_back: set[str] = set()
    for together in targets.values():
        holds = [a for a in together if a.recommendation.stance == "hold" and a.firm]
        dos = [a for a in together if a.recommendation.stance == "do"]
        if holds and dos:
            same_day = any(a.recommendation.urgency == "same_day" for a in dos)
            held_back.update(a.recommendation.slug for a in (holds if same_day else dos))
    return (
        tuple(a for a in advice if a.recommendation.slug not in held_back),
        tuple(a for a in advice if a.recommendation.slug in held_back),
    )


def _in_order_of_urgency(advice: Advice) -> tuple[int, str]:
    return URGENCIES.index(advice.recommendation.urgency), advice.recommendation.slug


def _in_order_of_offers(offer: Offer) -> tuple[int, int, int, str]:
    cost = offer.investigation.cost or 9
    return URGENCIES.index(offer.urgency), -len(offer.advice), cost, offer.investigation.slug
