"""The blank worksheet, for teaching or the ward: what an answer is made of, to be filled in by hand."""

from dataclasses import dataclass

from conditions.presenters.release import Release
from conditions.presenters.words import state_words, unit_words
from conditions.reasoning.knowledge import Finding, Knowledge

from .qr import QrCode
from .sheets import Sheet

YES_NO = {"present", "absent"}
CAUSES = (1, 2, 3)
STEPS = {"patient": "Patient", "symptoms": "Symptoms and signs", "history": "History, diet and medicines"}
MOST_UNITS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, with the words to choose from; none where a yes or a no is the answer."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedStep:
    label: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """One amount to be written down, with the units it is usually printed in."""

    label: str
    units: tuple[str, ...]


def worksheet(knowledge: Knowledge, release: Release, code: QrCode | None) -> Sheet:
    """What everyone is asked, and room for one's own reading of it."""
    findings = sorted(knowledge.findings.values(), key=lambda finding: (finding.order, finding.slug))
    everyone = [finding for finding in findings if finding.asked == "everyone"]
    asked = [finding for finding in everyone if not finding.is_measured and finding.slug != "guideline"]
    steps = (
        AskedStep(label, tuple(_asked(one) for one in asked if knowledge.groups[one.group].step == step))
        for step, label in STEPS.items()
    )
    said = {
        "steps": tuple(step for step in steps if step.questions),
        "amounts": tuple(_blank(finding) for finding in everyone if finding.is_measured),
        "states": tuple(knowledge.conditions[slug].name for slug in knowledge.b12_states),
        "causes": CAUSES,
    }
    return Sheet(
        kind="Worksheet",
        title="Reading a vitamin B12 result",
        template="printing/sheets/worksheet.html",
        said=said,
        release=release,
        style="sheet-worksheet",
        page=code,
    )


def _asked(finding: Finding) -> Asked:
    words = () if set(finding.states) == YES_NO else tuple(state_words(finding, s) for s in finding.states)
    return Asked(finding.label, words)


def _blank(finding: Finding) -> Blank:
    by_kind = {unit.kind: unit_words(unit.code) for unit in reversed(finding.units)}
    shown = dict.fromkeys(by_kind[unit.kind] for unit in finding.units)
    return Blank(finding.label, tuple(unit for unit in shown if unit)[:MOST_UNITS])
