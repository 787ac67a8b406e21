"""From files to rows."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from conditions.curation.history import by_nobody
from conditions.files import SHIPPED, read_files
from conditions.reasoning.document import read_document
from conditions.releases import NO_ROWS, PublicationRefused, last_shipped, refusing
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
        kept: list[str] = []
        rows, last = document_of_rows(), last_shipped()
        try:
            with refusing():
                given = tidied(read_files(folder))
                if not overwrite:
                    given, kept = merged(given=given, base=last.document if last else NO_ROWS, rows=rows)
                read_document(given)
                with by_nobody(f"Loaded from files ({folder.name})."):
                    replace_rows(given)
        except PublicationRefused as refusal:
            raise CommandError("\n".join(refusal.problems)) from refusal
        self.stdout.write(
            f"Loaded. Changed: {len(differences(rows, given))}; kept as edited here: {len(kept)}."
        )
        for place in kept:
            self.stdout.write(f"kept {place}")
