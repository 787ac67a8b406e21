"""The sheet of one condition, disease or medicine: its page, on one page."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from conditions.presenters.pages import AssociationWords, EffectWords, Page, RuleWords, page_of
from conditions.presenters.release import Release, Review
from conditions.reasoning.knowledge import Knowledge

from .fold import ALL, Folded, folded
from .qr import QrCode
from .sheets import Sheet, Version

TEMPLATE = "printing/sheets/condition.html"


@dataclass(frozen=True, slots=True)
class Fold:
    """How much of each part is shown; ``associations`` and ``sources`` are told of all as names where they are not shown."""

    rules: int = ALL
    criteria: bool = True
    associations: int = ALL
    suspicion: int = ALL
    effects: int = ALL
    titles: bool = True
    notes: bool = True
    cites: bool = True
    names: bool = True


_SHORT = Fold(criteria=False, titles=False, associations=0, notes=False)
FOLDS = (
    Fold(),
    Fold(criteria=False),
    Fold(criteria=False, titles=False),
    Fold(criteria=False, titles=False, associations=4, rules=10),
    replace(_SHORT, rules=8),
    replace(_SHORT, rules=6, suspicion=18),
    replace(_SHORT, rules=5, suspicion=12, cites=False),
    replace(_SHORT, rules=4, suspicion=9, effects=4, cites=False),
    replace(_SHORT, rules=3, suspicion=9, effects=3, cites=False, names=False),
    replace(_SHORT, rules=2, suspicion=6, effects=2, cites=False, names=False),
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
    def effects(self) -> Folded[EffectWords]:
        return folded(self.page.effects, self.fold.effects)

    @property
    def short_sources(self) -> tuple[str, ...]:
        """The names by which the sources are cited, each once."""
        return tuple(dict.fromkeys(source.short for source in self.page.sources))


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
