"""How each finding of a case moved the answer and the causes, as it became known."""

from dataclasses import dataclass

from assessments.presenters.headline import headline_of
from conditions.presenters.words import SUPPORT
from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.knowledge import Knowledge, Support
from conditions.reasoning.picture import PatientPicture

from .told import Told, part_of, told_of

NOTHING = "not suggested"
OF_WEIGHT = (Support.ESTABLISHED, Support.SUPPORTED, Support.DISPUTED, Support.OPPOSED, Support.EXCLUDED)


@dataclass(frozen=True, slots=True)
class Move:
    """One cause whose support changed."""

    condition: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One finding, and what became of the answer with it. ``state`` is empty where it stayed as it was."""

    told: Told
    state: str
    moves: tuple[Move, ...]


def steps_of(picture: PatientPicture, knowledge: Knowledge) -> tuple[Step, ...]:
    """Each finding in the order in which it is told, with what it changed in all that was known by then."""
    told = told_of(picture, knowledge)
    names = [one.finding for one in told]
    said = [interpret(part_of(picture, names[:number]), knowledge) for number in range(len(names) + 1)]
    return tuple(
        Step(one, _state(before, after), _moves(before, after))
        for one, before, after in zip(told, said, said[1:], strict=False)
    )


def _state(before: Interpretation, after: Interpretation) -> str:
    one, other = headline_of(before), headline_of(after)
    if (one.state, one.support, one.firm) == (other.state, other.support, other.firm):
        return ""
    return other.title if other.firm or not other.state else f"{other.title} (on condition)"


def _moves(before: Interpretation, after: Interpretation) -> tuple[Move, ...]:
    old, new = _levels(before), _levels(after)
    conditions = after.knowledge.conditions
    return tuple(
        Move(slug, conditions[slug].name, old.get(slug, NOTHING), new.get(slug, NOTHING))
        for slug in [*new, *[slug for slug in old if slug not in new]]
        if old.get(slug) != new.get(slug)
    )


def _levels(said: Interpretation) -> dict[str, str]:
    return {
        cause.condition: SUPPORT[cause.support.value] for cause in said.causes if cause.support in OF_WEIGHT
    }
