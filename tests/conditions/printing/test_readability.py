"""How hard a text is to read, and that the page for patients is not."""

import pytest
from django.core.management import call_command

from conditions.printing.plain import fullest_texts, in_plain_words, plain
from conditions.printing.readability import readability, syllables
from tests.make.shipped import shipped

SYLLABLES = {
    1: "blood points same cause helps walked like guides times does nerves sure while called known tests",
    2: "tablets kidney person result numbness causes depends wanted table simple reason being question marker places",
    3: "vitamin clinician injection unlikely memory decided area radio usual idea",
    4: "diagnosis usually",
}


@pytest.mark.parametrize(
    ("word", "count"), [(word, count) for count, words in SYLLABLES.items() for word in words.split()]
)
def test_syllables_are_counted(word: str, count: int) -> None:
    assert syllables(word) == count


def test_signs_and_numbers_are_counted_as_they_are_said() -> None:
    assert (syllables("B12"), syllables("MMA")) == (2, 3)


def test_both_formulas_are_those_of_their_authors() -> None:
    found = readability("The cat sat on the mat. The dog sat too.")

    assert (found.sentences, found.words, found.syllables) == (2, 10, 10)
    assert round(found.ease, 2) == round(206.835 - 1.015 * 5 - 84.6, 2)
    assert round(found.grade, 2) == round(0.39 * 5 + 11.8 - 15.59, 2)


@pytest.mark.parametrize("state", fullest_texts())
def test_the_page_for_patients_asks_for_eight_years_of_school_at_most(state: str) -> None:
    assert readability(fullest_texts()[state]).grade <= 8


def test_no_statement_of_it_asks_for_more_than_nine() -> None:
    hard = {
        point.says: readability(point.says).grade
        for state in plain().states.values()
        for point in state.points
    }

    assert {says: grade for says, grade in hard.items() if grade > 9} == {}


def test_every_state_has_its_words_and_every_statement_a_source_of_the_release() -> None:
    knowledge = shipped()

    assert set(plain().states) == set(knowledge.b12_states)
    for state in plain().states.values():
        assert state.points
        for point in state.points:
            assert {point.citation.source, *point.citation.also} <= knowledge.sources.keys()


def test_every_state_of_a_result_has_a_plain_word() -> None:
    called = in_plain_words(shipped()).findings

    for slug, words in plain().findings.items():
        assert set(words.states) == set(called[slug].states)
        assert called[slug].phrase == words.name


def test_the_command_prints_every_state(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("readability")

    said = capsys.readouterr().out
    assert all(state in said for state in plain().states)
