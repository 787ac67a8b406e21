"""No page asks for what its Content-Security-Policy forbids: the page fixture fails on any such message."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    "path", ["/", "/assess/", "/conditions/", "/conditions/pernicious_anaemia/", "/accounts/login/"]
)
def test_public_pages_keep_to_the_policy(page: Page, path: str) -> None:
    response = page.goto(path)

    assert response is not None
    assert response.status == 200
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    page.wait_for_load_state("networkidle")


def test_an_answer_keeps_to_the_policy(page: Page) -> None:
    page.goto("/assess/")
    page.get_by_label("Age", exact=True).fill("54")
    page.get_by_role("button", name="Check").click()
    expect(page.locator("#report")).to_contain_text("About this answer")


def test_the_admin_keeps_to_the_policy(page: Page) -> None:
    sign_in(page, "curator", "/admin/")
    expect(page.get_by_role("heading", name="My work")).to_be_visible()

    for path in ("/admin/conditions/finding/", "/admin/conditions/finding/total_b12/change/"):
        response = page.goto(path)

        assert response is not None
        assert response.status == 200
        page.wait_for_load_state("networkidle")
