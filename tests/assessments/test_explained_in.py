"""A report points to the notes that explain what it shows, and to no others."""

from django.template.loader import render_to_string

from assessments.presenters.report import MOST_NOTES, Report
from tests.make.releases import release_of
from tests.make.said import said_of
from tests.make.shipped import shipped


def report(**stated: str) -> Report:
    said = said_of(measured={"total_b12": "90 ng/L"}, sex="male", **stated)
    return Report(said, release_of(shipped()))


def test_the_notes_explain_the_headline_or_a_cause_that_is_shown() -> None:
    shown = report(nitrous_oxide="present")

    slugs = [note.slug for note in shown.explained_in]
    about = {"b12_deficiency", *[cause.condition for cause in shown.causes]}
    assert 0 < len(slugs) <= MOST_NOTES
    assert all(about.intersection(shipped().notes[slug].about) for slug in slugs)


def test_the_line_stands_below_the_causes_of_a_full_report_only() -> None:
    full = report()
    short = Report(full.interpretation, full.release, full=False)
    page = "assessments/partials/report_causes.html"

    assert "Explained in:" in render_to_string(page, {"report": full})
    assert "Explained in:" not in render_to_string(page, {"report": short})
