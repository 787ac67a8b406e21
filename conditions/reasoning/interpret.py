"""From what is known of a patient to what can be said of them and what is worth doing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .classify import Classified, classify
from .criteria import NOTHING, AtLeast, Criterion, Known, opinion_of
from .headline import Headline, headline, settled_by
from .knowledge import GRADES, URGENCIES, Effect, Investigation, Knowledge, Recommendation, Support
from .opinions import Opinion, Outcome, Status, as_known, inheriting, opinions, outcome, plan_of
from .picture import PatientPicture, Problem, questions

HEADLINE = "b12_state"
LEVELS_IN_ORDER = tuple(Support)
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
        return min((o.support for o in self.opinions), key=LEVELS_IN_ORDER.index)

    @property
    def leading(self) -> Opinion:
        """The opinion that gives the line its level."""
        return min(self.opinions, key=lambda o: (LEVELS_IN_ORDER.index(o.support), not o.firm))


@dataclass(frozen=True)
class Interpretation:
    """What is said of one patient. Of the same picture and the same knowledge, always the same."""

    picture: PatientPicture
    knowledge: Knowledge
    classified: Classified
    headline: Headline
    b12_states: tuple[Opinion, ...]
    causes: tuple[Cause, ...]
    advice: tuple[Advice, ...]
    held_back: tuple[Advice, ...]
    if_advice: tuple[Advice, ...]

    @property
    def known(self) -> Mapping[str, frozenset[str]]:
        return self.classified.known

    def of(self, condition: str) -> Opinion:
        """The opinion on one condition. Raises KeyError if it has no rules."""
        return self._by_condition[condition]

    @cached_property
    def _by_condition(self) -> dict[str, Opinion]:
        of_causes = [opinion for cause in self.causes for opinion in cause.opinions]
        blank = {slug: plan_of(self.knowledge).blank[slug] for slug in plan_of(self.knowledge).causes}
        return blank | {o.condition: o for o in (*self.b12_states, *of_causes)}

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
        for opinion in (*self.b12_states, *[o for cause in self.causes for o in cause.opinions]):
            for reason in opinion.waiting:
                if _is_partly_met(reason.rule.when, self.read_by_advice):
                    wanted.update(self.findings_behind(reason.outcome.missing))
        changing = set(self.headline.may_change)
        return tuple(sorted({*wanted, *changing}, key=lambda name: (name not in changing, -wanted[name], name)))

    @cached_property
    def read_by_advice(self) -> Known:
        """All that recommendations speak of: findings, the headline, and opinions as they stand."""
        return _with_headline(self.known, self.headline) | as_known(self._by_condition.values())

    def findings_behind(self, subjects: Iterable[str]) -> frozenset[str]:
        """What could be told or measured to settle ``subjects``, opinions and the headline among them."""
        names: set[str] = set()
        for subject in subjects:
            if subject == HEADLINE:
                names.update(self.headline.may_change)
            elif subject.startswith("@"):
                names.update(self.findings_behind(self.of(subject[1:]).missing))
            else:
                names.update(settled_by((subject,), self.classified, self.knowledge))
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
    states = tuple(opinions(knowledge.b12_states, knowledge, classified.known, {}))
    leads = headline(states, classified, knowledge)
    known = _with_headline(classified.known, leads) | as_known(states)
    conditional = _conditional(states)
    if leads.opinion and leads.opinion.depends_on:
        conditional[HEADLINE] = leads.opinion.depends_on
    causes = opinions(plan.causes, knowledge, known, conditional)
    known |= as_known(causes)
    conditional |= _conditional(causes)
    advice, waiting = _advice(knowledge, known, conditional)
    given, held_back = _without_held_back(advice)
    return Interpretation(
        picture, knowledge, classified, leads, states, _lines(causes, knowledge), given, held_back, waiting
    )


def _with_headline(known: Known, leads: Headline) -> dict[str, frozenset[str]]:
    extended = {name: frozenset(states) for name, states in known.items()}
    if leads.state:
        extended[HEADLINE] = frozenset({leads.state})
    return extended


def _conditional(given: Sequence[Opinion]) -> dict[str, frozenset[str]]:
    return {opinion_of(o.condition): o.depends_on for o in given if o.depends_on}


def _lines(causes: Sequence[Opinion], knowledge: Knowledge) -> tuple[Cause, ...]:
    """One line a family, best supported first; what nothing suggests is left out."""
    families: dict[str, list[Opinion]] = {}
    for one in causes:
        if one.support is not Support.NOT_SUGGESTED:
            leader = knowledge.conditions[one.condition].shown_under or one.condition
            families.setdefault(leader, []).append(one)
    lines = [Cause(leader, tuple(members)) for leader, members in families.items()]
    return tuple(sorted(lines, key=lambda line: _in_order_of_causes(line, knowledge)))


def _in_order_of_causes(line: Cause, knowledge: Knowledge) -> tuple[int, int, int, int, str]:
    """Level; then best grade, number of distinct findings in the reasons, urgency if missed, and name."""
    condition = knowledge.conditions[line.condition]
    if line.support is Support.UNDETERMINED:
        return (LEVELS_IN_ORDER.index(line.support), 0, 0, 0, condition.name)
    reasons = [r for o in line.opinions for r in o.reasons]
    reasons = [r for r in reasons if r.rule.effect in TOWARDS] or reasons
    grade = min(GRADES.index(r.rule.citation.grade) for r in reasons)
    findings = NOTHING.union(*[r.outcome.because for r in reasons])
    level = LEVELS_IN_ORDER.index(line.support)
    return (level, grade, -len(findings), URGENCIES.index(condition.urgency), condition.name)


def _advice(
    knowledge: Knowledge, known: Known, conditional: Mapping[str, frozenset[str]]
) -> tuple[list[Advice], tuple[Advice, ...]]:
    """The recommendations that hold, and those that would if something not yet known were so."""
    touching = plan_of(knowledge).advice_touching
    touched = {r.slug: r for subject in known for r in touching.get(subject, ())}
    holding: list[Advice] = []
    waiting: list[Advice] = []
    for slug in sorted(touched):
        recommendation = touched[slug]
        result = inheriting(outcome(recommendation.when, recommendation.unless, known), conditional)
        if result.status is Status.HOLDS:
            holding.append(Advice(recommendation, result))
        elif (
            result.status is Status.WAITS and recommendation.stance == "do" and _is_partly_met(recommendation.when, known)
        ):
            waiting.append(Advice(recommendation, result))
    return sorted(holding, key=_in_order_of_urgency), tuple(sorted(waiting, key=_in_order_of_urgency))


def _is_partly_met(criterion: Criterion, known: Known) -> bool:
    """Whether, of several things a statement needs, at least one is so."""
    return isinstance(criterion, AtLeast) and any(part.evaluate(known).holds for part in criterion.parts)


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
