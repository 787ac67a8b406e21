"""The form filled from the line of an earlier note: what it told, what was kept instead, what had no place."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.datastructures import MultiValueDict

from assessments.forms.fields import AmountField, field_for
from assessments.forms.picture import GUIDELINE, PictureForm
from assessments.notes.line import Line, LineError, read_line
from conditions.presenters.words import amount_words, capital, number, state_words
from conditions.reasoning.knowledge import Finding, Knowledge
from conditions.reasoning.picture import state_problem
from conditions.reasoning.quantities import Quantity

PASTED = "earlier"
MOST_PASTED = 200_000


@dataclass(frozen=True, slots=True)
class Earlier:
    """What became of a pasted note: ``problem`` says why nothing was read, empty if it was.

    ``kept`` are the questions answered otherwise in the form before, whose answers stay; ``lost`` what the note tells
    and this release has no place for.
    """

    problem: str = ""
    release: str = ""
    filled: int = 0
    kept: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def is_pasted(data: MultiValueDict[str, str]) -> bool:
    """Whether the button beside an earlier note was pressed."""
    return data.get("read") == PASTED


def with_earlier(data: MultiValueDict[str, str], knowledge: Knowledge) -> PictureForm:
    """The form as it was posted, and what the pasted note tells beside that."""
    try:
        line = read_line(data.get(PASTED, "")[:MOST_PASTED])
    except LineError as error:
        form = PictureForm(data, knowledge=knowledge)
        form.earlier = Earlier(problem=str(error))
        return form
    return _Filling(data, line, knowledge).form()


class _Filling:
    """Writes a line into a copy of what was posted, one answer after another."""

    def __init__(self, data: MultiValueDict[str, str], line: Line, knowledge: Knowledge) -> None:
        form = PictureForm(data, knowledge=knowledge)
        self.line, self.knowledge = line, knowledge
        self.askable = form.catalogue.findings
        self.data = MultiValueDict({name: list(given) for name, given in data.lists()})
        self.answered = set(form.answered)
        if data.get(GUIDELINE) == settings.COBALT_GUIDELINE:
            self.answered.discard(GUIDELINE)
        self.filled: list[str] = []
        self.lost: list[str] = []

    def form(self) -> PictureForm:
        for slug, quantity in self.line.measured.items():
            self._measured(slug, quantity)
        absent = [slug for slug, state in self.line.stated.items() if state == "absent"]
        for slug, state in self.line.stated.items():
            if state != "absent" or slug not in self.askable or self.askable[slug].asked == "everyone":
                self._stated(slug, state)
        self._none_of_the_others(frozenset(absent))
        for slug in absent:
            if slug in self.askable and self.askable[slug].asked != "everyone" and slug not in self.filled:
                self._stated(slug, "absent")
        form = PictureForm(self.data, knowledge=self.knowledge)
        form.earlier = Earlier(
            release=self.line.release,
            filled=len(set(self.filled)),
            kept=tuple(dict.fromkeys(self._kept())),
            lost=tuple(self.lost),
        )
        return form

    def _measured(self, slug: str, quantity: Quantity) -> None:
        finding = self.askable.get(slug)
        told = amount_words(quantity.text, quantity.unit)
        if finding is None or not finding.is_measured:
            self.lost.append(f"{self._name(slug)}: {told}")
        elif quantity.unit not in [unit.code for unit in finding.units]:
            self.lost.append(f"{finding.label}: {told} (a unit that it is no longer given in)")
        elif slug not in self.answered:
            low, high = (
                "" if end is None else number(end)
                for end in (
                    (quantity.interval.low, quantity.interval.high) if quantity.interval else (None, None)
                )
            )
            self._write(slug, "", f"{quantity.comparator}{quantity.value:f}")
            for part, told_part in (("unit", quantity.unit), ("low", low), ("high", high)):
                self._write(slug, part, told_part)

    def _stated(self, slug: str, state: str) -> None:
        finding = self.askable.get(slug)
        if finding is None or state_problem(finding, state):
            said = state_words(finding, state) if finding else state.replace("_", " ")
            self.lost.append(f"{self._name(slug)}: {said}")
        elif slug in self.answered:
            return
        elif not finding.is_measured:
            self._write(slug, "", state)
        elif slug not in self.line.measured:
            self._write(slug, *self._word(finding, state))
        elif _takes_words(finding):
            self._write(slug, "word", state)
        else:
            self.lost.append(f"{finding.label}: {state_words(finding, state)}, in a word beside the amount")

    @staticmethod
    def _word(finding: Finding, state: str) -> tuple[str, str]:
        """A word has a control of its own, or stands where the number would."""
        return ("word", state) if _takes_words(finding) else ("", state_words(finding, state))

    def _write(self, slug: str, part: str, told: str) -> None:
        self.data[f"{slug}-{part}" if part else slug] = told
        self.filled.append(slug)

    def _none_of_the_others(self, absent: frozenset[str]) -> None:
        """Where all that a group leaves open was told as absent, one tick says so."""
        form = PictureForm(self.data, knowledge=self.knowledge)
        for groups in form.catalogue.steps.values():
            for offered in groups:
                rest = {finding.slug for finding in form.others(offered)}
                if offered.group.none_of_the_others and rest and rest <= absent:
                    if offered.group.slug not in form.none_of_the_others:
                        self.data.appendlist("none", offered.group.slug)
                    self.filled += rest

    def _kept(self) -> Iterator[str]:
        for slug in (*self.line.measured, *self.line.stated):
            if slug in self.answered and slug in self.askable:
                yield self.askable[slug].label

    def _name(self, slug: str) -> str:
        finding = self.knowledge.findings.get(slug)
        return finding.label if finding else capital(slug.replace("_", " "))


def _takes_words(finding: Finding) -> bool:
    field = field_for(finding)
    return isinstance(field, AmountField) and field.takes_words
