"""What was told, in words, for looking it over before the answer is used."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessments.forms.catalogue import STEPS, Step
from assessments.forms.fields import AmountField, AskedField
from conditions.presenters.words import amount_words, capital, state_words
from conditions.reasoning.knowledge import Finding

if TYPE_CHECKING:
    from assessments.forms.picture import PictureForm


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it was told, with the note that stands beside its field."""

    slug: str
    label: str
    says: str
    note: object = None


@dataclass(frozen=True, slots=True)
class ToldInStep:
    """What was told in one step, and how many of its questions were left open."""

    step: Step
    answers: tuple[Answer, ...]
    open: int


def told(form: "PictureForm") -> Iterator[ToldInStep]:
    """Everything that was told, step by step. Nothing here is checked: errors stand beside what is wrong."""
    for step in STEPS:
        groups = form.catalogue.steps[step.slug]
        if not groups:
            continue
        fields = [f for offered in groups for f in offered.findings if f.slug in form.fields]
        answers = [answer for finding in fields if (answer := _answer(form, finding))]
        unasked = len(fields) - len(answers)
        for offered in groups:
            if offered.group.slug in form.none_of_the_others and (rest := form.others(offered)):
                says = f"Asked: none of {len(rest)} others" if len(rest) > 1 else "Asked: not the other"
                answers.append(Answer(f"none-{offered.group.slug}", offered.group.label, says))
                unasked -= len([f for f in rest if f.slug in form.fields])
        yield ToldInStep(step, tuple(answers), unasked)


def _answer(form: "PictureForm", finding: Finding) -> Answer | None:
    field = form[finding.slug]
    assert isinstance(field, AskedField)  # noqa: S101 - a form about findings has no others
    given = field.value()
    note = form.notes.get(finding.slug)
    if not isinstance(field.field, AmountField):
        said = next((choice.label for choice in field.choices() if choice.chosen), given)
        return Answer(finding.slug, finding.label, said, note) if given else None
    if given.is_empty:
        return None
    says = amount_words(given.value, given.unit) if given.value else ""
    if given.low or given.high:
        says += f" (interval {given.low or '…'} to {given.high or '…'})"
    if given.word:
        says = "; ".join(filter(None, (says, capital(state_words(finding, given.word)))))
    return Answer(finding.slug, finding.label, says.strip(), note)
