"""A printed sheet and a printout of several: what they say, whose words they are, and on which paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from conditions.presenters.release import Release, reviewers_words

from .qr import QrCode

DIGEST_SHOWN = 12
LIMITS = (
    "For clinicians. Not for emergencies. It informs a decision and does not make it. Not a certified medical device;"
    " no clinical study has been done."
)
"""The limits at the foot of every sheet that is not written for patients."""


class Paper(StrEnum):
    """The paper that is printed on; a slide is 16 to 9, for images alone."""

    A4 = "a4"
    LETTER = "letter"
    SLIDE = "slide"

    @classmethod
    def of(cls, text: object) -> "Paper":
        """The paper of that name that a printer takes; A4 for any other."""
        return cls(str(text)) if str(text) in PRINTED else cls.A4

    @property
    def label(self) -> str:
        return "A4" if self is Paper.A4 else self.value.capitalize()


PRINTED = (Paper.A4, Paper.LETTER)
"""What a printer takes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``template`` is rendered with ``said``, under the heading and above the foot of every sheet.

    ``kind`` is the line above the title (``Clinician summary``), and ``style`` the word by which the style sheet knows it.
    ``page`` leads back to the page of the site it is printed from; a sheet about a patient has none.
    """

    kind: str
    title: str
    template: str
    said: Mapping[str, Any]
    release: Release
    style: str
    limits: str = LIMITS
    page: QrCode | None = None
    label_space: bool = False
    also: str = ""

    @property
    def version(self) -> str:
        """``release 2026.11.1, digest 0a1b2c3d4e5f``."""
        return f"release {self.release.version}, digest {self.release.digest[:DIGEST_SHOWN]}"

    @property
    def reviewers(self) -> str:
        return reviewers_words(self.release)

    @property
    def published(self) -> date:
        return self.release.published_at.date()


Version = tuple[Sheet, ...]
"""The sheets of one printout, as full as they are."""


@dataclass(frozen=True, slots=True)
class Printout:
    """What comes out of the printer together, under one title, its pages counted through.

    ``versions`` say the same ever more briefly: the first that fits on ``most_pages`` is printed, else the last. Title and
    file name stand in the metadata and the download list, so they say nothing of a patient. ``css`` is a style sheet that
    these sheets need beside that of all sheets.
    """

    title: str
    file_name: str
    versions: Iterable[Version]
    most_pages: int | None = None
    of_a_patient: bool = False
    back: str = ""
    back_words: str = ""
    css: str = ""


def printout(*sheets: Sheet, title: str, file_name: str, **how: Any) -> Printout:
    """A printout that has one version: a pack of several sheets, or one sheet that needs no fitting."""
    return Printout(title, file_name, (sheets,), **how)
