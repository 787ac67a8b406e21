"""What is given back when a form is refused."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from b12site.given_back import csrf_failure
from conditions.models import Release

HERE = {"origin": "http://testserver"}
POSTED = {"note": '"><script>', "symptom": ["glossitis", "ataxia"]}


@pytest.fixture
def stranger() -> Client:
    """A browser whose cookie for forms is gone."""
    return Client(enforce_csrf_checks=True)


def hidden(response: HttpResponse) -> list[str]:
    lines = response.content.decode().replace("><input", ">\n<input").splitlines()
    return [line.strip() for line in lines if 'type="hidden"' in line and "csrfmiddlewaretoken" not in line]


@pytest.mark.django_db
def test_a_refused_form_comes_back_whole_and_escaped_with_a_fresh_token(
    stranger: Client, release: Release
) -> None:
    response = stranger.post("/assess/?a=b", POSTED, headers=HERE)

    assert response.status_code == 403
    assert hidden(response) == [
        '<input type="hidden" name="note" value="&quot;&gt;&lt;script&gt;">',
        '<input type="hidden" name="symptom" value="glossitis">',
        '<input type="hidden" name="symptom" value="ataxia">',
    ]
    said = response.content.decode()
    assert '<form method="post" action="/assess/?a=b" data-again>' in said
    assert said.count("Send it again") == 1
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_sent_again_with_the_fresh_token_it_is_taken(stranger: Client, release: Release) -> None:
    refused = stranger.post("/assess/", {"age": "54", "age-unit": "a"}, headers=HERE)
    token = refused.content.decode().split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]

    taken = stranger.post(
        "/assess/", {"age": "54", "age-unit": "a", "csrfmiddlewaretoken": token}, headers=HERE
    )

    assert taken.status_code == 200
    assert 'name="age" value="54"' in taken.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{"origin": "https://elsewhere.example"}, {"origin": "null"}, {}])
def test_what_another_site_sends_is_not_offered_again(stranger: Client, headers: dict[str, str]) -> None:
    response = stranger.post("/assess/", POSTED, headers=headers)

    assert (response.status_code, hidden(response)) == (403, [])
    assert "The form could not be accepted" in response.content.decode()


@pytest.mark.django_db
def test_the_panel_says_how_to_go_on_and_repeats_nothing(stranger: Client) -> None:
    response = stranger.post("/assess/", POSTED, headers=HERE | {"HX-Request": "true"})

    said = response.content.decode()
    assert response.status_code == 403
    assert said.strip().startswith('<section id="report"')
    assert '<button type="submit" form="picture"' in said
    assert "glossitis" not in said


@pytest.mark.django_db
def test_a_password_never_comes_back(stranger: Client) -> None:
    said = stranger.post("/accounts/login/", {"login": "ann", "password": "s3cret-word"}, headers=HERE)

    assert "s3cret-word" not in said.content.decode()
    assert "Please sign in again" in said.content.decode()


def test_it_is_given_back_even_while_the_database_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    request = RequestFactory().post("/assess/", POSTED, headers=HERE)
    request.user = AnonymousUser()

    def gone(_: Any) -> bool:
        raise OperationalError

    monkeypatch.setattr(AnonymousUser, "is_authenticated", property(gone))

    assert len(hidden(csrf_failure(request))) == 3
