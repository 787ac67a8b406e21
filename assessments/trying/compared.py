"""What the draft and the current release say of the same patient, side by side."""

from dataclasses import dataclass

from assessments.presenters.headline import headline_of
from conditions.curation.case_changes import changes_between
from conditions.presenters.words import SUPPORT
from conditions.reasoning.cases import SHOWN
from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PatientPicture


@dataclass(frozen=True, slots=True)
class Side:
    """What one knowledge says, in short."""

    headline: str
    causes: tuple[str, ...]
    investigations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Both sides, and what differs, one sentence each. ``unknown`` are findings the release in use does not have."""

    current: Side
    draft: Side
    says: tuple[str, ...]
    unknown: tuple[str, ...]


def compared(picture: PatientPicture, draft: Knowledge, current: Knowledge) -> Compared:
    """The patient as far as the current release can be told, and as the draft is told."""
    known, unknown = _known_to(current, picture)
    before, after = interpret(known, current), interpret(picture, draft)
    return Compared(_side(before), _side(after), tuple(changes_between(before, after)), unknown)


def _known_to(knowledge: Knowledge, picture: PatientPicture) -> tuple[PatientPicture, tuple[str, ...]]:
    findings = knowledge.findings
    stated = {
        name: state
        for name, state in picture.stated.items()
        if name in findings and state in findings[name].states
    }
    measured = {
        name: amount
        for name, amount in picture.measured.items()
        if name in findings and any(unit.code == amount.unit for unit in findings[name].units)
    }
    told = {**picture.stated, **picture.measured}
    return PatientPicture(measured, stated), tuple(
        name for name in told if name not in {**stated, **measured}
    )


def _side(said: Interpretation) -> Side:
    return Side(
        headline=headline_of(said).sentence,
        causes=tuple(
            f"{said.knowledge.conditions[cause.condition].name}: {SUPPORT[cause.support.value]}"
            for cause in said.causes
            if cause.support in SHOWN
        ),
        investigations=tuple(offer.investigation.name for offer in said.investigations),
    )
