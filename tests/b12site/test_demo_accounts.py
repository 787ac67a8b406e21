"""Demonstration accounts: once, and on the machine itself only."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from b12site.demo_accounts import DEMO_ACCOUNTS, create_demo_accounts_once, demo_accounts_there, demo_secret

pytestmark = pytest.mark.django_db

CLINICIAN = {"username": "clinician@demo.invalid", "password": "clinician-demo-only"}


@pytest.fixture(autouse=True)
def groups() -> None:
    for account in DEMO_ACCOUNTS:
        Group.objects.get_or_create(name=account.role)


def test_each_account_is_in_the_group_of_its_role() -> None:
    assert create_demo_accounts_once()

    assert list(User.objects.order_by("pk").values_list("username", "groups__name", "is_superuser")) == [
        (f"{role}@demo.invalid", role, False)
        for role in ("clinician", "educator", "curator", "approver", "administrator")
    ]


def test_accounts_are_made_only_where_nobody_has_one() -> None:
    User.objects.create_user("ann")

    assert not create_demo_accounts_once()
    assert demo_accounts_there() == []


def test_an_account_signs_in_where_demonstrations_are_allowed(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    create_demo_accounts_once()

    assert client.login(**CLINICIAN)


def test_an_account_that_came_along_to_a_real_address_is_shut_out(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    create_demo_accounts_once()
    client.login(**CLINICIAN)

    settings.DEMO = False

    assert not client.login(**CLINICIAN)
    assert "_auth_user_id" in client.session
    assert client.get("/admin/").status_code == 302


def test_their_addresses_count_as_verified() -> None:
    create_demo_accounts_once()

    assert EmailAddress.objects.filter(verified=True, primary=True).count() == len(DEMO_ACCOUNTS)


def test_the_page_to_sign_in_lets_them_in_nowhere_else(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    create_demo_accounts_once()

    answer = client.post(
        "/accounts/login/", {"login": CLINICIAN["username"], "password": CLINICIAN["password"]}
    )

    assert answer.headers["Location"] == "/accounts/inactive/"
    assert "_auth_user_id" not in client.session


def test_only_demonstration_accounts_have_a_known_secret(settings: Settings) -> None:
    settings.DEMO = True
    assert demo_secret("curator@demo.invalid") != demo_secret("approver@demo.invalid")
    assert demo_secret("ann@example.org") is None

    settings.DEMO = False
    assert demo_secret("curator@demo.invalid") is None


def test_the_command_prints_the_code_that_enrols(
    client: Client, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO = True
    create_demo_accounts_once()
    client.post("/accounts/login/", {"login": "curator@demo.invalid", "password": "curator-demo-only"})
    shown = client.get("/accounts/second-factor/app/").content.decode()

    call_command("demo_code", "curator")
    code = capsys.readouterr().out.strip()

    assert "./run demo_code curator" in shown
    assert client.post("/accounts/second-factor/app/", {"code": code}).status_code == 302
    call_command("demo_code")
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == [
        "curator",
        "approver",
        "administrator",
    ]


def test_there_are_no_codes_outside_demonstrations(settings: Settings) -> None:
    settings.DEMO = False

    with pytest.raises(CommandError, match="There are codes for demonstrations only"):
        call_command("demo_code")
