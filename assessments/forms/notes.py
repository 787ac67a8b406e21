"""What is said beside one answer: what is wrong with it, what is asked back, or what it is in another unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from conditions.presenters.words import amount_words, rounded
from conditions.reasoning.knowledge import Finding, Knowledge
from conditions.reasoning.picture import PatientPicture, Problem, questions
from conditions.reasoning.quantities import Quantity, Unit, convert_value


@dataclass(frozen=True, slots=True)
class Note:
    """One note on the answer to ``finding``; ``part`` is the control it speaks of, empty for the first.

    ``unit`` is the one in which the amount was read, where it could be read.
    """

    finding: str
    kind: Literal["error", "question", "converted"]
    says: str
    part: str = ""
    unit: str = ""


def note_of(problem: Problem) -> Note:
    """The problem of a path such as ``measured.total_b12.unit`` beside the control it speaks of."""
    _, finding, part = (*problem.path.split("."), "", "")[:3]
    return Note(finding, "error", problem.says, {"unit": "unit", "interval": "low"}.get(part, ""))


def notes_on(picture: PatientPicture, knowledge: Knowledge) -> Iterator[Note]:
    """Each amount in the other kind of unit, and what is unusual about it."""
    asked = {problem.path.split(".")[1]: problem.says for problem in questions(picture, knowledge)}
    for slug, quantity in picture.measured.items():
        converted = in_another_unit(knowledge.findings[slug], quantity)
        if slug in asked:
            yield Note(
                slug, "question", ". ".join(filter(None, (converted, asked[slug]))), unit=quantity.unit
            )
        elif converted:
            yield Note(slug, "converted", converted, unit=quantity.unit)


def in_another_unit(finding: Finding, quantity: Quantity) -> str:
    """``= 111 pmol/L`` beside 150 ng/L; nothing where the other unit would say nothing new."""
    given = finding.unit(quantity.unit)
    other = _other_unit(finding, given)
    if other is None:
        return ""
    value = convert_value(quantity.value, finding.units, given.code, other.code)
    return f"= {amount_words(f'{quantity.comparator}{rounded(value, 3)}', other.code)}"


def _other_unit(finding: Finding, given: Unit) -> Unit | None:
    """The first unit of the other kind, mass or molar; failing that the usual one, if it counts otherwise."""
    kinds = {"mass", "molar"} - {given.kind}
    other = next((u for u in finding.units if len(kinds) == 1 and u.kind in kinds), finding.units[0])
    return None if (other.factor, other.offset) == (given.factor, given.offset) else other
