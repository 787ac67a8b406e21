"""From what is known of a patient to what can be said of them and what is worth doing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .classify import PRESENT, Classified, classify
from .criteria import NOTHING, Known, opinion_of
from .headline import Headline, headline, states_of
from .knowledge import GRADES, URGENCIES, Condition, Effect, Investigation, Knowledge, Recommendation, Support
from .learnable import Learnable
from .opinions import Opinion, Outcome, as_known, inheriting, opinion, opinions, outcome
from .picture import PatientPicture, Problem, questions
from .plan import Asked, Facts, Plan, plan_of

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

    ``spoken_of`` are the opinions on the causes of which anything known speaks; ``causes`` are the lines of those
    that it suggests.
    ``read_by_advice`` is all that recommendations speak of: findings, the headline, and opinions as they stand.
    ``waiting`` are the recommendations met in part. ``besides`` is what is known apart from the headline and what
    it rests on.
    """

    picture: PatientPicture
    knowledge: Knowledge
    classified: Classified
    headline: Headline
    b12_states: tuple[Opinion, ...]
    spoken_of: tuple[Opinion, ...] = field(repr=False)
    causes: tuple[Cause, ...]
    besides: Facts = field(repr=False)
    advice: tuple[Advice, ...]
    held_back: tuple[Advice, ...]
    waiting: tuple[Asked[Recommendation], ...] = field(repr=False)
    read_by_advice: Known = field(repr=False)

    @property
    def known(self) -> Mapping[str, frozenset[str]]:
        return self.classified.known

    def of(self, condition: str) -> Opinion:
        """The opinion on one condition. Raises KeyError if there is none of that name."""
        found = self._by_condition.get(condition)
        if found is None:
            rules = plan_of(self.knowledge).rules[condition]
            found = opinion(condition, rules, self.classified.facts, self.read_by_advice, {})
        return found

    @cached_property
    def _by_condition(self) -> dict[str, Opinion]:
        return {one.condition: one for one in (*self.b12_states, *self.spoken_of)}

    @cached_property
    def if_advice(self) -> tuple[Advice, ...]:
        """What would be advised if something not yet known were so, most urgent first.

        A sign is among it always; anything else only if part of what it needs is so apart from the guideline in use
        and the B12 result that leads, or if it is a test that could change the headline.
        """
        return tuple(
            sorted(
                [
                    Advice(asked.part, outcome(asked.part.when, asked.part.unless, self.read_by_advice))
                    for asked in self.waiting
                    if asked.part.kind == "sign"
                    or asked.when.is_met_in_part(self.besides)
                    or self._could_change_headline(asked.part)
                ],
                key=_in_order_of_urgency,
            )
        )

    def _could_change_headline(self, recommendation: Recommendation) -> bool:
        if recommendation.kind != "investigation":
            return False
        measured = self.knowledge.investigations[recommendation.target].measures
        return not set(self.headline.may_change).isdisjoint(measured)

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
        return tuple(
            sorted((self._offer(slug, advice) for slug, advice in asked.items()), key=_in_order_of_offers)
        )

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
        """The findings that rules wait for, those that may change the headline first, then by how much waits."""
        plan, facts = plan_of(self.knowledge), self.classified.facts
        waited_for: Counter[int] = Counter()
        for one in (*self.b12_states, *self.spoken_of):
            for asked in one.met_in_part:
                waited_for[asked.when.open(facts)] += 1
        wanted: Counter[str] = Counter()
        for statements, count in waited_for.items():
            for subject in plan.subjects_of(statements):
                for name in self._findings_behind(subject):
                    wanted[name] += count
        changing = set(self.headline.may_change)
        return tuple(
            sorted({*wanted, *changing}, key=lambda name: (name not in changing, -wanted[name], name))
        )

    def findings_behind(self, subjects: Iterable[str]) -> frozenset[str]:
        """What could be told or measured to settle ``subjects``, opinions and the headline among them."""
        return NOTHING.union(*[self._findings_behind(subject) for subject in subjects])

    def _findings_behind(self, subject: str) -> frozenset[str]:
        if subject == HEADLINE:
            return frozenset(self.headline.may_change)
        if subject[0] == "@":
            return self.findings_behind(self.of(subject[1:]).missing)
        return self.headline.learnable.behind_one(subject)

    def evidence_behind(self, subjects: Iterable[str]) -> frozenset[str]:
        """The findings that decided ``subjects``, opinions and the headline among them."""
        names: set[str] = set()
        for subject in subjects:
            if subject == HEADLINE or subject.startswith("@"):
                one = self.headline.opinion if subject == HEADLINE else self.of(subject[1:])
                for reason in one.reasons if one else ():
                    names.update(self.evidence_behind(reason.outcome.because))
            else:
                names.add(subject)
        return frozenset(names)


def interpret(picture: PatientPicture, knowledge: Knowledge) -> Interpretation:
    """What ``knowledge`` makes of ``picture``. The same two always give the same."""
    plan = plan_of(knowledge)
    classified = classify(picture, knowledge)
    facts = classified.facts
    states = states_of(classified)
    leads = headline(states, Learnable(classified))
    learnt = as_known(states)
    conditional = _conditional(states)
    if leads.opinion:
        learnt[HEADLINE] = frozenset({leads.opinion.condition})
        if leads.opinion.depends_on:
            conditional[HEADLINE] = leads.opinion.depends_on
    facts.learn_all(learnt)
    read_by_causes = {**classified.known, **learnt}
    spoken_of, ruled_out = opinions(plan.causes, plan, facts, read_by_causes, conditional)
    learnt = as_known(spoken_of, ruled_out)
    facts.learn_all(learnt)
    read_by_advice = {**read_by_causes, **learnt}
    advice, waiting = _advice(plan, facts, read_by_advice, conditional | _conditional(spoken_of))
    given, held_back = _without_held_back(advice)
    besides = facts.without(_behind(leads, classified, plan))
    return Interpretation(
        picture=picture,
        knowledge=knowledge,
        classified=classified,
        headline=leads,
        b12_states=states,
        spoken_of=tuple(spoken_of),
        causes=_lines(spoken_of, plan, besides),
        besides=besides,
        advice=given,
        held_back=held_back,
        waiting=waiting,
        read_by_advice=read_by_advice,
    )


def _conditional(given: Iterable[Opinion]) -> dict[str, frozenset[str]]:
    return {opinion_of(o.condition): o.depends_on for o in given if o.depends_on}


def _behind(leads: Headline, classified: Classified, plan: Plan) -> int:
    """The statements on the headline, on the guideline, and on what follows from the amounts it rests on alone."""
    known, picture = classified.known, classified.picture
    subjects = {HEADLINE, "guideline", *map(opinion_of, classified.knowledge.b12_states)}
    for reason in leads.opinion.reasons if leads.opinion else ():
        subjects.update([name for name in reason.outcome.because if name in classified.readings])
    for step in plan.steps:
        definition = step.finding.defined_as
        if definition is None or known.get(step.slug) != PRESENT or step.slug in picture.stated:
            continue
        if definition.evaluate(known).because <= subjects:
            subjects.add(step.slug)
    statements = 0
    for subject in subjects:
        statements |= plan.about.get(subject, 0)
    return statements


def _lines(spoken_of: Iterable[Opinion], plan: Plan, besides: Facts) -> tuple[Cause, ...]:
    """One line a family, best supported first; what nothing suggests is left out.

    Nothing suggests what is undetermined while no rule is met even in part by anything ``besides`` the headline.
    """
    families: dict[int, list[Opinion]] = {}
    leaders: dict[int, Condition] = {}
    for one in spoken_of:
        undetermined = one.support is Support.UNDETERMINED
        suggested = any(asked.when.is_met_in_part(besides) for asked in one.met_in_part)
        if suggested if undetermined else one.support is not Support.NOT_SUGGESTED:
            place, leaders[place] = plan.lines[one.condition]
            families.setdefault(place, []).append(one)
    in_order = sorted(
        families, key=lambda place: (_in_order_of_causes(families[place], leaders[place]), place)
    )
    return tuple([Cause(leaders[place].slug, tuple(families[place])) for place in in_order])


NO_REASON = (LEVEL[Support.UNDETERMINED], 0, 0, 0)


def _in_order_of_causes(members: Sequence[Opinion], leader: Condition) -> tuple[int, int, int, int]:
    """Level; then best grade, number of distinct findings in the reasons, and urgency if missed."""
    if len(members) == 1 and not members[0].reasons:
        return NO_REASON
    reasons = [reason for one in members for reason in one.reasons]
    if not reasons:
        return NO_REASON
    level = min([LEVEL[one.support] for one in members])
    reasons = [r for r in reasons if r.rule.effect in TOWARDS] or reasons
    grade = min([GRADES.index(r.rule.citation.grade) for r in reasons])
    findings = NOTHING.union(*[r.outcome.because for r in reasons])
    return level, grade, -len(findings), URGENCIES.index(leader.urgency)


def _advice(
    plan: Plan, facts: Facts, known: Known, conditional: Mapping[str, frozenset[str]]
) -> tuple[list[Advice], tuple[Asked[Recommendation], ...]]:
    """The recommendations that hold, and those that are met in part and would hold if something more were so."""
    holding: list[Advice] = []
    waiting: list[Asked[Recommendation]] = []
    true, false = facts.true, facts.false
    for asked in plan.advice:
        if false & asked.kills or not true & asked.touches or (holds := asked.when.holds(facts)) is False:
            continue
        if asked.unless and asked.unless.holds(facts):
            continue
        recommendation = asked.part
        if holds:
            result = outcome(recommendation.when, recommendation.unless, known)
            holding.append(
                Advice(recommendation, inheriting(result, recommendation.when, known, conditional))
            )
        elif recommendation.stance == "do" and asked.when.is_met_in_part(facts):
            waiting.append(asked)
    return sorted(holding, key=_in_order_of_urgency), tuple(waiting)


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
