"""The sheet of one condition, disease or medicine: its page, on one page."""

from collections.abc import Iterator
from dataclasses import dataclass

from conditions.presenters.pages import AssociationWords, Page, RuleWords, page_of
from conditions.presenters.release import Release, Review
from conditions.reasoning.knowledge import Knowledge

from .fold import ALL, Folded, folded
from .qr import QrCode
from .sheets import Sheet, Version

TEMPLATE = "printing/sheets/condition.html"


@dataclass(frozen=True, slots=True)
class Fold:
    """How much of each part is shown."""

    rules: int = ALL
    criteria: bool = True
    associations: int = ALL
    suspicion: int = ALL
    sources: int = ALL
    notes: bool = True
    cites: bool = True


FOLDS = (
    Fold(),
    Fold(sources=8, criteria=False),
    Fold(sources=6, criteria=False, rules=8, associations=6),
    Fold(sources=4, criteria=False, rules=5, associations=4, suspicion=18),
    Fold(sources=0, criteria=False, rules=4, associations=3, suspicion=12, notes=False),
    Fold(sources=0, criteria=False, rules=2, associations=0, suspicion=8, notes=False, cites=False),
)


@dataclass(frozen=True, slots=True)
class ConditionSheet:
    """A condition's page, folded."""

    page: Page
    review: Review
    fold: Fold

    @property
    def towards(self) -> Folded[RuleWords]:
        return folded(self.page.towards, self.fold.rules)

    @property
    def against(self) -> Folded[RuleWords]:
        return folded(self.page.against, max(self.fold.rules // 2, 1))

    @property
    def associations(self) -> Folded[AssociationWords]:
        return folded((*self.page.associations, *self.page.travels_with), self.fold.associations)

    @property
    def suspicion(self) -> Folded[str]:
        return folded(self.page.suspicion, self.fold.suspicion)

    @property
    def sources(self) -> Folded[str]:
        return folded((f"{s.short}: {s.title}" for s in self.page.sources), self.fold.sources)


def condition_sheets(
    slug: str, knowledge: Knowledge, release: Release, review: Review, code: QrCode | None
) -> Iterator[Version]:
    """The sheet of one condition, ever briefer. Raises KeyError if there is none of that name."""
    page = page_of(slug, knowledge)
    for fold in FOLDS:
        yield (
            Sheet(
                kind=f"Condition sheet · {page.category}",
                title=page.condition.name,
                also=f"Also called: {', '.join(page.condition.synonyms)}." if page.condition.synonyms else "",
                template=TEMPLATE,
                said={"condition": ConditionSheet(page, review, fold)},
                release=release,
                style="sheet-condition",
                page=code,
            ),
        )
