"""The admin, in a real browser: it works under the site's policy, and says what is wrong where it is."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.slow

LISTS = [
    "case",
    "condition",
    "finding",
    "group",
    "investigation",
    "limits",
    "recommendation",
    "release",
    "rule",
    "source",
    "unitalias",
]


@pytest.fixture
def curator(page: Page) -> Page:
    """The page of a signed-in curator. The test fails on any message of the policy in the console."""
    sign_in(page, "curator", "/admin/")
    return page


def test_every_list_and_its_first_row_keep_to_the_policy(curator: Page) -> None:
    for name in LISTS:
        curator.goto(f"/admin/conditions/{name}/")
        curator.locator("#result_list tbody th a").first.click()
        expect(curator.locator("#content h1")).to_have_text(re.compile("^(Change|View) "))


def test_a_curator_is_told_what_is_wrong_with_a_criterion(curator: Page) -> None:
    curator.goto("/admin/conditions/rule/add/")
    curator.get_by_label("When:").fill("total_b12 is low")
    curator.get_by_label("Unless:").fill("total_b12 deficient")
    curator.get_by_role("button", name="Save", exact=True).first.click()

    expect(curator.locator(".field-when .errorlist")).to_have_text(re.compile("total_b12 is never low"))
    expect(curator.locator(".field-unless .errorlist")).to_have_text("At character 11: expected “is”.")


def test_a_condition_is_found_by_typing(curator: Page) -> None:
    curator.goto("/admin/conditions/rule/add/")
    curator.locator(".field-condition .select2-selection").click()
    curator.locator(".select2-search__field").last.fill("coeliac")
    curator.get_by_role("option", name="coeliac_disease").click()

    expect(curator.locator(".field-condition .select2-selection__rendered")).to_contain_text(
        "coeliac_disease"
    )
