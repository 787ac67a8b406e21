"""A reader follows a condition to what explains it, on a desk, on a phone and on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


def violations(page: Page) -> list[str]:
    """The rules of axe that the page breaks."""
    return [one["id"] for one in Axe().run(page).response["violations"]]


def test_a_reader_goes_from_a_condition_to_the_loop_and_the_comparison(page: Page) -> None:
    page.goto("/conditions/autoimmune_gastritis/")
    page.get_by_role("link", name="The homocysteine loop").click()

    expect(page.get_by_role("img", name="The homocysteine loop")).to_be_visible()
    expect(
        page.get_by_role("listitem").filter(has_text="Raised homocysteine → Inflammation.")
    ).to_be_visible()
    assert violations(page) == []

    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Notes").click()
    page.get_by_role("link", name="B12 from food, by mouth and by injection").click()

    expect(page.get_by_role("columnheader", name="By injection into muscle")).to_be_visible()
    assert violations(page) == []


def test_a_phone_scrolls_the_table_and_not_the_page(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    for slug in ("homocysteine_loop", "where_guidelines_disagree"):
        page.goto(f"/notes/{slug}/")

        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert violations(page) == []


def test_a_dark_screen_shows_the_loop_legibly(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/notes/homocysteine_loop/")

    assert violations(page) == []
