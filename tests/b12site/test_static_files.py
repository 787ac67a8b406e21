"""Static files as a browser gets them."""

import pytest
from django.templatetags.static import static
from django.test import Client

from b12site.static_files import collect_if_changed

USED = [
    "js-lib-bootstrap5/css/bootstrap.min.css",
    "js-lib-bootstrap5/js/bootstrap.bundle.min.js",
    "django_htmx/htmx-2.min.js",
    "admin/css/base.css",
]


@pytest.mark.parametrize("name", USED)
def test_a_file_is_compressed_once_and_kept_for_ever(client: Client, name: str) -> None:
    response = client.head(static(name), headers={"accept-encoding": "br"})

    assert response.status_code == 200
    assert response["Content-Encoding"] == "br"
    assert response["Cache-Control"] == "max-age=315360000, public, immutable"


def test_nothing_is_collected_again_while_nothing_changed() -> None:
    collect_if_changed()

    assert not collect_if_changed()
