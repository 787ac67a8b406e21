"""Reading the answer in a real browser: every kind of it, folded and unfolded, and with a test that cannot be had."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from assessments.notes.line import write_line
from conditions.reasoning.cases import interpret_case
from conditions.reasoning.picture import PatientPicture
from tests.browser.looking import no_wider_than_the_screen, violations
from tests.make.shipped import patient, shipped

pytestmark = pytest.mark.slow

GREY = patient("sex female", "paraesthesia present", total_b12=("300", "ng/L"), age=("54", "a"))
KINDS = {
    "firm": patient("sex male", total_b12=("150", "ng/L"), age=("54", "a")),
    "conditional": patient("sex female", "glossitis present", total_b12=("150", "ng/L"), age=("30", "a")),
    "a disputed state": patient("sex male", total_b12=("150", "ng/L"), active_b12=("100", "pmol/L")),
    "no headline": patient("sex female", age=("54", "a")),
    "raised": patient("sex male", "jaundice present", total_b12=("1250", "ng/L", "197-771"), age=("70", "a")),
}
SAID = {
    "firm": "B12 deficiency:",
    "conditional": "Holds unless",
    "a disputed state": "reasons for and against",
    "no headline": "Nothing can be said of B12 yet",
    "raised": "Raised B12",
}


def many_causes() -> PatientPicture:
    return interpret_case(shipped().cases["test_inborn_error"], shipped()).picture


def read(page: Page, picture: PatientPicture) -> None:
    """The whole answer to a picture, which is filled in from an earlier note."""
    page.goto("/assess/")
    page.get_by_label("Paste an earlier Cobalt note").fill(write_line(picture, "2026.11.1"))
    page.get_by_role("button", name="Fill in from it").click()
    page.get_by_role("navigation", name="Steps").get_by_role("button", name="Check").click()
    expect(page.locator("#report")).to_contain_text("About this answer")


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('#report details').forEach((part) => { part.open = true; })")


def kinds() -> Iterator[tuple[str, PatientPicture, str]]:
    for name, picture in KINDS.items():
        yield name, picture, SAID[name]
    yield "many causes", many_causes(), "supported"


@pytest.mark.parametrize(
    ("name", "picture", "said"), list(kinds()), ids=lambda part: part if isinstance(part, str) else ""
)
def test_every_kind_of_answer_is_legible_unfolded_dark_on_a_phone_and_on_paper(
    page: Page, name: str, picture: PatientPicture, said: str
) -> None:
    read(page, picture)
    unfold(page)

    expect(page.locator("#report")).to_contain_text(said)
    if name == "conditional":
        assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})
    assert violations(page) == []
    assert no_wider_than_the_screen(page)
    page.emulate_media(color_scheme="light", media="print")
    expect(page.locator("#report-headline")).to_be_visible()
    assert page.locator("#report button").evaluate_all("all => all.every((one) => !one.checkVisibility())")
    words = page.locator(".bar text")
    assert words.count() > 0 or name == "no headline"
    assert words.evaluate_all("all => all.every((one) => one.checkVisibility())")


def test_from_the_statement_to_its_rule_and_source_are_two_clicks(page: Page) -> None:
    read(page, KINDS["firm"])
    headline = page.locator(".report-headline")

    headline.get_by_text("The rules behind this, with the values filled in").click()
    expect(headline).to_contain_text("Total B12 is deficient (150 ng/L is below 180 ng/L)")
    with page.expect_popup() as opened:
        page.context.route("https://www.nice.org.uk/**", lambda route: route.fulfill(body="NG239"))
        headline.get_by_role("link", name="NICE 2024").first.click()

    assert opened.value.url == "https://www.nice.org.uk/guidance/ng239"


def test_what_cannot_be_had_leaves_the_list_at_once_is_remembered_and_comes_back(page: Page) -> None:
    read(page, GREY)
    tests = page.get_by_role("region", name="Investigations worth considering")
    mma = tests.get_by_role("button", name="Methylmalonic acid: not available here")

    mma.focus()
    page.keyboard.press("Enter")

    lacking = page.locator("#report-lacking")
    expect(lacking).to_be_focused()
    expect(lacking).to_contain_text("Re-ranked without: Methylmalonic acid (not available here).")
    expect(lacking).to_contain_text("Active B12 (holotranscobalamin)")
    expect(mma).to_have_count(0)
    expect(page.locator("#report-line")).to_contain_text("Re-ranked without: Methylmalonic acid")
    assert violations(page) == []

    read(page, GREY)
    expect(lacking).to_contain_text("Re-ranked without: Methylmalonic acid")
    assert page.evaluate("localStorage.getItem('cobalt.not_available')") == '["mma_test"]'

    lacking.get_by_role("button", name="Methylmalonic acid: available after all").click()
    expect(mma).to_be_visible()
    expect(page.locator("#report-next")).to_be_focused()
    assert page.evaluate("localStorage.getItem('cobalt.not_available')") == "[]"


def test_without_scripts_what_cannot_be_had_leaves_the_list_too(page_without_scripts: Page) -> None:
    page = page_without_scripts
    read(page, GREY)

    page.get_by_role("button", name="Methylmalonic acid: not available here").click()
    expect(page.locator("#report-lacking")).to_contain_text("Re-ranked without: Methylmalonic acid")
    page.get_by_role("button", name="Serum folate: not available here").click()
    expect(page.locator("#report-lacking")).to_contain_text(
        "Re-ranked without: Serum folate, Methylmalonic acid"
    )
    page.get_by_role("button", name="Methylmalonic acid: available after all").click()

    expect(page.locator("#report-lacking")).to_contain_text("Re-ranked without: Serum folate (not")
    expect(page.get_by_role("button", name="Methylmalonic acid: not available here")).to_be_visible()


def test_what_was_unfolded_stays_so_and_the_browser_keeps_no_name_of_a_condition(page: Page) -> None:
    read(page, KINDS["conditional"])
    sources = page.locator('[data-fold="sources"]')
    line = page.locator("#report .report-causes .report-line").first
    sources.locator("> summary").click()
    line.locator("> summary").click()
    page.locator('[data-fold="values"] > summary').click()

    page.evaluate("htmx.trigger(document.getElementById('picture'), 'refresh')")
    page.wait_for_load_state("networkidle")

    expect(sources).to_have_attribute("open", "")
    expect(line).to_have_attribute("open", "")
    expect(page.locator('[data-fold="values"]')).not_to_have_attribute("open", "")
    assert page.evaluate("JSON.parse(localStorage.getItem('cobalt.folds'))") == {
        "sources": True,
        "values": False,
    }

    read(page, KINDS["firm"])
    expect(sources).to_have_attribute("open", "")
    expect(line).not_to_have_attribute("open", "")


def test_the_whole_answer_takes_at_most_four_printed_pages(page: Page) -> None:
    read(page, GREY)

    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))

    assert len(printed.pages) <= 4
    words = " ".join(" ".join(sheet.extract_text() for sheet in printed.pages).split())
    for said in (
        "B12 status is not settled",
        "300 ng/L",
        "indeterminate",
        "What would change this",
        "Sources cited here",
    ):
        assert said in words
