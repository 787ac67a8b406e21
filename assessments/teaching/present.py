"""A case as a presenter shows it: so many findings, and what is said of those."""

from dataclasses import dataclass

from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PatientPicture

from .told import Told, part_of, told_of


@dataclass(frozen=True, slots=True)
class Presented:
    """The findings shown so far out of ``total``, and what is said of them; nothing while none is shown."""

    told: tuple[Told, ...]
    total: int
    said: Interpretation | None

    @property
    def number(self) -> int:
        """How many findings are shown."""
        return len(self.told)

    @property
    def before(self) -> int | None:
        """How many were shown one step earlier; none at the beginning."""
        return self.number - 1 if self.number else None

    @property
    def after(self) -> int | None:
        """How many are shown one step later; none at the end."""
        return self.number + 1 if self.number < self.total else None


def presented(picture: PatientPicture, knowledge: Knowledge, shown: str) -> Presented:
    """The first ``shown`` findings; all where there are no more, none where it is no number."""
    told = told_of(picture, knowledge)
    number = min(int(shown), len(told)) if shown.isascii() and shown.isdigit() and len(shown) <= 4 else 0
    names = [one.finding for one in told[:number]]
    said = interpret(part_of(picture, names), knowledge) if number else None
    return Presented(told[:number], len(told), said)
