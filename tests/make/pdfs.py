"""What a PDF is made of, as tests compare it."""

from collections.abc import Callable, Iterator
from functools import wraps
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from PIL import Image
from pypdf import PdfReader

from b12site import pdf

GREY = 3
"""By how much the channels of one pixel may differ and still be grey, after antialiasing."""


def needs_pdf() -> None:
    """Skips a test where no PDF can be made; in CI it fails."""
    if not pdf.can_write():
        tell = pytest.fail if settings.CI else pytest.skip
        tell("PDF cannot be made here: `./run test` installs Pango where it can.")


def with_pdf(test: Callable[..., None]) -> Callable[..., None]:
    """A test that makes a PDF."""

    @wraps(test)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        needs_pdf()
        test(*args, **kwargs)

    return wrapped


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def texts(content: bytes) -> list[str]:
    """The words of every page, in one line each."""
    return [" ".join(page.extract_text().split()) for page in read(content).pages]


def fonts_that_are_not_embedded(content: bytes) -> set[str]:
    """The names of fonts that a viewer would have to guess."""
    return {
        str(font["/BaseFont"]) for page in read(content).pages for font in _fonts(page) if not _embedded(font)
    }


def _fonts(thing: Any) -> Iterator[Any]:
    resources = thing.get("/Resources", {})
    for font in resources.get("/Font", {}).values():
        yield font.get_object()
    for form in resources.get("/XObject", {}).values():
        if "/Resources" in form.get_object():
            yield from _fonts(form.get_object())


def _embedded(font: Any) -> bool:
    described = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = described["/FontDescriptor"].get_object()
    return any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))


def tags(content: bytes) -> set[str]:
    """The kinds of parts that the tree of the document is made of."""
    return set(_tags(read(content).trailer["/Root"]["/StructTreeRoot"]))


def figures_without_words(content: bytes) -> int:
    """How many figures have no alternative text."""
    root = read(content).trailer["/Root"]["/StructTreeRoot"]
    return sum(part.get("/S") == "/Figure" and not part.get("/Alt") for part in _parts(root))


def _tags(part: Any) -> Iterator[str]:
    for one in _parts(part):
        if "/S" in one:
            yield str(one["/S"])


def _parts(part: Any) -> Iterator[Any]:
    waiting = [part]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            yield one
            if "/K" in one:
                waiting.append(one["/K"])


def is_grey(image: bytes) -> bool:
    """Whether a picture of a page has no colour."""
    red, green, blue = (band.tobytes() for band in Image.open(BytesIO(image)).convert("RGB").split())
    return all(
        max(r, g, b) - min(r, g, b) <= GREY
        for r, g, b in zip(red, green, blue, strict=True)
        if r != g or g != b
    )
