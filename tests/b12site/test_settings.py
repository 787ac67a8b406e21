"""Settings as they come out of an environment."""

import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "b12site" / "settings.py"
REAL_ADDRESS = {"COBALT_HOSTS": "cobalt.example", "SECRET_KEY": "x7" * 30 + "abcdefghijklm"}


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """The settings under the given environment and nothing else of ours."""

    def settings_of(**environment: str) -> dict[str, Any]:
        for name in variables_read():
            monkeypatch.delenv(name, raising=False)
        for name, value in ({"COBALT_VAR": str(tmp_path)} | environment).items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(SETTINGS))

    return settings_of


def variables_read() -> set[str]:
    return set(re.findall(r'\benv(?:\.\w+)?\(\s*"(\w+)"', SETTINGS.read_text()))


def test_the_example_lists_every_variable_that_is_read() -> None:
    example = (ROOT / ".env.example").read_text()

    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == variables_read()


def test_the_environment_is_read_in_the_settings_alone() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for app in ("assessments", "b12site", "conditions")
        for path in (ROOT / app).rglob("*.py")
        if re.search(r"os\.environ\b(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE)|os\.getenv", path.read_text())
    }

    # The server's own environment is a selection of ours, not a setting.
    assert readers == {"b12site/embedded_postgresql/places.py"}


def test_debugging_is_off_unless_asked_for(settings_of: Any) -> None:
    assert (settings_of()["DEBUG"], settings_of(COBALT_DEBUG="1")["DEBUG"]) == (False, True)


def test_loopback_keeps_one_random_secret(settings_of: Any) -> None:
    first, second = settings_of()["SECRET_KEY"], settings_of()["SECRET_KEY"]

    assert first == second
    assert len(first) >= 50


def test_a_real_address_without_a_secret_is_refused_by_name(settings_of: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        settings_of(COBALT_HOSTS="cobalt.example")


def test_a_real_address_has_no_demonstration_accounts(settings_of: Any) -> None:
    assert settings_of(COBALT_DEMO="1")["DEMO"]
    assert not settings_of(COBALT_DEMO="1", **REAL_ADDRESS)["DEMO"]


@pytest.mark.parametrize("hosts", ["localhost,cobalt.example", "*", "192.0.2.1", ".localhost.example"])
def test_one_name_that_is_not_loopback_makes_the_address_real(settings_of: Any, hosts: str) -> None:
    assert not settings_of(**REAL_ADDRESS | {"COBALT_HOSTS": hosts})["ON_LOOPBACK"]


def test_only_postgresql_is_a_database(settings_of: Any) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL names no PostgreSQL"):
        settings_of(DATABASE_URL="sqlite:///cobalt.db")


def test_database_url_keeps_what_it_says_and_gets_a_limit_on_waiting(settings_of: Any) -> None:
    database = settings_of(DATABASE_URL="postgres://u:p@db.example:6432/cobalt?sslmode=require")

    found = database["DATABASES"]["default"]
    assert (found["ENGINE"], found["HOST"], found["PORT"]) == (
        "django.db.backends.postgresql",
        "db.example",
        6432,
    )
    assert found["OPTIONS"] == {
        "connect_timeout": 5,
        "options": "-c lock_timeout=10s",
        "sslmode": "require",
    }


@pytest.mark.slow
def test_a_real_address_passes_the_deployment_check(tmp_path: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "COBALT_VAR": str(tmp_path)} | REAL_ADDRESS,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.stdout, checked.stderr) == ("System check identified no issues (0 silenced).\n", "")


def test_pages_carry_the_content_security_policy(client: Client) -> None:
    policy = client.get("/accounts/login/")["Content-Security-Policy"]

    assert sorted(policy.split("; ")) == [
        "base-uri 'none'",
        "connect-src 'self'",
        "default-src 'none'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "script-src 'self'",
        "style-src 'self'",
    ]
