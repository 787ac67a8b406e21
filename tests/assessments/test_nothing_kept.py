"""Nothing typed about a patient stays behind: in no table, cookie, session, log, address or cache."""

import logging
import re
from collections.abc import Iterator
from html import unescape
from io import StringIO
from typing import Any
from urllib.parse import unquote_plus

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from b12site.logs import WithoutValues
from conditions.models import Release
from tests.make.patient_pages import ABOUT_PATIENTS, NOT_ABOUT_PATIENTS, TRACES, Sent, addresses
from tests.make.tables import rows, tables_with

pytestmark = pytest.mark.django_db

PAGES = [(name, sent) for name, ways in ABOUT_PATIENTS.items() for sent in ways]
each_page = pytest.mark.parametrize(
    ("name", "sent"), PAGES, ids=[f"{name}-{number}" for number, (name, _) in enumerate(PAGES)]
)


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """All that is logged, from DEBUG on, as an installation would write it."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutValues())
    apart = [logging.getLogger(name) for name in logging.root.manager.loggerDict]
    loggers = [logging.root, *[one for one in apart if not one.propagate]]
    before = [(one, one.level) for one in (*loggers, *apart)]
    for one in loggers:
        one.addHandler(handler)
    for one, _ in before:
        one.setLevel(logging.DEBUG)
    yield written
    for one in loggers:
        one.removeHandler(handler)
    for one, level in before:
        one.setLevel(level)


def send(browser: Client, name: str, sent: Sent) -> HttpResponse:
    headers = {"HX-Request": "true"} if sent.htmx else {}
    return browser.post(reverse(name) + sent.query, sent.fields, headers=headers)


def traces_in(text: str) -> set[str]:
    return {trace for trace in TRACES if trace in unquote_plus(text).casefold()}


def links_in(response: HttpResponse) -> str:
    """Every address that a page leads to."""
    if not response["Content-Type"].startswith("text/html"):
        return ""
    said = unescape(response.content.decode())
    return " ".join(re.findall(r'\b(?:href|src|action|formaction|hx-[a-z-]+)="([^"]*)"', said))


def left_behind(browser: Client, response: Any) -> dict[str, Any]:
    """Where a trace of what was sent is found."""
    found = {
        "tables": tables_with(*TRACES),
        "cookies": traces_in(browser.cookies.output()),
        "session": dict(response.wsgi_request.session),
        "headers": traces_in(str(response.headers)),
        "links": traces_in(links_in(response)),
    }
    return {place: traces for place, traces in found.items() if traces}


def test_every_public_address_that_takes_a_post_is_listed(client: Client, release: Release) -> None:
    takes_posts = set()
    for name, address in addresses():
        response = client.post(address)
        leads_to_sign_in = response.headers.get("Location", "").startswith(reverse(settings.LOGIN_URL))
        if response.status_code != 405 and not leads_to_sign_in:
            takes_posts.add(name)

    assert takes_posts == ABOUT_PATIENTS.keys() | NOT_ABOUT_PATIENTS.keys()


@each_page
def test_nothing_stays_behind(
    client: Client, release: Release, logged: StringIO, name: str, sent: Sent
) -> None:
    before = rows()

    response = send(client, name, sent)

    assert response.status_code < 500
    assert left_behind(client, response) == {}
    assert rows() == before
    assert traces_in(logged.getvalue()) == set()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ABOUT_PATIENTS)
def test_nothing_stays_behind_when_a_page_fails(
    client: Client, release: Release, logged: StringIO, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fails(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        raise ValueError(f"{request.POST!r} is not what was expected") from KeyError(str(request.POST.dict()))

    monkeypatch.setattr(BaseHandler, "make_view_atomic", lambda *_: fails)
    client.raise_request_exception = False
    before = rows()

    response = send(client, name, ABOUT_PATIENTS[name][0])

    assert (response.status_code, traces_in(response.content.decode())) == (500, set())
    assert left_behind(client, response) == {}
    assert rows() == before
    assert "builtins.ValueError" in logged.getvalue()
    assert traces_in(logged.getvalue()) == set()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ABOUT_PATIENTS)
def test_nothing_stays_behind_when_the_database_is_gone_but_it_is_given_back(
    client: Client, release: Release, logged: StringIO, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError(f"connection lost while asking for {TRACES}")

    sent = ABOUT_PATIENTS[name][0]
    with monkeypatch.context() as away:
        away.setattr(connection, "cursor", gone)
        response = send(client, name, sent)

    if name != "save_assessment":  # which asks nothing of the database before somebody has signed in
        assert response.status_code == 503
        assert "django.db.utils.OperationalError" in logged.getvalue()
    given_back = unescape(response.content.decode())
    assert all(f'name="{field}" value="{value}"' in given_back for field, value in sent.fields.items())
    assert left_behind(client, response) == {}
    assert traces_in(logged.getvalue()) == set()
    assert "no-store" in response["Cache-Control"]


def test_what_another_handler_wrote_of_an_exception_is_not_taken_over(logged: StringIO) -> None:
    careless = logging.StreamHandler(StringIO())
    log = logging.getLogger("careless")
    log.addHandler(careless)
    try:
        raise ValueError(TRACES)
    except ValueError:
        log.exception("It failed")
    finally:
        log.removeHandler(careless)

    assert "It failed" in logged.getvalue()
    assert traces_in(logged.getvalue()) == set()
