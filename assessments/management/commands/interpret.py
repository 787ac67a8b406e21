"""Interpret pictures from the command line: answers on standard output, refusals on standard error."""

import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.exports.answer import Published, answer_of
from conditions.models import Release
from conditions.reasoning.interpret import interpret
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PictureError, Problem, read_picture
from conditions.releases import NotAsPublished, current_release, knowledge_of

REFUSED = 2
LONGEST = 10_000_000
"""The bytes that one picture may have; a real one has a few thousand."""


class Command(BaseCommand):
    help = "Interpret a patient picture (JSON) by the published knowledge."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the picture's file, or - for standard input")
        parser.add_argument("--lines", action="store_true", help="one picture a line, one answer a line")
        parser.add_argument("--guideline", help="the guideline to read by, where a picture states none")

    def handle(self, *args: Any, **options: Any) -> None:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        try:
            release = current_release()
        except Release.DoesNotExist as error:
            raise CommandError("No knowledge has been published yet.") from error
        except NotAsPublished as error:
            raise CommandError(str(error)) from error
        knowledge = knowledge_of(release.digest)
        guideline = options["guideline"]
        known_guidelines = knowledge.findings["guideline"].states
        if guideline is not None and guideline not in known_guidelines:
            raise CommandError(
                f"--guideline: {guideline!r} is not known; it is one of: {', '.join(known_guidelines)}.",
                returncode=REFUSED,
            )
        refused = False
        with _opened(options["file"]) as file:
            for before, text in _pictures(file, options["lines"]):
                try:
                    answer = _answer(text, knowledge, release, guideline)
                except PictureError as error:
                    refused = True
                    for problem in error.problems:
                        self.stderr.write(before + _in_one_line(f"{problem.path}: {problem.says}"), str)
                else:
                    self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if refused:
            sys.exit(REFUSED)


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    """The file, or standard input for “-”. Raises CommandError with a sentence if it cannot be read."""
    if name == "-":
        yield sys.stdin.buffer
        return
    try:
        file = open(name, "rb")  # noqa: SIM115 - only opening may be refused here
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror or error}.", returncode=REFUSED) from error
    with file:
        yield file


def _pictures(file: BinaryIO, lines: bool) -> Iterator[tuple[str, bytes]]:
    """Each picture's text, with what stands before its refusals. Empty lines are passed over.

    Of a picture that is too long, one byte more than is allowed is kept, by which it is told.
    """
    if not lines:
        yield "", file.read(LONGEST + 1)
        return
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) > LONGEST:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = file.readline(LONGEST)
        if line.strip():
            yield f"line {number}: ", line


def _answer(text: bytes, knowledge: Knowledge, release: Published, guideline: str | None) -> dict[str, Any]:
    """Raises PictureError with every problem of the picture."""
    picture = read_picture(_decoded(text), knowledge)
    stated = picture.stated.get("guideline")
    if guideline and stated and stated != guideline:
        raise PictureError(
            [
                Problem(
                    "stated.guideline", f"The picture states {stated}, and --guideline asks for {guideline}."
                )
            ]
        )
    return answer_of(
        interpret(picture.under(stated or guideline or settings.COBALT_GUIDELINE), knowledge), release
    )


def _in_one_line(text: str) -> str:
    """The refusal without the line breaks that a name in the picture may hold."""
    return " ".join(text.split())


def _decoded(text: bytes) -> Any:
    """Decoded JSON. Raises PictureError with a sentence for text that is none, or says a thing twice."""
    try:
        if len(text) > LONGEST:
            raise ValueError(f"It is longer than {LONGEST} bytes, which no picture is")
        return json.loads(text.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise _not_json(f"It is not UTF-8 text, at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise _not_json(f"It is not JSON, at character {error.pos + 1}: {error.msg}") from error
    except RecursionError as error:
        raise _not_json("It is nested too deeply") from error
    except ValueError as error:
        raise _not_json(str(error)) from error


def _not_json(says: str) -> PictureError:
    return PictureError([Problem("picture", f"{says}.")])


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The object. Raises ValueError where a key stands twice, of which JSON would silently keep one."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"{twice!r} stands twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
