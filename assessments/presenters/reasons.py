"""Why a condition is thought of or not: each rule in plain words with this patient's values in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from conditions.presenters.citations import Cited, cited
from conditions.presenters.words import (
    EFFECT,
    SUPPORT,
    capital,
    criterion_words,
    in_sentence,
    joined,
    states_words,
)
from conditions.reasoning.criteria import AtLeast, Criterion, Is, Known
from conditions.reasoning.interpret import HEADLINE, TOWARDS, Cause, Interpretation
from conditions.reasoning.knowledge import Support
from conditions.reasoning.opinions import Opinion, Reason

from .conditional import Unless, unless_of_opinion, unless_of_reason
from .readings import known_words, place_words, quantity_words

TONE = {
    "established": "danger",
    "supported": "warning",
    "disputed": "info",
    "opposed": "light",
    "excluded": "light",
    "undetermined": "light",
    "not_suggested": "light",
}
MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """One rule: what it says, its criterion with this patient's values, and whose it is.

    ``unless`` is its exception in words; ``spoilt_by`` is why it is set aside, ``missing`` what it waits for.
    """

    rule: str
    condition: str
    effect: str
    says: str
    criterion: str
    unless: str
    holds_unless: str
    spoilt_by: str
    missing: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class OpinionWords:
    """One line: a condition or a family of conditions, how it stands, and all that bears on it."""

    condition: str
    name: str
    also: tuple[str, ...]
    support: str
    support_words: str
    tone: str
    unless: Unless
    towards: tuple[ReasonWords, ...]
    against: tuple[ReasonWords, ...]
    set_aside: tuple[ReasonWords, ...]
    waiting: tuple[ReasonWords, ...]
    missing: tuple[str, ...]
    urgency: str
    caution: str
    caution_cited: Cited | None

    @property
    def first(self) -> str:
        """The sentence that says most: the first reason for it, or failing that against."""
        reasons = self.towards or self.against or self.set_aside or self.waiting
        return reasons[0].says if reasons else ""


def cause_words(cause: Cause, said: Interpretation) -> OpinionWords:
    """One line of the causes, keeping every reason of the conditions shown under it."""
    members = tuple(o for o in cause.opinions if o.support is not Support.NOT_SUGGESTED)
    return _line(cause.condition, cause.support, cause.leading, members, said)


def state_opinion_words(opinion: Opinion, said: Interpretation) -> OpinionWords:
    """The opinion on one B12 state."""
    return _line(opinion.condition, opinion.support, opinion, (opinion,), said)


def _line(
    condition: str, support: Support, leading: Opinion, members: tuple[Opinion, ...], said: Interpretation
) -> OpinionWords:
    known = said.knowledge.conditions[condition]
    reasons = [(o, r) for o in members for r in o.reasons]
    waiting = [(o, r) for o in members for r in met_in_part(o, said)]
    return OpinionWords(
        condition=condition,
        name=known.name,
        also=tuple(said.knowledge.conditions[o.condition].name for o in members if o.condition != condition),
        support=support.value,
        support_words=SUPPORT[support.value],
        tone=TONE[support.value],
        unless=unless_of_opinion(leading, said),
        towards=_words([(o, r) for o, r in reasons if r.rule.effect in TOWARDS], condition, said),
        against=_words([(o, r) for o, r in reasons if r.rule.effect not in TOWARDS], condition, said),
        set_aside=_words([(o, r) for o in members for r in o.set_aside], condition, said),
        waiting=_words(waiting, condition, said),
        missing=tuple(dict.fromkeys(name for _, r in waiting for name in _missing(r, said))),
        urgency=known.urgency,
        caution=known.caution,
        caution_cited=next(
            (cited(d.citation, said.knowledge) for d in known.described_by if d.part == "caution"), None
        ),
    )


def met_in_part(opinion: Opinion, said: Interpretation) -> tuple[Reason, ...]:
    """The waiting rules of which, of several things they need, at least one is so."""
    return tuple(
        reason for reason in opinion.waiting if _is_met_in_part(reason.rule.when, said.read_by_advice)
    )


def _is_met_in_part(criterion: Criterion, known: Known) -> bool:
    return isinstance(criterion, AtLeast) and any(part.evaluate(known).holds for part in criterion.parts)


def _words(
    reasons: Iterable[tuple[Opinion, Reason]], line: str, said: Interpretation
) -> tuple[ReasonWords, ...]:
    return tuple(_reason(reason, opinion.condition, line, said) for opinion, reason in reasons)


def _reason(reason: Reason, condition: str, line: str, said: Interpretation) -> ReasonWords:
    rule, knowledge = reason.rule, said.knowledge
    values = Values(said)
    spoilt = [values.of(name) for name in sorted(reason.outcome.spoilt_by)]
    return ReasonWords(
        rule=rule.slug,
        condition="" if condition == line else knowledge.conditions[condition].name,
        effect=EFFECT[rule.effect.value],
        says=rule.says,
        criterion=capital(criterion_words(rule.when, knowledge, values.beside)),
        unless=criterion_words(rule.unless, knowledge, values.beside) if rule.unless else "",
        holds_unless=unless_of_reason(reason, said).sentence,
        spoilt_by=joined(spoilt),
        missing=joined(_missing(reason, said)),
        cited=cited(rule.citation, knowledge),
    )


def _missing(reason: Reason, said: Interpretation) -> list[str]:
    """The findings a waiting rule waits for, by their phrases."""
    findings, conditions = said.knowledge.findings, said.knowledge.conditions
    names = sorted(reason.outcome.missing)
    words = [
        conditions[name[1:]].name if name.startswith("@") else findings[name].phrase
        for name in names
        if name.startswith("@") or name in findings
    ]
    return words[:MOST_NAMED]


@dataclass(frozen=True, slots=True)
class Values:
    """This patient's values, as they stand in brackets behind a statement."""

    said: Interpretation

    def beside(self, leaf: Is) -> str:
        """The value of what the statement speaks of: ``150 ng/L is below 180 ng/L``, ``yes``, ``not known``."""
        if leaf.subject != leaf.name:
            return f"here: {SUPPORT[self.said.of(leaf.name).support.value]}"
        if leaf.name == "guideline":
            return ""
        if leaf.name == HEADLINE:
            state = self.said.headline.state
            return (
                f"here: {in_sentence(self.said.knowledge.conditions[state].name)}" if state else "not known"
            )
        value = self.value(leaf.name)
        return "" if value == states_words(self.said.knowledge.findings[leaf.name], leaf.states) else value

    def value(self, name: str) -> str:
        """The amount and where it lies, where one was read; else the state in words."""
        said = self.said
        reading = said.classified.readings.get(name)
        if reading:
            return place_words(reading)
        if name not in said.known:
            return "not known"
        finding = said.knowledge.findings.get(name)
        states = said.known[name]
        if finding is None:
            return ""
        verdict = said.classified.definitions.get(name)
        if verdict and states == {"present"}:
            return f"yes: {joined(self.of(one) for one in sorted(verdict.because))}"
        yes_no = {frozenset({"present"}): "yes", frozenset({"absent"}): "no"}
        return yes_no.get(states) or known_words(finding, states)

    def of(self, name: str) -> str:
        """The finding with its value: ``mean cell volume 112 fL``, ``a sore tongue``."""
        if name.startswith("@"):
            return self.said.knowledge.conditions[name[1:]].name
        finding = self.said.knowledge.findings.get(name)
        if finding is None:
            return ""
        reading = self.said.classified.readings.get(name)
        if reading:
            return f"{self.said.knowledge.findings[finding.amount].phrase} {quantity_words(reading.quantity)}"
        states = self.said.known.get(name, frozenset())
        if states == {"present"}:
            return finding.phrase
        if states == {"absent"}:
            return f"{finding.phrase}: no"
        return f"{finding.phrase} {known_words(finding, states)}" if states else finding.phrase
