"""From files to rows."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from conditions.files import SHIPPED, FilesError, read_files
from conditions.reasoning.document import KnowledgeError, read_document
from conditions.releases import NO_ROWS, last_shipped
from conditions.schema import tidied
from conditions.workspace import differences, document_of_rows, merged, replace_rows


class Command(BaseCommand):
    """Loads files into the rows; what was edited here stays as it is unless told otherwise."""

    help = "Load the knowledge from files into the rows that curators edit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", type=Path, default=SHIPPED, dest="folder", metavar="DIR")
        parser.add_argument("--overwrite", action="store_true", help="replace what was edited here, too")

    @transaction.atomic
    def handle(self, *, folder: Path, overwrite: bool, **_options: Any) -> None:
        try:
            given = tidied(read_files(folder))
            kept: list[str] = []
            rows, last = document_of_rows(), last_shipped()
            if not overwrite:
                given, kept = merged(given=given, base=last.document if last else NO_ROWS, rows=rows)
            read_document(given)
            replace_rows(given)
        except (FilesError, KnowledgeError) as error:
            raise CommandError("\n".join(error.problems)) from error
        self.stdout.write(
            f"Loaded. Changed: {len(differences(rows, given))}; kept as edited here: {len(kept)}."
        )
        for place in kept:
            self.stdout.write(f"kept {place}")
