"""The journeys a clinician makes with a report open, each to its end, with what it asks of them.

The pasted ones, which also watch what leaves the browser, are in ``test_pasting.py``.
"""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.counting import Counted
from tests.browser.looking import no_wider_than_the_screen, violations, violations_without_scripts

pytestmark = pytest.mark.slow

MOST_KEYSTROKES = 25
TOTAL_B12 = "Vitamin B12, total (serum cobalamin)"
SEARCH = "Find and add a symptom, illness, medicine or test"


def reply(page: Page, question: str, said: str) -> Locator:
    return page.get_by_role("group", name=question, exact=True).get_by_label(said, exact=True)


def onward(page: Page) -> Locator:
    return page.get_by_role("button", name=re.compile("^Next: "))


def report(page: Page) -> Locator:
    return page.locator("#report")


def test_typed_on_the_quick_page_without_the_mouse(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    do, loads = Counted(page, "typed"), []
    do.open("/assess/quick/")
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    expect(page.get_by_label("Age", exact=True)).to_be_focused()

    do.act("type the values")
    do.type("54")
    do.press("Enter", "ArrowRight", "Enter", "ArrowLeft", "Enter")
    do.type("150ng/l")
    do.press("Enter")
    do.type("112")
    do.press("Enter")
    do.type("101g/l")
    expect(report(page)).to_contain_text("B12 deficiency")
    assert do.keystrokes <= MOST_KEYSTROKES
    do.tell(capsys)

    do.act("type findings")
    do.press("Control+Enter")
    search = page.get_by_label(SEARCH)
    expect(search).to_be_focused()
    for typed, slug in (("glosi", "glossitis"), ("metf", "metformin"), ("no jaun", "jaundice")):
        do.type(typed)
        page.locator(f"#option-{slug}[aria-selected=true]").wait_for()
        do.press("Enter")
        expect(search).to_be_focused()
        expect(search).to_have_value("")
    expect(page.get_by_role("status").filter(has_text="Added: Yellow eyes or skin, no.")).to_be_visible()
    expect(report(page)).to_contain_text("Metformin")
    do.journey = "typed, and three findings by their names"
    do.tell(capsys)

    told = {
        name: page.locator(f'input[name="{name}"]:checked').input_value()
        for name in ("sex", "pregnancy", "glossitis", "metformin", "jaundice")
    }
    assert told == {
        "sex": "female",
        "pregnancy": "absent",
        "glossitis": "present",
        "metformin": "present",
        "jaundice": "absent",
    }
    units = [page.locator(f'[name="{name}-unit"]').input_value() for name in ("total_b12", "haemoglobin")]
    assert units == ["ng/L", "g/L"]
    assert loads == []
    assert violations(page) == []


def test_walked_through_five_steps_with_the_answer_beside_each(
    page: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    page.goto("/")
    do = Counted(page, "walked")
    do.click(page.get_by_role("link", name="Step by step"))
    expect(report(page)).to_contain_text("It begins with the first thing you enter")
    do.fill(page.get_by_label("Age", exact=True), "54")
    do.tick(reply(page, "Sex", "Female"))
    do.tick(reply(page, "Pregnant", "No"))
    expect(report(page)).to_contain_text("Nothing can be said of B12 yet")
    do.click(onward(page))
    do.tick(reply(page, "Sore, red or smooth tongue", "Yes"))
    do.click(onward(page))
    do.tick(reply(page, "Metformin", "Yes"))
    do.click(onward(page))
    do.fill(page.get_by_label(TOTAL_B12, exact=True), "150")
    do.choose(page.get_by_label(f"Unit of {TOTAL_B12}"), "ng/L")
    do.fill(page.get_by_label("Mean cell volume", exact=True), "112")
    expect(report(page)).to_contain_text("B12 deficiency")
    expect(page.locator("#total_b12")).to_contain_text("= 111 pmol/L")
    expect(page.get_by_role("status").filter(has_text="B12 deficiency")).to_have_count(1)
    do.click(onward(page))

    told = page.locator("#told")
    for words in ("54 years", "150 ng/L", "112 fL", "Sore, red or smooth tongue", "Metformin"):
        expect(told).to_contain_text(words)
    expect(report(page)).to_contain_text("About this answer")
    do.tell(capsys)
    assert violations(page) == []


def test_without_scripts(page_without_scripts: Page, capsys: pytest.CaptureFixture[str]) -> None:
    page = page_without_scripts
    page.goto("/")
    do = Counted(page, "scripts off")
    do.click(page.get_by_role("link", name="Step by step"))
    do.fill(page.get_by_label("Age", exact=True), "54")
    do.tick(reply(page, "Sex", "Female"))
    do.click(onward(page))
    do.fill(page.get_by_label("Find a symptom or sign"), "jaund")
    do.click(page.get_by_role("button", name="Find", exact=True))
    do.click(page.get_by_role("button", name="Add Yellow eyes or skin"))
    do.tick(reply(page, "Yellow eyes or skin", "No"))
    do.tick(reply(page, "Sore, red or smooth tongue", "Yes"))
    do.tick(page.get_by_label("Asked: none of the others, Mouth and tongue"))
    do.click(onward(page))
    do.tick(reply(page, "Metformin", "Yes"))
    do.click(onward(page))
    do.fill(page.get_by_label(TOTAL_B12, exact=True), "150")
    do.fill(page.get_by_label("Mean cell volume", exact=True), "112")
    do.click(onward(page))

    expect(page.get_by_role("alert")).to_contain_text("The unit is missing")
    expect(report(page)).not_to_contain_text("deficiency")
    do.choose(page.get_by_label(f"Unit of {TOTAL_B12}"), "ng/L")
    do.click(page.get_by_role("button", name="Update the answer"))
    expect(report(page)).to_contain_text("B12 deficiency")
    do.click(onward(page))

    told = page.locator("#told")
    for words in ("54 years", "Female", "Yellow eyes or skin", "Asked: none of", "150 ng/L", "112 fL"):
        expect(told).to_contain_text(words)
    expect(report(page)).to_contain_text("About this answer")
    do.tell(capsys)
    assert violations_without_scripts(page) == []


def test_on_a_phone_to_the_whole_answer(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    page.set_viewport_size({"width": 390, "height": 780})
    do = Counted(page, "phone")
    do.open("/assess/quick/")
    do.fill(page.get_by_label("Age", exact=True), "54")
    do.tick(reply(page, "Sex", "Female"))
    do.fill(page.get_by_label(TOTAL_B12, exact=True), "150 ng/l")
    do.tick(reply(page, "Metformin", "Yes"))
    bar = page.locator("#answer-bar")
    expect(bar).to_contain_text("B12 deficiency")

    do.click(bar)

    expect(page.locator("#report-headline")).to_be_in_viewport()
    do.click(page.get_by_role("button", name="The whole answer"))
    expect(report(page)).to_contain_text("About this answer")
    do.tell(capsys)
    assert no_wider_than_the_screen(page)
    assert violations(page) == []
