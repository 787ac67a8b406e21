"""Copying the answer, and beginning the next visit with it, in a real browser."""

import re
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.looking import no_wider_than_the_screen, violations

pytestmark = pytest.mark.slow

TOTAL_B12 = "Vitamin B12, total (serum cobalamin)"


def step(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Steps").get_by_role("button", name=name).click()


def total(page: Page, value: str) -> None:
    step(page, "Laboratory values")
    page.get_by_label(f"Unit of {TOTAL_B12}").select_option("ng/L")
    page.get_by_label(TOTAL_B12, exact=True).fill(value)


def note_of(page: Page, value: str) -> str:
    """The full text of an answer to one B12 result."""
    page.goto("/assess/")
    total(page, value)
    step(page, "Check")
    text = page.locator("#report-text")
    expect(text).to_contain_text("cobalt1 ")
    return text.text_content() or ""


def paste(page: Page, note: str) -> None:
    page.goto("/assess/")
    page.get_by_label("Paste an earlier Cobalt note").fill(note)
    page.get_by_role("button", name="Fill in from it").click()


def test_each_length_is_copied_and_said_to_be(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    note = note_of(page, "150")
    copied = page.locator(".report-copied")

    for button, what, begins in (
        ("Copy one line", "one line", "B12 deficiency: total B12 150 ng/L is below 180 ng/L"),
        ("Copy the short text", "the short text", "B12 deficiency: total B12 150 ng/L is below 180 ng/L"),
        ("Copy the full text", "the full text", note[:40]),
        ("Copy the line for Cobalt", "the line for Cobalt", "cobalt1 "),
    ):
        page.get_by_role("button", name=button).click()
        expect(copied).to_have_text(f"Copied: {what}.")
        assert str(page.evaluate("navigator.clipboard.readText()")).startswith(begins)
    assert violations(page) == []


def test_where_a_browser_lets_no_page_copy_the_text_is_selected(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    note = note_of(page, "150")

    page.get_by_role("button", name="Copy the full text").click()

    expect(page.locator(".report-copied")).to_contain_text("The text is selected")
    selected = str(page.evaluate("getSelection().toString()"))
    assert selected.split() == note.split()


def test_the_next_visit_begins_with_the_note_of_the_last(page: Page) -> None:
    note = note_of(page, "150")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request))

    paste(page, f"Jane Example, 943 476 5919, seen today.\n{note}\nSigned.")

    read = page.locator("#earlier-read")
    expect(read).to_be_focused()
    expect(read).to_contain_text(re.compile(r"answers? filled in from a note of release"))
    expect(page.locator("#report")).to_contain_text("B12 deficiency")
    assert violations(page) == []
    posted = [request.post_data or "" for request in sent if request.method == "POST"]
    assert [parse_qs(data)["earlier"][0][:8] for data in posted] == ["cobalt1 "]
    assert "Example" not in "".join(posted)

    total(page, "400")
    expect(page.locator("#report")).to_contain_text("400 ng/L")
    step(page, "Check")
    expect(page.locator("#report-text")).to_contain_text("total_b12=400,ng/L")


def test_what_was_pasted_is_not_sent_with_the_answers_typed_after_it(page: Page) -> None:
    page.goto("/assess/")
    page.get_by_label("Paste an earlier Cobalt note").fill("Jane Example")

    with page.expect_request("**/assess/") as sent:
        page.get_by_label("Age", exact=True).fill("54")

    assert "Example" not in (sent.value.post_data or "")


def test_a_note_that_cannot_be_read_is_said_to_be(page: Page) -> None:
    paste(page, "Jane Example, seen today.")

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("There is no Cobalt line in what was pasted")
    expect(alert).to_be_focused()
    assert violations(page) == []


def test_bars_lens_and_texts_are_legible_on_a_phone_and_on_a_dark_screen(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    note_of(page, "150")
    for summary in ("All 10 beside each other", "The texts for the record"):
        page.locator("summary", has_text=summary).click()

    expect(page.get_by_role("img", name="Total B12 150 ng/L: deficient. Bands, NICE NG239")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Mayo ACASM: total B12 indeterminate"))).to_be_visible()
    assert violations(page) == []
    assert no_wider_than_the_screen(page)
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def test_without_scripts_the_texts_can_be_selected_and_a_note_fills_the_form(
    page_without_scripts: Page,
) -> None:
    page = page_without_scripts
    note = note_of(page, "150")
    expect(page.get_by_role("button", name="Copy one line")).to_be_hidden()
    page.locator("summary", has_text="The texts for the record").click()
    expect(page.locator("#report-text")).to_be_visible()

    paste(page, note)

    expect(page.locator("#earlier-read")).to_contain_text("filled in from a note of release")
    expect(page.locator('input[name="total_b12"]')).to_have_value("150")
