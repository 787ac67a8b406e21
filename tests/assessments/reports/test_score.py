"""The set of reports is read well enough, and no wrong unit is taken."""

from collections import Counter
from pathlib import Path

import pytest

from assessments.reports.read import read_report
from assessments.reports.reading import Found, Reading, as_picture
from assessments.reports.score import reports_in, score_of, scores
from conditions.reasoning.picture import read_picture
from tests.make.shipped import shipped

DATA = Path(__file__).parent / "data"
REPORTS = list(reports_in(DATA))


def test_recall_is_at_least_95_in_100_in_every_format() -> None:
    found = scores(DATA, shipped())

    assert {form: score.recall >= 0.95 for form, score in found.items()} == dict.fromkeys(found, True), found[
        "all"
    ].faults
    assert set(found) == {"text", "columns", "hl7", "fhir", "none", "all"}


def test_no_wrong_unit_and_no_wrong_result_is_taken_and_no_identifier_kept() -> None:
    everything = scores(DATA, shipped())["all"]

    assert (everything.wrong_units, everything.wrong_results, everything.leaked) == (0, 0, 0), (
        everything.faults
    )


def test_everything_doubtful_is_asked_or_refused() -> None:
    everything = scores(DATA, shipped())["all"]

    assert everything.asked_right == everything.asked, everything.faults


def test_there_are_at_least_60_reports_of_every_format() -> None:
    kinds = Counter(path.suffix for path, _ in REPORTS)

    assert kinds.total() >= 60
    assert all(kinds[suffix] >= 10 for suffix in (".txt", ".hl7", ".json"))


@pytest.mark.parametrize("path", [path for path, _ in REPORTS], ids=lambda path: path.name)
def test_what_is_found_can_be_interpreted(path: Path) -> None:
    reading = read_report(path.read_text(encoding="utf-8"), shipped())
    told = as_picture(reading.found)

    picture = read_picture(told, shipped())

    assert picture.measured.keys() == told["measured"].keys()


def test_a_wrong_unit_is_counted() -> None:
    reading = Reading("text", (Found(1, "B12 150 pmol/L", "total_b12", "150", "pmol/L"),))

    score = score_of("a.txt", reading, {"found": {"total_b12": "150 ng/L"}})

    assert (score.expected, score.right, score.wrong_units, score.wrong_results) == (1, 0, 1, 1)


def test_a_kept_identifier_is_counted_and_not_repeated() -> None:
    reading = Reading("text", (Found(1, "Smith B12 150 ng/L", "total_b12", "150", "ng/L"),))

    score = score_of("a.txt", reading, {"found": {"total_b12": "150 ng/L"}, "never": ["Smith"]})

    assert (score.leaked, score.faults) == (1, ["a.txt: a part that identifies a person was kept."])
