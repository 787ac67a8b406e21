"""What whoever watches over the installation is told."""

import pytest
from django.test import Client


def test_livez_needs_no_database(client: Client) -> None:
    response = client.get("/livez")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_healthz_asks_the_database(client: Client) -> None:
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
