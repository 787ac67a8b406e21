"""Look at the published knowledge afresh, keep what was found, and say it."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conditions.heartbeat.beating import beat
from conditions.heartbeat.saying import as_lines
from conditions.models import LedgerEntry, Release

WRONG, NOTED, ANOTHER_LEDGER = 1, 3, 4


class Command(BaseCommand):
    """Exit status: 0 all is well; 1 nothing is answered from the release; 2 the command was used wrongly, or nothing is
    published; 3 something differs in older releases or in the ledger; 4 the ledger is not the one that was noted.
    """

    help = (
        "Read the current release afresh, compare it with what was published and run every case; the site answers or"
        " does not by what is found. Exit status: 0 all is well, 1 not as published, 2 nothing is published,"
        " 3 something older differs, 4 the ledger is not the one given by --ledger."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every-release", action="store_true", help="compute older digests anew as well")
        parser.add_argument("--ledger", metavar="LINK", help="a link of the ledger that was noted elsewhere")

    def handle(self, *, every_release: bool, ledger: str | None, **_options: Any) -> None:
        try:
            found = beat(every_release=every_release)
        except Release.DoesNotExist as error:
            raise CommandError("No knowledge has been published yet.", returncode=2) from error
        for line in as_lines(found):
            self.stdout.write(line)
        if found.wrong:
            sys.exit(WRONG)
        if ledger and not LedgerEntry.objects.filter(link=ledger).exists():
            self.stdout.write(
                f"The ledger does not hold the link {ledger}: it is not the one that was noted."
            )
            sys.exit(ANOTHER_LEDGER)
        if found.noted:
            sys.exit(NOTED)
