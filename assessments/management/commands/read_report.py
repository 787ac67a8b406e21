"""Read a laboratory report from the command line, or say how well the set of reports is read."""

import io
import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.reports.read import LONGEST, read_report
from assessments.reports.score import Score, scores
from conditions.models import Release
from conditions.releases import NotAsPublished, current_knowledge

SET = Path("tests/assessments/reports/data")
REFUSED = 2


class Command(BaseCommand):
    help = "Read a pasted laboratory report: what is found, asked, refused and left unread, as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", help="the report's file, or - for standard input")
        parser.add_argument(
            "--score", action="store_true", help="read the set of reports and print recall and wrong units"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        if bool(options["file"]) == options["score"]:
            raise CommandError("Either a file is named or --score is given.", returncode=REFUSED)
        try:
            knowledge = current_knowledge()
        except Release.DoesNotExist as error:
            raise CommandError("No knowledge has been published yet.") from error
        except NotAsPublished as error:
            raise CommandError(str(error)) from error
        if options["score"]:
            self._print_scores(scores(Path(settings.BASE_DIR) / SET, knowledge))
            return
        reading = read_report(_text_of(options["file"]), knowledge)
        self.stdout.write(
            json.dumps(
                asdict(reading) | {"dropped": reading.dropped}, ensure_ascii=False, indent=1, default=str
            )
        )
        if reading.cannot:
            sys.exit(REFUSED)

    def _print_scores(self, found: dict[str, Score]) -> None:
        self.stdout.write(
            "format     reports  results  recall  wrong units  wrong results  asked or refused  identifiers kept"
        )
        for form, score in found.items():
            self.stdout.write(
                f"{form:9} {score.reports:8} {score.expected:8} {score.recall:7.1%} {score.wrong_units:12} "
                f"{score.wrong_results:14} {f'{score.asked_right} of {score.asked}':>17} {score.leaked:17}"
            )
        for fault in found["all"].faults:
            self.stdout.write(fault)


def _text_of(name: str) -> str:
    """The file's text, no more than a report may have and one byte. Raises CommandError with a sentence."""
    try:
        if name == "-":
            read = sys.stdin.buffer.read(4 * LONGEST)
        else:
            with open(name, "rb") as file:
                read = file.read(4 * LONGEST)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror or error}.", returncode=REFUSED) from error
    return read.decode("utf-8-sig", errors="replace")
