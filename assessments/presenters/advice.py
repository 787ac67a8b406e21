"""What is worth doing, in words: options with their reasons, never orders."""

from collections.abc import Collection
from dataclasses import dataclass

from assessments.advice import Lacking, Ranked, is_caution, is_option, waiting_investigations
from conditions.presenters.citations import Cited, cited
from conditions.presenters.words import COST, URGENCY, capital, joined, stopped
from conditions.reasoning.interpret import Advice, Interpretation, Offer

from .conditional import if_words, unless_of_advice
from .reasons import Values


@dataclass(frozen=True, slots=True)
class AdviceWords:
    """One recommendation: what it says, since what, on what condition, and whose it is."""

    recommendation: str
    says: str
    urgency: str
    urgency_words: str
    because: tuple[str, ...]
    unless: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class InvestigationWords:
    """An investigation worth considering: why, what it would settle, how to prepare, what it costs."""

    investigation: str
    name: str
    urgency: str
    urgency_words: str
    why: tuple[AdviceWords, ...]
    question: str
    settles: tuple[str, ...]
    includes: tuple[str, ...]
    without: tuple[str, ...]
    preparation: str
    pitfalls: str
    cost: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class LackingWords:
    """An investigation that cannot be had here, and in words what answers its question."""

    investigation: str
    name: str
    instead: str


@dataclass(frozen=True, slots=True)
class IfWords:
    """Advice that would hold if something not yet known were so."""

    recommendation: str
    says: str
    urgency_words: str
    cited: Cited


def advice_words(advice: Advice, said: Interpretation) -> AdviceWords:
    """One recommendation in words."""
    recommendation = advice.recommendation
    values = Values(said)
    evidence = [name for name in sorted(said.evidence_behind(advice.outcome.because)) if name != "guideline"]
    return AdviceWords(
        recommendation=recommendation.slug,
        says=stopped(recommendation.says),
        urgency=recommendation.urgency,
        urgency_words=URGENCY[recommendation.urgency],
        because=tuple(dict.fromkeys(words for name in evidence if (words := values.of(name)))),
        unless=unless_of_advice(advice, said).sentence,
        cited=cited(recommendation.citation, said.knowledge),
    )


def signs(said: Interpretation) -> tuple[AdviceWords, ...]:
    """Time-sensitive signs, most urgent first."""
    return tuple(advice_words(a, said) for a in said.advice if a.recommendation.kind == "sign")


def cautions(said: Interpretation) -> tuple[AdviceWords, ...]:
    """Cautions, most urgent first; what is held back is one of them."""
    return tuple(advice_words(a, said) for a in said.advice if is_caution(a))


def options(said: Interpretation) -> tuple[AdviceWords, ...]:
    """What could be done, most urgent first."""
    return tuple(advice_words(a, said) for a in said.advice if is_option(a))


def investigations(
    said: Interpretation, ranked: Ranked, not_available: Collection[str] = ()
) -> tuple[InvestigationWords, ...]:
    """The investigations worth considering that can be had, in the order of their priority."""
    return tuple(_offer(offer, said, not_available) for offer in ranked.offers)


def _offer(offer: Offer, said: Interpretation, not_available: Collection[str]) -> InvestigationWords:
    one, findings = offer.investigation, said.knowledge.findings
    names = {slug: said.knowledge.investigations[slug].name for slug in one.includes}
    return InvestigationWords(
        investigation=one.slug,
        name=one.name,
        urgency=offer.urgency,
        urgency_words=URGENCY[offer.urgency],
        why=tuple(advice_words(advice, said) for advice in offer.advice),
        question=one.question,
        settles=tuple(findings[name].phrase for name in offer.settles),
        includes=tuple(name for slug, name in names.items() if slug not in not_available),
        without=tuple(name for slug, name in names.items() if slug in not_available),
        preparation=one.preparation,
        pitfalls=one.pitfalls,
        cost=f"{COST[one.cost]} of five cost bands" if one.cost else "",
        cited=cited(one.citation, said.knowledge),
    )


def lacking(ranked: Ranked) -> tuple[LackingWords, ...]:
    """What was taken off the list because it cannot be had."""
    return tuple(
        LackingWords(one.investigation.slug, one.investigation.name, _instead(one)) for one in ranked.lacking
    )


def _instead(lacking: Lacking) -> str:
    """What is left of it, and which other single results could change the headline."""
    offered = [one.investigation.name for one in lacking.instead if one.offered]
    besides = [one.investigation.name for one in lacking.instead if not one.offered]
    parts = [one.name for one in lacking.parts]
    said = [
        f"Part of it, by itself: {joined(parts, 'or')}." if parts else "",
        f"Moved up, since one result of it could change the headline as well: {joined(offered)}."
        if offered
        else "",
        f"One result of it could change the headline as well, though nothing known asks for it: {joined(besides, 'or')}."
        if besides
        else "",
    ]
    return (
        " ".join(filter(None, said))
        or "No other single result answers what it was to answer; that stays open."
    )


def if_lines(said: Interpretation) -> tuple[IfWords, ...]:
    """Advice that waits, each beginning with what it waits for."""
    others = [a for a in said.if_advice if a.recommendation.kind != "investigation"]
    return tuple(
        IfWords(
            recommendation=advice.recommendation.slug,
            says=if_sentence(advice, said),
            urgency_words=URGENCY[advice.recommendation.urgency],
            cited=cited(advice.recommendation.citation, said.knowledge),
        )
        for advice in (*others, *waiting_investigations(said))
    )


def if_sentence(advice: Advice, said: Interpretation) -> str:
    """``If MMA is high: …``"""
    return f"If {if_words(advice, said)}: {capital(stopped(advice.recommendation.says))}"
