"""Reminders of what is to be read again."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command

from conditions.models import Release
from conditions.workspace import replace_rows
from tests.make.curation import dated_document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _due(nothing_published: None, time_machine: Any) -> None:
    """On 21 November 2026: one rule is past its day, one is due in a month, the rest in a year."""
    time_machine.move_to("2026-11-21 12:00")
    made = dated_document()
    made["rules"]["grey_total"] |= {
        "review_by": "2026-11-01",
        "checked_by": "A. Reader",
        "checked_on": "2025-11-01",
    }
    made["rules"]["deficient_total"] |= {"review_by": "2026-12-21"}
    made["findings"]["total_b12"]["limits"][0]["review_by"] = "2026-12-01"
    replace_rows(made)
    assert not Release.objects.exists()


def ran(*arguments: str) -> tuple[int, list[str]]:
    out = StringIO()
    try:
        call_command("review_reminders", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


def test_what_is_due_is_listed_by_section_and_checker() -> None:
    assert ran("--days", "30") == (
        1,
        [
            "3 statements are to be read again by 2026-12-21.",
            "",
            "Finding",
            "  Checked by nobody named",
            "    Total B12, its scale 1 (2026-12-01)",
            "",
            "Rule",
            "  Checked by A. Reader",
            "    Rule on B12 indeterminate (grey_total) (2026-11-01, past)",
            "  Checked by nobody named",
            "    Rule on B12 deficiency (deficient_total) (2026-12-21)",
        ],
    )


def test_without_days_only_what_is_due_today_is_listed() -> None:
    assert ran()[1][0] == "1 statement is to be read again by 2026-11-21."


def test_nothing_due_ends_with_0(time_machine: Any) -> None:
    time_machine.move_to("2026-10-01 12:00")
    assert ran() == (0, ["Nothing is to be read again by 2026-10-01."])


@pytest.mark.parametrize("days", ["-1", "soon", "99999"])
def test_other_than_days_is_refused(days: str) -> None:
    with pytest.raises(CommandError, match="is not a number of days"):
        ran(f"--days={days}")


@pytest.fixture
def curators(person: Callable[[str], User]) -> None:
    """Two curators of whom one may not sign in any more, and an approver; all with addresses."""
    active, approver = person("curator"), person("approver")
    active.email, approver.email = "reader@example.org", "approver@example.org"
    active.save()
    approver.save()
    gone = User.objects.create(username="gone", email="gone@example.org", is_active=False)
    gone.groups.set(active.groups.all())


def test_curators_are_sent_the_list(curators: None, settings: Any) -> None:
    settings.SENDS_MAIL = True
    status, said = ran("--email")
    (message,) = mail.outbox
    assert (status, said[-1], message.to) == (1, "Sent to 1 curator.", ["reader@example.org"])
    assert message.subject == "Cobalt: 1 statement to be read again"
    assert "Rule on B12 indeterminate (grey_total) (2026-11-01, past)" in message.body


def test_without_a_mail_server_nothing_is_sent_or_said(curators: None, settings: Any) -> None:
    settings.SENDS_MAIL = False
    assert ran("--email") == ran()
    assert mail.outbox == []
