"""The quick page: the same form and the same answer as the walked one, on one screen."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conditions.models import Release

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
QUICK, WALKED = "/assess/quick/", "/assess/"
TYPED = {
    "at": "patient",
    "age": "54",
    "age-unit": "a",
    "sex": "female",
    "pregnancy": "absent",
    "guideline": "nice_ng239",
    "glossitis": "present",
    "total_b12": "150 pg/ml",
    "mcv": "112",
    "mcv-unit": "fL",
}


def page(client: Client, address: str = QUICK, **answers: Any) -> str:
    return client.post(address, answers).content.decode()


def part(client: Client, address: str = QUICK, **answers: Any) -> str:
    return client.post(address, answers, headers=HTMX).content.decode()


def test_everything_stands_on_one_screen_and_begins_empty(client: Client, release: Release) -> None:
    said = client.get(QUICK).content.decode()

    places = [
        said.index(f'name="{name}"') for name in ("age", "sex", "total_b12", "mcv", "haemoglobin", "mma")
    ]
    assert places == sorted(places)
    assert places[-1] < said.index('name="find-anywhere"') < said.index('name="glossitis"')
    assert "It begins with the first thing you enter" in said
    assert 'class="step"' not in said


def test_the_answer_beside_it_is_the_one_of_the_walked_form(client: Client, release: Release) -> None:
    quick, walked = part(client, QUICK, **TYPED), part(client, WALKED, **TYPED)

    assert "B12 deficiency" in quick
    assert 'data-unit="pg/mL"' in quick
    assert quick.split() == walked.split()


@pytest.mark.parametrize(("one", "other"), [(QUICK, WALKED), (WALKED, QUICK)])
def test_the_form_moves_to_its_other_layout_with_all_that_was_typed(
    client: Client, release: Release, one: str, other: str
) -> None:
    told = TYPED | {"picked": "jaundice", "jaundice": "absent", "none": "mouth", "total_b12-low": "197"}

    assert f'formaction="{other}"' in page(client, one, **told)
    said = page(client, other, **told)

    assert 'name="total_b12" value="150"' in said
    assert '<option value="pg/mL" selected>' in said
    assert 'name="total_b12-low" value="197"' in said
    assert 'name="jaundice" value="absent" checked' in said
    assert 'name="none" value="mouth" checked' in said
    assert "B12 deficiency" in said


def test_beside_what_cannot_be_read_there_is_no_answer_and_a_link_to_it(
    client: Client, release: Release
) -> None:
    told = TYPED | {"total_b12": "150 x", "total_b12-unit": "ng/L", "haemoglobin": "101"}
    said = page(client, **told)

    assert "report-headline" not in said + part(client, **told)
    assert "<title>Error: Quick page" in said
    summary = said[said.index('class="summary"') : said.index('id="picture"')]
    assert re.findall(r'href="#([^"]+)"', summary) == ["id-total_b12", "id-haemoglobin"]
    assert re.search(
        r'<input id="id-total_b12"[^>]*aria-describedby="says-total_b12[^>]*aria-invalid="true"', said
    )
    assert re.search(
        r'name="haemoglobin-unit"[^>]*aria-invalid="true" aria-describedby="says-haemoglobin"', said
    )


def test_what_is_typed_in_the_search_comes_as_options_of_a_list(client: Client, release: Release) -> None:
    said = part(client, part="found", **{"find-anywhere": "glositis"})

    assert said.strip().startswith('<ul id="found-anywhere"')
    assert re.findall(r'role="option"[^>]*data-slug="([a-z_]+)" data-answer="([a-z]*)"', said) == [
        ("glossitis", "present")
    ]


def test_a_finding_that_is_chosen_comes_as_an_answered_question(client: Client, release: Release) -> None:
    said = part(client, part="row", present="jaundice")

    assert said.strip().startswith('<fieldset class="question" id="jaundice"')
    assert 'name="jaundice" value="present" checked' in said


def test_without_scripts_what_is_found_is_added_by_a_button(client: Client, release: Release) -> None:
    found = page(client, **{"find-anywhere": "jaund"})
    assert 'name="present" value="jaundice"' in found

    said = page(client, present="jaundice", **{"find-anywhere": "jaund"})

    assert 'name="jaundice" value="present" checked' in said
    assert re.search(r'name="find-anywhere" value=""[^>]* autofocus', said)


def test_what_a_question_asks_for_is_said_and_belongs_to_it(client: Client, release: Release) -> None:
    for address in (QUICK, WALKED):
        said = client.get(address).content.decode()

        hints = set(re.findall(r'<span id="(help-[a-z0-9_]+)" class="hint">', said))
        described = {name for ids in re.findall(r'aria-describedby="([^"]+)"', said) for name in ids.split()}
        assert "help-total_b12" in hints
        assert {name for name in described if name.startswith("help-")} == hints


def test_what_was_typed_is_shown_as_text_and_never_as_markup(client: Client, release: Release) -> None:
    answers = {"total_b12": "<b>1</b>", "total_b12-unit": '"><script>', "find-anywhere": "<i>"}

    for said in (page(client, **answers), part(client, **answers), part(client, part="found", **answers)):
        assert "<b>1" not in said
        assert "><script>" not in said
        assert 'typed="<i>' not in said


def test_no_cache_keeps_the_quick_page(client: Client, release: Release) -> None:
    for response in (client.get(QUICK), client.post(QUICK, TYPED)):
        assert "no-store" in response["Cache-Control"]


def test_a_quick_page_of_another_site_is_refused(release: Release) -> None:
    assert Client(enforce_csrf_checks=True).post(QUICK, TYPED).status_code == 403


@pytest.mark.parametrize("address", [QUICK, WALKED])
@pytest.mark.parametrize("wanted", ["report", "found", "row"])
def test_one_query_serves_a_part_however_much_is_told(
    client: Client,
    release: Release,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    wanted: str,
) -> None:
    told = TYPED | {"picked": ["jaundice", "phenytoin", "ldh"], "find-anywhere": "glositis", "part": wanted}
    page(client, address)

    with django_assert_num_queries(1):
        part(client, address, add="jaundice", **told)


def test_pages_and_panels_are_sent_compressed(client: Client, release: Release) -> None:
    packed = {"Accept-Encoding": "gzip"}

    for response in (client.get(QUICK, headers=packed), client.post(QUICK, TYPED, headers=packed | HTMX)):
        assert response["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in response["Vary"]


def test_the_panel_of_a_patient_of_whom_much_is_told_weighs_little(client: Client, release: Release) -> None:
    response = client.post(QUICK, TYPED, headers=HTMX | {"Accept-Encoding": "gzip"})

    assert len(response.content) < 15 * 1024
