"""Print how far the interpretations of published cases agree with what their readers expect."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from conditions.agreement import agreements, as_lines
from conditions.files import SHIPPED, read_files
from conditions.reasoning.document import read_document


class Command(BaseCommand):
    help = "Print the agreement with published cases, by category, and every disagreement with its reason."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="folder", type=Path, default=SHIPPED, help="the folder of the files"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for line in as_lines(agreements(read_document(read_files(options["folder"])))):
            self.stdout.write(line)
