"""A reader searches with a slip of the pen and follows what is known to its source, on any screen, scripts or none."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


def violations(page: Page) -> list[str]:
    """The rules of axe that the page breaks."""
    return [one["id"] for one in Axe().run(page).response["violations"]]


def test_a_reader_goes_from_a_misspelling_to_the_source_and_back(page: Page) -> None:
    page.goto("/library/")
    page.get_by_role("searchbox").press_sequentially("pernicous anem")
    first = page.locator("#found").get_by_role("link").first
    expect(first).to_have_text("Pernicious anaemia")
    assert violations(page) == []
    first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pernicious anaemia")
    drawing = page.get_by_role("img", name="Pernicious anaemia: makes B12 read falsely normal")
    expect(drawing).to_be_visible()
    assert violations(page) == []
    page.get_by_role("term").get_by_role("link", name="Pernicious anaemia antibodies").click()

    expect(page.get_by_role("heading", name="How to prepare")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("region", name="Sources").get_by_role(
        "link", name=re.compile("What leans on it")
    ).first.click()

    expect(page.get_by_role("heading", name=re.compile("What leans on it"))).to_be_visible()
    assert violations(page) == []
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pernicious anaemia antibodies")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Library").click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_the_same_way_is_open_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/library/")
    page.get_by_role("searchbox").fill("metfromin")
    page.get_by_role("button", name="Find").click()
    page.locator("#found").get_by_role("link", name="Metformin", exact=True).click()

    expect(page.get_by_role("heading", name="Monitoring, and what else turns on it")).to_be_visible()
    page.get_by_role("link", name="Years on metformin").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Years on metformin")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_narrow_screens_scroll_the_drawings_and_tables_and_not_the_page(page: Page, scheme: str) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for address in (
        "/library/?q=b12",
        "/library/map/",
        "/library/guidelines/",
        "/conditions/pernicious_anaemia/",
        "/findings/total_b12/",
        "/investigations/",
        "/sources/bsh_2014/",
    ):
        page.goto(address)

        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        assert violations(page) == [], address


def test_the_table_of_guidelines_changes_its_unit(page: Page) -> None:
    page.goto("/library/guidelines/")
    page.get_by_role("link", name="pmol/L").click()

    expect(page.get_by_role("columnheader", name="At 89 pmol/L")).to_be_visible()
    page.get_by_role("link", name="133", exact=True).click()
    expect(page.get_by_role("columnheader", name="At 133 pmol/L")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^NICE"))).to_contain_text("Indeterminate")
    assert violations(page) == []
