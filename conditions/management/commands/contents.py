"""Count what the knowledge holds, for the README."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from conditions.contents import contents_table
from conditions.files import read_files
from conditions.reasoning.document import read_document

BEGIN, END = "<!-- contents: written by ./run contents --write -->", "<!-- end of contents -->"


def with_table(text: str, table: str) -> str:
    """``text`` with the table between its marks replaced. Raises ValueError where the marks are missing."""
    before, _, rest = text.partition(BEGIN)
    _, found, after = rest.partition(END)
    if not found:
        raise ValueError("the marks of the table of contents are missing")
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


class Command(BaseCommand):
    help = "Count what the shipped knowledge holds; with --write, put the table into README.md."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write the table into README.md")

    def handle(self, *args: Any, **options: Any) -> None:
        table = contents_table(read_document(read_files()))
        self.stdout.write(table)
        if options["write"]:
            readme = Path(settings.BASE_DIR) / "README.md"
            readme.write_text(with_table(readme.read_text(encoding="utf-8"), table), encoding="utf-8")
