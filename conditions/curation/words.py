"""What the parts of the knowledge are called where curators read of them, and criteria said back as sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from conditions.presenters.words import capital, criterion_words, in_sentence, name_of, unit_words
from conditions.reasoning.criteria import Criterion, CriterionError, parse
from conditions.reasoning.document import readable_parts
from conditions.reasoning.knowledge import Knowledge

SECTION_WORDS = {
    "sources": "source",
    "groups": "group of findings",
    "findings": "finding",
    "investigations": "investigation",
    "conditions": "condition",
    "rules": "rule",
    "recommendations": "recommendation",
    "notes": "note",
    "cases": "case",
    "unit_aliases": "unit as printed",
    "developers": "developer",
}
NAMES = {"sources": "title", "groups": "label", "notes": "title", "cases": "title"}
LONGEST = 90


@dataclass(frozen=True)
class Vocabulary:
    """What two documents call their parts; where both have one, the newer name."""

    old: Mapping[str, Any]
    new: Mapping[str, Any]
    knowledge: Knowledge = field(init=False)

    def __post_init__(self) -> None:
        before, after = readable_parts(self.old), readable_parts(self.new)
        both = replace(
            after,
            sources=MappingProxyType({**before.sources, **after.sources}),
            findings=MappingProxyType({**before.findings, **after.findings}),
            conditions=MappingProxyType({**before.conditions, **after.conditions}),
            investigations=MappingProxyType({**before.investigations, **after.investigations}),
        )
        object.__setattr__(self, "knowledge", both)

    def part(self, section: str, slug: str) -> Mapping[str, Any]:
        """The part in the newer document, or in the older if it is gone; empty if there is none."""
        for document in (self.new, self.old):
            if isinstance(part := document.get(section, {}).get(slug), Mapping):
                return part
        return {}

    def name(self, slug: str) -> str:
        """A finding, condition, investigation or source by its name; the slug if it is none."""
        for section in ("findings", "conditions", "investigations", "sources"):
            if slug in getattr(self.knowledge, section):
                return title_of(section, slug, self)
        return slug.replace("_", " ")


def title_of(section: str, slug: str, words: Vocabulary) -> str:
    """What the part is called: “Total B12”, “Rule on pernicious anaemia (parietal_cells)”."""
    part, knowledge = words.part(section, slug), words.knowledge
    if section == "findings" and slug in knowledge.findings:
        return capital(name_of(knowledge.findings[slug]))
    if section == "rules":
        condition = words.part("conditions", part.get("condition", "")).get("name", part.get("condition", ""))
        return f"Rule on {in_sentence(condition)} ({slug})"
    if section == "recommendations":
        return f"Advice “{shortened(part.get('says', slug))}”"
    if section == "unit_aliases":
        return f"Unit printed as “{slug}”"
    return str(part.get(NAMES.get(section, "name")) or slug.replace("_", " "))


def stopped(text: str) -> str:
    """The text as a sentence that ends, within closing quotation marks or before them."""
    return text if text.rstrip("”").endswith((".", "?", "!", "…")) else f"{text}."


def shortened(text: str) -> str:
    """The beginning of a long text, cut between words."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rpartition(' ')[0]} …"


def sentence_of(criterion: Criterion | str, knowledge: Knowledge) -> str:
    """The criterion said back as a sentence: “Total B12 is indeterminate and MMA is high.”

    What it names and the knowledge lacks stands as it was written. Raises CriterionError for text that is none.
    """
    return stopped(capital(clause_of(criterion, knowledge)))


def clause_of(criterion: Criterion | str, knowledge: Knowledge) -> str:
    """The criterion as part of a sentence. Raises CriterionError for text that is none."""
    read = parse(criterion) if isinstance(criterion, str) else criterion
    try:
        return criterion_words(read, knowledge)
    except KeyError:
        return str(read)


def clause_or_text(text: str, knowledge: Knowledge) -> str:
    """The criterion as part of a sentence; as it was written if it cannot be read."""
    try:
        return clause_of(text, knowledge)
    except CriterionError:
        return f"“{text}” (which is not a criterion)"


def value_words(value: Any, words: Vocabulary) -> str:
    """Any value of the document, plainly: never as JSON."""
    if value in (None, "", [], {}):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        if set(value) <= {"value", "unit", "interval"} and "value" in value:
            return f"{value['value']} {unit_words(value.get('unit', ''))}".strip()
        return "; ".join(
            f"{words.name(str(key))}: {value_words(inner, words)}" for key, inner in value.items()
        )
    if isinstance(value, list):
        return ", ".join(value_words(item, words) for item in value)
    text = str(value)
    return words.name(text) if "_" in text and " " not in text else text
