"""The parts of the library, each with how much it holds."""

from dataclasses import dataclass
from functools import lru_cache

from conditions.presenters.medicines import medicines_of
from conditions.presenters.notes import Topic, notes_index
from conditions.presenters.sources import cited_sources
from conditions.reasoning.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Part:
    """A part: ``page`` is the name of its address."""

    page: str
    label: str
    number: int
    says: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All parts, and the notes by topic."""

    parts: tuple[Part, ...]
    topics: tuple[Topic, ...]


@lru_cache(maxsize=8)
def contents_of(knowledge: Knowledge) -> Contents:
    """The contents of a release."""
    medicines = len(medicines_of(knowledge))
    parts = (
        Part(
            "condition_list",
            "Conditions",
            len(knowledge.conditions),
            "what each does to B12, what raises suspicion, what confirms it",
        ),
        Part(
            "medicine_list",
            "Medicines and supplements",
            medicines,
            "what each does to B12, and who is worth watching",
        ),
        Part(
            "finding_list",
            "Findings",
            len(knowledge.findings) - medicines,
            "symptoms, signs, history and analytes, with units and limits",
        ),
        Part(
            "investigation_list",
            "Investigations",
            len(knowledge.investigations),
            "what each asks, how to prepare, what it settles",
        ),
        Part("note_list", "Notes", len(knowledge.notes), "explanations, each line with its source and grade"),
        Part("source_list", "Sources", len(cited_sources(knowledge)), "what is cited, and what leans on it"),
    )
    return Contents(parts, notes_index(knowledge))
