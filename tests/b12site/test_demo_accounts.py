"""Demonstration accounts: once, and on the machine itself only."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from b12site.demo_accounts import DEMO_ACCOUNTS, create_demo_accounts_once, demo_accounts_there

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
