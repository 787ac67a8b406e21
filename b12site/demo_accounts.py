"""Accounts to try Cobalt with. They sign in on the machine itself, and nowhere else."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, User
from django.db import transaction

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


DEMO_ACCOUNTS = tuple(
    DemoAccount(role) for role in ("clinician", "educator", "curator", "approver", "administrator")
)


class Backend(ModelBackend):
    """Lets demonstration accounts in only where they are allowed, however they came into the database."""

    def user_can_authenticate(self, user: User | AnonymousUser | None) -> bool:
        if user is not None and user.get_username().endswith(f"@{DOMAIN}") and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)


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
            is_staff=account.role in ("curator", "approver", "administrator"),
        )
        user.groups.add(Group.objects.get(name=account.role))
    return True
