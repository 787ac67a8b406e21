"""The public pages of notes: every arrow and cell with its grade, found from the pages of conditions."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from conditions.models import Release
from conditions.presenters.notes import note_page, notes_about
from conditions.reasoning.document import read_document
from tests.make.knowledge import document
from tests.make.shipped import shipped

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_list_names_every_note(client: Client, release: Release) -> None:
    said = read(client, reverse("note_list"))

    for note in shipped().notes.values():
        assert f'href="/notes/{note.slug}/"' in said


def test_every_note_has_a_page_on_which_every_step_is_graded(client: Client, release: Release) -> None:
    for note in shipped().notes.values():
        said = read(client, f"/notes/{note.slug}/")

        assert said.count("<h1>") == 1
        assert len(re.findall("grade [A-D] [(]", said)) == 1 + len(note.steps), note.slug


def test_the_loop_is_drawn_with_its_grades_and_listed_as_text(client: Client, release: Release) -> None:
    said = read(client, "/notes/homocysteine_loop/")

    assert re.findall("<text[^>]*>([0-9]: grade [A-D])</text>", said) == [
        "1: grade A",
        "2: grade A",
        "3: grade B",
        "4: grade D",
        "5: grade D",
    ]
    assert said.count("note-suggested") == 2
    assert "<strong>B12 deficiency → Raised homocysteine.</strong>" in said
    assert 'role="img"' in said
    assert " style=" not in said


def test_the_arrow_that_closes_a_loop_goes_round_the_boxes() -> None:
    drawing = note_page("the_loop", read_document(document())).drawing

    assert drawing
    assert [arrow.path.count("H") for arrow in drawing.arrows] == [0, 2]
    assert [box.lines[0].text for box in drawing.boxes] == ["Deficiency", "Homocysteine"]


def test_the_three_ways_of_giving_b12_are_compared_cell_by_cell(client: Client, release: Release) -> None:
    table = note_page("food_tablets_injections", shipped()).table

    assert table
    assert table.columns == (
        "From food (animal)",
        "By mouth, as a supplement",
        "By injection into muscle",
    )
    assert len(table.rows) == 5
    assert all(cell for row in table.rows for cell in row.cells)


def test_a_cell_of_which_nothing_is_said_says_so(client: Client, release: Release) -> None:
    assert "nothing is said" in read(client, "/notes/schedules_quoted/")


def test_a_condition_links_to_what_explains_it(client: Client, release: Release) -> None:
    said = read(client, "/conditions/nitrous_oxide_exposure/")

    assert '<a href="/notes/nitrous_oxide_and_b12/">Nitrous oxide and B12</a>' in said


def test_what_explains_most_of_the_conditions_comes_first() -> None:
    first, *_ = notes_about(["alps", "autoimmune_hepatitis", "b12_deficiency"], shipped())

    assert first.slug == "high_b12_in_autoimmune_disease"


def test_a_note_that_is_not_there_is_not_found(client: Client, release: Release) -> None:
    assert client.get("/notes/astrology/").status_code == 404


def test_a_note_takes_one_query_or_two(
    client: Client, release: Release, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/notes/homocysteine_loop/")
    with django_assert_max_num_queries(2):
        client.get("/notes/homocysteine_loop/")
