"""From rows to files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from conditions.files import SHIPPED, write_files
from conditions.workspace import document_of_rows

FILES = ("sources.yaml", "developers.yaml", "groups.yaml", "units.yaml")
FOLDERS = ("findings", "limits", "conditions", "investigations", "recommendations", "notes", "cases")


def files_of_knowledge(folder: Path) -> list[Path]:
    """The files that are read as knowledge, and no others."""
    patterns = (*FILES, *(f"{name}/*.yaml" for name in FOLDERS))
    return [path for pattern in patterns for path in folder.glob(pattern)]


class Command(BaseCommand):
    """Writes the rows as files, for review in git: the files of knowledge in the folder are replaced."""

    help = "Write the rows that curators edit as files, in place of those in the folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=SHIPPED, dest="folder", metavar="DIR")

    def handle(self, *, folder: Path, **_options: Any) -> None:
        for path in files_of_knowledge(folder):
            path.unlink()
        write_files(document_of_rows(), folder)
        self.stdout.write(f"Written to {folder}.")
