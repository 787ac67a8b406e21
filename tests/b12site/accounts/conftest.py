"""People with passwords, who sign in as people do."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from tests.make.people import PASSWORD


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hashing takes its time on purpose; not here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def member(groups: None) -> Callable[[str], User]:
    """Makes a person of a role, whose address is ROLE@example.org and whose password is PASSWORD."""

    def make(role: str) -> User:
        address = f"{role}@example.org"
        staff = role in ("curator", "approver", "administrator")
        user = User.objects.create_user(address, address, PASSWORD, is_staff=staff)
        user.groups.add(Group.objects.get(name=role))
        EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
        return user

    return make


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    """Signs somebody in by the page, in a new browser, as far as the code goes: without one, the password."""

    def sign_in(user: User, code: str = "", there: str = "/") -> Client:
        client = Client()
        data = {"login": user.email, "password": PASSWORD, "next": there}
        client.post("/accounts/login/", data)
        if code:
            client.post("/accounts/second-factor/use/", {"code": code})
        return client

    return sign_in
