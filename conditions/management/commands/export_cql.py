"""From a release to files that other programs can run."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from conditions.exports.cql import LIBRARY, library_of
from conditions.exports.vocabulary import vocabulary_of
from conditions.models import Release
from conditions.releases import NotAsPublished, current_release, knowledge_of


class Command(BaseCommand):
    """Writes ``Cobalt.cql`` and ``Cobalt.json`` into the folder, which is made where it is missing."""

    help = "Write the current release as a library in CQL, and its vocabulary as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.VAR / "cql", dest="folder", metavar="DIR")

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            release = current_release()
        except Release.DoesNotExist as error:
            raise CommandError("No knowledge has been published yet.") from error
        except NotAsPublished as error:
            raise CommandError(str(error)) from error
        knowledge = knowledge_of(release.digest)
        words = json.dumps(vocabulary_of(knowledge, release.version), ensure_ascii=False, indent=1)
        library = folder / f"{LIBRARY}.cql"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            library.write_text(library_of(knowledge, release.version), encoding="utf-8")
            library.with_suffix(".json").write_text(words + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        self.stdout.write(f"Written to {folder}: {library.name}, {library.with_suffix('.json').name}.")
