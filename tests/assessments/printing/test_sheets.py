"""The sheets about one patient: what they say, that they fit, and that nothing of the patient is kept."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessments.presenters.report import Report
from assessments.printing.handout import handout_of, state_of
from assessments.printing.summary import FOLDS, summary_sheets
from b12site import pdf
from conditions.models import Release
from conditions.printing.output import fitted
from conditions.printing.plain import plain
from conditions.printing.sheets import PRINTED, Printout
from conditions.reasoning.interpret import interpret
from tests.make.pdfs import (
    figures_without_words,
    fonts_that_are_not_embedded,
    is_grey,
    read,
    tags,
    texts,
    with_pdf,
)
from tests.make.shipped import patient, shipped

pytestmark = pytest.mark.django_db

SUMMARY, HANDOUT = "/assess/print/summary/", "/assess/print/handout/"
PICTURE = {
    "age": "54",
    "age-unit": "a",
    "sex": "female",
    "guideline": "nice_ng239",
    "paraesthesia": "present",
    "metformin": "present",
    "total_b12": "150",
    "total_b12-unit": "ng/L",
    "total_b12-low": "197",
    "mcv": "112",
    "mcv-unit": "fL",
}
CLINICIANS = "For clinicians. Not for emergencies."
PATIENTS = "It explains test results and is not a diagnosis."


def sheet(client: Client, address: str, **also: str) -> bytes:
    return client.post(address, {**PICTURE, "format": "pdf", **also}).content


def report(release: Release, *told: str, **measured: Any) -> Report:
    return Report(interpret(patient(*told, **measured), shipped()), release)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize(("address", "most", "limits"), [(SUMMARY, 2, CLINICIANS), (HANDOUT, 1, PATIENTS)])
@with_pdf
def test_a_sheet_about_a_patient_is_tagged_and_says_its_limits_on_every_page(
    client: Client, release: Release, address: str, most: int, limits: str, paper: str
) -> None:
    content = sheet(client, address, paper=paper)
    root, pages = read(content).trailer["/Root"], texts(content)

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert {"/Document", "/Art", "/H1", "/P", "/Figure"} <= tags(content)
    assert figures_without_words(content) == 0
    assert fonts_that_are_not_embedded(content) == set()
    assert 1 <= len(pages) <= most
    for number, said in enumerate(pages, start=1):
        assert f"release {release.version}, digest {release.digest[:12]}" in said
        assert f"printed {timezone.localdate():%-d %B %Y}" in said
        assert "no named clinician has reviewed it" in said
        assert limits in said
        assert f"Page {number} of {len(pages)}" in said
    assert all(is_grey(image) for image in pdf.images_of(content, dots_per_inch=40))


@with_pdf
def test_the_summary_says_what_the_answer_says(client: Client, release: Release) -> None:
    said = " ".join(texts(sheet(client, SUMMARY)))
    answer = report(
        release,
        "sex female",
        "paraesthesia present",
        "metformin present",
        age=("54", "a"),
        total_b12=("150", "ng/L", "197-"),
        mcv=("112", "fL"),
    )

    for words in (
        answer.headline.opening,
        "total B12 150 ng/L is below 180 ng/L (NICE NG239)",
        "= 110.7 pmol/L",
        "Read by NICE NG239 (2024)",
        *[line.name for line in answer.causes],
        *[test.name for test in answer.investigations],
        "Not known, and able to change the headline",
        "Metformin: yes",
    ):
        assert words in said


@pytest.mark.parametrize("address", [SUMMARY, HANDOUT])
@with_pdf
def test_nothing_of_the_patient_is_in_metadata_or_file_name_or_cache(
    client: Client, release: Release, address: str
) -> None:
    response = client.post(address, {**PICTURE, "format": "pdf"})
    metadata = read(response.content).metadata
    root = read(response.content).trailer["/Root"]
    about = f"{dict(metadata or {})} {root['/Metadata'].get_object().get_data().decode()}"

    assert response["Content-Disposition"] in (
        'inline; filename="cobalt-summary.pdf"',
        'inline; filename="cobalt-for-the-patient.pdf"',
    )
    assert not re.search(r"150|112|54|female|metformin|deficien", about, re.IGNORECASE)
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies or set(response.cookies) == {"csrftoken"}


@pytest.mark.parametrize("address", [SUMMARY, HANDOUT])
def test_a_sheet_about_a_patient_has_no_address_and_can_be_sent_again(
    client: Client, release: Release, address: str
) -> None:
    said = client.post(address, {**PICTURE, "paper": "letter"}).content.decode()

    assert "QR code" not in said
    assert "?" not in "".join(re.findall(r'(?:href|action)="([^"]*)"', said))
    assert '<input type="hidden" name="total_b12" value="150">' in said
    assert said.count('name="csrfmiddlewaretoken"') == 1
    assert 'value="letter" checked' in said
    assert " style=" not in said


@pytest.mark.parametrize("address", [SUMMARY, HANDOUT])
def test_a_visitor_without_a_picture_is_led_to_the_form(
    client: Client, release: Release, address: str
) -> None:
    asked = client.get(address)
    nothing = client.post(address, {"guideline": "nice_ng239"})
    impossible = client.post(address, {**PICTURE, "mcv": "1120"})

    assert (asked.status_code, asked["Location"]) == (302, "/assess/")
    assert (nothing.status_code, impossible.status_code) == (422, 422)
    assert "Nothing has been entered" in nothing.content.decode()
    assert "Mean cell volume 1120 fL is not possible" in impossible.content.decode()


def test_a_stranger_may_not_post_from_another_site(release: Release) -> None:
    assert Client(enforce_csrf_checks=True).post(SUMMARY, PICTURE).status_code == 403


def test_without_pango_the_sheet_prints_from_the_browser(
    client: Client, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "can_write", lambda: False)

    said = client.post(SUMMARY, {**PICTURE, "format": "pdf"}).content.decode()

    assert "PDF unavailable on this installation" in said
    assert "B12 deficiency" in said


@with_pdf
def test_a_patient_with_everything_still_fits_on_two_pages_and_is_told_what_is_left_out(
    release: Release,
) -> None:
    knowledge = shipped()
    told = [f"{f.slug} present" for f in knowledge.findings.values() if _is_asked(f)]
    measured = {
        f.slug: (str(_amount(f)), f.units[0].code)
        for f in knowledge.findings.values()
        if f.is_measured and f.asked != "never" and f.slug != "age"
    }
    full = report(release, "sex female", *told, age=("54", "a"), **measured)

    for paper in PRINTED:
        made = fitted(Printout("A", "a", summary_sheets(full), most_pages=2), paper)

        assert made.pages == 2
        assert made.sheets[0].said["summary"].fold == FOLDS[-1]
        for count in (len(full.causes) - 3, len(full.investigations) - 3):
            assert f"and {count} more" in made.html


@pytest.mark.parametrize(
    ("told", "measured", "state"),
    [
        (["metformin present"], {"total_b12": ("150", "ng/L")}, "b12_deficiency"),
        ([], {"total_b12": ("260", "ng/L")}, "b12_indeterminate"),
        ([], {"total_b12": ("500", "ng/L")}, "b12_deficiency_unlikely"),
        ([], {"total_b12": ("1600", "ng/L", "-771")}, "raised_b12"),
        (["b12_injection present"], {"total_b12": ("500", "ng/L")}, "b12_result_not_interpretable"),
        ([], {"mcv": ("112", "fL")}, None),
    ],
)
def test_the_page_for_the_patient_has_six_points_at_most_and_claims_no_more_than_the_answer(
    release: Release, told: list[str], measured: dict[str, Any], state: str | None
) -> None:
    answer = report(release, "sex male", *told, age=("60", "a"), **measured)
    handout = handout_of(answer)
    says = " ".join(point.says for point in handout.points)

    assert answer.headline.state == state
    assert state_of(answer) == plain().states.get(state or "", plain().nothing)
    assert 2 <= len(handout.points) <= 6
    assert handout.points[0].says.startswith(state_of(answer).result)
    assert handout.points[-1].questions == plain().ask
    assert [point.note for point in handout.points if point.note] == list(range(1, len(handout.sources) + 1))
    causes = {condition.name for condition in shipped().conditions.values() if condition.kind != "b12_state"}
    assert not any(name in says for name in causes)


def test_its_number_lines_are_labelled_in_plain_words(release: Release) -> None:
    answer = report(release, age=("60", "a"), total_b12=("150", "ng/L"), mcv=("112", "fL"))
    lines = handout_of(answer).lines

    assert [(line.name, line.value, line.state) for line in lines] == [
        ("Vitamin B12 in your blood", "150 ng/L", "Low"),
        ("Size of your red blood cells", "112 fL", "Large"),
    ]
    assert [[line.text for step in one.bar.steps for line in step.lines] for one in lines] == [
        ["low", "in between", "enough"],
        ["small", "usual", "large"],
    ]
    assert lines[0].bar.words == "Vitamin B12 in your blood: 150 ng/L, low."


def _is_asked(finding: Any) -> bool:
    return not finding.is_measured and finding.asked != "never" and "present" in finding.states


def _amount(finding: Any) -> Any:
    edges = [band.upper for limits in finding.limits for band in limits.bands if band.upper and not band.of]
    return max(edges, default=5) * 2
