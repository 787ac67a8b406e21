"""The draft tried on a case and on a typed patient."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from conditions.models import Band, Release, Rule

pytestmark = pytest.mark.django_db
PATIENT = {"age": "54", "age-unit": "a", "total_b12": "355", "total_b12-unit": "ng/L"}


@pytest.fixture
def curator(client: Client, release: Release, person: Callable[[str], Any]) -> Client:
    client.force_login(person("curator"))
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_of_a_draft_that_changes_nothing_the_same_is_said(curator: Client) -> None:
    assert "The draft says the same." in text(curator.get("/curation/draft/try/?case=published_n2o_01"))


def test_what_the_draft_would_say_stands_beside_what_is_said(curator: Client) -> None:
    Band.objects.filter(limits__finding="total_b12", limits__scheme="NICE NG239", upper=350).update(upper=360)
    answer = text(curator.post("/curation/draft/try/", PATIENT))
    assert "The draft says something else." in answer
    assert "B12 state:" in answer


def test_a_case_that_is_not_there_is_not_found(curator: Client) -> None:
    assert curator.get("/curation/draft/try/?case=nobody").status_code == 404


def test_a_draft_that_cannot_be_read_says_why(curator: Client) -> None:
    Rule.objects.filter(slug__startswith="r").update(when="total_b12 is nonsense")
    response = curator.get("/curation/draft/try/")
    assert response.status_code == 409
    assert "never nonsense" in text(response)


def test_only_curators_try_the_draft(client: Client, release: Release, person: Callable[[str], Any]) -> None:
    client.force_login(person("clinician"))
    assert client.get("/curation/draft/try/").status_code == 403
