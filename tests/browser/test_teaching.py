"""A learner's and a presenter's way through a case, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import no_wider_than_the_screen, violations

pytestmark = pytest.mark.slow
CASE = "Numb feet that climb"


def test_a_learner_commits_and_then_sees_what_moved_what(page: Page) -> None:
    page.goto("/teach/")
    assert violations(page) == []
    page.get_by_label("Functional deficiency").check()
    page.get_by_role("button", name="Show these cases").click()
    page.get_by_role("link", name=CASE).click()
    expect(page.get_by_role("heading", name=CASE, level=1)).to_be_visible()
    assert violations(page) == []

    page.get_by_role("button", name="Commit").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("“I cannot tell” is a choice")
    assert violations(page) == []

    page.get_by_label("Functional B12 deficiency", exact=True).check()
    page.get_by_label("Likeliest cause").select_option("nitrous_oxide_exposure")
    page.get_by_label("Which test would help most?").select_option("mma_test")
    page.get_by_role("button", name="Commit").click()
    compared = page.get_by_role("table", name="Three readings of the same case")
    expect(compared).to_contain_text("agrees with Cobalt, agrees with the report")
    moved = page.get_by_role("table", name="Findings in the order told")
    acid = moved.get_by_role("row").filter(has_text="Methylmalonic acid")
    expect(acid).to_contain_text("From supported to established")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert no_wider_than_the_screen(page)


def test_a_presenter_adds_findings_with_the_arrow_keys(page: Page) -> None:
    page.goto("/teach/published_n2o_01/present/")
    expect(page.locator("#presented-keys")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("1 of 16 findings", exact=True)).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status")).to_have_text(
        "2 of 16 findings. Sex: female. Nothing can be said of B12 yet"
    )
    assert page.url.endswith("?shown=2")
    page.reload()
    expect(page.locator("#presented-keys")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("1 of 16 findings", exact=True)).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.locator("#report")).to_contain_text("Functional B12 deficiency")
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert no_wider_than_the_screen(page)


def test_without_scripts_a_case_teaches_and_is_presented_all_the_same(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/teach/published_n2o_01/")
    page.get_by_label("I cannot tell from this").check()
    page.get_by_role("button", name="Commit").click()
    expect(page.get_by_role("table", name="Three readings")).to_contain_text("left open")
    page.goto("/teach/published_n2o_01/present/")
    page.get_by_role("button", name="Next finding").click()
    expect(page.get_by_text("1 of 16 findings", exact=True)).to_be_visible()
