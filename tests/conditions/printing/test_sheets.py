"""Sheets of what is known: as pages, as PDF on both papers, and folded to their page."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from b12site import pdf
from conditions.models import Release
from conditions.presenters.release import review_of
from conditions.printing.condition import FOLDS, condition_sheets
from conditions.printing.output import fitted, pdf_of
from conditions.printing.qr import qr_code
from conditions.printing.sheets import Paper, Printout, Sheet, printout
from conditions.printing.thresholds import chart_of
from conditions.printing.worksheet import worksheet
from tests.make.pdfs import (
    figures_without_words,
    fonts_that_are_not_embedded,
    is_grey,
    read,
    tags,
    texts,
    with_pdf,
)
from tests.make.shipped import shipped

pytestmark = pytest.mark.django_db

PAPERS = {"a4": (595, 842), "letter": (612, 792)}
SHEETS = (
    "/conditions/metformin/print/",
    "/investigations/mma_test/print/",
    "/print/limits/",
    "/print/worksheet/",
)
LIMITS = "For clinicians. Not for emergencies. It informs a decision and does not make it."


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("address", SHEETS)
@with_pdf
def test_a_sheet_is_one_tagged_page_that_says_whose_it_is(
    client: Client, release: Release, address: str, paper: str
) -> None:
    response = client.get(address, {"format": "pdf", "paper": paper})
    content = response.content
    root = read(content).trailer["/Root"]

    assert response["Content-Type"] == "application/pdf"
    assert re.fullmatch(r'inline; filename="cobalt-[a-z0-9_]+\.pdf"', response["Content-Disposition"])
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert {"/Document", "/Art", "/H1", "/Figure"} <= tags(content)
    assert figures_without_words(content) == 0
    assert fonts_that_are_not_embedded(content) == set()
    [page] = read(content).pages
    assert tuple(round(float(side)) for side in page.mediabox[2:]) == PAPERS[paper]
    [said] = texts(content)
    for words in (
        f"knowledge release {release.version}, digest {release.digest[:12]}",
        f"printed {timezone.localdate():%-d %B %Y}",
        "no named clinician has reviewed it",
        LIMITS,
        "Page 1 of 1",
    ):
        assert words in said
    assert all(is_grey(image) for image in pdf.images_of(content, dots_per_inch=40))


@pytest.mark.parametrize("address", SHEETS)
def test_the_page_says_the_same_and_keeps_to_the_policy(
    client: Client, release: Release, address: str
) -> None:
    response = client.get(address)
    said = response.content.decode()

    assert LIMITS in said
    assert f"release {release.version}, digest {release.digest[:12]}" in said
    assert "<style" not in said
    assert " style=" not in said
    assert "unsafe" not in response["Content-Security-Policy"]
    page = address if address.startswith("/print/") else address.removesuffix("print/")
    assert f"QR code that leads to http://testserver{page}" in said


def test_where_no_pdf_can_be_made_the_page_says_so_and_prints(
    client: Client, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "can_write", lambda: False)

    said = client.get("/print/worksheet/", {"format": "pdf"}).content.decode()

    assert "PDF unavailable on this installation: please use the browser&#x27;s own print." in said
    assert "Open as PDF" not in said
    assert "Reading a vitamin B12 result" in said


def test_there_is_no_sheet_of_what_is_not_known(client: Client, release: Release) -> None:
    assert client.get("/conditions/nonsense/print/").status_code == 404
    assert client.get("/investigations/nonsense/print/").status_code == 404


def test_the_print_set_leads_to_every_sheet(client: Client, release: Release) -> None:
    said = client.get("/print/").content.decode()

    for address in SHEETS:
        assert f'href="{address}"' in said


@with_pdf
def test_the_longest_condition_fits_its_page_and_counts_what_is_left_out(release: Release) -> None:
    knowledge = shipped()
    review = review_of(knowledge, timezone.localdate())
    code = qr_code("https://cobalt.example/conditions/of_a_long_name/")
    versions = condition_sheets("pernicious_anaemia", knowledge, release, review, code)

    made = fitted(Printout("A", "a", versions, most_pages=1), Paper.LETTER)

    assert made.pages == 1
    assert made.sheets[0].said["condition"].fold != FOLDS[0]
    assert "more, on its page" in made.html


def test_without_a_layout_the_version_is_guessed_by_its_length(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "can_write", lambda: False)
    long, short = (_sheet(release, "word " * count) for count in (5000, 10))

    made = fitted(Printout("A", "a", ((long,), (short,)), most_pages=1), Paper.A4)

    assert made.sheets == (short,)
    assert made.document is None


@with_pdf
def test_a_pack_is_one_document_with_a_bookmark_for_each_sheet(release: Release) -> None:
    sheets = [_sheet(release, "Words.", title=f"Sheet {number}") for number in (1, 2, 3)]
    pack = printout(*sheets, worksheet(shipped(), release, None), title="A pack", file_name="pack")

    content = pdf_of(pack, Paper.A4)

    titles = [one.title for one in read(content).outline if not isinstance(one, list)]
    assert titles == ["Sheet 1", "Sheet 2", "Sheet 3", "Reading a vitamin B12 result"]
    assert [f"Page {page} of 4" in said for page, said in enumerate(texts(content), start=1)] == [True] * 4
    assert all(LIMITS in said for said in texts(content))
    assert len(list(pdf.images_of(content, dots_per_inch=30))) == 4


def test_limits_are_drawn_where_their_source_has_them() -> None:
    chart = chart_of("total_b12", shipped())
    assert chart is not None
    rows = {row.name: row for row in chart.rows}

    nice, bsh = rows["NICE NG239"], rows["BSH 2014"]

    assert [edge.text for edge in nice.edges] == ["180", "350"]
    assert [one.shade for one in nice.stretches] == ["full", "hatched", "plain"]
    assert sum(one.width for one in nice.stretches) == nice.width
    assert nice.also == "133 and 258 pmol/L"
    assert nice.words == (
        "below 180 ng/L: deficiency confirmed; 180 to 350 ng/L: indeterminate; above 350 ng/L: deficiency unlikely"
    )
    assert [one.shade for one in bsh.stretches] == ["hatched", "plain"]
    assert len(chart.rows) == len(shipped().findings["guideline"].states)
    assert chart_of("sex", shipped()) is None


def _sheet(release: Release, words: str, title: str = "A sheet") -> Sheet:
    return Sheet(
        kind="Sheet",
        title=title,
        template="printing/sheets/handout.html",
        said={"handout": {"about": words}},
        release=release,
        style="sheet-handout",
    )
