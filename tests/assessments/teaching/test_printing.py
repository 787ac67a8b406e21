"""Cases on paper, alone and in packs: with and without their key, as pages, as PDF and as images."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image

from assessments.teaching.lessons import lessons_of
from assessments.teaching.pack import MOST, NoPackError, cases_of_pack, pack_choice
from assessments.teaching.slides import zipped
from b12site import pdf
from conditions.models import Release
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
LIMITS = "For clinicians. Not for emergencies. It informs a decision and does not make it."
CASE = "/teach/published_n2o_01/print/"
PACK, SLIDES = "/teach/pack/print/", "/teach/pack/slides/"
OF_THE_ANSWER = ("Functional B12 deficiency (supported", "canisters", "How each finding moved it")
SLUGS = [case.slug for case in lessons_of(shipped())]
TWO = SLUGS[:2]


@pytest.fixture(autouse=True)
def _published(release: Release) -> None:
    """Every page needs a release."""


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_case_prints_with_room_for_a_reading_and_nothing_of_its_answer(client: Client) -> None:
    said = text(client.get(CASE))
    for words in ("What is known", "1322 pg/mL", "Your reading", "Likeliest cause, and why", LIMITS):
        assert words in said
    assert [words for words in (*OF_THE_ANSWER, "Nervous system and mind") if words in said] == []


def test_a_key_tells_the_answer_what_moved_it_and_what_was_done(client: Client) -> None:
    said = text(client.get(CASE, {"key": "yes"}))
    wanted = ("Where guidelines differ", "What was done in reality", "What it teaches", "Source of the case")
    assert [words for words in (*OF_THE_ANSWER, *wanted) if words not in said] == []
    assert '<input type="hidden" name="key" value="yes">' in said


def test_what_of_a_case_was_set_by_hand_is_told_with_its_key(client: Client) -> None:
    said = text(client.get("/teach/published_macro_01/print/", {"key": "yes"}))
    assert "Of the data: The age is not printed." in said


def test_there_is_no_sheet_of_a_case_that_does_not_teach(client: Client) -> None:
    assert client.get("/teach/no_such_case/print/").status_code == 404


@with_pdf
def test_a_pack_is_one_tagged_pdf_with_its_keys_at_the_end(client: Client, release: Release) -> None:
    response = client.get(PACK, {"case": TWO, "key": "yes", "format": "pdf", "paper": "letter"})
    content = response.content
    root = read(content).trailer["/Root"]
    pages = texts(content)
    outline = [entry for entry in read(content).outline if not isinstance(entry, list)]

    assert response["Content-Type"] == "application/pdf"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    described = read(content).metadata
    assert described
    assert described.title == "Teaching pack: reading vitamin B12 – Cobalt"
    assert {"/Document", "/Art", "/H1", "/Table", "/TH", "/Figure"} <= tags(content)
    assert figures_without_words(content) == 0
    assert fonts_that_are_not_embedded(content) == set()
    titles = [case.lesson.title for case in cases_of_pack(shipped(), TWO) if case.lesson]
    names = [
        "Reading vitamin B12",
        *titles,
        "Reading a vitamin B12 result",
        "Vitamin B12 and its markers: whose limits lie where",
        *[f"Key: {title}" for title in titles],
    ]
    assert [str(entry.title) for entry in outline] == names
    starts = [int(read(content).get_destination_page_number(entry) or 0) for entry in outline]
    assert starts[5] - starts[4] == starts[4] - starts[3] == 1
    for name, start in zip(names[1:], starts[1:], strict=True):
        assert f"{name} " in pages[0]
        assert f". {start + 1}" in pages[0]
    for number, said in enumerate(pages, start=1):
        assert f"knowledge release {release.version}, digest {release.digest[:12]}" in said
        assert f"printed {timezone.localdate():%-d %B %Y}" in said
        assert "no named clinician has reviewed it" in said
        assert LIMITS in said
        assert f"Page {number} of {len(pages)}" in said
    assert not any("What was done in reality" in said for said in pages[: starts[5]])


@with_pdf
def test_slides_are_the_pages_of_a_pack_16_to_9_without_its_worksheet(client: Client) -> None:
    response = client.get(SLIDES, {"case": TWO[:1]})
    archive = ZipFile(BytesIO(response.getvalue()))
    first = archive.read(archive.namelist()[0])

    assert response.streaming
    assert response["Content-Type"] == "application/zip"
    assert archive.testzip() is None
    assert archive.namelist()[:2] == [f"cobalt-teaching-pack-{n:02}.png" for n in (1, 2)]
    width, height = Image.open(BytesIO(first)).size
    assert round(width / height, 2) == 1.78
    assert is_grey(first)


def test_an_archive_is_sent_piece_by_piece() -> None:
    pieces = list(zipped(iter([b"one", b"two"]), "slide"))
    archive = ZipFile(BytesIO(b"".join(pieces)))
    assert len(pieces) == 3
    assert {name: archive.read(name) for name in archive.namelist()} == {
        "slide-01.png": b"one",
        "slide-02.png": b"two",
    }


def test_where_no_pdf_can_be_made_slides_lead_to_the_pack_that_prints(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "can_write", lambda: False)
    page = text(client.get("/teach/pack/", {"level": "foundation"}))
    assert "PDF and images are unavailable on this installation" in page
    assert "Images for slides" not in page
    response = client.get(SLIDES, {"case": TWO}, follow=True)
    assert response.redirect_chain[0][0] == f"{PACK}?case={TWO[0]}&case={TWO[1]}&format=pdf"
    assert "PDF unavailable on this installation" in text(response)
    assert "How it is meant" in text(response)


def test_more_cases_than_a_pack_holds_are_said_and_not_cut() -> None:
    knowledge = shipped()
    choice = pack_choice(knowledge, [], [])
    assert choice.ticked == tuple(SLUGS[:MOST])
    assert choice.says == (
        f"{len(SLUGS)} cases fit, and a pack holds up to 12: the first 12 are ticked, and {len(SLUGS) - 12} are not."
    )
    with pytest.raises(NoPackError, match="13 cases are ticked, and a pack holds up to 12: with 1 fewer"):
        cases_of_pack(knowledge, SLUGS[:13])


@pytest.mark.parametrize("address", [PACK, SLIDES])
@pytest.mark.parametrize(
    ("cases", "says", "ticked"),
    [
        ([], "No case is ticked: a pack needs one at least.", MOST),
        (["<b>"], "This release has no teaching case called “&lt;b&gt;”.", 0),
        (SLUGS[:13], "13 cases are ticked, and a pack holds up to 12", 13),
    ],
)
def test_where_no_pack_can_be_made_a_sentence_says_why(
    client: Client, address: str, cases: list[str], says: str, ticked: int
) -> None:
    page = text(client.get(address, {"case": cases}))
    assert says in page
    assert page.count(" checked> <span>") == ticked


def test_a_pack_takes_over_the_level_and_topic_of_the_shelf(client: Client) -> None:
    page = text(client.get("/teach/pack/", {"level": "foundation", "topic": "raised"}))
    assert "No case is of this level and on this topic." in page
    choice = pack_choice(shipped(), ["foundation"], ["surgery"])
    assert choice.says == ""
    assert set(choice.ticked) == {"published_derm_04", "published_surg_03"}
