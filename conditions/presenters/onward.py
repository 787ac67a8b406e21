"""Where one can go on from the page of a condition: its drawings, findings, tests, and what turns on it."""

from dataclasses import dataclass
from functools import lru_cache

from conditions.reasoning.knowledge import Knowledge, Recommendation

from .citations import Cited, cited
from .effect_drawing import EffectDrawing, drawings_of
from .links import Link, is_medicine, link_to_investigation, links_to_findings
from .uses import uses_of
from .words import URGENCY, capital, criterion_words

ADVICE = {
    "sign": "Signs that call for attention in time",
    "caution": "Cautions",
    "investigation": "Investigations",
    "option": "Options",
}


@dataclass(frozen=True, slots=True)
class AdviceWords:
    """A recommendation in words: what it says, for whom, what would spoil it, and whose it is."""

    slug: str
    kind: str
    says: str
    urgency: str
    holds_back: bool
    investigation: Link | None
    criterion: str
    unless: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class Confirming:
    """An investigation with its question and how to prepare for it."""

    link: Link
    question: str
    preparation: str


@dataclass(frozen=True, slots=True)
class Onward:
    """What the page of a condition leads to."""

    medicine: Link | None
    drawings: tuple[EffectDrawing, ...]
    suspicion: tuple[Link, ...]
    confirmed_by: tuple[Confirming, ...]
    advice: tuple[AdviceWords, ...]


@lru_cache(maxsize=512)
def onward_from(slug: str, knowledge: Knowledge) -> Onward:
    """Where the page of a condition leads. Raises KeyError if there is none of that name."""
    condition = knowledge.conditions[slug]
    tests = [knowledge.investigations[name] for name in condition.confirmed_by]
    return Onward(
        medicine=Link("medicine_detail", slug, condition.name) if is_medicine(slug, knowledge) else None,
        drawings=drawings_of(slug, knowledge),
        suspicion=links_to_findings(condition.suspicion, knowledge),
        confirmed_by=tuple(
            Confirming(link_to_investigation(one.slug, knowledge), one.question, one.preparation)
            for one in tests
        ),
        advice=tuple(advice_words(one, knowledge) for one in uses_of(knowledge).advice_on(slug)),
    )


@lru_cache(maxsize=1024)
def advice_words(one: Recommendation, knowledge: Knowledge) -> AdviceWords:
    """A recommendation in words."""
    target = one.target if one.target in knowledge.investigations else ""
    return AdviceWords(
        slug=one.slug,
        kind=one.kind,
        says=one.says,
        urgency=URGENCY[one.urgency],
        holds_back=one.stance == "hold",
        investigation=link_to_investigation(target, knowledge) if target else None,
        criterion=capital(criterion_words(one.when, knowledge)),
        unless=criterion_words(one.unless, knowledge) if one.unless else "",
        cited=cited(one.citation, knowledge),
    )
