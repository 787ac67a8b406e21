"""A printout as a page that prints well, as tagged PDF, and as images. The template is the same for all three."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from b12site import pdf

from .sheets import PRINTED, Paper, Printout, Version

TEMPLATE = "printing/page.html"
PDF = "pdf"
FORMAT, PAPER = "format", "paper"
NOT_AGAIN = {FORMAT, PAPER, "csrfmiddlewaretoken"}
LETTERS_A_PAGE = 3100
"""About as many letters as a full page of a sheet holds: a first guess, which the layout itself then corrects."""
CLEARLY_MORE = 1.2
NOT_WORDS = re.compile(r"<title>.*?</title>|<[^>]*>|\s+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The version that fits, as HTML for the PDF; with its pages where they could be laid out."""

    sheets: Version
    html: str
    document: Any | None
    pages: float


def fitted(printout: Printout, paper: Paper) -> Fitted:
    """The fullest version that fits on the printout's pages, or the shortest there is."""
    versions = tuple(printout.versions)
    most = printout.most_pages or float("inf")
    texts = [_html(printout, sheets, paper) for sheets in versions]
    last = len(versions) - 1
    place = first = next((n for n, html in enumerate(texts) if _guessed(html) <= most * CLEARLY_MORE), last)
    best = None
    # Each version is briefer than the one before it, so that halving finds the first that fits.
    while True:
        made = _made(versions[place], texts[place])
        if made.pages <= most:
            best, last = made, place - 1
        else:
            first = place + 1
        if first > last:
            return best or made
        place = (first + last) // 2


def _whole(printout: Printout) -> Fitted:
    """The fullest version, not laid out: for the screen, where nothing has to fit."""
    sheets = next(iter(printout.versions))
    return Fitted(sheets, "", None, 0)


def _made(sheets: Version, html: str) -> Fitted:
    document = pdf.laid_out(html) if pdf.can_write() else None
    return Fitted(sheets, html, document, len(document.pages) if document else _guessed(html))


def _guessed(html: str) -> float:
    return len(NOT_WORDS.sub("", html)) / LETTERS_A_PAGE


def pdf_of(printout: Printout, paper: Paper = Paper.A4) -> bytes:
    """The tagged PDF of a printout. Raises pdf.Unavailable."""
    document = fitted(printout, paper).document
    if document is None:
        raise pdf.Unavailable(pdf.UNAVAILABLE)
    return pdf.written(document)


def images_of(printout: Printout, paper: Paper = Paper.A4, dots_per_inch: int = 150) -> Iterator[bytes]:
    """Every page of a printout as a PNG image, for slides. Raises pdf.Unavailable."""
    return pdf.images_of(pdf_of(printout, paper), dots_per_inch=dots_per_inch)


def as_response(request: HttpRequest, printout: Printout) -> HttpResponse:
    """The printout as PDF if ``format`` asks for it and it can be made, else as a page; on the ``paper`` asked for."""
    asked = request.POST if request.method == "POST" else request.GET
    paper = Paper.of(asked.get(PAPER))
    wants_pdf = asked.get(FORMAT) == PDF
    made = fitted(printout, paper) if wants_pdf or printout.most_pages else _whole(printout)
    if wants_pdf and made.document:
        response = HttpResponse(pdf.written(made.document), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{printout.file_name}.pdf"'
    else:
        context = {
            **_context(printout, made.sheets, paper),
            "on_screen": True,
            "papers": PRINTED,
            "can_write_pdf": pdf.can_write(),
            "notice": pdf.UNAVAILABLE if wants_pdf else "",
            "fields": _again(asked),
        }
        response = HttpResponse(render_to_string(TEMPLATE, context, request))
    patch_vary_headers(response, ["Cookie"])
    if printout.of_a_patient:
        add_never_cache_headers(response)
    return response


def _again(asked: QueryDict) -> list[tuple[str, str]]:
    """What was asked for, to be sent again with another paper or format; the token is made anew."""
    again = ((name, str(value)) for name, values in asked.lists() for value in values)
    return [field for field in again if field[0] not in NOT_AGAIN]


def _html(printout: Printout, sheets: Version, paper: Paper) -> str:
    return render_to_string(TEMPLATE, _context(printout, sheets, paper))


def _context(printout: Printout, sheets: Version, paper: Paper) -> dict[str, object]:
    return {"printout": printout, "sheets": sheets, "paper": paper, "today": timezone.localdate()}
