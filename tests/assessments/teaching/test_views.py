"""The pages of teaching cases: who has not committed sees no answer, and nothing is kept."""

from typing import Any

import pytest
from django.test import Client

from conditions.models import Release

pytestmark = pytest.mark.django_db
CASE = "/teach/published_n2o_01/"
COMMITTED = {"state": "functional_b12_deficiency", "cause_1": "nitrous_oxide_exposure", "test": "mma_test"}
ANSWER = "Your reading, Cobalt"


@pytest.fixture(autouse=True)
def _published(release: Release) -> None:
    """Every page needs a release."""


def text(response: Any) -> str:
    return str(response.content.decode())


def test_the_list_leads_to_each_case_and_is_narrowed_by_its_address(client: Client) -> None:
    assert f'href="{CASE}"' in text(client.get("/teach/"))
    assert f'href="{CASE}"' not in text(client.get("/teach/?level=foundation"))
    assert "No case is of this level" in text(client.get("/teach/?level=foundation&topic=pregnancy"))


def test_before_the_learner_commits_nothing_of_the_answer_is_in_the_page(client: Client) -> None:
    page = text(client.get(CASE))
    assert ANSWER not in page
    assert "canisters" not in page
    assert "105 fL" in page
    assert "Functional deficiency" not in page


def test_the_shelf_tells_no_topic_of_a_single_case(client: Client) -> None:
    assert "Intermediate · " not in text(client.get("/teach/"))
    assert "Intermediate · Functional deficiency, " in text(client.post(CASE, COMMITTED))


def test_the_reveal_shows_findings_against_the_first_causes(client: Client) -> None:
    page = text(client.post(CASE, COMMITTED))
    assert '<th role="columnheader" scope="col">Nitrous oxide-related B12 failure</th>' in page
    assert "From supported to established" in page
    assert "Changed nothing when added, though some count together with what came after: Age" in page


def test_the_reveal_sets_three_readings_side_by_side(client: Client) -> None:
    page = text(client.post(CASE, COMMITTED))
    assert ANSWER in page
    assert "agrees with Cobalt, agrees with the report" in page
    assert "46 to 100 canisters" in page
    assert "How each finding moved the answer" in page


def test_who_cannot_tell_may_say_so(client: Client) -> None:
    assert "left open" in text(client.post(CASE, {"state": "unsure"}))


def test_without_a_reading_the_answer_stays_hidden_and_the_choices_stay(client: Client) -> None:
    page = text(client.post(CASE, {"cause_1": "nitrous_oxide_exposure"}))
    assert ANSWER not in page
    assert "“I cannot tell” is a choice" in page
    assert '<option value="nitrous_oxide_exposure" selected>' in page


def test_what_is_no_choice_is_refused(client: Client) -> None:
    page = text(client.post(CASE, {"state": "well"}))
    assert ANSWER not in page
    assert "Before the answer is shown" in page


def test_nothing_is_kept(client: Client) -> None:
    response = client.post(CASE, COMMITTED)
    assert "no-store" in response["Cache-Control"]
    assert not client.session.items()


def test_a_presenter_sees_findings_one_by_one(client: Client) -> None:
    assert "0 of " in text(client.get(f"{CASE}present/"))
    two = text(client.get(f"{CASE}present/?shown=2"))
    assert 'value="3"' in two
    assert 'value="1"' in two
    part = text(client.get(f"{CASE}present/?shown=2", headers={"HX-Request": "true"}))
    assert part.strip().startswith('<div id="presented"')


@pytest.mark.parametrize("address", ["/teach/no_such_case/", "/teach/no_such_case/present/"])
def test_a_case_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_case_that_does_not_teach_is_not_shown(client: Client) -> None:
    assert client.get("/teach/published_coel_01/").status_code == 404


def test_each_page_takes_one_query(client: Client, django_assert_num_queries: Any) -> None:
    client.get(CASE)
    for address in ("/teach/", CASE, f"{CASE}present/?shown=5"):
        with django_assert_num_queries(1):
            client.get(address)
