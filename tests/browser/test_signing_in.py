"""Signing in, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.signing_in import give_password, sign_in_anew

pytestmark = pytest.mark.slow


def test_a_curator_signs_in_with_the_app_and_comes_to_the_admin(page: Page) -> None:
    sign_in_anew(page, "curator", "/admin/")

    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()


def test_signing_in_needs_no_scripts(page_without_scripts: Page) -> None:
    sign_in_anew(page_without_scripts, "curator", "/admin/")

    expect(page_without_scripts.get_by_role("heading", name="Site administration")).to_be_visible()


def test_a_clinician_has_no_business_in_the_admin(browser, site) -> None:
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        give_password(page, "clinician", "/admin/")

        expect(page.get_by_role("heading", name="Your account may not do this")).to_be_visible()


def test_the_page_to_sign_in_is_accessible(page: Page) -> None:
    page.goto("/accounts/login/")

    assert Axe().run(page).response["violations"] == []
