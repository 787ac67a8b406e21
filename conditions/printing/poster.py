"""The poster of limits: whose edges for B12 and its markers lie where."""

from collections.abc import Iterator

from conditions.presenters.release import Release
from conditions.reasoning.knowledge import Knowledge

from .qr import QrCode
from .sheets import Sheet, Version
from .thresholds import charts_of

FINDINGS = ("total_b12", "active_b12", "mma", "homocysteine", "mma_level", "folate_serum")
"""In the order in which they are wanted on the wall; the last are left out first where the page is short."""
FEWEST = 2


def threshold_posters(knowledge: Knowledge, release: Release, code: QrCode | None) -> Iterator[Version]:
    """The poster, with ever fewer of the lesser markers."""
    charts = charts_of(FINDINGS, knowledge)
    for shown in range(len(charts), min(FEWEST, len(charts)) - 1, -1):
        said = {"charts": charts[:shown], "left_out": [chart.title for chart in charts[shown:]]}
        yield (
            Sheet(
                kind="Poster",
                title="Vitamin B12 and its markers: whose limits lie where",
                template="printing/sheets/thresholds.html",
                said=said,
                release=release,
                style="sheet-poster",
                page=code,
            ),
        )
