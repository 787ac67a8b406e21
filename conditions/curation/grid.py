"""Amounts of the main analytes around every edge, in a few kinds of patient: what a release is tried on besides its cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from conditions.curation.case_changes import firm_changes, headline_words
from conditions.presenters.words import capital, joined, name_of, number, unit_words
from conditions.reasoning.cases import DEFAULT_GUIDELINE
from conditions.reasoning.criteria import Criterion, Is
from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PatientPicture, questions
from conditions.reasoning.quantities import Quantity

ANALYTES = ("total_b12", "active_b12", "mma", "homocysteine", "mcv", "haemoglobin")
B12 = ("total_b12", "active_b12")
PATIENTS: dict[str, dict[str, str]] = {
    "a woman": {"sex": "female"},
    "a man": {"sex": "male"},
    "a pregnant woman": {"sex": "female", "pregnancy": "present"},
    "on metformin": {"metformin": "present"},
    "with tingling": {"paraesthesia": "present"},
}
BESIDE = {"total_b12": "indeterminate"}
"""What stands beside an analyte that is not B12: such results are asked for when B12 is in the grey zone."""

Scale = tuple[str, str, str]
"""An analyte, a unit, and the guideline in use."""
Said = tuple[str, tuple[str, ...]] | None
"""How the B12 state changes, if it does, and what else."""


@dataclass(frozen=True, slots=True)
class RangeChange:
    """Amounts between ``low`` and ``high``, tried in ``patients``, of which something else would be said.

    ``state`` is how the B12 state changes, empty if it does not; ``says`` what else, what all share first.
    """

    analyte: str
    low: Decimal
    high: Decimal
    unit: str
    guideline: str
    patients: tuple[str, ...]
    state: str
    says: tuple[str, ...]

    @property
    def title(self) -> str:
        """“total B12 351–400 ng/L, under NICE NG239 (2024)”."""
        span = number(self.low) if self.low == self.high else f"{number(self.low)}–{number(self.high)}"
        return f"{self.analyte} {span} {unit_words(self.unit)}".rstrip() + f", under {self.guideline}"


@dataclass(frozen=True, slots=True)
class Tried:
    """All that came of the grid: what changed, and how many pictures were compared."""

    changes: tuple[RangeChange, ...]
    pictures: int


def tried(old: Knowledge, new: Knowledge) -> Tried:
    """The amounts just under, at and just over every edge of either, of which something else would be said."""
    found: dict[tuple[Scale, Decimal, Decimal, str], dict[str, list[str]]] = {}
    pictures = 0
    for scale, amounts in _amounts(old, new).items():
        analyte, unit, guideline = scale
        for patient, stated in PATIENTS.items():
            told = _known({**stated, **({} if analyte in B12 else BESIDE), "guideline": guideline}, old, new)
            run: list[tuple[Decimal, Said]] = []
            for amount in amounts:
                picture = PatientPicture({analyte: Quantity(amount, unit)}, told)
                if not any(questions(picture, knowledge) for knowledge in (old, new)):
                    run.append((amount, _said(interpret(picture, old), interpret(picture, new))))
            pictures += len(run)
            for low, high, (state, says) in _together(run):
                found.setdefault((scale, low, high, state), {})[patient] = list(says)
    return Tried(tuple(_range(*key, says, new) for key, says in found.items()), pictures)


def _said(old: Interpretation, new: Interpretation) -> Said:
    """The B12 state before and after, and what changes; nothing at all where nothing does."""
    says = firm_changes(old, new)
    before, after = headline_words(old), headline_words(new)
    if not says:
        return None
    changed = tuple(sentence for sentence in says if not sentence.startswith("B12 state:"))
    return (f"{before} → {after}" if before != after else "", changed)


def _together(
    run: list[tuple[Decimal, Said]],
) -> Iterator[tuple[Decimal, Decimal, tuple[str, tuple[str, ...]]]]:
    """Neighbouring amounts of which the same is said."""
    for said, amounts in groupby(run, key=lambda one: one[1]):
        if said is not None:
            together = [amount for amount, _ in amounts]
            yield together[0], together[-1], said


def _range(
    scale: Scale, low: Decimal, high: Decimal, state: str, says: dict[str, list[str]], new: Knowledge
) -> RangeChange:
    analyte, unit, guideline = scale
    first, *others = says.values()
    common = [sentence for sentence in first if all(sentence in other for other in others)]
    own = [
        f"{capital(patient)}: {sentence}"
        for patient, sentences in says.items()
        for sentence in sentences
        if sentence not in common
    ]
    return RangeChange(
        analyte=name_of(new.findings[analyte]),
        low=low,
        high=high,
        unit=unit,
        guideline=_guideline(guideline, new),
        patients=tuple(says),
        state=state,
        says=(*common, *own),
    )


def _guideline(slug: str, knowledge: Knowledge) -> str:
    finding = knowledge.findings.get("guideline")
    return finding.state_labels.get(slug, slug) if finding else slug


def patients_words(patients: tuple[str, ...]) -> str:
    """In whom it was tried: everybody, or who."""
    return "in every kind of patient tried" if len(patients) == len(PATIENTS) else joined(patients)


def _known(told: dict[str, str], old: Knowledge, new: Knowledge) -> dict[str, str]:
    """What both can be told."""
    return {
        slug: state
        for slug, state in told.items()
        if all(slug in k.findings and state in k.findings[slug].states for k in (old, new))
    }


def _amounts(old: Knowledge, new: Knowledge) -> dict[Scale, list[Decimal]]:
    """The amounts to try, by analyte, unit and guideline, rising."""
    amounts: dict[Scale, set[Decimal]] = {}
    for knowledge in (old, new):
        for analyte in ANALYTES:
            if analyte in old.findings and analyte in new.findings:
                for unit, guideline, edge in _edges(analyte, knowledge):
                    step = Decimal(1).scaleb(min(int(edge.as_tuple().exponent), 0))
                    around = {edge - step, edge, edge + step}
                    amounts.setdefault((analyte, unit, guideline), set()).update(a for a in around if a > 0)
    return {scale: sorted(values) for scale, values in amounts.items()}


def _edges(analyte: str, knowledge: Knowledge) -> Iterator[tuple[str, str, Decimal]]:
    """Every fixed edge at which the amount is read, with its unit and the guideline it is meant for."""
    units = {unit.code for unit in knowledge.findings[analyte].units}
    for finding in knowledge.findings.values():
        if finding.amount != analyte:
            continue
        for limits in finding.limits:
            guideline = _meant_for(limits.when) or DEFAULT_GUIDELINE
            for band in limits.bands:
                if band.upper is not None and band.of is None and limits.unit in units:
                    yield limits.unit, guideline, band.upper


def _meant_for(when: Criterion | None) -> str:
    """The one guideline that the criterion demands, if it demands one."""
    leaves = [leaf for leaf in when.leaves() if leaf.name == "guideline"] if when else []
    return leaves[0].states[0] if leaves and isinstance(leaves[0], Is) and len(leaves[0].states) == 1 else ""
