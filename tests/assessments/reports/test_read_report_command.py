"""The command that reads one report, or the whole set."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from conditions.models import Release

pytestmark = pytest.mark.django_db


def test_a_report_is_read_as_json(tmp_path: Path, release: Release) -> None:
    file = tmp_path / "report.txt"
    file.write_text("Patient: Jane Smith\nVitamin B12 150 ng/L (180-914) L\n")
    out = io.StringIO()

    call_command("read_report", str(file), stdout=out)

    reading = json.loads(out.getvalue())
    assert (reading["found"][0]["finding"], reading["found"][0]["amount"], reading["dropped"]) == (
        "total_b12",
        "150",
        1,
    )


def test_a_report_that_cannot_be_read_ends_with_status_2(tmp_path: Path, release: Release) -> None:
    file = tmp_path / "report.json"
    file.write_text('{"resourceType":')

    with pytest.raises(SystemExit) as ended:
        call_command("read_report", str(file), stdout=io.StringIO())

    assert ended.value.code == 2


@pytest.mark.parametrize("words", [[], ["report.txt", "--score"], ["/nowhere/report.txt"]])
def test_a_call_without_sense_is_refused(words: list[str], release: Release) -> None:
    with pytest.raises(CommandError):
        call_command("read_report", *words, stdout=io.StringIO())
