"""Preparing an installation."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from b12site.management.commands import prepare
from conditions.releases import PublicationRefused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


@pytest.fixture(autouse=True)
def knowledge(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Stands for the shipped knowledge: its release, and what publishing it says."""
    knowledge = {"digest": "a", "says": "The shipped knowledge is release 1."}
    monkeypatch.setattr(prepare, "publish_shipped_if_changed", lambda: knowledge["says"])
    monkeypatch.setattr(prepare, "last_shipped", lambda: SimpleNamespace(digest=knowledge["digest"]))
    return knowledge


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


def test_shipped_knowledge_is_read_again_only_when_it_or_its_release_changed(
    knowledge: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for digest in ("a", "a", "of an older back-up"):
        knowledge["digest"] = digest
        call_command("prepare")
        said.append(knowledge["says"] in capsys.readouterr().err)

    assert said == [True, False, True]


def test_refused_knowledge_is_refused_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> str:
        raise PublicationRefused(["cases neuropathy: the headline is wrong."])

    monkeypatch.setattr(prepare, "publish_shipped_if_changed", refuse)

    with pytest.raises(
        CommandError, match=r"cannot be published:\ncases neuropathy: the headline is wrong\."
    ):
        call_command("prepare")
