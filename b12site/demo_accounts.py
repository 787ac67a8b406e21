"""Accounts to try Cobalt with. They sign in on the machine itself, and nowhere else."""

import base64
import hmac
from dataclasses import dataclass

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import transaction

from b12site.accounts.roles import IN_THE_ADMIN, ROLES

DOMAIN = "demo.invalid"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account for each group of people, named after it."""

    role: str

    @property
    def name(self) -> str:
        """What to sign in with."""
        return f"{self.role}@{DOMAIN}"

    @property
    def password(self) -> str:
        """Public, and says so."""
        return f"{self.role}-demo-only"


DEMO_ACCOUNTS = tuple(DemoAccount(role) for role in ROLES)


def demo_secret(name: str) -> str | None:
    """The secret with which this demonstration account enrols an authenticator app; None for any other."""
    if not settings.DEMO or name not in {account.name for account in DEMO_ACCOUNTS}:
        return None
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demonstration:{name}".encode(), "sha256")
    return base64.b32encode(digest[:20]).decode()


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """Lets demonstration accounts in only where they are allowed, however they came into the database."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        if user is not None and user.get_username().endswith(f"@{DOMAIN}") and not settings.DEMO:
            return False
        return bool(super().user_can_authenticate(user))


def demo_accounts_there() -> list[DemoAccount]:
    """Those that have been made and may sign in."""
    active = set(User.objects.filter(is_active=True).values_list("username", flat=True))
    return [account for account in DEMO_ACCOUNTS if account.name in active]


@transaction.atomic
def create_demo_accounts_once() -> bool:
    """Whether the accounts were made: only where nobody has an account yet."""
    if User.objects.exists():
        return False
    for account in DEMO_ACCOUNTS:
        user = User.objects.create_user(
            account.name,
            email=account.name,
            password=account.password,
            is_staff=account.role in IN_THE_ADMIN,
        )
        EmailAddress.objects.create(user=user, email=account.name, verified=True, primary=True)
        user.groups.add(Group.objects.get(name=account.role))
    return True
