"""The texts of a condition are cited one by one, or count as having no source."""

from typing import Any

from conditions.reasoning.document import read_document
from tests.make.faults import problems
from tests.make.knowledge import CITED, document

DISEASE: dict[str, Any] = {
    "name": "Other",
    "kind": "disease",
    "summary": "A sentence.",
    "caution": "Another.",
}


def test_a_text_without_a_citation_counts_as_unsourced() -> None:
    cited = {**DISEASE, "described_by": [{"part": "summary", **CITED}]}

    assert read_document(document(conditions__other=cited)).conditions["other"].unsourced == ("caution",)


def test_a_citation_of_a_text_that_is_not_there_is_refused() -> None:
    cited = {**DISEASE, "described_by": [{"part": "confirmation", **CITED}]}

    assert problems(conditions__other=cited) == [
        "conditions other: confirmation is cited and not there, or cited twice."
    ]


def test_a_text_cited_twice_is_refused() -> None:
    cited = {**DISEASE, "described_by": [{"part": "summary", **CITED}, {"part": "summary", **CITED}]}

    assert set(problems(conditions__other=cited)) == {
        "conditions other: summary is cited and not there, or cited twice."
    }
