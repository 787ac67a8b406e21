"""What an eye and an accessibility check have against a page as it stands."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def violations(page: Page) -> list[str]:
    """The rules of axe that the page breaks, and where, one line each."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def no_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def violations_without_scripts(page: Page) -> list[str]:
    """The same for a page in which no script runs: the check is one itself, so that it looks at a copy."""
    shown = re.sub(r"<script\b.*?</script>", "", page.content(), flags=re.DOTALL).replace(
        "noscript>", "span>"
    )
    if page.context.browser is None:
        raise ValueError("A page of a browser is looked at.")
    with page.context.browser.new_context(viewport=page.viewport_size) as context:
        copy = context.new_page()
        copy.route(page.url, lambda route: route.fulfill(body=shown, content_type="text/html"))
        copy.goto(page.url)
        return violations(copy)
