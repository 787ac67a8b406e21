"""What is not known, and what knowing it could change."""

from dataclasses import dataclass

from conditions.reasoning.interpret import Interpretation

from .reasons import met_in_part

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Missing:
    """One finding that was not asked or measured: whether it may change the headline, and which conditions."""

    finding: str
    name: str
    measured: bool
    headline: bool
    conditions: tuple[str, ...]
    more: int


def missing(said: Interpretation) -> tuple[Missing, ...]:
    """What rules wait for: what may change the headline first, then what most wait for."""
    waited: dict[str, dict[str, None]] = {}
    for opinion in (*said.b12_states, *[o for cause in said.causes for o in cause.opinions]):
        for reason in met_in_part(opinion, said):
            for name in said.findings_behind(reason.outcome.missing):
                waited.setdefault(name, {})[said.knowledge.conditions[opinion.condition].name] = None
    return tuple(_missing(name, tuple(waited.get(name, {})), said) for name in said.missing)


def for_headline(said: Interpretation) -> tuple[Missing, ...]:
    """What may change the headline, what most wait for first, without what else it bears on."""
    return tuple(_missing(name, (), said) for name in said.missing if name in said.headline.may_change)


def _missing(name: str, conditions: tuple[str, ...], said: Interpretation) -> Missing:
    finding = said.knowledge.findings[name]
    return Missing(
        finding=name,
        name=finding.phrase,
        measured=finding.is_measured,
        headline=name in said.headline.may_change,
        conditions=conditions[:MOST_NAMED],
        more=max(len(conditions) - MOST_NAMED, 0),
    )
