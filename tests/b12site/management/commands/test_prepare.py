"""Preparing an installation."""

from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def test_answers_alone_go_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prepare", "--site")

    assert capsys.readouterr().out == ""


def test_the_demonstration_accounts_are_named_while_they_may_sign_in(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True
    call_command("prepare", "--site")
    User.objects.filter(username="curator@demo.invalid").update(is_active=False)
    capsys.readouterr()

    call_command("prepare", "--site")

    said = [line.split() for line in capsys.readouterr().err.splitlines()]
    assert ["clinician@demo.invalid", "clinician-demo-only"] in said
    assert ["curator@demo.invalid", "curator-demo-only"] not in said


def test_no_account_is_made_where_there_is_no_demonstration(settings: Settings) -> None:
    settings.DEMO = False

    call_command("prepare", "--site")

    assert not User.objects.exists()


def test_a_migrated_database_is_not_migrated_again(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("prepare")
    first = capsys.readouterr().err

    call_command("prepare")

    assert "Bringing the database up to date." in first
    assert "Bringing the database up to date." not in capsys.readouterr().err
