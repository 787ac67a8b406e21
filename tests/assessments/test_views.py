"""The page that asks and answers: whole, in part, with faults, for strangers."""

import logging
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conditions.models import Release

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
GLOSSITIS_ON_METFORMIN = {
    "age": "54",
    "age-unit": "a",
    "sex": "female",
    "pregnancy": "absent",
    "combined_oral_contraceptive": "absent",
    "guideline": "nice_ng239",
    "glossitis": "present",
    "metformin": "present",
    "total_b12": "150",
    "total_b12-unit": "ng/L",
    "mcv": "112",
    "mcv-unit": "fL",
}


def page(client: Client, **answers: Any) -> str:
    return client.post("/assess/", answers).content.decode()


def part(client: Client, **answers: Any) -> str:
    return client.post("/assess/", answers, headers=HTMX).content.decode()


def test_the_first_page_says_what_this_is_and_where_to_begin(client: Client, release: Release) -> None:
    said = client.get("/").content.decode()

    assert all(way in said for way in ("Paste a report", "Quick page", "Step by step"))
    assert "Not for emergencies" in said
    assert "Not a certified medical device" in said
    assert "no named clinician has reviewed it" in said


def test_the_form_begins_empty_and_without_an_answer(client: Client, release: Release) -> None:
    said = client.get("/assess/").content.decode()

    assert '<section id="step-patient"' in said
    assert "It begins with the first thing you enter" in said


def test_an_answer_stands_beside_the_form(client: Client, release: Release) -> None:
    said = page(client, **GLOSSITIS_ON_METFORMIN)

    assert 'class="report-headline' in said
    assert "B12 deficiency" in said
    assert "= 111 pmol/L" in said


def test_all_answers_stay_in_the_page_at_every_step(client: Client, release: Release) -> None:
    for step in ("patient", "symptoms", "history", "laboratory", "check"):
        said = page(client, step=step, picked="jaundice", jaundice="absent", **GLOSSITIS_ON_METFORMIN)

        assert f'data-at="{step}"' in said
        assert 'name="total_b12" value="150"' in said
        assert 'name="glossitis" value="present" checked' in said
        assert 'name="jaundice" value="absent" checked' in said


def test_htmx_gets_the_answer_alone_and_no_field(client: Client, release: Release) -> None:
    said = part(client, **GLOSSITIS_ON_METFORMIN)

    assert said.strip().startswith('<section id="report"')
    assert "<input" not in said
    assert 'id="says-total_b12"' in said


def test_the_panel_of_the_last_step_brings_what_was_told(client: Client, release: Release) -> None:
    assert 'id="told"' not in part(client, at="laboratory", **GLOSSITIS_ON_METFORMIN)
    assert 'id="told"' in part(client, at="check", **GLOSSITIS_ON_METFORMIN)


def test_beside_invalid_input_there_is_no_answer(client: Client, release: Release) -> None:
    answers = GLOSSITIS_ON_METFORMIN | {"mcv": "1120"}

    for said in (part(client, **answers), page(client, **answers)):
        assert "There is no answer for what is entered now" in said
        assert "Mean cell volume 1120 fL is not possible" in said
        assert "report-headline" not in said


def test_what_is_wrong_is_said_at_the_top_and_beside_its_field(client: Client, release: Release) -> None:
    said = page(client, **GLOSSITIS_ON_METFORMIN | {"total_b12-unit": ""})

    assert 'role="alert"' in said
    assert '<a href="#id-total_b12">' in said
    assert (
        'name="total_b12-unit" aria-label="Unit of Vitamin B12, total (serum cobalamin)" aria-invalid="true"'
        in said
    )
    assert 'name="total_b12" value="150"' in said


def test_what_is_typed_into_a_search_is_found(client: Client, release: Release) -> None:
    said = part(client, part="found", at="symptoms", **{"find-symptoms": "jaun"})

    assert said.strip().startswith('<div id="found-symptoms"')
    assert 'name="add" value="jaundice"' in said


def test_what_is_asked_already_is_led_to_and_not_added_again(client: Client, release: Release) -> None:
    said = part(client, part="found", at="symptoms", **{"find-symptoms": "smooth tongue"})

    assert '<a href="#glossitis">' in said
    assert 'value="glossitis"' not in said


def test_a_finding_that_is_added_comes_as_one_more_question(client: Client, release: Release) -> None:
    said = part(client, part="row", add="jaundice")

    assert said.strip().startswith('<fieldset class="question" id="jaundice"')
    assert '<input type="hidden" name="picked" value="jaundice">' in said


def test_without_scripts_a_finding_is_added_to_the_page(client: Client, release: Release) -> None:
    said = page(client, at="laboratory", add="jaundice")

    assert 'data-at="symptoms"' in said
    assert 'name="jaundice" value="present" autofocus' in said


def test_what_was_typed_is_shown_as_text_and_never_as_markup(client: Client, release: Release) -> None:
    answers = {"total_b12": "<b>1</b>", "total_b12-unit": '"><script>', "find-patient": "<i>"}

    for said in (page(client, **answers), part(client, **answers)):
        assert "<b>" not in said
        assert "><script>" not in said


def test_no_answer_of_the_form_is_kept_by_any_cache(client: Client, release: Release) -> None:
    for response in (client.get("/assess/"), client.post("/assess/", GLOSSITIS_ON_METFORMIN)):
        assert "no-store" in response["Cache-Control"]


def test_nothing_of_a_patient_is_stored_or_logged(
    client: Client, release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.post("/assess/", GLOSSITIS_ON_METFORMIN | {"total_b12": "151.7"})

    assert not response.wsgi_request.session.keys()
    assert set(client.cookies) <= {"csrftoken"}
    assert "151.7" not in caplog.text


def test_a_form_of_another_site_is_refused(release: Release) -> None:
    stranger = Client(enforce_csrf_checks=True)

    assert stranger.post("/assess/", GLOSSITIS_ON_METFORMIN).status_code == 403


def test_the_same_form_sent_twice_gets_the_same_answer(client: Client, release: Release) -> None:
    assert part(client, **GLOSSITIS_ON_METFORMIN) == part(client, **GLOSSITIS_ON_METFORMIN)


@pytest.mark.parametrize("picked", [[], ["jaundice", "phenytoin", "intrinsic_factor_antibody", "ldh"]])
def test_one_query_serves_the_page_however_much_is_asked(
    client: Client,
    release: Release,
    django_assert_num_queries: DjangoAssertNumQueries,
    picked: list[str],
) -> None:
    page(client)

    with django_assert_num_queries(1):
        page(client, picked=picked, **GLOSSITIS_ON_METFORMIN)


def test_only_asking_and_answering_is_offered(client: Client, release: Release) -> None:
    assert client.put("/assess/").status_code == 405
    assert client.post("/").status_code == 405


def copied_line(said: str) -> str:
    found = re.search(r'id="report-machine">([^<]+)<', said)
    assert found
    return unescape(found[1])


def test_a_copied_note_fills_the_form_at_the_next_visit(client: Client, release: Release) -> None:
    note = f"Seen today.\n{copied_line(page(client, step='check', **GLOSSITIS_ON_METFORMIN))}\nSigned."

    said = page(client, at="patient", read="earlier", earlier=note, guideline="nice_ng239")

    assert 'data-at="patient"' in said
    assert "answers filled in from a note of release" in said
    assert 'name="total_b12" value="150"' in said
    assert 'name="glossitis" value="present" checked' in said
    assert "B12 deficiency" in said
    assert "Seen today" not in said


def test_a_damaged_note_is_said_and_the_answers_stay(client: Client, release: Release) -> None:
    line = copied_line(page(client, step="check", **GLOSSITIS_ON_METFORMIN)).replace("150", "510")

    said = page(client, at="patient", read="earlier", earlier=line, **GLOSSITIS_ON_METFORMIN)

    assert "The Cobalt line is damaged" in said
    assert 'name="total_b12" value="150"' in said


def test_what_was_pasted_besides_the_line_is_neither_shown_nor_logged(
    client: Client, release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        said = page(
            client, at="patient", read="earlier", earlier="Jane Example, 943 476 5919. cobalt1 x", sex="male"
        )

    assert "The end of the Cobalt line is missing" in said
    assert "Example" not in said + caplog.text


def test_the_texts_for_the_record_stand_in_the_last_step_and_one_line_beside_every_other(
    client: Client, release: Release
) -> None:
    last = part(client, at="check", **GLOSSITIS_ON_METFORMIN)
    other = part(client, at="laboratory", **GLOSSITIS_ON_METFORMIN)

    for target in ("report-line", "report-brief", "report-text", "report-machine"):
        assert last.count(f'id="{target}"') == last.count(f'data-copy="{target}"') == 1
    assert other.count("data-copy=") == other.count('id="report-line"') == 1
