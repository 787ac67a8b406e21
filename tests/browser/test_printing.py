"""The sheets in a real browser: one click from the answer, accessible, and printed with their foot on every page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.make.pdfs import needs_pdf, read, texts

pytestmark = pytest.mark.slow

TOTAL_B12 = "Vitamin B12, total (serum cobalamin)"
SHEETS = ("/print/", "/print/limits/", "/print/worksheet/", "/investigations/mma_test/print/")


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def step(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Steps").get_by_role("button", name=name).click()
    expect(page.get_by_role("heading", name=name, level=2)).to_be_visible()


def answer(page: Page) -> None:
    page.goto("/assess/")
    page.get_by_label("Age", exact=True).fill("54")
    step(page, "Laboratory values")
    page.get_by_label(TOTAL_B12, exact=True).fill("150")
    page.get_by_label(f"Unit of {TOTAL_B12}").select_option("ng/L")
    expect(page.locator("#report")).to_contain_text("B12 deficiency")
    step(page, "Check")
    expect(page.locator("#report")).to_contain_text("About this answer")


def no_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_clinician_prints_a_summary_and_a_page_for_the_patient(page: Page) -> None:
    answer(page)
    for button, heading, limits in (
        ("Print a summary", "Vitamin B12: what the results say", "For clinicians. Not for emergencies."),
        ("Print a page for the patient", "Your vitamin B12 looks too low", "not a diagnosis"),
    ):
        with page.expect_popup() as opened:
            page.get_by_role("button", name=re.compile(f"^{button}")).click()
        sheet = opened.value

        expect(sheet.get_by_role("heading", level=1)).to_have_text(heading)
        expect(sheet.get_by_role("button", name="Print", exact=True)).to_be_visible()
        assert "150" not in sheet.url
        assert violations(sheet) == []
        sheet.get_by_label("Letter").check()
        sheet.get_by_role("button", name="Use this paper").click()
        expect(sheet.get_by_label("Letter")).to_be_checked()
        printed = sheet.pdf(prefer_css_page_size=True)
        assert [round(float(side)) for side in read(printed).pages[0].mediabox[2:]] == [612, 792]
        assert all(limits in said and "no named clinician" in said for said in texts(printed))
        assert all(f"Page {n} of {len(texts(printed))}" in said for n, said in enumerate(texts(printed), 1))
        sheet.set_viewport_size({"width": 320, "height": 600})
        assert no_wider_than_the_screen(sheet)
        sheet.close()
    expect(page.get_by_label("Age", exact=True)).to_have_count(1)


def test_sheets_of_what_is_known_are_one_click_away_and_accessible(page: Page) -> None:
    page.goto("/conditions/metformin/")
    page.get_by_role("link", name="Print it on one page").click()
    expect(page.get_by_role("heading", level=1, name="Metformin")).to_be_visible()
    expect(page.get_by_role("img", name="/conditions/metformin/")).to_be_visible()
    assert violations(page) == []
    for address in SHEETS:
        page.goto(address)
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 600})
        assert no_wider_than_the_screen(page)
        page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="dark")
    page.goto("/print/limits/")
    assert violations(page) == []


def test_a_visitor_without_scripts_gets_the_pdf(page_without_scripts: Page) -> None:
    needs_pdf()
    page = page_without_scripts
    page.goto("/print/worksheet/")
    expect(page.get_by_role("button", name="Print", exact=True)).to_have_count(0)
    form = page.get_by_role("button", name="Open as PDF")

    response = page.request.get("/print/worksheet/?format=pdf&paper=letter")

    expect(form).to_have_attribute("value", "pdf")
    assert response.headers["content-type"] == "application/pdf"
    assert "Reading a vitamin B12 result" in texts(response.body())[0]
