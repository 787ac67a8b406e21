"""Every sourced statement of a release as a reader meets it."""

from collections.abc import Iterator
from dataclasses import dataclass

from conditions.presenters.pages import DIRECTION
from conditions.reasoning.knowledge import Citation, Condition, Knowledge


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, of what, and by whom. ``condition`` is the page on which it stands, or empty."""

    kind: str
    of: str
    says: str
    citation: Citation
    condition: str = ""


def statements(knowledge: Knowledge) -> Iterator[Statement]:
    """All of them, part by part of the document: as many as there are citations."""
    conditions = knowledge.conditions
    for rule in knowledge.rules.values():
        name = conditions[rule.condition].name
        yield Statement("Rules", name, rule.says, rule.citation, rule.condition)
    for one in knowledge.investigations.values():
        yield Statement("Investigations", one.name, one.question, one.citation)
    for advice in knowledge.recommendations.values():
        yield Statement("Advice", "", advice.says, advice.citation)
    for finding in knowledge.findings.values():
        for limits in finding.limits:
            yield Statement("Limits", finding.label, limits.scheme, limits.citation)
    for condition in conditions.values():
        yield from _of_condition(condition, knowledge)
    for note in knowledge.notes.values():
        yield Statement("Notes", note.title, "", note.citation)
        for step in note.steps:
            yield Statement("Notes", note.title, f"{step.start}, {step.end}: {step.says}", step.citation)


def _of_condition(condition: Condition, knowledge: Knowledge) -> Iterator[Statement]:
    name, slug = condition.name, condition.slug
    for effect in condition.effects:
        says = f"{DIRECTION[effect.direction]}: {effect.mechanism}"
        yield Statement("Effects on B12", name, says, effect.citation, slug)
    for other in condition.associations:
        says = f"with {knowledge.conditions[other.condition].name}: {other.frequency}"
        yield Statement("What travels together", name, says, other.citation, slug)
    for described in condition.described_by:
        yield Statement("Descriptions", name, described.part, described.citation, slug)
