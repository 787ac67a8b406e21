"""Which recommendations are shown as what: the same for the page and for other programs."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from django.utils.datastructures import MultiValueDict

from conditions.reasoning.flips import flipping
from conditions.reasoning.interpret import Advice, Interpretation, Offer
from conditions.reasoning.knowledge import URGENCIES, Investigation, Knowledge

MOST_INSTEAD = 3


def is_caution(advice: Advice) -> bool:
    """Whether the advice is a caution: one by kind, or a reason to hold something else back."""
    recommendation = advice.recommendation
    held = recommendation.kind in ("investigation", "option") and recommendation.stance == "hold"
    return recommendation.kind == "caution" or held


def is_option(advice: Advice) -> bool:
    """Whether the advice is something that could be done, other than an investigation."""
    return advice.recommendation.kind == "option" and advice.recommendation.stance == "do"


def waiting_investigations(said: Interpretation) -> tuple[Advice, ...]:
    """Advice that would ask for an investigation not already offered, were something so."""
    offers = [offer.investigation for offer in said.investigations]
    offered = {slug for one in offers for slug in (one.slug, *one.includes)}
    return tuple(
        advice
        for advice in said.if_advice
        if advice.recommendation.kind == "investigation" and advice.recommendation.target not in offered
    )


@dataclass(frozen=True, slots=True)
class Instead:
    """An investigation of which one result alone could flip the headline; ``offered`` if anything known asks for it."""

    investigation: Investigation
    offered: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """An investigation that would have been offered and cannot be had here.

    ``instead`` is what could flip the headline as it could, ``parts`` what it is made of and can be had.
    """

    investigation: Investigation
    instead: tuple[Instead, ...]
    parts: tuple[Investigation, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The offers that can be had here, in the order of their priority, and what those lack that cannot."""

    offers: tuple[Offer, ...]
    lacking: tuple[Lacking, ...] = ()


def not_available_in(data: MultiValueDict[str, str], knowledge: Knowledge) -> tuple[str, ...]:
    """The investigations said not to be available, without those said to be available again."""
    again = set(data.getlist("available"))
    said = dict.fromkeys(data.getlist("not_available"))
    return tuple(slug for slug in said if slug in knowledge.investigations and slug not in again)


def ranked(said: Interpretation, not_available: Collection[str] = ()) -> Ranked:
    """The offers without what is not available; what answers the same question comes first within its urgency.

    The interpretation itself is the same whatever is available.
    """
    if not not_available:
        return Ranked(said.investigations)
    offers = tuple(_available(said, not_available))
    offered = {offer.investigation.slug for offer in offers}
    gone = [one.investigation for one in said.investigations if one.investigation.slug in not_available]
    lacking = tuple(
        Lacking(
            one,
            tuple(_instead(one, said, offered, not_available))[:MOST_INSTEAD],
            tuple(said.knowledge.investigations[slug] for slug in one.includes if slug not in not_available),
        )
        for one in gone
    )
    first = {other.investigation.slug for lack in lacking for other in lack.instead}
    in_order = sorted(offers, key=lambda o: (URGENCIES.index(o.urgency), o.investigation.slug not in first))
    return Ranked(tuple(in_order), lacking)


def _available(said: Interpretation, not_available: Collection[str]) -> Iterator[Offer]:
    """The offers that can be had; of one that cannot, the parts that were asked for by themselves."""
    offered = {offer.investigation.slug for offer in said.investigations}
    for offer in said.investigations:
        if offer.investigation.slug not in not_available:
            yield offer
            continue
        for slug in offer.investigation.includes:
            advice = tuple(one for one in offer.advice if one.recommendation.target == slug)
            if advice and slug not in not_available and slug not in offered:
                offered.add(slug)
                part = said.knowledge.investigations[slug]
                settles = tuple(name for name in offer.settles if name in part.measures)
                yield replace(offer, investigation=part, advice=advice, settles=settles)


def _instead(
    gone: Investigation, said: Interpretation, offered: Collection[str], not_available: Collection[str]
) -> Iterator[Instead]:
    """What could flip the headline as one result of it could, offers first, then the cheapest."""
    if not flipping(said, gone.measures):
        return
    held = {a.recommendation.target for a in said.advice if a.recommendation.stance == "hold"}
    others = [
        one
        for slug, one in said.knowledge.investigations.items()
        if slug not in {gone.slug, *not_available, *held} and gone.slug not in one.includes
    ]
    flips = flipping(said, {name for one in others for name in one.measures} - set(gone.measures))
    for one in sorted(others, key=lambda i: (i.slug not in offered, i.cost or 9, len(i.measures), i.name)):
        if not flips.isdisjoint(one.measures):
            yield Instead(one, one.slug in offered)
        flips = flips.difference(one.measures)  # what a cheaper one measures as well is said once
