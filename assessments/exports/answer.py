"""An interpretation as JSON, in the words that other programs rely on."""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from assessments.advice import is_caution, is_option, waiting_investigations
from assessments.presenters.advice import if_sentence
from assessments.presenters.conditional import is_opinion
from assessments.presenters.headline import headline_of
from conditions.presenters.words import stopped
from conditions.reasoning.interpret import Advice, Cause, Interpretation, Offer
from conditions.reasoning.knowledge import Support
from conditions.reasoning.opinions import Opinion, Reason


class Published(Protocol):
    """What an answer says of the release it was given by."""

    @property
    def version(self) -> str: ...

    @property
    def digest(self) -> str: ...


def answer_of(said: Interpretation, release: Published) -> dict[str, Any]:
    """The answer, as mappings and lists in an order that depends on nothing but the interpretation."""
    return {
        "release": {"version": release.version, "digest": release.digest},
        "guideline": said.picture.stated.get("guideline"),
        "known": {
            name: next(iter(states)) for name, states in sorted(said.known.items()) if len(states) == 1
        },
        "headline": _headline(said),
        "b12_states": [_opinion(o, said) for o in said.b12_states if o.support is not Support.NOT_SUGGESTED],
        "causes": [_cause(c, said) for c in said.causes if c.support is not Support.NOT_SUGGESTED],
        "signs": [_advice(a, said) for a in said.advice if a.recommendation.kind == "sign"],
        "cautions": [_advice(a, said) for a in said.advice if is_caution(a)],
        "options": [_advice(a, said) for a in said.advice if is_option(a)],
        "investigations": [
            *[_investigation(offer, said) for offer in said.investigations],
            *_waiting(said),
        ],
        "questions": [{"path": question.path, "says": question.says} for question in said.questions],
        "missing": list(said.missing),
    }


def _headline(said: Interpretation) -> dict[str, Any]:
    words, opinion = headline_of(said), said.headline.opinion
    return {
        "state": words.state,
        "support": words.support,
        "firm": opinion is not None and opinion.firm,
        "sentence": words.sentence,
        "holds_unless": _findings(opinion.depends_on, said) if opinion else [],
        "may_change": sorted(said.headline.may_change),
    }


def _opinion(opinion: Opinion, said: Interpretation) -> dict[str, Any]:
    return {
        "condition": opinion.condition,
        "support": opinion.support.value,
        "firm": opinion.firm,
        "holds_unless": _findings(opinion.depends_on, said),
        "reasons": [_reason(reason, said) for reason in opinion.reasons],
        "set_aside": [_set_aside(reason, said) for reason in opinion.set_aside],
        "missing": _findings(opinion.missing, said),
    }


def _cause(cause: Cause, said: Interpretation) -> dict[str, Any]:
    """One line a family: the level of its leading opinion, the reasons of all."""
    leading = cause.leading
    return {
        "condition": cause.condition,
        "support": cause.support.value,
        "firm": leading.firm,
        "holds_unless": _findings(leading.depends_on, said),
        "reasons": [_reason(reason, said) for opinion in cause.opinions for reason in opinion.reasons],
        "set_aside": [_set_aside(reason, said) for opinion in cause.opinions for reason in opinion.set_aside],
        "missing": sorted({name for opinion in cause.opinions for name in _findings(opinion.missing, said)}),
        "also": sorted(o.condition for o in cause.opinions if o.condition != cause.condition),
    }


def _reason(reason: Reason, said: Interpretation) -> dict[str, Any]:
    rule = reason.rule
    return {
        "rule": rule.slug,
        "effect": rule.effect.value,
        "says": rule.says,
        "because": sorted(said.evidence_behind(reason.outcome.because)),
        "source": rule.citation.source,
        "grade": rule.citation.grade,
        "verification": rule.citation.verification.value,
    }


def _set_aside(reason: Reason, said: Interpretation) -> dict[str, Any]:
    return _reason(reason, said) | {"unless": sorted(said.evidence_behind(reason.outcome.spoilt_by))}


def _advice(advice: Advice, said: Interpretation) -> dict[str, Any]:
    recommendation = advice.recommendation
    return {
        "recommendation": recommendation.slug,
        "says": recommendation.says,
        "urgency": recommendation.urgency,
        "because": sorted(said.evidence_behind(advice.outcome.because)),
        "holds_unless": _findings(advice.outcome.depends_on, said),
        "source": recommendation.citation.source,
    }


def _investigation(offer: Offer, said: Interpretation) -> dict[str, Any]:
    return {
        "investigation": offer.investigation.slug,
        "says": together(advice.recommendation.says for advice in offer.advice),
        "reasons": [advice.recommendation.slug for advice in offer.advice],
        "settles": list(offer.settles),
        "source": offer.advice[0].recommendation.citation.source,
        "waits_for": [],
    }


def _waiting(said: Interpretation) -> Iterator[dict[str, Any]]:
    """Each investigation that would be asked for if something were so, once, with all that it waits for."""
    asked: dict[str, list[Advice]] = {}
    for advice in waiting_investigations(said):
        asked.setdefault(advice.recommendation.target, []).append(advice)
    for slug, waiting in asked.items():
        measures = said.knowledge.investigations[slug].measures
        missing = frozenset().union(*[advice.outcome.missing for advice in waiting])
        yield {
            "investigation": slug,
            "says": together(if_sentence(advice, said) for advice in waiting),
            "reasons": [advice.recommendation.slug for advice in waiting],
            "settles": [name for name in measures if len(said.known.get(name, ())) != 1],
            "source": waiting[0].recommendation.citation.source,
            "waits_for": _findings(missing, said),
        }


def together(sentences: Iterable[str]) -> str:
    """Several sentences one behind the other, none twice."""
    return " ".join(dict.fromkeys(stopped(sentence) for sentence in sentences))


def _findings(subjects: Iterable[str], said: Interpretation) -> list[str]:
    """The findings as they are named; opinions and the headline replaced by the findings behind them."""
    names = set(subjects)
    opinions = {name for name in names if is_opinion(name)}
    return sorted((names - opinions) | said.findings_behind(opinions))
