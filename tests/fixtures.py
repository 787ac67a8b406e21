"""Published knowledge and people for tests that need them."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.test import Client

from b12site.accounts.roles import needs_second_factor
from conditions import migrations
from conditions.models import Release
from conditions.releases import publish, publish_shipped
from conditions.workspace import replace_rows
from tests.make.knowledge import document
from tests.make.people import use_second_factor

MIGRATIONS = Path(migrations.__file__).parent
TRIGGERS_REST = "SET LOCAL session_replication_role = replica"


@pytest.fixture(scope="session", autouse=True)
def releases_may_be_emptied() -> Iterator[None]:
    """Tests with transactions of their own end by emptying tables; the trigger on releases rests then."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def flush_without_triggers(self: BaseDatabaseOperations, statements: list[str]) -> None:
        flush(self, [TRIGGERS_REST, *statements] if statements else [])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_without_triggers)
        yield


@pytest.fixture(scope="session")
def shipped_is_published(django_db_setup: None, django_db_blocker: Any) -> None:
    """The shipped knowledge in the rows and published, once for all tests."""
    with django_db_blocker.unblock():
        publish_shipped()


@pytest.fixture
def release(db: None, shipped_is_published: None, groups: None) -> Release:
    """The release of the shipped knowledge; made again after a test that emptied the tables."""
    return Release.objects.order_by("-sequence").first() or publish_shipped()


@pytest.fixture
def nothing_published(db: None) -> None:
    """No rows and no release, whatever other tests made."""
    models = apps.get_app_config("conditions").get_models(include_auto_created=True)
    emptied = [f"DELETE FROM {model._meta.db_table}" for model in models]  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute("; ".join([TRIGGERS_REST, *emptied, "SET LOCAL session_replication_role = origin"]))


@pytest.fixture
def small_release(nothing_published: None) -> Release:
    """A release of the small document, which stands in the rows as well."""
    replace_rows(document())
    return publish(document=document(), origin="shipped", notes="Small.")


@pytest.fixture
def groups(db: None) -> None:
    """The groups of people; made again after a test that emptied the tables."""
    if not Group.objects.exists():
        for migration in sorted(MIGRATIONS.glob("0*.py")):
            made = import_module(f"conditions.migrations.{migration.stem}")
            give = getattr(made, "make_groups", None) or getattr(made, "give_permissions", None)
            if give:
                give(apps, None)


@pytest.fixture(autouse=True)
def forced_sign_in_is_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    """`client.force_login` stands for all of signing in: the second factor too, where the role needs one."""
    force_login = Client.force_login

    def force_all(self: Client, user: User, backend: str | None = None) -> None:
        force_login(self, user, backend)
        if needs_second_factor(user):
            use_second_factor(self, user)

    monkeypatch.setattr(Client, "force_login", force_all)


@pytest.fixture
def person(groups: None) -> Callable[[str], User]:
    """Makes a person of a role, with the rights of its group and access to the admin.

    ``client.force_login`` signs them in with the second factor that whoever has such access needs.
    """

    def make(role: str) -> User:
        user = User.objects.create_user(f"a_{role}", is_staff=True)
        user.groups.add(Group.objects.get(name=role))
        return user

    return make
