"""PDF from HTML: what it reads, what it is made of, and what happens where it cannot be made."""

import builtins
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from b12site import pdf
from tests.make.pdfs import fonts_that_are_not_embedded, read, tags, texts, with_pdf

PAGE = '<html lang="en-GB"><head><title>A sheet</title>{head}</head><body><h1>Heading</h1><p>Words.</p>{body}</body></html>'


def page(head: str = "", body: str = "") -> str:
    return PAGE.format(head=head, body=body)


@pytest.fixture
def no_pango(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation in which the library that lays out text is missing."""
    importing = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.partition(".")[0] == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return importing(name, *args, **kwargs)

    pdf.can_write.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    yield
    pdf.can_write.cache_clear()


@with_pdf
def test_a_pdf_is_tagged_and_says_its_title_and_language() -> None:
    made = pdf.pdf_of(page())
    root = read(made).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert read(made).metadata is not None
    assert read(made).metadata.title == "A sheet"
    assert {"/Document", "/H1", "/P"} <= tags(made)
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
    assert fonts_that_are_not_embedded(made) == set()
    assert texts(made) == ["Heading Words."]


@with_pdf
def test_static_files_of_ours_are_read() -> None:
    from django.templatetags.static import static

    made = pdf.laid_out(page(head=f'<link rel="stylesheet" href="{static("css/sheet-letter.css")}">'))

    assert round(made.pages[0].width / 96, 2) == 8.5


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.png",
        "https://example.org/a.png",
        "//example.org/a.png",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:8000/static/images/cobalt.svg",
        "http://static.invalid@example.org/static/images/cobalt.svg",
        "file:///etc/passwd",
        "ftp://example.org/a.png",
        "data:image/png;base64,AAAA",
        "/assess/",
        "/static/../b12site/settings.py",
        "/static/%2e%2e/%2e%2e/b12site/settings.py",
        "/static/css/..%2f..%2fmanage.py",
        "/static/staticfiles.json",
        "/static/images/none.svg",
    ],
)
@with_pdf
def test_every_other_address_is_refused(address: str) -> None:
    with pytest.raises(pdf.Refused):
        pdf.pdf_of(page(body=f'<img alt="" src="{address}">'))


@pytest.mark.parametrize(
    "body",
    [
        "<style>@import url(http://example.org/a.css);</style>",
        '<p style="background: url(file:///etc/passwd)">x</p>',
    ],
)
@with_pdf
def test_style_sheets_reach_no_further(body: str) -> None:
    with pytest.raises(pdf.Refused):
        pdf.pdf_of(page(body=body))


@with_pdf
def test_a_drawing_is_left_without_what_it_may_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    given = pdf.static_file
    monkeypatch.setattr(pdf, "static_file", lambda url: asked.append(url) or given(url))

    pdf.pdf_of(
        page(
            body='<svg viewBox="0 0 9 9"><title>x</title><image href="file:///etc/passwd" width="9" height="9"/></svg>'
        )
    )

    assert asked == ["file:///etc/passwd"]
    with pytest.raises(pdf.Refused):
        given(asked[0])


def test_without_pango_a_sentence_says_so(no_pango: None) -> None:
    assert not pdf.can_write()
    with pytest.raises(pdf.Unavailable, match="please use the browser's own print"):
        pdf.pdf_of(page())


@with_pdf
def test_every_page_becomes_an_image() -> None:
    made = pdf.pdf_of(page(body='<p style="break-before: page">More.</p>'))

    images = [Image.open(BytesIO(image)) for image in pdf.images_of(made, dots_per_inch=50)]

    assert [image.size for image in images] == [(414, 585), (414, 585)]
    assert {image.format for image in images} == {"PNG"}
