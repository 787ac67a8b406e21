"""A criterion while it is being typed: what is wrong and where, what it says, and which words there are."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process

from conditions.curation.words import sentence_of
from conditions.models import Condition, Finding
from conditions.models.vocabulary import HEADLINE
from conditions.reasoning.criteria import CriterionError, parse
from conditions.reasoning.knowledge import Knowledge, Support

MOST_OFFERED = 8
ALIKE = 60
"""Below this likeness, of 100, a name is not offered for what was typed."""
WORD = re.compile(r"[a-z][a-z0-9_]*")
LANGUAGE = {"is", "and", "or", "not", "at", "least", "of"}


@dataclass(frozen=True, slots=True)
class Offer:
    """Words that could stand in the criterion: what they mean, and what would be put in."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What can be said of the text: ``sentence`` if it is a criterion, else what is wrong with it.

    ``at`` is the character, counted from one, at which the text stops being a criterion; none if it is one.
    """

    sentence: str
    problems: tuple[str, ...]
    at: int | None
    offers: tuple[Offer, ...]


def checked(text: str, knowledge: Knowledge) -> Checked:
    """The text as the field's own check reads it, by the vocabulary of the rows as they are."""
    findings = {**Finding.objects.vocabulary(), HEADLINE: Condition.objects.b12_states()}
    conditions = dict(Condition.objects.values_list("slug", "name"))
    offers = _offers(text, findings, conditions, knowledge)
    if not text.strip():
        return Checked("", (), None, offers)
    try:
        criterion = parse(text)
    except CriterionError as error:
        return Checked("", (f"At character {error.position + 1}: {error}.",), error.position + 1, offers)
    problems = tuple(criterion.problems(findings, frozenset(conditions)))
    return Checked("" if problems else sentence_of(criterion, knowledge), problems, None, offers)


def _offers(
    text: str, findings: Mapping[str, Sequence[str]], conditions: Mapping[str, str], knowledge: Knowledge
) -> tuple[Offer, ...]:
    """Statements for the last word that names nothing, or the states of the last one that does."""
    words = [word for word in WORD.findall(text.lower()) if word not in LANGUAGE]
    states = {state for given in findings.values() for state in given} | {str(support) for support in Support}
    unknown = [word for word in words if word not in {*findings, *conditions, *states}]
    if unknown:
        names = {**{slug: _label(slug, knowledge) for slug in findings}, **conditions}
        spoken = {slug: f"{slug.replace('_', ' ')} {label}".lower() for slug, label in names.items()}
        near = process.extract(unknown[-1].replace("_", " "), spoken, limit=MOST_OFFERED, score_cutoff=ALIKE)
        return tuple(Offer(slug, names[slug]) for _, _, slug in near)
    named = [word for word in words if word in findings]
    if not named:
        return ()
    return tuple(
        Offer(f"{named[-1]} is {state}", _label(named[-1], knowledge)) for state in findings[named[-1]]
    )


def _label(slug: str, knowledge: Knowledge) -> str:
    finding = knowledge.findings.get(slug)
    return finding.label if finding else slug.replace("_", " ")
