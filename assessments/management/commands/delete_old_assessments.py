"""Delete saved assessments that have not been added to for longer than the installation keeps them."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from assessments.saved.keeping import delete_older_than


class Command(BaseCommand):
    help = "Delete saved assessments older than COBALT_KEEP_DAYS, for a daily job."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, help="keep them for so many days instead")

    def handle(self, *args: Any, **options: Any) -> None:
        days = settings.COBALT_KEEP_DAYS if options["days"] is None else options["days"]
        if days < 0:
            raise CommandError("A number of days is not negative.")
        if not days:
            self.stdout.write("Nothing was deleted: assessments are kept until their owner deletes them.")
            return
        gone = delete_older_than(days=days, now=timezone.now())
        self.stdout.write(f"Deleted {gone} assessment{'' if gone == 1 else 's'} older than {days} days.")
