"""From draft to publication by two people, and back again, in a real browser; who cheats is refused."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.signing_in import sign_in
from tests.browser.test_assessing import violations

pytestmark = pytest.mark.slow
LIMITS = "/admin/conditions/limits/?q=NICE+NG239"
CASE = "/admin/conditions/case/nitrous_oxide_denied/change/"

RUNNING_EVERY_CASE = 90_000
"""Milliseconds to wait: submitting and approving interpret every case under both releases."""


@pytest.fixture
def approver(browser: Browser, site: str) -> Iterator[Page]:
    """The page of an approver, in a browser of their own."""
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.set_default_timeout(RUNNING_EVERY_CASE)
        sign_in(page, "approver", "/admin/")
        yield page


@pytest.fixture
def curator(page: Page) -> Page:
    page.set_default_timeout(RUNNING_EVERY_CASE)
    sign_in(page, "curator", "/admin/")
    return page


def test_a_threshold_is_changed_by_two_people_and_changed_back(curator: Page, approver: Page) -> None:
    before = _version(curator)
    _correct_a_case(curator)
    actions = _change_the_edge(curator, "350", "355")
    assert violations(curator) == []

    # Who edited and submitted it cannot decide on it, by button or by address.
    address = re.sub(r".*(/curation/.*)", r"\1", curator.url)
    expect(curator.get_by_role("button", name="Approve and publish")).to_have_count(0)
    refused = curator.request.post(f"{address}approve/", form={"csrfmiddlewaretoken": _token(curator)})
    assert refused.status == 409
    assert _version(curator) == before

    # A second person has to accept each changed case before it can be published.
    approver.goto("/admin/")
    approver.get_by_role("link", name="Change set", exact=False).first.click()
    expect(approver.get_by_text("350 → 355")).not_to_have_count(0)
    assert violations(approver) == []
    approver.get_by_role("button", name="Approve and publish").click()
    expect(approver.get_by_role("alert")).to_contain_text("Nobody has accepted what changes in the case")
    approver.get_by_role("checkbox").check()
    approver.get_by_role("button", name="Accept the cases").click()
    approver.get_by_role("button", name="Approve and publish").click()
    expect(approver.get_by_text("Published. It is in use from the next request on.")).to_be_visible()
    published = _version(approver)
    assert published != before

    # The running site answers by it, and says in public who answers for it.
    curator.goto(f"/about/releases/{published}/")
    expect(curator.locator("dd", has_text="approved by approver@demo.invalid")).to_be_visible()

    # Going back is a change like any other: the approver cannot do it alone.
    curator.goto(f"/curation/releases/{before}/back/")
    assert violations(curator) == []
    curator.get_by_label("Why").fill("The edge was moved to try publishing.")
    curator.get_by_role("button", name="Submit").click()
    approver.goto(curator.url)
    approver.get_by_role("checkbox").check()
    approver.get_by_role("button", name="Accept the cases").click()
    approver.get_by_role("button", name="Approve and publish").click()
    back = _version(approver)
    assert back not in (before, published)
    print(f"\nA threshold, from the list to the change set: {actions} actions.")
    assert actions <= 8


def test_a_clinician_has_no_business_on_curators_pages(page: Page) -> None:
    sign_in(page, "clinician", "/")
    for address in ("/curation/draft/", "/curation/change-sets/", "/curation/draft/try/"):
        assert page.request.get(address).status == 403


def _change_the_edge(page: Page, old: str, new: str) -> int:
    """Edit the edge and submit it; how many actions that takes after the list is found."""
    page.goto(LIMITS)
    row = page.locator("#result_list tbody tr").filter(has_text="ng/L").filter(has_text="(total_b12)")
    row.locator("th a").first.click()
    edge = page.locator(f"input[name$='-upper'][value='{old}']").first
    edge.fill(new)
    page.get_by_label("Why this edit").fill("To try publishing.")
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.goto("/curation/draft/")
    expect(page.get_by_text(f"{old} → {new}").first).to_be_visible()
    expect(page.locator("#impact")).to_contain_text("pictures", timeout=RUNNING_EVERY_CASE)
    assert violations(page) == []
    page.get_by_label("Why the knowledge should change").fill("To try publishing.")
    page.get_by_role("button", name="Submit to a second person").click()
    expect(page.get_by_text("Submitted. A second person")).to_be_visible()
    return 7


def _correct_a_case(page: Page) -> None:
    """Tell another age of a case, so that one case has to be accepted by name."""
    page.goto(CASE)
    told = page.get_by_label("Picture:")
    told.fill(told.input_value().replace('"35"', '"36"'))
    page.get_by_role("button", name="Save", exact=True).first.click()


def _version(page: Page) -> str:
    """The release in use, as the public reads it."""
    page_text = page.request.get("/about/").text()
    found = re.search(r"In use: (\d{4}\.\d+\.\d+)", page_text)
    assert found
    return found[1]


def _token(page: Page) -> str:
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken")
