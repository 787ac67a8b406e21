"""From what a clinician enters to a ``PatientPicture``."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from assessments.forms.catalogue import GUIDELINE, STEPS, Catalogue, Offered, Step, catalogue_of, is_yes_or_no
from assessments.forms.fields import AmountField, field_for
from assessments.forms.layout import Question, layout_of, quick_layout_of
from assessments.forms.notes import Note, note_of, notes_on
from assessments.forms.search import ANYWHERE, Search, search_in
from assessments.forms.told import ToldInStep, told
from assessments.forms.typed import Typed
from conditions.presenters.words import state_words
from conditions.reasoning.knowledge import Finding, Knowledge
from conditions.reasoning.picture import PatientPicture, PictureError, read_picture

SWAPPED = ("report", "found", "row")
"""The parts of the page that can be asked for alone."""


class PictureForm(forms.Form):
    """Asks for the findings of a release: those of everyone, and those that were picked.

    It makes of the answers the JSON of the contract and reads that as the command does, so that page and
    command give the same answer and refuse with the same sentences. ``picture()`` is what came of it.
    """

    def __init__(self, data: Mapping[str, Any] | None = None, *, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.catalogue: Catalogue = catalogue_of(knowledge)
        super().__init__(with_answer_of_button(data, self.catalogue), label_suffix="")
        self.answered_by_button = self._one("present", self._yes_or_no) or self._one(
            "absent", self._yes_or_no
        )
        self.added = self.answered_by_button or self._one("add", self.catalogue.findings)
        self.picked = self._picked()
        for finding in self.catalogue.findings.values():
            if finding.asked == "everyone" or finding.slug in self.picked:
                self.fields[finding.slug] = field_for(finding, self._initial(finding), knowledge)
        self.none_of_the_others = frozenset(self._all("none")) & {
            offered.group.slug for offered in self._groups if offered.group.none_of_the_others
        }
        self.refused: dict[str, Note] = {}
        self.earlier: Any = None  # what became of an earlier note, where one was pasted
        self._picture: PatientPicture | None = None

    # What was asked for

    def _all(self, name: str) -> list[str]:
        if isinstance(self.data, MultiValueDict):
            return list(self.data.getlist(name))
        given = self.data.get(name, [])
        return [given] if isinstance(given, str) else list(given)

    def _one(self, name: str, among: Any) -> str:
        return next((given for given in self._all(name) if given in among), "")

    def _picked(self) -> frozenset[str]:
        """The findings that were looked up, by typing or by hand: whatever is answered is also asked."""
        asked_for = {*self._all("picked"), *(name.split("-")[0] for name in self.data), self.added}
        found = self.catalogue.findings
        return frozenset(slug for slug in asked_for if slug in found and found[slug].asked != "everyone")

    @property
    def _yes_or_no(self) -> frozenset[str]:
        return frozenset(f.slug for f in self.catalogue.findings.values() if is_yes_or_no(f))

    def _initial(self, finding: Finding) -> str:
        return settings.COBALT_GUIDELINE if finding.slug == GUIDELINE else ""

    @property
    def _groups(self) -> list[Offered]:
        return [offered for groups in self.catalogue.steps.values() for offered in groups]

    @property
    def part(self) -> str:
        """The part of the page that is wanted, where not the whole of it is."""
        return self._one("part", SWAPPED) or "report"

    @cached_property
    def step(self) -> str:
        """The step to show: the one asked for, but first what has to be put right, or what was just added."""
        slugs = [step.slug for step in STEPS]
        asked_for = self._one("step", slugs) or self._one("at", slugs) or slugs[0]
        wrong = {self.catalogue.step_of[slug] for slug in self.refused if slug in self.catalogue.step_of}
        if self.added:
            return self.catalogue.step_of[self.added]
        if wrong and asked_for not in wrong:
            return next(slug for slug in slugs if slug in wrong)
        return asked_for

    @property
    def steps(self) -> list[tuple[Any, bool]]:
        """The steps, each with whether it is the one shown."""
        return [(step, step.slug == self.step) for step in STEPS]

    def search(self, step: Step) -> Search:
        """What is looked for in a step, and what was found; nothing while a finding is being added."""
        typed = "" if self.added else " ".join(self._all(f"find-{step.slug}"))[:100]
        return search_in(step, typed, self.catalogue, self.fields.keys())

    @property
    def searched(self) -> Search:
        """The search of the step that is shown."""
        return self.search(next(step for step in STEPS if step.slug == self.step))

    @property
    def searched_anywhere(self) -> Search:
        """The search of the page that has no steps."""
        return self.search(ANYWHERE)

    # What was told

    def others(self, offered: Offered) -> list[Finding]:
        """The findings of a group that "asked: none of the others" speaks of.

        Those that were answered are not among them, nor what an answer of this form implies.
        """
        implied = {
            implication.finding
            for slug, states in self._told.items()
            for implication in self.knowledge.findings[slug].implies
            if states is None or implication.state in states
        }
        return [f for f in offered.yes_or_no if f.slug not in self._told and f.slug not in implied]

    @cached_property
    def _told(self) -> dict[str, tuple[str, ...] | None]:
        """The findings answered by hand, with their states; ``None`` where an amount decides them."""
        answered: dict[str, tuple[str, ...] | None] = {}
        for slug in self.fields:
            given = self[slug].value()
            if isinstance(given, Typed):
                if not given.is_empty:
                    answered[slug] = None
            elif given:
                answered[slug] = (given,)
        return answered

    @property
    def answered(self) -> frozenset[str]:
        """The findings that were answered one by one."""
        return frozenset(self._told)

    @property
    def tells_nothing(self) -> bool:
        """Whether nothing at all was told of the patient."""
        return not (self._told.keys() - {GUIDELINE}) and not self.none_of_the_others

    def given(self) -> dict[str, Any]:
        """The answers as the contract's JSON."""
        measured: dict[str, Any] = {}
        stated: dict[str, str] = {}
        for slug, field in self.fields.items():
            answer = self[slug].value()
            if not isinstance(answer, Typed):
                stated.update({slug: answer} if answer else {})
                continue
            word = _word(answer.value, field.finding) if isinstance(field, AmountField) else ""
            if word or answer.word:
                stated[slug] = word or answer.word
            if not word and (answer.value or answer.low or answer.high):
                measured[slug] = _amount(answer)
        for offered in self._groups:
            if offered.group.slug in self.none_of_the_others:
                stated |= {finding.slug: "absent" for finding in self.others(offered)}
        return {"measured": measured, "stated": stated}

    def clean(self) -> None:
        """Read the picture; every problem with it stands beside the answer it speaks of."""
        try:
            self._picture = read_picture(self.given(), self.knowledge)
        except PictureError as error:
            for note in map(note_of, error.problems):
                self.refused.setdefault(note.finding, note)
                self.add_error(note.finding, ValidationError(note.says, code=note.part or "value"))

    def picture(self) -> PatientPicture:
        """The picture told. Raises ValueError if the form is not valid."""
        if self._picture is None:
            raise ValueError("Only a valid form has a picture.")
        return self._picture

    # What is said of it

    @cached_property
    def notes(self) -> dict[str, Note]:
        """What stands beside each answer, by finding."""
        if self.is_bound and self.is_valid():
            return {note.finding: note for note in notes_on(self.picture(), self.knowledge)}
        return self.refused

    @property
    def problems(self) -> list[tuple[Finding, Note, str]]:
        """What is wrong: finding, note and step, in the order of the form."""
        return [
            (finding, self.refused[slug], self.catalogue.step_of[slug])
            for slug, finding in self.catalogue.findings.items()
            if slug in self.refused
        ]

    @property
    def told(self) -> list[ToldInStep]:
        """Everything that was told, step by step."""
        return list(told(self))

    # How it is laid out

    @property
    def helper(self) -> FormHelper:
        """The whole form, without its own tag."""
        return self._helper(layout_of(self))

    @property
    def quick_helper(self) -> FormHelper:
        """The whole form on one screen, without its own tag."""
        return self._helper(quick_layout_of(self))

    @property
    def helps(self) -> list[Finding]:
        """The findings on the quick page that have something explained, in the order of the form."""
        return [f for f in self.catalogue.findings.values() if f.help and f.slug in self.fields]

    @property
    def added_row(self) -> FormHelper:
        """Only the question that was picked just now."""
        return self._helper(Layout(Question(self.added)))

    def _helper(self, layout: Layout) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag, helper.disable_csrf, helper.form_show_errors = False, True, False
        helper.layout = layout
        return helper


def with_answer_of_button(data: Mapping[str, Any] | None, catalogue: Catalogue) -> Mapping[str, Any] | None:
    """What was posted; a button called ``present`` or ``absent`` answers the finding it names."""
    if not isinstance(data, MultiValueDict):
        return data
    for state in ("present", "absent"):
        slug = data.get(state, "")
        if slug in catalogue.findings and is_yes_or_no(catalogue.findings[slug]):
            data = MultiValueDict({name: list(given) for name, given in data.lists()})
            data[slug] = state
    return data


def _amount(typed: Typed) -> dict[str, Any]:
    amount: dict[str, Any] = {"unit": typed.unit} | ({"value": typed.value} if typed.value else {})
    interval = {end: text for end, text in (("low", typed.low), ("high", typed.high)) if text}
    return amount | ({"interval": interval} if interval else {})


def _word(text: str, finding: Finding) -> str:
    """The state that was written where a number could stand; nothing if it is no state of the finding."""
    said = text.casefold()
    return next((s for s in finding.states if said in (s, state_words(finding, s).casefold())), "")
