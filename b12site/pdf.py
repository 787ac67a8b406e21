"""Tagged PDF (PDF/UA) from the HTML that the browser prints, and its pages as images. Nothing is read but static files."""

import logging
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join

if TYPE_CHECKING:
    from weasyprint import Document
    from weasyprint.urls import URLFetcher

ORIGIN = "http://static.invalid"
"""Where the HTML pretends to come from: addresses of static files are relative to it, and nothing is ever asked of it."""
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png"}
UNAVAILABLE = "PDF unavailable on this installation: please use the browser's own print."
POINTS = 72
DRAWING = Lock()
"""Held while PDFium works: it is not made for threads, and two of them can stop the whole process."""


class Unavailable(RuntimeError):  # noqa: N818 - it says what is so
    """No PDF can be made here, because a library of the system is missing."""


class Refused(ValueError):  # noqa: N818 - it says what happened
    """The HTML asks for something that is not one of our own static files."""


@cache
def can_write() -> bool:
    """Whether the libraries of the system that lay out a PDF are there."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):
        return False
    # Its warnings quote what it lays out, and logs never hold what was said of a patient.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return True


def static_file(url: str) -> Path:
    """The static file of ours at this address. Raises Refused for any other address."""
    parts = urlsplit(url)
    base = settings.STATIC_URL
    if f"{parts.scheme}://{parts.netloc}" != ORIGIN or not parts.path.startswith(base):
        raise Refused(f"Not a static file of ours: {url}")
    name = unquote(parts.path.removeprefix(base))
    suffix = Path(name).suffix
    try:
        collected = Path(safe_join(settings.STATIC_ROOT, name))
        found = finders.find(name) if settings.DEBUG else collected
    except (SuspiciousFileOperation, ValueError) as error:
        raise Refused(f"Not a static file of ours: {url}") from error
    if suffix not in TYPES or not found or not Path(found).is_file():
        raise Refused(f"No such static file: {url}")
    return Path(found)


@cache
def _fetcher() -> "URLFetcher":
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnStaticFiles(URLFetcher):  # type: ignore[misc]
        """Answers for static files alone; whatever else is asked for stops the rendering."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            file = static_file(url)
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": TYPES[file.suffix]})

    return OwnStaticFiles(fail_on_errors=True)


def laid_out(html: str) -> "Document":
    """The pages that the HTML makes; ``len(document.pages)`` of them. Raises Unavailable, and Refused."""
    if not can_write():
        raise Unavailable(UNAVAILABLE)
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    try:
        return HTML(string=html, base_url=f"{ORIGIN}/", url_fetcher=_fetcher()).render(pdf_variant="pdf/ua-1")
    except FatalURLFetchingError as error:
        raise Refused(str(error.__cause__ or error)) from error


def written(document: "Document") -> bytes:
    """The PDF of pages that were laid out: tagged, its fonts embedded, its title and language those of the HTML."""
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", finisher=_without_groups))


def _without_groups(document: "Document", pdf: Any) -> None:
    """Nothing of ours is transparent; drawn as a transparency group, centred words lose their first letter in PDFium."""
    for thing in pdf.objects:
        getattr(thing, "extra", {}).pop("Group", None)


def pdf_of(html: str) -> bytes:
    """The PDF of a page of HTML. Raises Unavailable, and Refused."""
    return written(laid_out(html))


def images_of(pdf: bytes, *, dots_per_inch: int = 150) -> Iterator[bytes]:
    """Every page of a PDF as a PNG image, for slides; needs no library of the system."""
    from pypdfium2 import PdfDocument

    with DRAWING:
        document = PdfDocument(pdf)
        pages = len(document)
    try:
        for number in range(pages):
            with DRAWING:
                image = _drawn(document[number], dots_per_inch)
            yield image
    finally:
        with DRAWING:
            document.close()


def _drawn(page: Any, dots_per_inch: int) -> bytes:
    image = BytesIO()
    page.render(scale=dots_per_inch / POINTS).to_pil().save(image, "PNG")
    page.close()
    return image.getvalue()
