"""What is told of a case, finding by finding, in the order in which a clinician meets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.forms.catalogue import STEPS, catalogue_of
from assessments.presenters.readings import interval_words, quantity_words
from conditions.presenters.words import state_words
from conditions.reasoning.cases import DEFAULT_GUIDELINE
from conditions.reasoning.criteria import subjects
from conditions.reasoning.knowledge import Case, Finding, Knowledge
from conditions.reasoning.picture import PatientPicture, read_picture

GUIDELINE = "guideline"
LAST = len(STEPS)


@dataclass(frozen=True, slots=True)
class Told:
    """One finding of a case in words; ``step`` is the part of the form it belongs to."""

    finding: str
    label: str
    words: str
    interval: str
    step: str


def picture_of(case: Case, knowledge: Knowledge) -> PatientPicture:
    """The case's picture under the guideline it names, or NG239; as it is where none is known. Raises PictureError."""
    picture = read_picture(dict(case.picture), knowledge)
    if GUIDELINE not in knowledge.findings:
        return picture
    return picture.under(picture.stated.get(GUIDELINE, DEFAULT_GUIDELINE))


def told_of(picture: PatientPicture, knowledge: Knowledge) -> tuple[Told, ...]:
    """Every finding that the picture tells: patient, symptoms, history, laboratory.

    The guideline is left out, and what only sums up others that are told.
    """
    told = {**picture.measured, **picture.stated}
    names = [name for name in told if name != GUIDELINE and not _sums_up(knowledge.findings[name], told)]
    steps = [step.slug for step in STEPS]
    step_of = catalogue_of(knowledge).step_of
    groups = {slug: place for place, slug in enumerate(knowledge.groups)}

    def place(name: str) -> tuple[int, int, int, str]:
        finding = knowledge.findings[name]
        step = steps.index(step_of[name]) if name in step_of else LAST
        return step, groups.get(finding.group, LAST), finding.order, name

    labels = {step.slug: step.label for step in STEPS}
    return tuple(
        _told(knowledge.findings[name], picture, labels.get(step_of.get(name, ""), "Other results"))
        for name in sorted(names, key=place)
    )


def _sums_up(finding: Finding, told: Mapping[str, object]) -> bool:
    return bool(finding.defined_as and any(name in told for name in subjects(finding.defined_as)))


def _told(finding: Finding, picture: PatientPicture, step: str) -> Told:
    amount = picture.measured.get(finding.slug)
    if amount:
        interval = interval_words(amount.interval, amount.unit)
        return Told(finding.slug, finding.label, quantity_words(amount), interval, step)
    state = picture.stated[finding.slug]
    words = {"present": "yes", "absent": "no"}.get(state, "") if not finding.state_labels else ""
    return Told(finding.slug, finding.label, words or state_words(finding, state), "", step)


def part_of(picture: PatientPicture, findings: Sequence[str]) -> PatientPicture:
    """The picture as far as it tells these findings, and the guideline."""
    kept = {*findings, GUIDELINE}
    return PatientPicture(
        measured={name: value for name, value in picture.measured.items() if name in kept},
        stated={name: value for name, value in picture.stated.items() if name in kept},
    )
