"""Whether a criterion speaks of what there is: the full check, said to the editor of a row."""

from collections.abc import Mapping, Sequence, Set

from django.core.exceptions import ValidationError

from conditions.reasoning.criteria import CriterionError, parse

HEADLINE = "b12_state"
"""The finding under which later criteria may speak of the headline."""


def wrong_in(text: str, findings: Mapping[str, Sequence[str]], conditions: Set[str]) -> list[str]:
    """A sentence for each name or state that is not there; none for text that is no criterion."""
    try:
        criterion = parse(text) if text else None
    except CriterionError:
        return []
    return criterion.problems(findings, conditions) if criterion else []


def refuse(wrong: Mapping[str, list[str]]) -> None:
    """Raises ValidationError with the sentences of each field, if there are any."""
    if found := {field: sentences for field, sentences in wrong.items() if sentences}:
        raise ValidationError(found)
