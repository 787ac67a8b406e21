"""Signing in, in a real browser: app, passkey, recovery code, invitation; under the policy and without scripts."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.signing_in import give_password, sign_in, sign_in_anew

pytestmark = pytest.mark.slow


@pytest.fixture
def page_at_localhost(browser: Browser, site: str) -> Iterator[Page]:
    """A page at the name localhost, where browsers have passkeys, with a security chip that says yes."""
    # The sites of tests answer to a number only: the browser is told that the name is that number.
    with browser.new_context(base_url=site.replace("127.0.0.1", "localhost")) as context:
        page, said = context.new_page(), []
        page.on("console", lambda message: said.append(message.text))
        chip = context.new_cdp_session(page)
        chip.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
        able = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
        chip.send("WebAuthn.addVirtualAuthenticator", {"options": options | able})
        yield page
        assert [text for text in said if "Content Security Policy" in text] == []


def violations(page: Page) -> list[str]:
    return [found["id"] for found in Axe().run(page).response["violations"]]


def test_a_curator_signs_in_with_the_app_and_comes_to_the_admin(page: Page) -> None:
    sign_in_anew(page, "curator", "/admin/")

    expect(page.get_by_role("heading", name="My work")).to_be_visible()


def test_signing_in_needs_no_scripts(page_without_scripts: Page) -> None:
    sign_in_anew(page_without_scripts, "curator", "/admin/")

    expect(page_without_scripts.get_by_role("heading", name="My work")).to_be_visible()


def test_a_clinician_has_no_business_in_the_admin(browser: Browser, site: str) -> None:
    # Not the watched page: the console tells of the 403.
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        give_password(page, "clinician", "/admin/")
        expect(page.get_by_role("heading", name="Your account may not do this")).to_be_visible()

        page.get_by_role("button", name="Sign in with another account").click()

        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_an_invited_curator_uses_a_passkey_and_nothing_else(page: Page, page_at_localhost: Page) -> None:
    sign_in(page, "administrator", "/admin/auth/user/add/")
    page.get_by_label("E-mail address").fill("ann@example.org")
    page.get_by_label("curator").check()
    page.get_by_role("button", name="Save", exact=True).click()
    link = re.search(r"/accounts/invitation/\S+", page.locator(".field-link").inner_text())
    assert link is not None

    ann = page_at_localhost
    ann.goto(link[0])
    assert violations(ann) == []
    ann.get_by_label("New password", exact=True).fill("a long passphrase of ann")
    ann.get_by_label("New password confirmation").fill("a long passphrase of ann")
    ann.get_by_role("button", name="Set this password and sign in").click()
    expect(ann.get_by_role("heading", name="Second factor")).to_be_visible()
    assert violations(ann) == []
    ann.get_by_role("link", name="Add a passkey").click()
    expect(ann.get_by_label("Sign in with it alone")).to_be_checked()
    assert violations(ann) == []
    ann.get_by_role("button", name="Add a passkey").click()
    expect(ann.locator("#recovery_codes li")).to_have_count(10)
    code = ann.locator("#recovery_codes li").first.inner_text()
    assert violations(ann) == []
    ann.get_by_role("link", name="I have kept them").click()
    expect(ann).to_have_url("/")

    ann.get_by_role("button", name="Sign out").click()
    ann.goto("/accounts/login/?next=/admin/")
    ann.get_by_role("button", name="Sign in with a passkey").click()
    expect(ann.get_by_role("heading", name="My work")).to_be_visible()

    ann.goto("/accounts/logout/")
    ann.get_by_role("main").get_by_role("button", name="Sign out").click()
    ann.goto("/accounts/login/?next=/admin/")
    ann.get_by_label("Email").fill("ann@example.org")
    ann.get_by_label("Password").fill("a long passphrase of ann")
    ann.get_by_role("button", name="Sign in", exact=True).click()
    assert violations(ann) == []
    ann.get_by_role("button", name="Use a passkey").click()
    expect(ann.get_by_role("heading", name="My work")).to_be_visible()

    ann.context.clear_cookies()
    ann.goto("/accounts/login/?next=/admin/")
    ann.get_by_label("Email").fill("ann@example.org")
    ann.get_by_label("Password").fill("a long passphrase of ann")
    ann.get_by_role("button", name="Sign in", exact=True).click()
    ann.get_by_label("Code").fill(code)
    ann.get_by_role("button", name="Sign in", exact=True).click()
    expect(ann.get_by_role("heading", name="My work")).to_be_visible()


def test_wrong_passwords_are_counted_by_all_workers_together(browser: Browser, site: str) -> None:
    said = []
    for _ in range(6):
        # A new connection each time, to whichever worker takes it.
        with browser.new_context(base_url=site) as context:
            page = context.new_page()
            page.goto("/accounts/login/")
            page.get_by_label("Email").fill("nobody@demo.invalid")
            page.get_by_label("Password").fill("wrong")
            page.get_by_role("button", name="Sign in", exact=True).click()
            said.append("Too many failed login attempts" in page.get_by_role("main").inner_text())

    assert said == [False] * 5 + [True]


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/password/reset/",
        "/accounts/password/change/",
        "/accounts/second-factor/",
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible_and_fit_a_narrow_screen(path: str, scheme: str, page: Page) -> None:
    if path not in ("/accounts/login/", "/accounts/password/reset/"):
        sign_in(page, "approver")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
