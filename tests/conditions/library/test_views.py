"""The pages of the library: for anybody, linked with one another, in few queries, and helpful when lost."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conditions.models import Release
from conditions.presenters.findings import finding_page
from conditions.presenters.links import is_medicine
from conditions.presenters.medicines import medicine_page, medicines_of
from conditions.presenters.sources import cited_sources, source_page
from tests.make.shipped import shipped

pytestmark = pytest.mark.django_db

PAGES = (
    "/library/",
    "/library/?q=pernicous+anemia",
    "/library/map/",
    "/library/guidelines/",
    "/investigations/",
    "/investigations/mma_test/",
    "/medicines/",
    "/medicines/metformin/",
    "/findings/",
    "/findings/total_b12/",
    "/sources/nice_ng239_2024/",
    "/conditions/pernicious_anaemia/",
)


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_the_database_once_and_has_one_heading(
    client: Client, release: Release, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    said = read(client, address)

    assert said.count("<h1>") == 1
    assert " style=" not in said
    # What was said of a source since stands in a table of its own.
    with django_assert_num_queries(2 if "/sources/" in address else 1):
        client.get(address)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_can_be_sent_to_the_library(client: Client, release: Release, address: str) -> None:
    assert client.post(address).status_code == 405


def test_every_link_of_every_page_leads_somewhere(client: Client, release: Release) -> None:
    seen: set[str] = set()
    waiting = ["/library/", "/medicines/", "/investigations/", "/findings/", "/sources/", "/library/map/"]
    samples = [
        "/findings/total_b12/",
        "/medicines/metformin/",
        "/investigations/fbc_film/",
        "/sources/bsh_2014/",
    ]
    for address in (*waiting, *samples):
        said = read(client, address)
        seen |= set(
            re.findall(r'href="(/(?:conditions|findings|investigations|medicines|notes|sources)/\w+/)"', said)
        )

    knowledge = shipped()
    held = {
        "conditions": knowledge.conditions,
        "findings": knowledge.findings,
        "investigations": knowledge.investigations,
        "medicines": medicines_of(knowledge),
        "notes": knowledge.notes,
        "sources": cited_sources(knowledge),
    }
    assert [one for one in sorted(seen) if one.split("/")[2] not in held[one.split("/")[1]]] == []
    assert {f"/investigations/{slug}/" for slug in knowledge.investigations} <= seen
    assert {f"/medicines/{slug}/" for slug in medicines_of(knowledge)} <= seen
    assert {f"/findings/{slug}/" for slug in knowledge.findings if not is_medicine(slug, knowledge)} <= seen


def test_every_investigation_has_a_page_with_its_question(client: Client, release: Release) -> None:
    for slug, one in shipped().investigations.items():
        said = read(client, f"/investigations/{slug}/")

        assert said.count("<h1>") == 1
        assert "What it settles" in said
        assert said.count("<li>") >= sum(
            r.target == slug and r.stance == "hold" for r in shipped().recommendations.values()
        ), one


def test_an_investigation_says_how_to_prepare_what_mars_it_and_what_it_settles(
    client: Client, release: Release
) -> None:
    said = read(client, "/investigations/intrinsic_factor_antibody_test/")

    assert "Is the cause autoimmune gastritis with loss of intrinsic factor?" in said
    assert "Drawn before the first B12 injection if that delays nothing" in said
    assert "a negative one excludes nothing" in said
    assert "relative cost moderate (3 of 5)" in said
    assert '<a href="/findings/intrinsic_factor_antibody/">Anti-intrinsic factor antibody</a>' in said
    assert (
        '<a href="/conditions/pernicious_anaemia/">Pernicious anaemia</a> <span class="quiet">establishes it (1)'
        in said
    )
    assert "31444-3" in said
    assert '<a href="/medicines/metformin/">' not in said


def test_every_medicine_has_a_page_with_its_effects(client: Client, release: Release) -> None:
    knowledge = shipped()
    for slug in medicines_of(knowledge):
        said = read(client, f"/medicines/{slug}/")

        effects = knowledge.conditions[slug].effects if slug in knowledge.conditions else ()
        assert said.count('class="effect-drawing"') == len(effects), slug


def test_a_medicine_says_who_is_worth_monitoring_and_what_reads_it(client: Client, release: Release) -> None:
    said = read(client, "/medicines/metformin/")
    page = medicine_page("metformin", shipped())

    assert "On metformin the MHRA advises a B12 test" in said
    assert "Metformin-related B12 deficiency" in said
    assert '<a href="/findings/metformin_years/">Years on metformin</a>' in said
    assert {one.slug for one in page.watched} >= {"metformin_monitoring", "metformin_not_stopped"}
    assert len(page.rules) == len({(rule.condition.slug, rule.says) for rule in page.rules})


def test_every_finding_has_a_page_with_each_of_its_scales(client: Client, release: Release) -> None:
    knowledge = shipped()
    for slug, finding in list(knowledge.findings.items())[::9]:
        said = read(client, f"/findings/{slug}/")

        assert said.count('<svg class="bar"') == len(finding.limits), slug
        assert said.count("<h1>") == 1


def test_a_finding_says_its_states_units_limits_and_readers(client: Client, release: Release) -> None:
    said = read(client, "/findings/total_b12/")

    assert "It may be: deficient; indeterminate; sufficient; high. Not known is none of these." in said
    assert "<dt>pmol/L</dt><dd>1 pmol/L = 1.35537 ng/L</dd>" in said
    assert "Indeterminate: between 180 and 350 ng/L" in said
    assert "Deficient: below 180 ng/L (“deficiency confirmed”)" in said
    assert "A low or grey-zone B12, or a raised metabolite</a>, defined by it" in said
    assert "Also called: Cobalamin" in said
    assert "2132-9" in said


def test_a_finding_read_against_the_report_says_so(client: Client, release: Release) -> None:
    said = read(client, "/findings/haemoglobin/")

    assert "Low: below the lower end" in said
    assert "Normal: not below the lower end and not above the upper end" in said
    assert "Fallback, where no interval is printed" in said


def test_every_source_lists_every_statement_that_leans_on_it() -> None:
    knowledge = shipped()
    pages = [source_page(slug, knowledge) for slug in cited_sources(knowledge)]

    lines = [line for page in pages for kind in page.kinds for line in kind.lines]
    own = [line for line in lines if not line.beside]
    assert sum(page.number for page in pages) == len(lines)
    assert all(sum(number for *_, number in page.verified) <= page.number for page in pages)
    assert len(own) == sum(number for page in pages for *_, number in page.verified)


def test_a_source_says_where_it_can_be_read_and_what_rests_on_it(client: Client, release: Release) -> None:
    said = read(client, "/sources/bsh_2014/")

    assert "https://doi.org/10.1111/bjh.12959" in said
    assert "What leans on it" in said
    assert '<a href="/findings/total_b12/">Vitamin B12, total (serum cobalamin)</a>: BSH 2014' in said


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/conditions/pernicous-anemia/", "/conditions/pernicious_anaemia/"),
        ("/medicines/metfromin/", "/medicines/metformin/"),
        ("/investigations/mma/", "/investigations/mma_test/"),
        ("/findings/holotc/", "/findings/active_b12/"),
        ("/sources/bsh_2041/", "/library/"),
        ("/sources/not_looked_up/", "/library/"),
        ("/notes/homocystein_loop/", "/notes/homocysteine_loop/"),
        ("/findings/metformin_years_on/", "/findings/metformin_years/"),
    ],
)
def test_whoever_is_lost_is_told_what_may_have_been_meant(
    client: Client, release: Release, address: str, meant: str
) -> None:
    response = client.get(address)

    assert response.status_code == 404
    assert f'href="{meant}"' in response.content.decode()


def test_a_search_is_answered_as_a_page_or_as_the_part_of_it(client: Client, release: Release) -> None:
    page = client.get("/library/", {"q": "metfromin"})
    part = client.get("/library/", {"q": "metfromin"}, headers={"HX-Request": "true"})

    assert b'href="/medicines/metformin/"' in page.content
    assert b"<h1>" in page.content
    assert part.content.decode().strip().startswith('<div id="found"')
    assert b'href="/medicines/metformin/"' in part.content


def test_what_is_typed_is_shown_as_text_and_nothing_found_is_said(client: Client, release: Release) -> None:
    said = read(client, "/library/?q=%3Cscript%3Exyzzyq%3C/script%3E")

    assert "<script>xyzzyq" not in said
    assert "Nothing is known here as “&lt;script&gt;xyzzyq&lt;/script&gt;”" in said


def test_all_that_was_found_can_be_asked_for(client: Client, release: Release) -> None:
    assert "&amp;all=1" in read(client, "/library/?q=b12")
    assert read(client, "/library/?q=b12&all=1").count("<li>") > read(client, "/library/?q=b12").count("<li>")


def test_the_parts_of_the_library_are_counted(client: Client, release: Release) -> None:
    said = read(client, "/library/")

    assert f'Conditions</a> <span class="library-number">{len(shipped().conditions)}</span>' in said
    assert f'Sources</a> <span class="library-number">{len(cited_sources(shipped()))}</span>' in said


def test_a_page_is_read_as_it_was_said_in_its_release() -> None:
    assert finding_page("mma", shipped()) is finding_page("mma", shipped())
