"""Reading the table that Retraction Watch publishes through Crossref, one notice at a time."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from conditions.sources.form import bare

COLUMNS = (
    "Record ID",
    "Title",
    "RetractionDate",
    "RetractionDOI",
    "OriginalPaperDOI",
    "OriginalPaperPubMedID",
    "RetractionNature",
    "Reason",
)
"""Those that are read, of the twenty that the table has."""
NATURES = {
    "retraction": "retraction",
    "expression of concern": "concern",
    "correction": "correction",
    "reinstatement": "reinstatement",
}
DATE_FORMATS = ("%m/%d/%Y %H:%M", "%m/%d/%Y", "%Y-%m-%d")
LONGEST_CELL = 10_000_000


class TableError(ValueError):
    """The file is not the table of Retraction Watch; says what it lacks, in a sentence."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the table. ``kind`` is empty where its nature has no name here; ``doi`` is in small letters."""

    line: int
    record: str
    kind: str
    nature: str
    title: str
    on: date | None
    reason: str
    notice_doi: str
    doi: str
    pmid: str


def read_table(lines: Iterable[str]) -> Iterator[Listed]:
    """The notices in the lines of the file. Raises TableError before the first where the columns are not those."""
    csv.field_size_limit(LONGEST_CELL)
    rows = csv.DictReader(lines)
    try:
        missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise TableError(
                f"The first line names no column {', '.join(missing)}: this is not the table of Retraction Watch."
            )
        for row in rows:
            yield _listed(row, rows.line_num)
    except csv.Error as error:
        raise TableError(f"Line {rows.line_num} cannot be read: {error}.") from error


def _listed(row: Mapping[str, str | None], line: int) -> Listed:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    nature = cells["RetractionNature"]
    return Listed(
        line=line,
        record=cells["Record ID"],
        kind=NATURES.get(nature.lower(), ""),
        nature=nature,
        title=cells["Title"],
        on=_date(cells["RetractionDate"]),
        # Each reason is written “+Reason;”.
        reason="; ".join(filter(None, (one.strip(" +") for one in cells["Reason"].split(";")))),
        notice_doi=_doi(cells["RetractionDOI"]),
        doi=_doi(cells["OriginalPaperDOI"]),
        pmid="" if cells["OriginalPaperPubMedID"] == "0" else cells["OriginalPaperPubMedID"],
    )


def _doi(text: str) -> str:
    """“unavailable” stands where there is none."""
    found = bare(text).lower()
    return found if found.startswith("10.") else ""


def _date(text: str) -> date | None:
    for form in DATE_FORMATS:
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
