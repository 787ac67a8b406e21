"""The summary of an assessment for the clinician: one page, two at most; what does not fit is counted."""

from collections.abc import Iterator
from dataclasses import dataclass

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
    """How much of each part is shown; what is never folded are the signs and the headline."""

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


FOLDS = (
    Fold(),
    Fold(reasons=2, why=1, sources=False, missing=24),
    Fold(reasons=2, why=1, sources=False, causes=8, tests=8, options=6, cautions=4, missing=16, told=40),
    Fold(
        reasons=1,
        why=1,
        sources=False,
        causes=6,
        tests=7,
        options=4,
        cautions=3,
        values=24,
        bars=False,
        missing=12,
        told=30,
        questions=6,
    ),
    Fold(
        reasons=1,
        why=1,
        sources=False,
        causes=5,
        tests=5,
        options=3,
        cautions=2,
        values=14,
        bars=False,
        missing=8,
        told=20,
        questions=3,
    ),
    Fold(
        reasons=1,
        why=1,
        sources=False,
        causes=3,
        tests=3,
        options=2,
        cautions=1,
        values=8,
        bars=False,
        missing=6,
        told=12,
        questions=2,
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
        """The amounts that were read on a scale of their own."""
        return folded((one for one in self.report.amounts if one.scales), self.fold.values)

    @property
    def unread(self) -> tuple[Amount, ...]:
        """The amounts that only rules read."""
        return tuple(one for one in self.report.amounts if not one.scales)

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
            *[one.cited for one in (*self.report.signs, *self.options.shown, *self.cautions.shown)],
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
