"""The pages of a pack as images in one archive, sent as they are drawn and kept nowhere."""

from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any
from zipfile import ZipFile, ZipInfo

from django.utils import timezone

DOTS_PER_INCH = 229
"""The slide's page is 213 mm wide: 1920 dots."""


class _Passed(RawIOBase):
    """Takes what is written and hands it on; it can be neither read nor wound back."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, content: Any, /) -> int:
        self._waiting += content
        return len(content)

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        content = bytes(self._waiting)
        self._waiting.clear()
        return content


def zipped(images: Iterable[bytes], name: str) -> Iterator[bytes]:
    """An archive of PNG images, ``name-01.png`` and so on, piece by piece as the images come."""
    passed = _Passed()
    now = timezone.localtime().timetuple()[:6]
    with ZipFile(passed, "w") as archive:
        for number, image in enumerate(images, start=1):
            archive.writestr(ZipInfo(f"{name}-{number:02}.png", now), image)
            yield passed.taken()
    yield passed.taken()
