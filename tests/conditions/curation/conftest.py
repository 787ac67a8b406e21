"""People, a small release and a draft for tests of curation."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection

from conditions.curation.history import because
from conditions.models import Band, Release, Rule
from conditions.releases import publish
from conditions.workspace import replace_rows
from tests.make.curation import dated_document

TODAY = "2026-11-21 12:00"


@pytest.fixture(autouse=True)
def _today(time_machine: object) -> None:
    time_machine.move_to(TODAY)  # type: ignore[attr-defined]


@pytest.fixture
def small_release(nothing_published: None) -> Release:
    """The small document with review dates, which stands in the rows as well."""
    replace_rows(dated_document())
    return publish(document=dated_document(), origin="shipped", notes="Small.")


@pytest.fixture
def people(person: Callable[[str], User]) -> SimpleNamespace:
    """A curator, an approver, and one who has the rights of both."""
    both = person("approver")
    both.username = "both"
    both.save()
    both.groups.add(Group.objects.get(name="curator"))
    return SimpleNamespace(curator=person("curator"), approver=person("approver"), both=both)


@pytest.fixture
def widen(small_release: Release) -> Callable[..., None]:
    """Moves the upper edge of the grey zone, as somebody or nobody."""

    def widen(to: str = "400", by: User | None = None) -> None:
        with because("Wider.", by=by, url="/admin/"):
            Band.objects.filter(upper__gt=180, upper__lt=1000).update(upper=to)

    return widen


@pytest.fixture
def reword(small_release: Release) -> Callable[..., None]:
    """Changes what a rule says, as somebody or nobody."""

    def reword(says: str = "Said better.", by: User | None = None) -> None:
        with because("Clearer.", by=by):
            Rule.objects.filter(slug="grey_total").update(says=says)

    return reword


def sql(statement: str, *parameters: object) -> None:
    """Past the application."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
