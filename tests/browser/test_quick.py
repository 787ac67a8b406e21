"""An expert's way through the quick page, in a real browser: by keyboard, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import no_wider_than_the_screen, violations

pytestmark = pytest.mark.slow

QUICK = "/assess/quick/"
SEARCH = "Find and add a symptom, illness, medicine or test"
COVERED = """() => {
  const bar = document.getElementById("answer-bar");
  const hidden = [];
  for (const one of document.querySelectorAll("#picture :is(input, select, a, button)")) {
    if (!one.checkVisibility() || one.type === "hidden" || one.tabIndex < 0) continue;
    one.focus();
    const box = one.getBoundingClientRect();
    const bottom = bar.hidden || getComputedStyle(bar).position !== "fixed" ? innerHeight : bar.getBoundingClientRect().top;
    if (box.top < 0 || box.bottom > bottom) hidden.push(one.name || one.textContent.trim());
  }
  return hidden;
}"""


def report(page: Page) -> Locator:
    return page.locator("#report")


def b12(page: Page, typed: str) -> None:
    page.locator("#id-total_b12").fill(typed)


def find(page: Page, typed: str, slug: str) -> None:
    """Type in the search until the option is there."""
    page.get_by_label(SEARCH).press_sequentially(typed)
    page.locator(f"#option-{slug}[aria-selected=true]").wait_for()


def test_the_search_is_a_combobox(page: Page) -> None:
    page.goto(QUICK)
    search = page.get_by_role("combobox", name=SEARCH)
    expect(search).to_have_attribute("aria-expanded", "false")

    find(page, "numb", "numbness")
    expect(search).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("listbox", name="Findings").get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(search).to_have_attribute("aria-activedescendant", re.compile("^option-"))
    assert violations(page) == []
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(search).to_have_attribute("aria-expanded", "false")
    expect(search).to_be_focused()
    page.keyboard.press("Escape")
    expect(search).to_have_value("")

    page.keyboard.type("qwxzv")
    expect(page.locator("#was-added")).to_contain_text("Nothing is known here as “qwxzv”")


def test_enter_pressed_before_the_list_has_come_still_adds_what_is_meant(page: Page) -> None:
    page.goto(QUICK)
    page.get_by_label(SEARCH).focus()

    page.keyboard.type("glossitis")
    page.keyboard.press("Enter")

    expect(page.locator('input[name="glossitis"][value="present"]')).to_be_checked()


def test_a_test_that_is_added_asks_for_its_value(page: Page) -> None:
    page.goto(QUICK)
    find(page, "ferritin", "ferritin")
    page.keyboard.press("Enter")

    expect(page.locator("#id-ferritin")).to_be_focused()


def test_the_old_answer_is_gone_as_soon_as_an_input_cannot_be_read(page: Page) -> None:
    page.goto(QUICK)
    b12(page, "150ng/l")
    expect(report(page)).to_contain_text("B12 deficiency")
    page.route(f"**{QUICK}", lambda route: None)

    b12(page, "150..")

    expect(page.locator("#report-headline")).not_to_be_visible()
    expect(report(page)).to_have_attribute("data-unread", "")


def test_a_number_keeps_its_unit_and_another_unit_names_both_readings(page: Page) -> None:
    page.goto(QUICK)
    b12(page, "150 pg/ml")
    page.keyboard.press("Enter")
    unit = page.get_by_label("Unit of Vitamin B12, total (serum cobalamin)")
    expect(unit).to_have_value("pg/mL")
    expect(page.locator("#says-total_b12")).to_have_text("= 111 pmol/L")

    unit.select_option("pmol/L")

    expect(page.locator("#total_b12 .unit-was")).to_contain_text(
        "Now read as 150 pmol/L, before as 150 pg/mL"
    )
    expect(page.locator("#id-total_b12")).to_have_value("150")
    expect(page.locator("#says-total_b12")).to_have_text("= 203 ng/L")
    assert violations(page) == []


def test_units_and_guideline_are_remembered_and_can_be_forgotten(page: Page) -> None:
    page.goto(QUICK)
    b12(page, "150 pmol/l")
    page.keyboard.press("Enter")
    page.get_by_label("Guideline in use").select_option("gloucestershire")
    expect(report(page)).to_contain_text("Gloucestershire laboratory")

    page.goto("/assess/")
    said = page.locator("#remembered")
    expect(said).to_contain_text(
        "read by Gloucestershire laboratory; Vitamin B12, total (serum cobalamin) in pmol/L"
    )
    expect(page.locator('[name="total_b12"]')).to_have_value("")
    expect(page.locator('[name="total_b12-unit"]')).to_have_value("pmol/L")
    kept = page.evaluate("JSON.stringify(Object.assign({}, localStorage))")
    assert "150" not in kept
    assert violations(page) == []

    page.get_by_role("button", name="Forget them").click()

    expect(said).to_contain_text("Forgotten")
    expect(page.locator('[name="total_b12-unit"]')).to_have_value("pmol/L")
    page.goto(QUICK)
    expect(said).to_be_hidden()
    expect(page.locator('[name="total_b12-unit"]')).to_have_value("")
    expect(page.locator('[name="guideline"]')).to_have_value("nice_ng239")


def test_both_layouts_lead_into_each_other_and_to_the_whole_answer(page: Page) -> None:
    page.goto(QUICK)
    b12(page, "150 ng/l")
    find(page, "jaundice", "jaundice")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Yellow eyes or skin").get_by_label("Yes")).to_be_checked()

    page.get_by_role("button", name="Step by step").click()
    expect(page.get_by_role("navigation", name="Steps")).to_be_visible()
    page.get_by_role("button", name="Quick page").click()
    expect(page.locator("#id-total_b12")).to_have_value("150")
    expect(page.get_by_role("group", name="Yellow eyes or skin").get_by_label("Yes")).to_be_checked()
    page.get_by_role("button", name="The whole answer").click()

    expect(report(page)).to_contain_text("About this answer")
    expect(page.locator("#told")).to_contain_text("150 ng/L")


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(320, 640, "light"), (640, 450, "dark"), (1680, 950, "dark")]
)
def test_phone_zoom_and_dark_show_all_of_it_and_cover_no_focus(
    page: Page, width: int, height: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": height})
    page.goto(QUICK)
    b12(page, "150 ng/l")
    expect(report(page)).to_contain_text("B12 deficiency")

    assert no_wider_than_the_screen(page)
    assert violations(page) == []
    assert page.evaluate(COVERED) == []

    b12(page, "x")
    expect(report(page)).to_contain_text("There is no answer for what is entered now")
    assert violations(page) == []


def test_without_scripts_it_is_a_form_like_any_other(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto(QUICK)
    page.get_by_label("Age", exact=True).fill("54")
    b12(page, "150")
    page.get_by_label(SEARCH).fill("jaundise")
    page.get_by_role("button", name="Find", exact=True).click()

    expect(page.get_by_role("alert")).to_contain_text("The unit is missing")
    expect(report(page)).not_to_contain_text("deficiency")
    page.get_by_role("button", name="Yellow eyes or skin: yes").click()
    b12(page, "150 pg/ml")
    page.get_by_role("button", name="Update the answer").click()

    expect(report(page)).to_contain_text("B12 deficiency")
    expect(report(page)).to_contain_text("Jaundice")
    expect(page.get_by_label("Unit of Vitamin B12, total (serum cobalamin)")).to_have_value("pg/mL")
