"""Every public page a clinician opens, at the widths and in the colours in which it is least at ease."""

import pytest
from playwright.sync_api import Page

from tests.browser.looking import no_wider_than_the_screen, violations

pytestmark = pytest.mark.slow

PAGES = (
    "/",
    "/assess/",
    "/assess/quick/",
    "/assess/paste/",
    "/assessments/",
    "/library/",
    "/library/guidelines/",
    "/investigations/mma_test/",
    "/teach/",
    "/teach/published_n2o_01/",
    "/print/",
    "/about/",
)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_fits_a_small_phone_and_double_zoom_and_is_accessible_in_the_dark(
    page: Page, address: str
) -> None:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    fits = {}
    for width, height in ((640, 450), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        fits[width] = no_wider_than_the_screen(page)

    assert fits == {640: True, 320: True}
    assert violations(page) == []
