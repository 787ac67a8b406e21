"""The words of the CQL library as JSON: what may be told it, and what each of its expressions is about."""

from collections.abc import Mapping
from typing import Any

from conditions.exports.cql import LIBRARY, PARAMETER, condition_name, finding_name, follows, part_name
from conditions.reasoning.criteria import Criterion
from conditions.reasoning.interpret import HEADLINE
from conditions.reasoning.knowledge import (
    Citation,
    Condition,
    Finding,
    Knowledge,
    Recommendation,
    Rule,
    Source,
)


def vocabulary_of(knowledge: Knowledge, version: str) -> dict[str, Any]:
    """Findings with states and codes, conditions, rules and recommendations, each by slug with its expressions."""
    worked_out = follows(knowledge)
    return {
        "library": LIBRARY,
        "release": {"version": version, "digest": knowledge.digest},
        "parameter": PARAMETER,
        "headline": HEADLINE,
        "findings": {
            slug: _finding(finding, finding_name(slug) if slug in worked_out else None)
            for slug, finding in knowledge.findings.items()
            if finding.states
        },
        "conditions": {slug: _condition(condition) for slug, condition in knowledge.conditions.items()},
        "rules": {
            slug: {"condition": rule.condition, "effect": rule.effect.value, **_part(rule)}
            for slug, rule in knowledge.rules.items()
        },
        "recommendations": {
            slug: {"kind": one.kind, "target": one.target, "stance": one.stance, "urgency": one.urgency}
            | _part(one)
            for slug, one in knowledge.recommendations.items()
        },
        "sources": {slug: _source(source) for slug, source in knowledge.sources.items()},
    }


def _finding(finding: Finding, expression: str | None) -> dict[str, Any]:
    return {
        "label": finding.label,
        "states": {state: finding.state_labels.get(state, "") for state in finding.states},
        "codes": _codes(finding.codes),
        "expression": expression,
    }


def _condition(condition: Condition) -> dict[str, Any]:
    return {
        "name": condition.name,
        "kind": condition.kind,
        "rank": condition.rank,
        "codes": _codes(condition.codes),
        "expression": condition_name(condition.slug),
    }


def _part(part: Rule | Recommendation) -> dict[str, Any]:
    return {
        "says": part.says,
        "when": _criterion(part.when, part_name(part, "when")),
        "unless": _criterion(part.unless, part_name(part, "unless")),
        "outcome": part_name(part, "outcome"),
        **_citation(part.citation),
    }


def _criterion(criterion: Criterion | None, expression: str) -> dict[str, str] | None:
    return {"expression": expression, "text": str(criterion)} if criterion else None


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "source": citation.source,
        "also": list(citation.also),
        "grade": citation.grade,
        "verification": citation.verification.value,
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "authors": source.authors,
        "year": source.year,
        "published_in": source.published_in,
        "doi": source.doi,
        "pmid": source.pmid,
        "url": source.url,
    }


def _codes(codes: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {system: list(those) for system, those in codes.items()}
