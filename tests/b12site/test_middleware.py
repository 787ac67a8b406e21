"""The site while its database is away."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from b12site.middleware import DatabaseGone

ROOT = Path(__file__).parents[2]
SCRIPT = """
import django, json, sys
django.setup()
from django.test import Client
ask = json.loads(sys.argv[1])
response = Client(headers={"host": "localhost"}).generic(**ask)
print(json.dumps([response.status_code, dict(response.headers), response.content.decode()]))
"""


def answer_without_database(**ask: Any) -> tuple[int, dict[str, str], str]:
    """What the whole site answers while nothing listens where its database should be."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "b12site.settings",
        "DATABASE_URL": "postgres://u:p@127.0.0.1:1/x",
    }
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, json.dumps(ask)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    status, headers, content = json.loads(done.stdout)
    return status, headers, content


def answer(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    return DatabaseGone(lambda _: HttpResponse()).process_exception(request, exception)


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/livez", "/accounts/login/"])
def test_pages_that_need_no_database_are_still_there(path: str) -> None:
    assert answer_without_database(method="GET", path=path)[0] == 200


@pytest.mark.slow
def test_healthz_says_what_is_missing() -> None:
    status, _, content = answer_without_database(method="GET", path="/healthz")

    assert (status, content) == (503, "the database does not answer\n")


@pytest.mark.slow
def test_a_post_is_answered_in_plain_words() -> None:
    status, headers, content = answer_without_database(
        method="POST",
        path="/accounts/login/?next=/",
        data="username=ann&password=secret-word",
        content_type="application/x-www-form-urlencoded",
    )

    assert status == 503
    assert headers["Retry-After"] == "10"
    assert "no-store" in headers["Cache-Control"]
    assert "The database cannot be reached" in content
    assert '<form method="post" action="/accounts/login/?next=/" data-again>' in content
    assert '<input type="hidden" name="username" value="ann">' in content
    assert "secret-word" not in content


def test_what_was_posted_comes_back_whole_and_escaped() -> None:
    request = RequestFactory().post("/new", {"note": '"><script>', "symptom": ["glossitis", "ataxia"]})

    response = answer(request, OperationalError())

    assert response is not None
    assert response.content.decode().count('type="hidden"') == 4  # the token is the fourth
    for field in (
        '<input type="hidden" name="note" value="&quot;&gt;&lt;script&gt;">',
        '<input type="hidden" name="symptom" value="glossitis">',
        '<input type="hidden" name="symptom" value="ataxia">',
    ):
        assert field in response.content.decode()


def test_other_mistakes_are_not_the_databases() -> None:
    assert answer(RequestFactory().get("/"), ValueError()) is None
