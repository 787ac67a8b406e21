"""What every test may use."""

import os

import pytest

# Playwright's synchronous interface runs an event loop in the thread of the test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session", autouse=True)
def collected_static_files() -> None:
    """Static files as they are shipped: pages under test name, compress and cache them the same way."""
    from b12site.static_files import collect_if_changed

    collect_if_changed()
