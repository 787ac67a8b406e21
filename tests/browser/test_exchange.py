"""A curator takes limits out, changes one edge, looks at the difference and brings them in; in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signing_in import sign_in
from tests.browser.test_assessing import violations

pytestmark = pytest.mark.slow
SOURCES = "/admin/conditions/source/"


@pytest.fixture
def curator(page: Page) -> Page:
    sign_in(page, "curator", SOURCES)
    return page


def taken_out(page: Page, folder: Path) -> Path:
    page.goto(f"{SOURCES}?q=bsh")
    page.get_by_role("link", name="Export").click()
    page.get_by_role("radio", name="CSV").check()
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def shown(page: Page, file: Path) -> None:
    page.goto(SOURCES)
    page.get_by_role("link", name="Import").click()
    page.get_by_label("File:").set_input_files(file)
    page.get_by_role("button", name="Show the difference").click()


def test_a_source_is_taken_out_changed_looked_at_and_brought_in(curator: Page, tmp_path: Path) -> None:
    file = taken_out(curator, tmp_path)
    shown(curator, file)
    expect(curator.get_by_role("status")).to_have_text(re.compile("There is nothing to import"))

    text = file.read_text("utf-8-sig")
    slug = text.splitlines()[1].partition(",")[0]
    changed = tmp_path / "changed.csv"
    changed.write_text(f'slug,note\n{slug},"<script>alert(1)</script> for the test"\n')
    shown(curator, changed)
    expect(curator.locator("ins.exchange-came").first).to_contain_text("<script>alert(1)</script>")
    assert violations(curator) == []

    curator.get_by_label("Why").fill("To see it in a test.")
    curator.get_by_role("button", name="Import into the draft").click()
    expect(curator.locator(".messagelist")).to_contain_text(
        "Imported into the draft: 0 new, 1 changed, 0 as they were."
    )
    curator.goto(f"/curation/history/sources/{slug}/")
    expect(curator.locator("#content")).to_contain_text("To see it in a test.")

    # The draft is as it was for the tests that follow.
    shown(curator, file)
    curator.get_by_label("Why").fill("Back again.")
    curator.get_by_role("button", name="Import into the draft").click()
    expect(curator.locator(".messagelist")).to_contain_text("1 changed")


def test_bad_rows_are_listed_and_nothing_is_imported(curator: Page, tmp_path: Path) -> None:
    file = tmp_path / "sources.csv"
    file.write_text("slug,title,doi,year\nOne two,A title,,\nother,,doi:10.5555/2,MMXX\n")
    shown(curator, file)
    expect(curator.get_by_role("alert")).to_contain_text("Nothing was imported")
    expect(curator.locator(".exchange-wrong tbody tr")).to_have_count(2)
    assert violations(curator) == []
    curator.set_viewport_size({"width": 320, "height": 800})
    assert curator.evaluate("document.documentElement.scrollWidth") <= 320
