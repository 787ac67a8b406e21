"""What browsers and whoever watches over the installation are told."""

import pytest
from django.test import Client


def test_livez_needs_no_database(client: Client) -> None:
    response = client.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_the_icon_is_there_for_pages_that_name_none(client: Client) -> None:
    response = client.get("/favicon.ico")

    assert response.status_code == 302
    assert client.head(response["Location"])["Content-Type"] == "image/svg+xml"


@pytest.mark.django_db
def test_healthz_asks_the_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
