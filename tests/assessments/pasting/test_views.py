"""The page on which a report is pasted: whole, in part, with faults, without a trace."""

import json
import logging
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.reports.identifiers import shared_list
from conditions.models import Release

pytestmark = pytest.mark.django_db

PASTE, QUICK = "/assess/paste/", "/assess/quick/"
HTMX = {"HX-Request": "true"}
REPORT = "Patient: SMITH, Jane\nVitamin B12 150 ng/L (180-914) L\nMCV 112 fL\nFerritin 15\nFilm to follow"


def said_of(client: Client, text: str, **more: Any) -> str:
    return unescape(client.post(PASTE, {"text": text}, **more).content.decode())


def controls(page: str) -> dict[str, list[str]]:
    """What a browser would send of the form below the report."""
    chosen: dict[str, list[str]] = {"read": ["report"]}
    for tag in re.findall(r"<input[^>]+checked[^>]*>", page[page.index('id="confirm"') :]):
        told = dict(re.findall(r'(name|value)="([^"]*)"', tag))
        chosen.setdefault(told["name"], []).append(told["value"])
    return chosen


def test_the_page_begins_with_the_field_and_carries_the_shared_list(client: Client, release: Release) -> None:
    response = client.get(PASTE)
    said = response.content.decode()

    carried = re.search(r'<script id="identifiers" type="application/json">(.*?)</script>', said, re.DOTALL)
    assert carried
    assert json.loads(carried[1]) == shared_list()
    assert "are dropped by the server before anything" in said
    assert "no-store" in response["Cache-Control"]


def test_results_stand_beside_their_lines_and_the_doubtful_is_not_chosen(
    client: Client, release: Release
) -> None:
    said = said_of(client, REPORT)

    assert 'name="result" value="total_b12=150,ng/L,180..914" checked' in said
    assert "= 111 pmol/L" in said
    assert 'name="result-1" value="ferritin=15,ug/L">' in said
    assert 'name="result-1" value="" checked' in said
    assert "<code>Film to follow</code>" in said
    assert "Dropped by the server, because it identifies a person or may: 1 part\n        (patient)." in said
    assert "SMITH" not in said


def test_htmx_gets_what_was_read_and_not_the_page(client: Client, release: Release) -> None:
    said = said_of(client, REPORT, headers=HTMX)

    assert said.strip().startswith('<section id="reading"')
    assert "identifiers" not in said


def test_what_is_ticked_goes_into_the_form_and_is_answered(client: Client, release: Release) -> None:
    said = unescape(client.post(QUICK, controls(said_of(client, REPORT))).content.decode())

    assert "2 results filled in from the report." in said
    assert 'name="total_b12" value="150"' in said
    assert "B12 deficiency" in said
    assert 'name="ferritin"' not in said


def test_what_is_chosen_goes_in_too_and_nothing_else_does(client: Client, release: Release) -> None:
    chosen = {"read": "report", "result-1": "ferritin=15,ug/L"}

    said = unescape(client.post(QUICK, chosen).content.decode())

    assert "1 result filled in from the report." in said
    assert re.search(r'name="ferritin"\s+value="15"', said)


def test_where_nothing_is_ticked_that_is_said(client: Client, release: Release) -> None:
    said = unescape(client.post(QUICK, {"read": "report"}).content.decode())

    assert "Nothing of a report was ticked, and so none of it was used." in said


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is nothing to read."),
        (" \n\u00a0", "There is nothing to read."),
        ("1 " * 500_001, "This is longer than 1,000,000 characters"),
        ("PK\x03\x04" + "\x00" * 50, "This is not text"),
        ('{"resourceType": "Bundle", "entry": [', "This begins as JSON and cannot be read"),
        ("<html><body>B12 150 ng/L</body></html>", "XML and HTML are not read"),
        ("Name: Jane Smith", "Nothing is left to read"),
    ],
)
def test_what_cannot_be_read_is_answered_with_a_sentence(
    client: Client, release: Release, text: str, sentence: str
) -> None:
    response = client.post(PASTE, {"text": text}, headers=HTMX)

    assert response.status_code == 200
    assert sentence in unescape(response.content.decode())
    assert "Use what is ticked" not in response.content.decode()


def test_far_too_much_is_answered_with_a_sentence_too(client: Client, release: Release) -> None:
    response = client.post(PASTE, {"text": "1 " * 2_000_000})

    assert response.status_code == 400
    assert "longer than any report" in response.content.decode()


def test_a_text_that_cannot_be_read_is_given_back(client: Client, release: Release) -> None:
    said = said_of(client, '{"resourceType": "Bundle", "entry": [')

    assert '{"resourceType": "Bundle", "entry": [</textarea>' in said


def test_what_was_read_is_given_back_without_what_identifies(client: Client, release: Release) -> None:
    said = said_of(client, REPORT)

    assert re.search(r"<textarea[^>]*>\s*Vitamin B12 150 ng/L \(180-914\) L\nMCV 112 fL", said)


def test_a_post_without_the_field_is_an_empty_one(client: Client, release: Release) -> None:
    assert "There is nothing to read." in client.post(PASTE).content.decode()


def test_a_page_too_old_to_be_accepted_gives_the_confirmed_results_back(release: Release) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(
        QUICK, {"read": "report", "result": "total_b12=150,ng/L"}, headers={"Origin": "http://testserver"}
    )

    assert response.status_code == 403
    assert 'value="total_b12=150,ng/L"' in unescape(response.content.decode())


def test_nothing_pasted_is_logged_or_put_into_a_cookie(
    client: Client, release: Release, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    response = client.post(PASTE, {"text": REPORT})

    assert "150" not in caplog.text
    assert "SMITH" not in caplog.text
    assert [name for name in response.cookies if name != "csrftoken"] == []


def test_the_release_alone_is_asked_of_the_database(
    client: Client, release: Release, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.post(PASTE, {"text": REPORT})

    with django_assert_max_num_queries(1):
        client.post(PASTE, {"text": REPORT})


def test_other_methods_are_refused(client: Client, release: Release) -> None:
    assert client.put(PASTE).status_code == 405
