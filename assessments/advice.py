"""Which recommendations are shown as what: the same for the page and for other programs."""

from conditions.reasoning.interpret import Advice, Interpretation


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
