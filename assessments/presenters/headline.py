"""The headline as one sentence, with what decided it and what it depends on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from conditions.presenters.words import in_sentence, joined, name_of, state_words, stopped
from conditions.reasoning.interpret import TOWARDS, Interpretation
from conditions.reasoning.knowledge import Effect, Support
from conditions.reasoning.opinions import Opinion, Reason, leading

from .conditional import Unless, settling, unless_of_opinion
from .readings import read_words

RAISED = "raised_b12"
MOST_OTHERS = 3
NOTHING_YET = "Nothing can be said of B12 yet"


@dataclass(frozen=True, slots=True)
class Headline:
    """The leading B12 state in words. ``second`` says a raised total wherever another state leads."""

    state: str | None
    support: str
    title: str
    because: str
    unless: Unless
    second: str
    firm: bool

    @property
    def sentence(self) -> str:
        """The one sentence that page, print, command and copied line say alike, its condition included."""
        return f"{self.opening} {self.rest}".strip()

    @property
    def opening(self) -> str:
        """The words with which the sentence begins, which are shown large."""
        return f"{self.title}:" if self.because else stopped(self.title)

    @property
    def rest(self) -> str:
        """The sentence behind its opening: what decided it, and what it depends on."""
        return f"{stopped(self.because) if self.because else ''} {self.unless.sentence}".strip()


def headline_of(said: Interpretation) -> Headline:
    """The headline of an interpretation in words."""
    opinion = said.headline.opinion
    if opinion is None:
        return Headline(None, Support.UNDETERMINED, NOTHING_YET, _wanting(said), Unless(), "", firm=False)
    return Headline(
        state=opinion.condition,
        support=opinion.support,
        title=title_of(opinion, said),
        because="; ".join([because(opinion, said), *_set_aside(opinion, said)]),
        unless=unless_of_opinion(opinion, said),
        second=_second(said),
        firm=opinion.firm,
    )


def _wanting(said: Interpretation) -> str:
    names = [said.knowledge.findings[name].phrase for name in settling(said)]
    return f"{joined(names, 'or')} would settle it" if names else ""


def title_of(opinion: Opinion | None, said: Interpretation, also: str = "") -> str:
    """The state's own first words, qualified where reasons conflict or a stronger support was possible."""
    if opinion is None:
        return NOTHING_YET
    condition = said.knowledge.conditions[opinion.condition]
    says = f"{condition.says or condition.name}{also}"
    if opinion.support is Support.DISPUTED:
        return f"{says}, with reasons for and against"
    can_be_established = any(
        rule.condition == opinion.condition and rule.effect is Effect.ESTABLISHES
        for rule in said.knowledge.rules.values()
    )
    if opinion.support is Support.SUPPORTED and can_be_established:
        return f"{says} (supported, not established)"
    return says


def because(opinion: Opinion, said: Interpretation) -> str:
    """What decided the opinion: the amounts with their limits, then what was told."""
    towards = [reason for reason in opinion.reasons if reason.rule.effect in TOWARDS]
    strongest = [r for r in towards if r.rule.effect is Effect.ESTABLISHES] or towards
    words = _evidence_words(strongest, said)
    if opinion.support is Support.DISPUTED:
        against = [reason for reason in opinion.reasons if reason.rule.effect not in TOWARDS]
        return f"{words}; against it, {_evidence_words(against, said)}"
    return words


def _evidence_words(reasons: Iterable[Reason], said: Interpretation) -> str:
    names = dict.fromkeys(
        name for reason in reasons for name in sorted(said.evidence_behind(reason.outcome.because))
    )
    measured = dict.fromkeys(words for name in _opened(names, said) for words in _reading(name, said))
    others = list(dict.fromkeys(words for name in names for words in _other(name, said)))
    shown = others[:MOST_OTHERS] + (["other findings"] if len(others) > MOST_OTHERS else [])
    return "; ".join([*measured, *shown])


def _set_aside(opinion: Opinion, said: Interpretation) -> Iterator[str]:
    """Why a state before the leading one does not lead although what it needs is so."""
    for earlier in said.b12_states[: said.b12_states.index(opinion)]:
        aside = [
            reason for reason in earlier.set_aside if reason.rule.effect in TOWARDS and reason.outcome.because
        ]
        if aside and leading(earlier.support) < 2:
            names = dict.fromkeys(name for reason in aside for name in sorted(reason.outcome.spoilt_by))
            why = dict.fromkeys(words for name in names for words in _spoilt_by(name, said))
            if why:
                name = in_sentence(said.knowledge.conditions[earlier.condition].name)
                yield f"{name} is set aside ({joined(why)})"


def _spoilt_by(name: str, said: Interpretation) -> Iterator[str]:
    """What sets a rule aside: the parts of a definition where all of them are so, else the definition itself."""
    leaves = list(_opened([name], said))
    if all(said.known.get(leaf) == frozenset({"present"}) for leaf in leaves):
        for leaf in leaves:
            yield from _told(leaf, said)
    else:
        yield from _told(name, said)


def _told(name: str, said: Interpretation) -> Iterator[str]:
    yield from _reading(name, said)
    yield from _other(name, said)


def _opened(names: Iterable[str], said: Interpretation) -> Iterator[str]:
    """The names, definitions opened to what decided them."""
    for name in names:
        verdict = said.classified.definitions.get(name)
        if verdict:
            yield from _opened(sorted(verdict.because), said)
        else:
            yield name


def _reading(name: str, said: Interpretation) -> Iterator[str]:
    if name in said.classified.readings:
        yield read_words(said.classified.readings[name], said.knowledge)


def _other(name: str, said: Interpretation) -> Iterator[str]:
    """What was told, or defined by what was told; the guideline in use stands with the limits."""
    if name in said.classified.readings or name == "guideline":
        return
    finding = said.knowledge.findings[name]
    if name in said.classified.definitions and any(
        leaf in said.classified.readings for leaf in _opened([name], said)
    ):
        return
    if finding.reads in said.picture.stated:
        amount = said.knowledge.findings[finding.reads]
        yield f"{amount.phrase} {state_words(amount, said.picture.stated[amount.slug])}, told in words"
        return
    states = said.known.get(name, frozenset())
    if states == {"present"}:
        yield finding.phrase
    elif states == {"absent"}:
        yield f"{finding.phrase}: no"
    elif len(states) == 1:
        yield f"{name_of(finding)} {state_words(finding, next(iter(states)))}"


def _second(said: Interpretation) -> str:
    """The raised total, where it holds and another state leads; empty otherwise."""
    if said.headline.state == RAISED:
        return ""
    raised = next((o for o in said.b12_states if o.condition == RAISED and leading(o.support) == 2), None)
    if raised is None:
        return ""
    opening = title_of(raised, said, " as well")
    unless = unless_of_opinion(raised, said).sentence
    return f"{opening}: {stopped(because(raised, said))} {unless}".strip()
