"""Signing in, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


def sign_in(page: Page, role: str) -> None:
    page.goto("/accounts/login/?next=/admin/")
    page.get_by_label("Username").fill(f"{role}@demo.invalid")
    page.get_by_label("Password").fill(f"{role}-demo-only")
    page.get_by_role("button", name="Sign in").click()


def test_a_curator_signs_in_and_comes_to_the_admin(page: Page) -> None:
    sign_in(page, "curator")

    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()


def test_signing_in_needs_no_scripts(page_without_scripts: Page) -> None:
    sign_in(page_without_scripts, "curator")

    expect(page_without_scripts.get_by_role("heading", name="Site administration")).to_be_visible()


def test_a_clinician_has_no_business_in_the_admin(page: Page) -> None:
    sign_in(page, "clinician")

    expect(page).to_have_url("/admin/login/?next=/admin/")


def test_the_page_to_sign_in_is_accessible(page: Page) -> None:
    page.goto("/accounts/login/")

    assert Axe().run(page).response["violations"] == []
