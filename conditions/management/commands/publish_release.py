"""Publish the shipped knowledge."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conditions.releases import PublicationRefused, publish_shipped


class Command(BaseCommand):
    """Publishes the shipped files as a release that nobody's name stands under."""

    help = "Load and publish the shipped knowledge; refuse if a rule names what is not there or a case fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--notes", required=True, help="what changed, and why")

    def handle(self, *, notes: str, **_options: Any) -> None:
        try:
            release = publish_shipped(notes=notes)
        except PublicationRefused as refusal:
            raise CommandError("\n".join(refusal.problems)) from refusal
        self.stdout.write(f"Release {release.version}, {release.digest}")
