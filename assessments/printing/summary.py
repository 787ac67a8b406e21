"""The summary of an assessment for the clinician: one page, two at most; what does not fit is counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from assessments.presenters.advice import AdviceWords, InvestigationWords
from assessments.presenters.given import Amount, Stated
from assessments.presenters.missing import Missing
from assessments.presenters.reasons import OpinionWords, ReasonWords
from assessments.presenters.report import Report
from conditions.presenters.citations import NOT_LOOKED_UP, SourceWords
from conditions.printing.fold import ALL, Folded, folded
from conditions.printing.sheets import Sheet, Version

TEMPLATE = "printing/sheets/summary.html"


@dataclass(frozen=True, slots=True)
class Fold:
    """How much of each part is shown; of what is not shown, ``names`` are named and the others counted.

    The headline is never folded, and signs only where everything else is as short as it gets.
    """

    signs: int = ALL
    causes: int = ALL
    reasons: int = ALL
    tests: int = ALL
    why: int = ALL
    options: int = ALL
    cautions: int = ALL
    values: int = ALL
    bars: bool = True
    told: int = ALL
    missing: int = ALL
    questions: int = ALL
    sources: bool = True
    names: int = ALL


_BRIEF = Fold(reasons=2, why=1, sources=False, missing=24)
_SHORT = replace(_BRIEF, reasons=1, bars=False, names=24)
FOLDS = (
    Fold(missing=24),
    _BRIEF,
    replace(_BRIEF, causes=8, tests=8, options=6, cautions=4, missing=16, told=40),
    replace(_SHORT, causes=6, tests=7, options=4, cautions=3, values=24, missing=12, told=30, questions=6),
    replace(_SHORT, causes=5, tests=5, options=3, cautions=2, values=14, missing=8, told=20, questions=3),
    replace(
        _SHORT,
        signs=6,
        causes=3,
        tests=3,
        options=2,
        cautions=1,
        values=8,
        missing=6,
        told=12,
        questions=2,
        names=12,
    ),
)


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One explanation with as many of its reasons as there is room for."""

    line: OpinionWords
    fold: Fold

    @property
    def towards(self) -> Folded[ReasonWords]:
        return folded(self.line.towards, self.fold.reasons)

    @property
    def against(self) -> Folded[ReasonWords]:
        return folded(self.line.against, self.fold.reasons)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the report says, folded to the room there is."""

    report: Report
    fold: Fold

    @property
    def signs(self) -> Folded[AdviceWords]:
        """The time-sensitive signs, most urgent first."""
        return folded(self.report.signs, self.fold.signs)

    @property
    def causes(self) -> Folded[CauseLine]:
        return folded((CauseLine(line, self.fold) for line in self.report.causes), self.fold.causes)

    @property
    def tests(self) -> Folded[InvestigationWords]:
        return folded(self.report.investigations, self.fold.tests)

    @property
    def why(self) -> str:
        """How many of the reasons for a test are shown, as a slice."""
        return f":{self.fold.why}"

    @property
    def options(self) -> Folded[AdviceWords]:
        return folded(self.report.options, self.fold.options)

    @property
    def cautions(self) -> Folded[AdviceWords]:
        return folded(self.report.cautions, self.fold.cautions)

    @property
    def amounts(self) -> Folded[Amount]:
        """The amounts that were read on a scale of their own, those of the laboratory first."""
        read = sorted((one for one in self.report.amounts if one.scales), key=self._comes_later)
        return folded(read, self.fold.values)

    def _comes_later(self, amount: Amount) -> bool:
        knowledge = self.report.interpretation.knowledge
        group = knowledge.groups.get(knowledge.findings[amount.finding].group)
        return group is None or group.step != "laboratory"

    @property
    def unread(self) -> Folded[Amount]:
        """The amounts that only rules read."""
        return folded((one for one in self.report.amounts if not one.scales), self.fold.told)

    def named(self, rest: Iterable[str]) -> Folded[str]:
        """The names of what is not shown."""
        return folded(rest, self.fold.names)

    @property
    def more_amounts(self) -> Folded[str]:
        return self.named(f"{one.label} {one.value}" for one in self.amounts.rest)

    @property
    def more_causes(self) -> Folded[str]:
        return self.named(f"{one.line.name} ({one.line.support_words})" for one in self.causes.rest)

    @property
    def more_tests(self) -> Folded[str]:
        return self.named(one.name for one in self.tests.rest)

    @property
    def sources(self) -> tuple[SourceWords, ...]:
        """The sources cited on the sheet, by title."""
        cites = [
            *[
                reason.cited
                for cause in self.causes.shown
                for reason in (*cause.towards.shown, *cause.against.shown)
            ],
            *[why.cited for test in self.tests.shown for why in test.why[: self.fold.why]],
            *[one.cited for one in (*self.signs.shown, *self.options.shown, *self.cautions.shown)],
            *[scale.cited for amount in self.amounts.shown for scale in amount.scales],
        ]
        by_slug = {cited.source.slug: cited.source for cited in cites if cited.source.slug != NOT_LOOKED_UP}
        return tuple(sorted(by_slug.values(), key=lambda source: source.short.casefold()))

    @property
    def told(self) -> Folded[Stated]:
        return folded((one for one in self.report.stated if one.finding != "guideline"), self.fold.told)

    @property
    def missing(self) -> Folded[Missing]:
        return folded(self.report.missing_for_headline, self.fold.missing)

    @property
    def questions(self) -> Folded[str]:
        return folded((problem.says for problem in self.report.questions), self.fold.questions)


def summary_sheets(report: Report) -> Iterator[Version]:
    """The summary, ever briefer."""
    for fold in FOLDS:
        yield (
            Sheet(
                kind="Summary for the clinician",
                title="Vitamin B12: what the results say",
                template=TEMPLATE,
                said={"summary": Summary(report, fold)},
                release=report.release,
                style="sheet-summary",
                label_space=True,
            ),
        )
