"""What every test may use: static files as shipped, the whole site under its server, a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

pytest_plugins = ["tests.fixtures"]

ROOT = Path(__file__).parents[1]
CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


@pytest.fixture(scope="session", autouse=True)
def collected_static_files() -> None:
    """Static files as they are shipped: pages under test name, compress and cache them the same way."""
    from b12site.static_files import collect_if_changed

    collect_if_changed()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for an embedded database: root's server, under its own account, cannot reach pytest's."""
    with TemporaryDirectory(prefix="cobalt-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of the whole site, served as `./run` does: own database, knowledge, demonstration accounts.

    It is one installation for all tests of a run: what a test writes into it, the next one finds.
    """
    var = settings.VAR / f"site-of-tests-{os.getpid()}"
    for abandoned in settings.VAR.glob("site-of-tests-*"):
        if not _alive(int(abandoned.name.rpartition("-")[2])):
            _remove_site(abandoned)
    address, environment = _site_environment(var)
    try:
        subprocess.run(
            [sys.executable, "manage.py", "prepare", "--site"], cwd=ROOT, env=environment, check=True
        )
        served = subprocess.Popen(
            [sys.executable, "-m", "b12site.serving"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
        )
        _wait_for(address, served)
        yield address
    finally:
        _remove_site(var)
    served.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium. Without one the test is skipped, and in CI it fails."""
    program = settings.CHROMIUM or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not program:
        tell = pytest.fail if settings.CI else pytest.skip
        tell("There is no Chromium: `./run test` installs one where it can; COBALT_CHROMIUM names one.")
    # Playwright's synchronous interface runs an event loop in the thread of the tests.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # A busy machine is slow, not wrong.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A new visitor's page on the site. The test fails on an error in the console, policy included."""
    with browser.new_context(base_url=site) as context:
        yield from _watched_page(context)


@pytest.fixture
def page_without_scripts(browser: Browser, site: str) -> Iterator[Page]:
    """The same for a visitor whose browser runs no scripts."""
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        yield from _watched_page(context)


def _watched_page(context: BrowserContext) -> Iterator[Page]:
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") or "Content Security Policy" in message.text:
            said.append(f"{message.location.get('url')}: {message.text}")

    context.on("console", listen)
    context.on("weberror", lambda error: said.append(str(error.error)))
    yield context.new_page()
    assert said == []


def _site_environment(var: Path) -> tuple[str, dict[str, str]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {
        "COBALT_VAR": str(var),
        "COBALT_DEMO": "1",
        "PORT": str(port),
        "COBALT_HOSTS": "127.0.0.1,localhost",
    }
    return f"http://127.0.0.1:{port}", inherited | own


def _wait_for(address: str, served: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end and served.poll() is None:
        with suppress(URLError), urlopen(f"{address}/livez"):  # noqa: S310
            return
        time.sleep(0.05)
    pytest.fail("The site did not start.")


def _remove_site(var: Path) -> None:
    from b12site.embedded_postgresql.places import Cluster

    subprocess.run(
        [sys.executable, "-m", "b12site.serving", "stop"],
        cwd=ROOT,
        env=_site_environment(var)[1],
        capture_output=True,
        check=True,
    )
    shutil.rmtree(Cluster(var / "pg18").data, ignore_errors=True)
    shutil.rmtree(var, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
