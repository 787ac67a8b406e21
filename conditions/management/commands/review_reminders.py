"""List the statements that are to be read again, and remind curators of them."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from conditions.sources.reminders import as_lines, due_by, remind_curators

SOMETHING_DUE = 1


class Command(BaseCommand):
    """Exit status: 0 nothing is due; 1 something is due; 2 the command was used wrongly."""

    help = (
        "List the statements to be read again, by section and by who checked them."
        " Exit status: 0 nothing is due, 1 something is due."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days", type=_days, default=0, help="look so many days ahead; 0: what is due today"
        )
        parser.add_argument(
            "--email", action="store_true", help="send the list to the curators, where a mail server is set"
        )

    def handle(self, *, days: int, email: bool, **_options: Any) -> None:
        today = timezone.localdate()
        day = today + timedelta(days=days)
        due = due_by(day)
        for line in as_lines(due, day, today):
            self.stdout.write(line)
        if email and (sent := remind_curators(due, day, today)):
            self.stdout.write(f"\nSent to {sent} curator{'' if sent == 1 else 's'}.")
        if due:
            sys.exit(SOMETHING_DUE)


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) > 3660:
        raise ArgumentTypeError(f"{text!r} is not a number of days from 0 to 3660.")
    return int(text)
