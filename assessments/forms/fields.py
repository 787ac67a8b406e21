"""One form field for each finding that is asked: a state, or an amount with its unit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from assessments.forms.catalogue import GUIDELINE, YES_NO
from assessments.forms.typed import Typed, taken_apart
from conditions.presenters.words import capital, state_words, unit_words
from conditions.reasoning.knowledge import Finding, Knowledge

NOT_KNOWN = ""
MOST_RADIOS = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen, and whether it is."""

    value: str
    label: str
    chosen: bool


class AskedField(forms.BoundField):
    """A finding's field together with what was answered and what is to be said beside it."""

    form: Any

    @property
    def finding(self) -> Finding:
        return self.field.finding  # type: ignore[attr-defined, no-any-return]

    @property
    def note(self) -> Any:
        """What is said beside the field: an error, a question, or the amount in another unit."""
        return self.form.notes.get(self.name)

    @property
    def is_picked(self) -> bool:
        """Whether it is here because it was picked, and not asked of everyone."""
        return bool(self.name in self.form.picked)

    @property
    def is_new(self) -> bool:
        """Whether the page comes back because it was picked; where only its row comes, the page stays."""
        return bool(
            self.name == self.form.added and self.form.part != "row" and not self.form.answered_by_button
        )

    @property
    def described_by(self) -> str:
        """The ids of what is said beside it: its note, and what it asks for where that is explained."""
        return f"says-{self.name} help-{self.name}" if self.finding.help else f"says-{self.name}"

    def choices(self) -> Iterator[Choice]:
        """The states, and "not known" where that is an answer."""
        given = self.value() or NOT_KNOWN
        for value, label in self.field.answers:  # type: ignore[attr-defined]
            yield Choice(value, label, value == given)

    def units(self) -> Iterator[Choice]:
        """The units it is given in."""
        given = self.value().unit
        for value, label in self.field.unit_labels:  # type: ignore[attr-defined]
            yield Choice(value, label, value == given)

    def words(self) -> Iterator[Choice]:
        """The words that a report may print instead of a number."""
        given = self.value().word
        for value, label in self.field.answers:  # type: ignore[attr-defined]
            yield Choice(value, label, value == given)


class AboutFinding(forms.Field):
    """What the two kinds of field share. What was entered is judged with the whole picture, not here."""

    template = ""

    def __init__(self, finding: Finding, **options: Any) -> None:
        super().__init__(required=False, label=finding.label, **options)
        self.finding = finding

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> AskedField:
        return AskedField(form, self, field_name)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was posted; where the field was not on the page yet, what it begins with."""
        return initial if data in (None, Typed()) else data


class StatedField(AboutFinding):
    """One of the finding's states; empty is not known."""

    def __init__(self, finding: Finding, **options: Any) -> None:
        super().__init__(finding, **options)
        self.answers = _answers(finding)
        self.template = f"assessments/form/{'radios' if len(self.answers) <= MOST_RADIOS else 'select'}.html"


class AmountInput(forms.Widget):
    """Collects number, unit, interval and word under one name."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        parts = (data.get(key) or "" for key in (name, *(f"{name}-{part}" for part in PARTS)))
        return Typed(*(str(part).strip() for part in parts))


PARTS = ("unit", "low", "high", "word")


class AmountField(AboutFinding):
    """An amount with its unit and the interval printed beside it, or the word of the report.

    A unit is chosen beforehand only where no number could be mistaken: not where the amount is given
    in mass by some laboratories and in moles by others.
    """

    template = "assessments/form/amount.html"

    def __init__(self, finding: Finding, knowledge: Knowledge | None = None) -> None:
        self.knowledge = knowledge
        kinds = {unit.kind for unit in finding.units}
        usual = finding.units[0].code if len(kinds) == 1 else ""
        super().__init__(finding, widget=AmountInput, initial=Typed(unit=usual))
        self.unit_labels = [(u.code, unit_words(u.code) or "no unit") for u in finding.units]
        self.unit_is_chosen = not usual
        # What everyone is asked is printed as a number.
        self.takes_words = bool(finding.states) and finding.asked != "everyone"
        self.answers = [(s, capital(state_words(finding, s))) for s in finding.states]

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What was posted, a unit that was typed with its number in the place of units."""
        given = super().bound_data(data, initial)
        return taken_apart(given, self.finding, self.knowledge) if self.knowledge else given


def field_for(finding: Finding, initial: str = NOT_KNOWN, knowledge: Knowledge | None = None) -> AboutFinding:
    """The field in which the finding is told; with ``knowledge`` it reads units typed with their numbers."""
    return AmountField(finding, knowledge) if finding.is_measured else StatedField(finding, initial=initial)


def _answers(finding: Finding) -> list[tuple[str, str]]:
    if set(finding.states) == YES_NO:
        said = {"present": "Yes", "absent": "No"} | dict(finding.state_labels)
        return [("present", said["present"]), ("absent", said["absent"]), (NOT_KNOWN, "Not known")]
    if finding.slug == GUIDELINE:  # always known: the picture names one
        return [(s, state_words(finding, s)) for s in finding.states]
    return [*((s, capital(state_words(finding, s))) for s in finding.states), (NOT_KNOWN, "Not known")]
