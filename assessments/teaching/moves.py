"""How each finding of a case moved the answer and the causes, as it became known."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessments.presenters.headline import headline_of
from conditions.presenters.words import SUPPORT
from conditions.reasoning.cases import SHOWN
from conditions.reasoning.interpret import Cause, Interpretation, interpret
from conditions.reasoning.knowledge import Knowledge, Support
from conditions.reasoning.picture import PatientPicture

from .told import Told, part_of, told_of

NOTHING = "not suggested"
FIRST = 3
OF_WEIGHT = (Support.ESTABLISHED, Support.SUPPORTED, Support.DISPUTED, Support.OPPOSED, Support.EXCLUDED)


@dataclass(frozen=True, slots=True)
class Move:
    """One cause whose support changed."""

    condition: str
    name: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """``supported``, ``from supported to established``, ``no longer suggested``."""
        if self.before == NOTHING:
            return self.after
        return "no longer suggested" if self.after == NOTHING else f"from {self.before} to {self.after}"


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


@dataclass(frozen=True, slots=True)
class MovedRow:
    """One finding that changed something: the answer, each of the leading causes in order, and any others.

    ``named`` are the leading causes by name, each with what became of it; empty where it stayed as it was.
    """

    told: Told
    state: str
    named: tuple[tuple[str, str], ...]
    others: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class MovedTable:
    """Findings against the leading causes of the whole case. ``unmoved`` are the findings that changed nothing."""

    causes: tuple[str, ...]
    rows: tuple[MovedRow, ...]
    unmoved: tuple[Told, ...]

    @property
    def any_others(self) -> bool:
        """Whether a cause that does not lead was moved, too."""
        return any(row.others for row in self.rows)


def moved_table(steps: Sequence[Step], said: Interpretation) -> MovedTable:
    """The steps of a case as a table, its columns the first causes that are said of the whole of it."""
    leading = [cause.condition for cause in first_causes(said)]
    names = said.knowledge.conditions
    return MovedTable(
        causes=tuple(names[slug].name for slug in leading),
        rows=tuple(_row(step, leading, said.knowledge) for step in steps if step.state or step.moves),
        unmoved=tuple(step.told for step in steps if not step.state and not step.moves),
    )


def first_causes(said: Interpretation) -> tuple[Cause, ...]:
    """The causes that something speaks for, as many as a learner names."""
    return tuple([cause for cause in said.causes if cause.support in SHOWN][:FIRST])


def _row(step: Step, leading: Sequence[str], knowledge: Knowledge) -> MovedRow:
    by_cause = {move.condition: move for move in step.moves}
    return MovedRow(
        told=step.told,
        state=step.state,
        named=tuple(
            (knowledge.conditions[slug].name, by_cause[slug].words if slug in by_cause else "")
            for slug in leading
        ),
        others=tuple(move for move in step.moves if move.condition not in leading),
    )
