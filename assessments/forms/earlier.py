"""The form filled from the line of an earlier note, or from the confirmed results of a pasted report.

What it told, what was kept instead, what had no place.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.datastructures import MultiValueDict

from assessments.forms.catalogue import GUIDELINE
from assessments.forms.fields import AmountField, field_for
from assessments.forms.picture import PictureForm
from assessments.notes.line import Line, LineError, read_line, read_parts
from conditions.presenters.words import amount_words, capital, number, state_words
from conditions.reasoning.knowledge import Finding, Knowledge
from conditions.reasoning.picture import state_problem
from conditions.reasoning.quantities import Quantity

PASTED = "earlier"
REPORT = "report"
RESULT = "result"
"""What the names of the controls begin with by which results of a report are confirmed."""
OLD_RESULTS = "old_results"
"""The control by which results of the note that the report does not hold are taken as those of today."""
LABORATORY = "laboratory"
MOST_PASTED = 200_000


@dataclass(frozen=True, slots=True)
class Earlier:
    """What became of a pasted note and of a report: ``problem`` says why nothing was read, empty if it was.

    ``results`` of the report were confirmed, and the note ``filled`` further questions. ``kept`` are the questions
    answered otherwise in the form before, whose answers stay; ``became`` those whose old amounts are now told as
    earlier results; ``left`` are old results that stand beside new ones and are not used; ``lost`` is what was told and
    this release has no place for.
    """

    problem: str = ""
    release: str = ""
    results: int = 0
    filled: int = 0
    kept: tuple[str, ...] = ()
    became: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    from_report: bool = False


def is_pasted(data: MultiValueDict[str, str]) -> bool:
    """Whether the button beside an earlier note, or that below a report, was pressed."""
    return data.get("read") in (PASTED, REPORT)


def with_earlier(data: MultiValueDict[str, str], knowledge: Knowledge) -> PictureForm:
    """The form as it was posted, and what the report's confirmed results and the pasted note tell beside that."""
    filling = _Filling(data, knowledge)
    note = data.get(PASTED, "")[:MOST_PASTED]
    try:
        if data.get("read") == REPORT:
            filling.fill_from_report(read_parts(_confirmed(data)))
        if data.get("read") == PASTED or note:
            filling.fill_from_note(read_line(note))
    except LineError as error:
        filling.told = replace(filling.told, problem=str(error))
    return filling.form()


def _confirmed(data: MultiValueDict[str, str]) -> list[str]:
    """What was ticked or chosen of a report, each as it would stand in a note's line."""
    chosen = [
        given for name, values in data.lists() if name.split("-")[0] == RESULT for given in values if given
    ]
    return [part for given in chosen for part in given.split(";")]


class _Filling:
    """Writes a line into a copy of what was posted, one answer after another."""

    def __init__(self, data: MultiValueDict[str, str], knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.data = MultiValueDict(
            {name: list(given) for name, given in data.lists() if name.split("-")[0] != RESULT}
        )
        self.told = Earlier(from_report=data.get("read") == REPORT)
        self.line = Line("", {}, {})
        self.filled: list[str] = []
        self.became: list[str] = []
        self.left: list[str] = []
        self.only_new_results = False
        self.lost: list[str] = []
        self._look()

    def _look(self) -> None:
        """What the form as it stands asks, and what was answered in it."""
        form = PictureForm(self.data, knowledge=self.knowledge)
        self.askable, self.step_of = form.catalogue.findings, form.catalogue.step_of
        self.answered = set(form.answered)
        if self.data.get(GUIDELINE) in (None, settings.COBALT_GUIDELINE):
            self.answered.discard(GUIDELINE)

    def form(self) -> PictureForm:
        form = PictureForm(self.data, knowledge=self.knowledge)
        form.earlier = replace(
            self.told, became=tuple(self.became), left=tuple(self.left), lost=tuple(self.lost)
        )
        return form

    def fill_from_report(self, line: Line) -> None:
        """Write what was confirmed. Amounts of today are not mixed unasked with those of another day."""
        self._fill(line)
        self.only_new_results = bool(line.measured) and not self.data.get(OLD_RESULTS)
        self.told = replace(self.told, results=len(set(self.filled)), kept=self._kept())

    def fill_from_note(self, line: Line) -> None:
        """Write what the note tells where nothing else was told."""
        self.filled = []
        self._look()
        self._fill(line)
        kept = (*self.told.kept, *self._kept())
        filled = len(set(self.filled))
        self.told = replace(self.told, release=line.release, filled=filled, kept=tuple(dict.fromkeys(kept)))

    def _fill(self, line: Line) -> None:
        self.line = line
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

    def _measured(self, slug: str, quantity: Quantity) -> None:
        finding = self.askable.get(slug)
        told = amount_words(quantity.text, quantity.unit)
        if finding is None or not finding.is_measured:
            self.lost.append(f"{self._name(slug)}: {told}")
        elif quantity.unit not in [unit.code for unit in finding.units]:
            self.lost.append(f"{finding.label}: {told} (a unit that it is no longer given in)")
        elif slug not in self.answered and not self._is_of_another_day(slug):
            self._write_amount(slug, quantity)
        elif self._is_older(slug, quantity):
            self._write_amount(f"previous_{slug}", quantity)
            self.became.append(finding.label)
        elif slug not in self.answered:
            self.left.append(f"{finding.label} {told}")

    def _is_of_another_day(self, slug: str) -> bool:
        """Whether it is a result of the note beside results of the report."""
        is_result = self.step_of[slug] == LABORATORY and not slug.startswith("previous_")
        return self.only_new_results and is_result

    def _is_older(self, slug: str, quantity: Quantity) -> bool:
        """Whether the amount differs from the one that stands in the form, and has a place as an earlier one."""
        previous = self.askable.get(f"previous_{slug}")
        if previous is None or previous.slug in {*self.answered, *self.line.measured}:
            return False
        told = (self.data.get(slug, "").strip(), self.data.get(f"{slug}-unit", ""))
        is_unit = quantity.unit in [unit.code for unit in previous.units]
        return is_unit and told != (f"{quantity.comparator}{quantity.value:f}", quantity.unit)

    def _write_amount(self, slug: str, quantity: Quantity) -> None:
        interval = quantity.interval
        low, high = (None, None) if interval is None else (interval.low, interval.high)
        self._write(slug, "", f"{quantity.comparator}{quantity.value:f}")
        self._write(slug, "unit", quantity.unit)
        for part, end in (("low", low), ("high", high)):
            self._write(slug, part, "" if end is None else number(end))

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

    def _kept(self) -> tuple[str, ...]:
        asked = [slug for slug in (*self.line.measured, *self.line.stated) if slug in self.askable]
        labels = dict.fromkeys(self.askable[slug].label for slug in asked if slug in self.answered)
        return tuple(label for label in labels if label not in self.became)

    def _name(self, slug: str) -> str:
        finding = self.knowledge.findings.get(slug)
        return finding.label if finding else capital(slug.replace("_", " "))


def _takes_words(finding: Finding) -> bool:
    field = field_for(finding)
    return isinstance(field, AmountField) and field.takes_words
