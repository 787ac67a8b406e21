"""An educator's way from the start page to a pack of cases, in a real browser."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counting import Counted
from tests.browser.looking import no_wider_than_the_screen, violations
from tests.make.pdfs import needs_pdf, texts

pytestmark = pytest.mark.slow
LIMITS = "For clinicians. Not for emergencies."
MOST_CLICKS = 5


def test_an_educator_makes_a_pack_in_five_clicks(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    needs_pdf()
    page.goto("/")
    counted = Counted(page, "An educator, from the start page to a pack")
    counted.click(page.get_by_role("navigation", name="Site").get_by_role("link", name="Teach"))
    counted.tick(page.get_by_label("Foundation: one clear question"))
    counted.tick(page.get_by_label("Stomach and bowel surgery"))
    counted.click(page.get_by_role("button", name="Make a pack of these cases"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Teaching pack")
    expect(page.get_by_role("group", name="Cases in the pack").get_by_role("checkbox")).to_have_count(2)
    assert violations(page) == []

    make = page.get_by_role("button", name="Make one PDF")
    form = page.locator("form.pack")
    address = form.evaluate("form => form.action + '?' + new URLSearchParams(new FormData(form))")
    expect(make).to_have_attribute("value", "pdf")
    counted.act("press a button")
    response = page.request.get(f"{address}&format=pdf")
    assert response.headers["content-type"] == "application/pdf"
    pages = texts(response.body())
    assert "Ten years after an operation" in pages[0]
    assert "Key: Small for 18" in " ".join(pages)
    assert all(LIMITS in said and "knowledge release" in said for said in pages)
    counted.tell(capsys)
    assert len(counted.actions) + counted.ticks <= MOST_CLICKS


def test_the_same_pack_comes_as_images_for_slides(page: Page) -> None:
    needs_pdf()
    page.goto("/teach/pack/?level=foundation&topic=surgery")
    page.get_by_label("Small for 18").uncheck()
    page.get_by_label("With the key").uncheck()
    with page.expect_download() as download:
        page.get_by_role("button", name="Images for slides").click()
    archive = ZipFile(BytesIO(Path(download.value.path()).read_bytes()))
    assert download.value.suggested_filename == "cobalt-teaching-pack-slides.zip"
    assert all(name.endswith(".png") for name in archive.namelist())


def test_a_pack_that_is_too_large_says_so_and_prints_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/teach/")
    page.get_by_role("button", name="Make a pack of these cases").click()
    expect(page.get_by_role("status")).to_contain_text("a pack holds up to 12: the first 12 are ticked")
    boxes = page.get_by_role("group", name="Cases in the pack").get_by_role("checkbox")
    boxes.nth(12).check()
    page.get_by_role("button", name="Print from the browser").click()
    expect(page.get_by_role("alert")).to_contain_text("13 cases are ticked")
    for place in range(2, 13):
        boxes.nth(place).uncheck()
    page.get_by_role("button", name="Print from the browser").click()
    expect(page.get_by_role("heading", name="Contents")).to_be_visible()
    page.get_by_label("Letter").check()
    page.get_by_role("button", name="Use this paper").click()
    expect(page.get_by_role("heading", level=1)).to_have_count(7)


def test_the_choice_and_the_sheets_are_accessible_and_narrow(page: Page) -> None:
    addresses = ("/teach/pack/?topic=raised", "/teach/published_n2o_01/print/?key=yes")
    for address in addresses:
        page.emulate_media(color_scheme="dark")
        page.goto(address)
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 800})
        assert no_wider_than_the_screen(page)
        page.set_viewport_size({"width": 1280, "height": 720})
    printed = texts(page.pdf(prefer_css_page_size=True))
    assert all(LIMITS in said and "knowledge release" in said for said in printed)
    page.emulate_media(color_scheme="light")
    page.goto("/teach/pack/print/?case=published_n2o_01&key=yes")
    assert violations(page) == []
