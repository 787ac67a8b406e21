"""What a draft or a change set would change in what is said of patients, in clinical language."""

from dataclasses import dataclass

from conditions.curation.case_changes import CaseChange, changed_cases
from conditions.curation.grid import RangeChange, tried
from conditions.reasoning.cases import failures_of
from conditions.reasoning.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Impact:
    """The cases and the ranges of amounts of which something else would be said; how many were compared.

    ``failing`` says which cases would not be interpreted as they demand; with any, nothing can be published.
    """

    cases: tuple[CaseChange, ...]
    ranges: tuple[RangeChange, ...]
    failing: tuple[str, ...]
    cases_run: int
    pictures_run: int

    @property
    def summary(self) -> str:
        """What changes, counted, in one sentence."""
        if not self.cases and not self.ranges:
            return f"Nothing else would be said in any of {self.cases_run} cases and {self.pictures_run} pictures."
        ranges = f"{len(self.ranges)} {'range' if len(self.ranges) == 1 else 'ranges'} of amounts"
        return (
            f"Something else would be said in {len(self.cases)} of {self.cases_run} cases, and in {ranges}"
            f" ({self.pictures_run} pictures were compared)."
        )


def impact(old: Knowledge, new: Knowledge) -> Impact:
    """Every case of both and a grid over the main analytes, interpreted under both."""
    if old.digest == new.digest:
        return Impact((), (), (), len(new.cases), 0)
    grid, cases = tried(old, new), changed_cases(old, new)
    return Impact(
        cases=cases,
        ranges=grid.changes,
        failing=tuple(
            failure
            for case in cases
            if case.slug in new.cases
            for failure in failures_of(new.cases[case.slug], new)
        ),
        cases_run=len(old.cases.keys() | new.cases.keys()),
        pictures_run=grid.pictures,
    )
