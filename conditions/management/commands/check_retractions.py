"""Mark sources that were retracted, corrected or questioned, and open a task on all that leans on them."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conditions.models import Release
from conditions.sources.retraction_watch import TableError, read_table
from conditions.sources.retractions import Noticed, open_tasks, take_notices

SOMETHING_NEW, UNREADABLE = 1, 2


class Command(BaseCommand):
    """Exit status: 0 nothing new; 1 something new was found; 2 the file cannot be read."""

    help = (
        "Compare the sources with a CSV of Retraction Watch (as published through Crossref)."
        " Exit status: 0 nothing new, 1 something new was found, 2 the file cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", help="the table of Retraction Watch")

    def handle(self, *, file: str, **_options: Any) -> None:
        try:
            # Titles and names in it are not all UTF-8; what is compared is.
            with open(file, encoding="utf-8-sig", errors="replace", newline="") as lines:
                found = take_notices(read_table(lines))
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}.", returncode=UNREADABLE) from error
        except TableError as error:
            raise CommandError(f"{file}: {error}", returncode=UNREADABLE) from error
        except Release.DoesNotExist as error:
            raise CommandError("No knowledge has been published yet.", returncode=UNREADABLE) from error
        new = [one for one in found if one.new or one.opened]
        for one in new:
            self.stdout.write(_said(one))
        self.stdout.write(
            f"{_many(len(found), 'notice')} on our sources, {len(new)} new; {_many(open_tasks(), 'task')} open."
        )
        if new:
            sys.exit(SOMETHING_NEW)


def _said(one: Noticed) -> str:
    notice = one.notice
    when = f", {notice.on.isoformat()}" if notice.on else ""
    why = f": {notice.reason}" if notice.reason else ""
    return f"{notice} (record {notice.record}{when}){why}. {_many(one.opened, 'task')} opened."


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
