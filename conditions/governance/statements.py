"""Every sourced statement of a release as a reader meets it."""

from collections.abc import Iterator
from dataclasses import dataclass

from conditions.presenters.links import Link, link_to_condition, link_to_finding, link_to_investigation
from conditions.presenters.pages import DIRECTION
from conditions.reasoning.knowledge import Citation, Condition, Knowledge


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said, of what, and by whom. ``at`` is the page on which it stands, if it has one."""

    kind: str
    of: str
    says: str
    citation: Citation
    at: Link | None = None


def statements(knowledge: Knowledge) -> Iterator[Statement]:
    """All of them, part by part of the document: as many as there are citations."""
    conditions = knowledge.conditions
    for rule in knowledge.rules.values():
        name = conditions[rule.condition].name
        at = link_to_condition(rule.condition, knowledge)
        yield Statement("Rules", name, rule.says, rule.citation, at)
    for one in knowledge.investigations.values():
        at = link_to_investigation(one.slug, knowledge)
        yield Statement("Investigations", one.name, one.question, one.citation, at)
    for advice in knowledge.recommendations.values():
        test = advice.target if advice.target in knowledge.investigations else ""
        where = link_to_investigation(test, knowledge) if test else None
        yield Statement("Advice", where.name if where else "", advice.says, advice.citation, where)
    for finding in knowledge.findings.values():
        for limits in finding.limits:
            at = link_to_finding(finding.slug, knowledge)
            yield Statement("Limits", finding.label, limits.scheme, limits.citation, at)
    for condition in conditions.values():
        yield from _of_condition(condition, knowledge)
    for note in knowledge.notes.values():
        at = Link("note_detail", note.slug, note.title)
        yield Statement("Notes", note.title, "", note.citation, at)
        for step in note.steps:
            yield Statement("Notes", note.title, f"{step.start}, {step.end}: {step.says}", step.citation, at)


def _of_condition(condition: Condition, knowledge: Knowledge) -> Iterator[Statement]:
    name, at = condition.name, link_to_condition(condition.slug, knowledge)
    for effect in condition.effects:
        says = f"{DIRECTION[effect.direction]}: {effect.mechanism}"
        yield Statement("Effects on B12", name, says, effect.citation, at)
    for other in condition.associations:
        says = f"with {knowledge.conditions[other.condition].name}: {other.frequency}"
        yield Statement("What travels together", name, says, other.citation, at)
    for described in condition.described_by:
        yield Statement("Descriptions", name, described.part, described.citation, at)
