"""One address, the page and its part."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from b12site.page_or_part import render_page_or_part

HTMX = {"HX-Request": "true"}


def asked(**headers: str) -> HttpRequest:
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(
    "headers",
    [{}, HTMX | {"HX-Boosted": "true"}, HTMX | {"HX-History-Restore-Request": "true"}],
    ids=["ordinary", "boosted", "restored from history"],
)
def test_who_needs_a_page_gets_the_page(headers: dict[str, str]) -> None:
    response = render_page_or_part(asked(**headers), "503.html", {"address": "/here"}, part="panel")

    assert b"<html" in response.content
    assert b'id="database-gone"' in response.content


def test_htmx_gets_the_part_alone() -> None:
    response = render_page_or_part(asked(**HTMX), "503.html", {"address": "/here"}, part="panel")

    assert response.content.strip().startswith(b'<section id="report"')


def test_without_a_named_part_htmx_gets_the_page() -> None:
    assert b"<html" in render_page_or_part(asked(**HTMX), "503.html").content


def test_caches_keep_page_and_part_apart() -> None:
    assert render_page_or_part(asked(), "503.html")["Vary"] == "HX-Request"


def test_an_answer_is_kept_by_no_cache_if_so_asked() -> None:
    kept = render_page_or_part(asked(), "503.html", status=422)
    not_kept = render_page_or_part(asked(), "503.html", no_store=True)

    assert (kept.status_code, kept.get("Cache-Control")) == (422, None)
    assert "no-store" in not_kept["Cache-Control"]
