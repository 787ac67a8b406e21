"""What the public may check of releases, verification and hazards."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from conditions.governance.hazards import read_hazards
from conditions.governance.statements import statements
from conditions.governance.unverified import verified_of
from conditions.models import Release
from conditions.reasoning.checks import citations
from conditions.releases import current_knowledge, publish
from tests.make.knowledge import document

pytestmark = pytest.mark.django_db


def test_every_citation_is_a_statement_a_reader_can_meet(release: Release) -> None:
    knowledge = current_knowledge()
    assert [one.citation for one in statements(knowledge)] == [one for _, one in citations(knowledge)]


def test_the_counts_add_up_and_what_is_open_is_listed(client: Client, release: Release) -> None:
    verified = verified_of(current_knowledge())
    counts = {state: number for state, _, number in verified.counts}
    assert sum(counts.values()) == verified.total
    assert {one.state: one.number for one in verified.open} == {
        state: number for state, number in counts.items() if number and state != "primary"
    }
    text = client.get("/about/unverified/").content.decode()
    assert all(f"({one.number})" in text for one in verified.open)


def test_a_release_says_what_it_changed_and_who_answers_for_it(
    client: Client, small_release: Release
) -> None:
    changed = document()
    changed["conditions"]["b12_deficiency"]["name"] = "Deficiency of B12"
    newer = publish(document=changed, origin="shipped", notes="Another name.")
    listed = client.get("/about/releases/").content.decode()
    assert listed.index(newer.version) < listed.index(small_release.version)
    text = client.get(f"/about/releases/{newer.version}/").content.decode()
    assert "Deficiency of B12" in text
    assert "Name: “B12 deficiency” → “Deficiency of B12”." in text
    assert "no named clinician has reviewed it" in text
    assert (
        "It is the first release." in client.get(f"/about/releases/{small_release.version}/").content.decode()
    )


def test_a_release_that_is_not_there_is_not_found(client: Client, small_release: Release) -> None:
    assert client.get("/about/releases/1999.1.1/").status_code == 404


def test_every_hazard_stands_on_the_page_with_its_tests(client: Client, release: Release) -> None:
    text = client.get("/about/safety/").content.decode()
    for hazard in read_hazards():
        assert f'id="{hazard.slug}"' in text
        assert all(test in text for control in hazard.controls for test in control.tests)


def test_the_first_page_leads_to_all_that_can_be_checked(client: Client, release: Release) -> None:
    text = client.get("/about/").content.decode()
    for address in ("/about/releases/", "/about/unverified/", "/about/safety/", "/sources/"):
        assert f'href="{address}"' in text


def test_these_pages_take_few_queries(
    client: Client, release: Release, django_assert_max_num_queries: Any, person: Callable[[str], User]
) -> None:
    client.get("/about/unverified/")
    for address in ("/about/", "/about/releases/", "/about/unverified/", "/about/safety/"):
        with django_assert_max_num_queries(2):
            client.get(address)
