"""Signing demonstration accounts in, as people do it."""

import re
import time
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

NEEDS_SIGN_IN = "/accounts/password/change/"
_cookies: dict[tuple[str, str], list[Any]] = {}
_secrets: dict[tuple[str, str], str] = {}
_used: set[tuple[str, str]] = set()
"""Of each site and role: a session that may still last, the app's secret, the codes used up."""


def sign_in(page: Page, role: str, there: str = "/") -> None:
    """Sign the demonstration account of ``role`` in and open ``there``.

    The second factor is used where the role needs one, and enrolled at the first sign-in. A session made
    for an earlier test is used again as long as it lasts: ``sign_in_anew`` is for tests of signing in itself.
    """
    page.goto("/accounts/login/")
    key = _site(page), role
    if key in _cookies:
        page.context.add_cookies(_cookies[key])
        if page.request.get(NEEDS_SIGN_IN, max_redirects=0).status == 200:
            page.goto(there)
            return
        page.context.clear_cookies()
    sign_in_anew(page, role, there)


def sign_in_anew(page: Page, role: str, there: str = "/") -> None:
    """The same, with password and second factor in any case. Nobody may be signed in."""
    give_password(page, role, there)
    if page.get_by_role("heading", name="Second factor").is_visible():
        give_second_factor(page, role)
    expect(page).not_to_have_url(re.compile("/accounts/"))
    _cookies[_site(page), role] = page.context.cookies()


def give_password(page: Page, role: str, there: str = "/") -> None:
    """Sign in as far as the password goes."""
    page.goto(f"/accounts/login/?next={there}")
    page.get_by_label("Email").fill(f"{role}@demo.invalid")
    page.get_by_label("Password").fill(f"{role}-demo-only")
    page.get_by_role("button", name="Sign in", exact=True).click()


def give_second_factor(page: Page, role: str) -> None:
    """Go on with the code of the app, which is set up if this is the account's first time."""
    key = _site(page), role
    set_up = page.get_by_role("link", name="Set up an app")
    if set_up.is_visible():
        set_up.click()
        _secrets[key] = page.locator(".secret").inner_text()
        page.get_by_label("Authenticator code").fill(code(_secrets[key]))
        page.get_by_role("button", name="Set up").click()
        page.get_by_role("link", name="I have kept them").click()
        return
    page.get_by_label("Code").fill(code(_secrets[key]))
    page.get_by_role("button", name="Sign in", exact=True).click()


def code(secret: str) -> str:
    """A code that is valid now and was not given before, of the three that are."""
    counter = int(time.time()) // 30
    codes = [format_hotp_value(hotp_value(secret, counter + step)) for step in (0, 1, -1)]
    unused = next(code for code in codes if (secret, code) not in _used)
    _used.add((secret, unused))
    return unused


def _site(page: Page) -> str:
    return urlsplit(page.url).netloc
