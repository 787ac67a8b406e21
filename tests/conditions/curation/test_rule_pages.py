"""The public pages on which a rule or recommendation gives account of itself."""

import pytest
from django.test import Client

from conditions.models import Release

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/rules/deficient_total/", "The rule establishes it if: Total B12 is deficient. Unless: pregnant."),
        ("/recommendations/measure_mma/", "Given if: The leading B12 state is B12 indeterminate."),
    ],
)
def test_a_rule_says_whose_it_is_and_what_it_uses(
    address: str, says: str, small_release: Release, client: Client
) -> None:
    text = " ".join(client.get(address).content.decode().split())
    assert says in text
    assert "<dt>Developer</dt><dd>Ourselves</dd>" in text
    assert "<dt>Uses sex</dt><dd>no</dd>" in text
    assert "released 2026-11-21, not revised since" in text
    assert text.count("<dt>") == 13


def test_the_page_of_a_condition_leads_to_its_rules(small_release: Release, client: Client) -> None:
    assert 'href="/rules/deficient_total/"' in client.get("/conditions/b12_deficiency/").content.decode()


@pytest.mark.parametrize("address", ["/rules/no_such_rule/", "/recommendations/deficient_total/"])
def test_what_the_release_does_not_hold_is_not_found(
    address: str, small_release: Release, client: Client
) -> None:
    assert client.get(address).status_code == 404
