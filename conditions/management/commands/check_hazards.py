"""Whether every test that the hazard log names exists, and passes."""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from conditions.governance.hazards import HazardLogError, absent, named_tests, read_hazards


class Command(BaseCommand):
    help = "Check that each control in docs/safety/hazards.yaml is held by tests that exist; --run runs them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--run", action="store_true", help="Run the tests too.")

    def handle(self, *args: Any, run: bool, **options: Any) -> None:
        try:
            hazards = read_hazards()
        except HazardLogError as error:
            raise CommandError(str(error)) from error
        tests = named_tests(hazards)
        if missing := absent(tests, settings.BASE_DIR):
            raise CommandError("\n".join(f"{test}: there is no such test." for test in missing))
        controls = sum(len(hazard.controls) for hazard in hazards)
        self.stdout.write(f"{len(hazards)} hazards, {controls} controls, {len(tests)} tests: all are there.")
        if run:
            ended = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", *tests], cwd=settings.BASE_DIR, check=False
            )
            if ended.returncode:
                raise CommandError("Not every test that controls a hazard passes.")
