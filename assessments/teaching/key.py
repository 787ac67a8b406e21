"""The key to a case: what an educator keeps back until the learners have committed themselves."""

from dataclasses import dataclass

from assessments.presenters.report import Report
from conditions.presenters.citations import SourceWords, source_words
from conditions.reasoning.knowledge import Case

from .moves import MovedTable, moved_table, steps_of
from .reveal import published_causes, published_states

MOST_CAUSES = 5
MOST_TESTS = 3


@dataclass(frozen=True, slots=True)
class Key:
    """Cobalt's answer, what moved it, what was published and done, and what the case teaches.

    ``states`` and ``causes`` are the published ones, in words; ``differs`` says why Cobalt does not say the same,
    ``note`` what of the case was set by hand.
    """

    report: Report
    moved: MovedTable
    states: str
    causes: str
    differs: str
    note: str
    in_reality: str
    points: tuple[str, ...]
    source: SourceWords | None
    most_causes: str = f":{MOST_CAUSES}"
    most_tests: str = f":{MOST_TESTS}"

    @property
    def more_causes(self) -> int:
        """How many further causes the answer names."""
        return max(len(self.report.causes) - MOST_CAUSES, 0)


def key_of(case: Case, report: Report) -> Key:
    """The key to a case that teaches, from a full report on its picture."""
    said = report.interpretation
    knowledge = said.knowledge
    return Key(
        report=report,
        moved=moved_table(steps_of(said.picture, knowledge), said),
        states=published_states(case, knowledge),
        causes=published_causes(case, knowledge),
        differs=str(case.published.get("disagrees", "")),
        note=str(case.published.get("note", "")),
        in_reality=case.lesson.in_reality if case.lesson else "",
        points=case.lesson.points if case.lesson else (),
        source=source_words(knowledge.sources[case.source]) if case.source else None,
    )
