"""A clinician keeps an assessment, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.looking import no_wider_than_the_screen, violations
from tests.browser.signing_in import sign_in
from tests.browser.test_assessing import MCV, TOTAL_B12, amount, step

pytestmark = pytest.mark.slow

SAVED = re.compile(r"/assessments/[0-9a-f-]{36}/$")


@pytest.fixture
def sitting(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A clinician's browser, in which a refusal that the console speaks of is no mistake."""
    with browser.new_context(base_url=site, reduced_motion="reduce") as context:
        yield context


@pytest.fixture
def sitting_without_scripts(browser: Browser, site: str) -> Iterator[BrowserContext]:
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        yield context


def assessed(page: Page, total: str) -> None:
    """A total B12 is typed and the whole answer stands in the page."""
    page.goto("/assess/")
    amount(page, "Age", "54")
    page.get_by_role("navigation", name="Steps").get_by_role("button", name="Laboratory values").click()
    amount(page, TOTAL_B12, total, "ng/L")
    page.get_by_role("navigation", name="Steps").get_by_role("button", name="Check").click()
    expect(page.locator("#report")).to_contain_text(f"{total} ng/L")


def pressed(page: Page, button: str) -> Page:
    """The tab that a button of the answer opens."""
    with page.context.expect_page() as opened:
        page.get_by_role("button", name=re.compile(f"^{button}")).click()
    opened.value.wait_for_load_state()
    return opened.value


def save(page: Page, reference: str) -> None:
    page.get_by_label("Your reference").fill(reference)
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page).to_have_url(SAVED)


def calm(page: Page) -> None:
    """Accessible and no wider than the screen, also in the dark on a small phone."""
    for width, dark in ((1280, False), (320, True)):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        assert violations(page) == []
        assert no_wider_than_the_screen(page)
    page.set_viewport_size({"width": 1280, "height": 800})


def test_an_assessment_is_saved_added_to_read_again_and_deleted(sitting: BrowserContext) -> None:
    page = sitting.new_page()
    sign_in(page, "clinician", "/assess/")
    assessed(page, "150")
    tab = pressed(page, "Save for later")
    calm(tab)
    tab.get_by_label("Your reference").fill("Jane Example")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.get_by_role("alert")).to_contain_text("reads like a name")
    calm(tab)
    save(tab, "Fatigue, blue folder")
    expect(tab.get_by_role("heading", name="Fatigue, blue folder")).to_be_visible()
    expect(tab.locator("main")).to_contain_text("B12 deficiency: total B12 150 ng/L is below 180 ng/L")
    calm(tab)

    tab.get_by_role("link", name="Add a result").click()
    expect(tab.get_by_text("Adding to “Fatigue, blue folder”, version 1.")).to_be_visible()
    expect(tab.get_by_label(TOTAL_B12, exact=True)).to_have_value("150")
    calm(tab)
    amount(tab, MCV, "112")
    step(tab, "Check")
    next_ = pressed(tab, "Save as the next version")
    expect(next_.get_by_role("row", name="Mean cell volume not known 112 fL")).to_be_visible()
    calm(next_)
    save(next_, "Fatigue, blue folder")
    expect(next_.get_by_text("What changed since version 1")).to_be_visible()
    calm(next_)

    next_.get_by_role("link", name="Read again, release of now").click()
    expect(next_.get_by_text("Nothing: word for word what was said then.")).to_be_visible()
    calm(next_)

    next_.get_by_role("link", name="Saved assessments").click()
    expect(next_.get_by_role("row", name=re.compile("^Fatigue, blue folder B12 deficiency"))).to_be_visible()
    calm(next_)
    next_.get_by_role("link", name="Fatigue, blue folder").click()
    next_.get_by_role("link", name="Delete").click()
    calm(next_)
    next_.get_by_role("button", name="Delete for good").click()
    expect(next_.get_by_role("status")).to_contain_text("The assessment is deleted")
    expect(next_.get_by_role("link", name="Fatigue, blue folder")).to_have_count(0)
    next_.go_back()
    next_.go_back()
    expect(next_.get_by_role("heading", name="Page not found")).to_be_visible()


def test_two_tabs_that_add_to_one_assessment_lose_neither(sitting: BrowserContext) -> None:
    page = sitting.new_page()
    sign_in(page, "clinician", "/assess/")
    assessed(page, "151")
    tab = pressed(page, "Save for later")
    save(tab, "Two tabs")
    adding = [sitting.new_page(), sitting.new_page()]
    for one, value in zip(adding, ("240", "300"), strict=True):
        one.goto(f"{tab.url}add/")
        amount(one, TOTAL_B12, value)
        step(one, "Check")
    first, second = (pressed(one, "Save as the next version") for one in adding)
    save(first, "Two tabs")

    second.get_by_role("button", name="Save version 2").click()

    expect(second.get_by_role("alert")).to_contain_text("Version 2 was saved in the meantime")
    expect(second.get_by_role("row", name=re.compile("240 ng.L 300 ng.L$"))).to_be_visible()
    calm(second)
    save(second, "Two tabs")
    expect(second.locator("main")).to_contain_text("Version 3 of 3")


def test_a_session_that_ends_in_the_middle_loses_nothing(sitting: BrowserContext) -> None:
    page = sitting.new_page()
    sign_in(page, "clinician", "/assess/")
    assessed(page, "152")
    signed_in = sitting.cookies()
    sitting.clear_cookies()

    tab = pressed(page, "Save for later")

    expect(tab.get_by_role("heading", name="Please send it again")).to_be_visible()
    calm(tab)
    tab.get_by_role("button", name="Send it again").click()
    expect(tab.get_by_role("heading", name="Sign in to save")).to_be_visible()
    calm(tab)
    sitting.add_cookies(signed_in)  # as signing in, in another tab, does
    tab.get_by_role("button", name="I have signed in: go on").click()
    expect(tab.locator("main")).to_contain_text("152 ng/L")
    save(tab, "After the session")
    expect(tab.locator("main")).to_contain_text("152 ng/L")


def test_the_live_answer_says_how_to_go_on_when_the_cookies_are_gone(sitting: BrowserContext) -> None:
    page = sitting.new_page()
    assessed(page, "153")
    sitting.clear_cookies()
    step(page, "Laboratory values")

    amount(page, TOTAL_B12, "154")

    report = page.locator("#report")
    expect(report).to_contain_text("The answer has to be asked for again.")
    assert violations(page) == []
    report.get_by_role("button", name="Work out the answer").click()
    expect(report).to_contain_text("154 ng/L")


def test_saving_needs_no_scripts(sitting_without_scripts: BrowserContext) -> None:
    page = sitting_without_scripts.new_page()
    sign_in(page, "clinician", "/assess/")
    amount(page, "Age", "54")
    for name in ("Laboratory values", "Check"):
        if name == "Check":
            amount(page, TOTAL_B12, "155", "ng/L")
        page.get_by_role("navigation", name="Steps").get_by_role("button", name=name).click()
    tab = pressed(page, "Save for later")
    save(tab, "Without scripts")

    tab.get_by_role("link", name="Add a result").click()
    amount(tab, MCV, "112")
    tab.get_by_role("navigation", name="Steps").get_by_role("button", name="Check").click()
    next_ = pressed(tab, "Save as the next version")
    save(next_, "Without scripts")
    expect(next_.locator("main")).to_contain_text("Version 2 of 2")
