"""Notes: what is refused in them, and that files and rows give them back."""

from pathlib import Path

import pytest

from conditions.contents import contents_table
from conditions.files import read_files, write_files
from conditions.reasoning.checks import citations
from conditions.reasoning.document import KnowledgeError, read_document
from tests.conditions.test_advice import ORDERS
from tests.make.knowledge import document
from tests.make.shipped import shipped


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"notes__the_loop__topic": "gossip"}, "notes the_loop: topic is 'gossip'"),
        ({"notes__the_loop__figure": "cartoon"}, "notes the_loop: figure is 'cartoon'"),
        ({"notes__the_loop__about": ["scurvy"]}, "notes the_loop: there is no condition called scurvy."),
        ({"notes__the_loop__about_findings": ["yawn"]}, "notes the_loop: there is no finding called yawn."),
        ({"notes__the_loop__source": "hearsay"}, "notes the_loop: there is no source called hearsay."),
        ({"notes__the_loop__text": None}, "notes the_loop: text is missing."),
        ({"notes__the_loop__figure": None}, "notes the_loop: a drawing or a table has steps"),
        ({"notes__the_loop__steps": None}, "notes the_loop: a drawing or a table has steps"),
    ],
)
def test_a_note_that_cannot_be_shown_is_refused(changes: dict[str, object], said: str) -> None:
    with pytest.raises(KnowledgeError) as refusal:
        read_document(document(**changes))

    assert any(problem.startswith(said) for problem in refusal.value.problems)


def test_every_arrow_keeps_its_own_grade_and_counts_as_a_statement() -> None:
    knowledge = read_document(document())
    cited = [citation.grade for place, citation in citations(knowledge) if place == "notes the_loop"]

    assert [(s.start, s.end, s.citation.grade) for s in knowledge.notes["the_loop"].steps] == [
        ("Deficiency", "Homocysteine", "A"),
        ("Homocysteine", "Deficiency", "D"),
    ]
    assert cited == ["A", "A", "D"]
    assert "| notes that explain | 1 |" in contents_table(knowledge)


def test_notes_are_written_one_file_a_topic_and_come_back(tmp_path: Path) -> None:
    write_files(document(), tmp_path)

    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["homocysteine.yaml"]
    assert read_files(tmp_path)["notes"] == document()["notes"]


def test_every_source_of_a_note_that_was_read_now_says_who_read_it_and_when_again() -> None:
    for place, citation in citations(shipped()):
        assert bool(citation.checked_by) is bool(citation.checked_on), place
        if citation.checked_on:
            assert citation.review_by > citation.checked_on, place


def test_a_step_without_a_source_is_graded_lowest() -> None:
    steps = [(note.slug, step) for note in shipped().notes.values() for step in note.steps]

    for slug, step in steps:
        if step.citation.source in ("cobalt", "not_looked_up"):
            assert step.citation.grade == "D", (slug, step.start)
            assert step.citation.verification in ("inference", "unverified"), (slug, step.start)


def test_notes_give_no_orders() -> None:
    for note in shipped().notes.values():
        for said in (note.text, *[step.says for step in note.steps]):
            assert not ORDERS.search(said), (note.slug, said)
