"""The answer in three lengths of plain text, each with whose words it is; the longer two end with the line for Cobalt."""

import re

from assessments.notes.line import read_line
from tests.make.reports import report_of
from tests.make.said import said_of

SAID = said_of(
    measured={"total_b12": "150 ng/L", "mcv": "112 fL", "age": "54 a"}, sex="male", metformin="present"
)


def test_every_length_names_release_guideline_and_limits() -> None:
    report = report_of(SAID)

    for text in (report.line, report.brief, report.text):
        assert "B12 deficiency: total B12 150 ng/L is below 180 ng/L (NICE NG239)." in text
        assert (
            "knowledge release 2026.11.1, not reviewed by a named clinician, read by NICE NG239 (2024)."
            in text
        )


def test_one_line_is_one_line_and_the_short_text_is_short() -> None:
    report = report_of(SAID)

    assert "\n" not in report.line
    assert len(report.line) < len(report.brief) < len(report.text)
    assert report.brief.count("\n") < 12


def test_the_short_text_tells_values_with_their_limits_and_what_is_open() -> None:
    brief = report_of(SAID).brief

    assert "Mean cell volume 112 fL: high (above 100 fL; fallback limits" in brief
    assert "Vitamin B12, total (serum cobalamin) 150 ng/L: deficient (below 180 ng/L; NICE NG239)" in brief
    assert "Investigations worth considering: " in brief
    assert "of ten would say “" in brief
    assert re.search(r"^Not known, and able to change the answer: ", brief, re.MULTILINE)


def test_the_longer_two_end_with_the_line_that_brings_the_picture_back() -> None:
    report = report_of(SAID)

    for text in (report.brief, report.text):
        assert text.splitlines()[-1] == report.machine_line
        assert read_line(text).stated == SAID.picture.stated
        assert read_line(text).measured == SAID.picture.measured
    assert "cobalt1" not in report.line


def test_the_texts_hold_no_markup() -> None:
    report = report_of(SAID)

    assert not re.search(r"<[a-z/]|&[a-z]+;", report.line + report.brief + report.text)


def test_a_value_that_cannot_be_placed_names_whose_limits_they_are() -> None:
    brief = report_of(said_of(measured={"mma": "<0.5 umol/L", "age": "54 a"})).brief

    assert "<0.5 µmol/L: may be normal or high (fallback limits: no interval" in brief
