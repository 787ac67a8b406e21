"""A clinician's way through the form, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from assessments.exports.answer import answer_of
from conditions.reasoning.cases import SHOWN, interpret_case
from tests.browser.looking import no_wider_than_the_screen, violations
from tests.make.releases import release_of
from tests.make.shipped import shipped

pytestmark = pytest.mark.slow

STEPS = ("Patient", "Symptoms and signs", "History, diet and medicines", "Laboratory values", "Check")
TOTAL_B12 = "Vitamin B12, total (serum cobalamin)"
MCV = "Mean cell volume"


def answer(page: Page, question: str, reply: str) -> None:
    page.get_by_role("group", name=question, exact=True).get_by_label(reply, exact=True).check()


def amount(page: Page, finding: str, value: str, unit: str | None = None) -> None:
    page.get_by_label(finding, exact=True).fill(value)
    if unit:
        page.get_by_label(f"Unit of {finding}").select_option(unit)


def step(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Steps").get_by_role("button", name=name).click()
    expect(page.get_by_role("heading", name=name, level=2)).to_be_visible()


def onward(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Next: ")).click()


def test_an_answer_never_stands_beside_inputs_it_was_not_computed_from(page: Page) -> None:
    page.goto("/assess/")
    step(page, "Laboratory values")
    amount(page, TOTAL_B12, "150", "ng/L")
    report = page.locator("#report")
    expect(report).to_contain_text("B12 deficiency")

    page.get_by_label(TOTAL_B12, exact=True).fill("150 x")

    expect(report).to_have_attribute("data-stale", "")
    expect(report).to_contain_text("There is no answer for what is entered now")
    expect(report).not_to_contain_text("deficiency")
    expect(page.locator("#says-total_b12")).to_contain_text("“150 x” is not a number.")
    expect(page.get_by_label(TOTAL_B12, exact=True)).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []

    page.get_by_label(TOTAL_B12, exact=True).fill("400")

    expect(page.locator("#says-total_b12")).to_have_text("= 295 pmol/L")
    expect(page.get_by_label(TOTAL_B12, exact=True)).not_to_have_attribute("aria-invalid", "true")
    expect(report).to_contain_text("400 ng/L")


def test_an_answer_to_earlier_inputs_that_comes_late_is_not_shown(page: Page) -> None:
    held: list[Route] = []
    page.goto("/assess/")
    step(page, "Laboratory values")
    page.get_by_label(f"Unit of {TOTAL_B12}").select_option("ng/L")
    page.wait_for_load_state("networkidle")
    page.route("**/assess/", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/assess/"):
        page.get_by_label(TOTAL_B12, exact=True).fill("150")

    page.get_by_label(TOTAL_B12, exact=True).fill("150 x")
    held[0].continue_()

    report = page.locator("#report")
    expect(report).to_contain_text("There is no answer for what is entered now")
    expect(report).not_to_contain_text("deficiency")


def test_when_something_else_answers_the_old_answer_goes_and_the_inputs_stay(page: Page) -> None:
    page.goto("/assess/")
    amount(page, "Age", "54")
    report = page.locator("#report")
    expect(report).to_contain_text("Nothing can be said of B12 yet")
    page.route(
        "**/assess/", lambda route: route.fulfill(status=200, body="<p>Sign in to the guest network</p>")
    )

    amount(page, "Age", "55")

    expect(report).to_contain_text("The answer could not be worked out just now")
    expect(page.get_by_label("Age", exact=True)).to_have_value("55")


def test_what_is_asked_of_nobody_is_found_by_typing_and_added(page: Page) -> None:
    page.goto("/assess/")
    step(page, "Symptoms and signs")

    page.get_by_label("Find a symptom or sign").fill("jaund")
    page.get_by_role("button", name="Add Yellow eyes or skin").click()

    question = page.get_by_role("group", name="Yellow eyes or skin", exact=True)
    expect(question.get_by_label("Yes")).to_be_focused()
    expect(page.get_by_label("Find a symptom or sign")).to_have_value("")
    assert violations(page) == []
    answer(page, "Yellow eyes or skin", "No")
    step(page, "Check")
    expect(page.locator("#told")).to_contain_text("Yellow eyes or skin")


def test_the_keyboard_is_enough(page: Page) -> None:
    page.goto("/assess/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    step(page, "Laboratory values")

    page.get_by_label("Find a test").focus()
    page.keyboard.type("intrinsic")
    page.get_by_role("button", name=re.compile("^Add Anti-intrinsic")).wait_for()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile("^Add Anti-intrinsic"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id-intrinsic_factor_antibody")).to_be_focused()
    page.keyboard.type("positive")
    page.keyboard.press("Enter")

    step(page, "Check")
    expect(page.locator("#told")).to_contain_text("Anti-intrinsic factor antibody")


def test_none_of_the_others_speaks_for_all_that_was_not_answered(page: Page) -> None:
    page.goto("/assess/")
    step(page, "Symptoms and signs")
    answer(page, "Sore, red or smooth tongue", "Yes")

    page.get_by_label("Asked: none of the others, Mouth and tongue").check()

    step(page, "Check")
    expect(page.locator("#told")).to_contain_text("Asked: none of")
    expect(page.locator("#told")).to_contain_text("Sore, red or smooth tongue")


def test_the_back_button_leads_through_the_steps_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/assess/")
    amount(page, "Age", "54")
    onward(page)
    answer(page, "Sore, red or smooth tongue", "Yes")
    onward(page)

    page.go_back()
    expect(page.get_by_role("heading", name="Symptoms and signs", level=2)).to_be_focused()
    page.go_back()

    expect(page.get_by_label("Age", exact=True)).to_have_value("54")
    page.go_forward()
    expect(page.get_by_role("group", name="Sore, red or smooth tongue").get_by_label("Yes")).to_be_checked()


def test_to_look_something_up_loses_nothing_that_was_typed(page: Page) -> None:
    page.goto("/assess/")
    amount(page, "Age", "54")
    expect(page.get_by_text("Links open in a new tab")).to_be_visible()

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Library").click()

    expect(opened.value).to_have_url(re.compile("/library/$"))
    expect(page.get_by_label("Age", exact=True)).to_have_value("54")


def test_starting_anew_begins_with_an_empty_form(page: Page) -> None:
    page.goto("/assess/")
    amount(page, "Age", "54")
    step(page, "Check")

    page.get_by_role("link", name="Start anew").click()

    expect(page.get_by_label("Age", exact=True)).to_have_value("")


def test_a_link_to_what_is_wrong_leads_to_it_in_whichever_step_it_is(page: Page) -> None:
    page.goto("/assess/")
    amount(page, "Age", "540")
    expect(page.locator("#report")).to_contain_text("is not possible")
    step(page, "Laboratory values")

    page.locator("#report").get_by_role("link", name="Age").click()

    expect(page.get_by_label("Age", exact=True)).to_be_focused()


def test_sending_twice_does_no_harm(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/assess/")
    amount(page, "Age", "54")

    page.get_by_role("button", name="Next: Symptoms and signs").dblclick()

    expect(page.get_by_role("navigation", name="Steps").locator("[aria-current]")).to_have_count(1)
    expect(page.locator('input[name="age"]')).to_have_value("54")


def test_a_phone_shows_every_step_without_scrolling_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/")
    assert no_wider_than_the_screen(page)
    page.goto("/assess/")
    for name in STEPS:
        step(page, name)
        if name == "Laboratory values":
            amount(page, TOTAL_B12, "150", "ng/L")
            expect(page.locator("#answer-bar")).to_contain_text("B12 deficiency")
        assert no_wider_than_the_screen(page), name
        assert violations(page) == [], name


def test_a_dark_screen_is_as_legible(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto("/assess/")
    step(page, "Laboratory values")
    amount(page, TOTAL_B12, "150", "ng/L")
    amount(page, MCV, "1120")
    expect(page.locator("#report")).to_contain_text("is not possible")
    assert violations(page) == []

    amount(page, MCV, "112")

    expect(page.locator("#report")).to_contain_text("B12 deficiency")
    assert violations(page) == []


def test_a_published_case_typed_says_what_the_command_says(page: Page) -> None:
    case = shipped().cases["published_n2o_10"]
    said = answer_of(interpret_case(case, shipped()), release_of(shipped()))
    named = [shipped().conditions[c["condition"]].name for c in said["causes"] if c["support"] in SHOWN]

    page.goto("/assess/")
    amount(page, "Age", "22")
    answer(page, "Sex", "Male")
    onward(page)
    for question in ("Pins and needles", "Unsteady walking", "Poor memory"):
        answer(page, question, "Yes")
    onward(page)
    answer(page, 'Recreational laughing gas ("nos", "whippets")', "Yes")
    onward(page)
    amount(page, TOTAL_B12, "deficient")
    onward(page)

    report = page.locator("#report")
    expect(report).to_contain_text("Copy")
    words = " ".join(report.inner_text().split())
    assert " ".join(said["headline"]["sentence"].split()) in words
    assert named
    assert [name for name in named if name not in words] == []
