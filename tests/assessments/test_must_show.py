"""What the interpretation page must show, one test each, on pages of the shipped release as they are served."""

import re
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
from django.template.loader import render_to_string
from django.test import Client

from assessments.presenters.report import Report
from conditions.models import Release
from tests.make.reports import report_of
from tests.make.said import said_of

pytestmark = pytest.mark.django_db

PATIENT = {
    "age": "54",
    "age-unit": "a",
    "sex": "female",
    "guideline": "nice_ng239",
    "glossitis": "present",
    "paraesthesia": "present",
    "metformin": "present",
    "total_b12": "150",
    "total_b12-unit": "ng/L",
    "mcv": "112",
    "mcv-unit": "fL",
    "creatinine": "80",
    "creatinine-unit": "umol/L",
}


def answer(client: Client, **changes: Any) -> str:
    """The report in the last step, as HTML."""
    given = {name: value for name, value in (PATIENT | changes).items() if value is not None}
    page = client.post("/assess/", given | {"step": "check"}).content.decode()
    begins = page.index('<section id="report"')
    return page[begins : page.index("</aside>", begins)]


def section(html: str, name: str) -> str:
    """One section of the report; the sections of a report do not stand within each other."""
    begins = html.index(f'aria-labelledby="{name}"')
    return html[begins : html.index("</section>", begins)]


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.fixture
def html(client: Client, release: Release) -> str:
    return answer(client)


def test_1_intended_use_user_and_patients_and_that_it_is_not_for_emergencies(html: str) -> None:
    said = words(section(html, "report-about"))

    assert "For clinicians who interpret a vitamin B12 result of a patient they see" in said
    assert "whatever the patient’s age" in said
    assert "Not for emergencies, and no substitute for their judgement." in said


def test_2_every_input_with_value_unit_converted_value_and_limits(html: str) -> None:
    said = words(section(html, "report-basis"))

    for row in (
        "Age 54 years",
        "Vitamin B12, total (serum cobalamin) 150 ng/L = 110.7 pmol/L 1 ng/L = 0.7378 pmol/L",
        "below 180 ng/L, NICE NG239",
        "Mean cell volume 112 fL",
        "Metformin yes",
        "Pins and needles yes",
        "Sex female",
    ):
        assert row in said, row
    assert section(html, "report-basis").count('<svg class="bar"') >= 3


def test_3_what_is_missing_or_conflicting_and_what_each_would_change(client: Client, html: str) -> None:
    missing = words(section(html, "report-basis"))
    assert re.search(r"It could change the headline .*pregnant not asked ; bears on B12 deficiency", missing)
    changes = words(section(html, "report-changes"))
    assert "Pregnant Now: not asked The headline would be: B12 status is not settled" in changes
    assert re.search(r"Total B12 above 180 ng/L .*?Now: 150 ng/L The headline would be: B12 status", changes)

    conflicting = words(answer(client, **{"total_b12": "1500", "total_b12-word": "deficient", "mcv": "139"}))

    assert "To be checked in what was entered" in conflicting
    assert "is unusual: is the number right, and the unit?" in conflicting


def test_4_how_the_values_met_each_criterion(html: str) -> None:
    behind = words(section(html, "report-headline"))
    criteria = words(section(html, "report-basis"))

    filled = (
        "Total B12 is deficient (150 ng/L is below 180 ng/L) and guideline in use is not BMJ Best Practice"
    )
    assert filled in behind
    assert "How the values met each criterion of the B12 states" in criteria
    assert filled in criteria


def test_5_the_logic_in_plain_words(html: str) -> None:
    logic = re.findall(r'<span class="report-logic">(.*?)</span>', html, re.S)

    assert len(logic) > 20
    for said in map(words, logic):
        assert re.match(r"The rule (establishes|speaks for|speaks against|excludes) it if: ", said), said
        assert not re.search(r"\b[a-z]+_[a-z_]+\b", said), said


def test_6_source_date_place_link_grade_and_verification_beside_every_statement(html: str) -> None:
    for rule in re.findall(r'<span class="report-logic">.*?</li>', html, re.S):
        assert 'class="cited"' in rule
    cited = re.findall(r'<span class="cited">\s*<(?:a|cite).*?</span>', html, re.S)
    assert len(cited) > 40
    for one in map(words, cited):
        assert re.search(r"; grade [A-D]\b", one), one
        assert re.search(r"read in the source|quotes it|not yet checked|our inference", one), one
    assert any('href="https://www.nice.org.uk/guidance/ng239"' in one for one in cited)
    assert "NICE 2024 , table 1" in words(html)


def test_7_whom_the_evidence_covers(html: str) -> None:
    said = words(section(html, "report-about"))

    assert "Most of the evidence is on adults." in said
    for name, here in (("Age", "54 years"), ("Pregnancy", "not known"), ("Ancestry", "not known")):
        assert re.search(rf"{name}: \d+ statements? of this release looks? at it\. Here: {here}", said), name
    assert re.search(r"Kidney function: \d+ statements of this release look at it\. Here: ", said)


def test_8_validation_as_it_is(html: str) -> None:
    said = words(section(html, "report-about"))

    assert re.search(r"Every expectation is met in \d+ of \d+ published case reports\.", said)
    assert "there has been no clinical study" in said


def test_9_more_than_one_option_with_its_priority_explained_and_no_order(html: str) -> None:
    options = re.findall(r"<li>", section(html, "report-options"))
    tests = section(html, "report-next")

    assert len(options) > 1
    assert tests.count('name="not_available"') > 1
    assert "In order of urgency, then of how many reasons ask for them, then of cost." in words(tests)
    summaries = [words(one) for one in re.findall(r'<span class="report-brief">(.*?)</span>', html, re.S)]
    assert [one for one in summaries if re.match(r"(Start|Stop|Give|Order|Measure|Refer|Check)\b", one)] == []


def test_10_time_sensitive_signs_come_first_as_quoted_reference(html: str) -> None:
    signs = html.index('aria-labelledby="report-signs"')

    assert signs < html.index('aria-labelledby="report-headline"')
    assert "<blockquote>" in section(html, "report-signs")
    said = words(section(html, "report-signs"))
    assert "Timing in the source: urgent." in said
    assert not re.search(r"\balarm\b|\bminutes left\b|!", said)


def test_11_the_formula_of_every_computed_number(html: str) -> None:
    rows = re.findall(r"<tr role=.*?</tr>", section(html, "report-basis"), re.S)
    computed = [words(row) for row in rows if "(computed)" in row]

    assert any(row.startswith("eGFR") or "filtration" in row for row in computed)
    for row in computed:
        assert "Formula: " in row, row
    converted = [words(row) for row in rows if "<br>= " in row]
    assert converted
    for row in converted:
        assert re.search(r"\b1 \S+ = [\d.]+ \S+|= [\d.]+ ×", row), row


def test_12_release_version_date_reviewers_and_next_review(html: str, release: Release) -> None:
    said = words(section(html, "report-about"))

    assert f"Knowledge release {release.version}, " in said
    assert "It shipped with the software: no named clinician has reviewed it." in said
    assert re.search(r"Next review: \d{1,2} [A-Z][a-z]+ \d{4}\.", said)


def test_13_content_past_its_review_date_says_so_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    report = report_of(said_of(measured={"total_b12": "150 ng/L"}, sex="male"))
    assert "past its review date" not in rendered(report)

    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2099, 1, 1))

    late = rendered(report)
    assert re.search(r"\d+ of \d+ statements are past their review date; each says so\.", words(late))
    assert re.search(r"past its review date \(\d{4}-\d\d-\d\d\)", words(section(late, "report-headline")))


def test_14_what_is_stored(html: str) -> None:
    assert "Nothing entered here is stored, unless someone who is signed in saves it" in words(
        section(html, "report-about")
    )


def test_15_a_problem_is_reported_to_an_address_of_the_settings_and_carries_nothing_of_the_patient(
    client: Client, release: Release, settings: Any
) -> None:
    settings.COBALT_PROBLEM_ADDRESS = "safety@hospital.example"

    (link,) = re.findall(r'<a href="([^"]+)">Report a problem</a>', answer(client))

    assert unquote(link) == f"mailto:safety@hospital.example?subject=Cobalt release {release.version}"


def test_15_without_an_address_the_page_says_that_there_is_none(html: str) -> None:
    assert "have set no address to which a problem could be reported" in words(section(html, "report-about"))


def test_16_device_status(html: str) -> None:
    assert "Not a certified medical device." in words(section(html, "report-about"))


def test_17_every_part_has_a_name_and_no_colour_stands_without_a_word(html: str) -> None:
    for name in re.findall(r'<section[^>]*aria-labelledby="([^"]+)"', html):
        assert re.search(rf'<h3 id="{name}"[^>]*>\s*\S', html), name
    for badge in re.findall(r'<span class="badge[^"]*">(.*?)</span>', html, re.S):
        assert words(badge)
    for bar in re.findall(r'<svg class="bar".*?</svg>', html, re.S):
        assert re.search(r'role="img" aria-label="[^"]+: [^"]+"', bar)
        assert "<text" in bar
    assert 'style="' not in html
    assert "<script" not in html


def rendered(report: Report) -> str:
    return render_to_string("assessments/partials/report.html", {"report": report})
