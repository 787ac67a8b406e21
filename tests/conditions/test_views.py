"""The public pages of conditions and sources: for anybody, for strangers' addresses, in few queries."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conditions.models import Release
from conditions.presenters.pages import index_of, page_of
from tests.make.shipped import shipped

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_index_names_every_condition_with_its_directions(client: Client, release: Release) -> None:
    said = read(client, "/conditions/")

    for slug in shipped().conditions:
        assert f'href="/conditions/{slug}/"' in said
    assert (
        '<a href="/conditions/pernicious_anaemia/">Pernicious anaemia</a> <span class="badge plain">autoimmune'
        in said
    )
    assert "makes B12 read falsely normal" in said
    assert "no named clinician has reviewed it" in said


def test_every_condition_has_a_page_with_its_effects_rules_and_sources(
    client: Client, release: Release
) -> None:
    for slug, condition in shipped().conditions.items():
        said = read(client, f"/conditions/{slug}/")
        page = page_of(slug, shipped())

        assert said.count("<h1>") == 1
        assert said.count('class="condition-effects"') == bool(condition.effects)
        assert said.count("The rule ") == len(page.towards) + len(page.against)
        assert "no named clinician has reviewed it" in said


def test_a_page_says_effect_grade_verification_and_source(client: Client, release: Release) -> None:
    said = read(client, "/conditions/pernicious_anaemia/")

    assert "Makes B12 read falsely normal" in said
    assert "How common: 22-35% of pernicious anaemia sera on three platforms" in said
    assert "grade B (cohort, trial or large series); read where another quotes it" in said
    assert '<a href="/conditions/autoimmune_gastritis/">Autoimmune gastritis</a>' in said
    assert "https://doi.org/10.1111/bjh.12959" in said
    assert "D51.0" in said


def test_a_claim_without_evidence_is_shown_as_such(client: Client, release: Release) -> None:
    assert "No effect on B12 has been shown" in read(client, "/conditions/systemic_lupus_erythematosus/")


def test_a_statement_without_a_source_says_so_and_lists_none(client: Client, release: Release) -> None:
    said = read(client, "/conditions/systemic_lupus_erythematosus/")

    assert "no source was looked up" in said
    assert "General textbook knowledge" not in said


def test_b12_states_have_pages_too(client: Client, release: Release) -> None:
    said = read(client, "/conditions/b12_deficiency/")

    assert (
        "The rule establishes it if: Total B12 is deficient and guideline in use is not BMJ Best Practice."
        in said
    )
    assert "Unless: pregnant or taking oestrogen." in said


def test_the_sources_say_how_far_they_were_checked(client: Client, release: Release) -> None:
    said = read(client, "/sources/")

    assert "https://www.nice.org.uk/guidance/ng239" in said
    assert "Cited by" in said
    assert "General textbook knowledge" not in said


@pytest.mark.parametrize(
    "address", ["/conditions/unheard_of/", "/conditions/b12_deficiency/x/", "/conditions/é/"]
)
def test_an_unknown_condition_is_not_found(client: Client, release: Release, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/conditions/", "/conditions/pernicious_anaemia/", "/sources/"])
def test_a_page_asks_the_database_once(
    client: Client, release: Release, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(address)

    # What was said of sources since stands in a table of its own.
    with django_assert_num_queries(2 if "/sources/" in address else 1):
        client.get(address)


@pytest.mark.parametrize("address", ["/conditions/", "/conditions/pernicious_anaemia/", "/sources/"])
def test_nothing_can_be_sent_to_a_public_page(client: Client, release: Release, address: str) -> None:
    assert client.post(address).status_code == 405


def test_the_index_begins_with_the_b12_states_and_then_the_autoimmune() -> None:
    slugs = [category.slug for category in index_of(shipped())]

    assert slugs[0] == "b12_state"
    assert [slug.startswith("autoimmune") for slug in slugs[1:]] == sorted(
        (slug.startswith("autoimmune") for slug in slugs[1:]), reverse=True
    )
