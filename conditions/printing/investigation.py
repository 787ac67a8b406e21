"""The sheet of one investigation: what it asks, how it is prepared, what misleads, and whose limits lie where."""

from collections.abc import Iterator
from dataclasses import dataclass

from conditions.presenters.citations import Cited, cited
from conditions.presenters.release import Release
from conditions.presenters.words import COST
from conditions.reasoning.knowledge import Investigation, Knowledge

from .qr import QrCode
from .sheets import Sheet, Version
from .thresholds import Chart, charts_of

MOST_CHARTS = (4, 2, 1, 0)


@dataclass(frozen=True, slots=True)
class InvestigationSheet:
    """An investigation in words, with the conditions it helps to confirm and the limits of what it measures."""

    investigation: Investigation
    measures: tuple[str, ...]
    includes: tuple[str, ...]
    confirms: tuple[str, ...]
    cost: str
    cited: Cited
    charts: tuple[Chart, ...]


def investigation_sheets(
    slug: str, knowledge: Knowledge, release: Release, code: QrCode | None
) -> Iterator[Version]:
    """The sheet, with ever fewer charts. Raises KeyError if there is no investigation of that name."""
    one = knowledge.investigations[slug]
    charts = charts_of(one.measures, knowledge)
    for most in MOST_CHARTS:
        said = InvestigationSheet(
            investigation=one,
            measures=tuple(knowledge.findings[name].label for name in one.measures),
            includes=tuple(knowledge.investigations[name].name for name in one.includes),
            confirms=tuple(c.name for c in knowledge.conditions.values() if slug in c.confirmed_by),
            cost=f"{COST[one.cost]} of five cost bands" if one.cost else "",
            cited=cited(one.citation, knowledge),
            charts=charts[:most],
        )
        yield (
            Sheet(
                kind="Investigation sheet",
                title=one.name,
                template="printing/sheets/investigation.html",
                said={"sheet": said},
                release=release,
                style="sheet-investigation",
                page=code,
            ),
        )
