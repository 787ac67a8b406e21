"""The two formats of files, for django-import-export: YAML as in the shipped files, CSV for spreadsheets."""

import csv
from io import StringIO
from typing import Any

import tablib
from import_export.formats.base_formats import Format

from conditions.exchange.cells import Cells, guarded, unguarded
from conditions.exchange.sheets import Sheet
from conditions.files import FilesError, parts_in, text_of

HEADERS = ("line", "slug", "given")
DELIMITERS = (",", ";", "\t")
KEYS = ("slug", "finding", "text")


class Parts(tablib.Dataset):  # type: ignore[misc]
    """Parts on their way out: slug and part in each row, and the sheet that says how they look."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(headers=["slug", "part"])
        self.sheet = sheet


class PartsFormat(Format):  # type: ignore[misc]
    """What both have in common: text in UTF-8, whichever mark it begins with."""

    title = extension = content_type = ""

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        """As the menu calls it."""
        return self.title

    def get_extension(self) -> str:
        """Of the file's name."""
        return self.extension

    def get_content_type(self) -> str:
        """As the file is sent."""
        return self.content_type

    def is_binary(self) -> bool:
        """It is text; it is decoded here, so that what is not UTF-8 is said."""
        return True

    def can_import(self) -> bool:
        """It is read."""
        return True

    def can_export(self) -> bool:
        """It is written."""
        return True

    def create_dataset(self, in_stream: bytes | str) -> tablib.Dataset:
        """Each part of the file: its line, its name and what is given of it. Raises FilesError."""
        if isinstance(in_stream, bytes):
            try:
                in_stream = in_stream.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                raise FilesError(
                    [f"It is not UTF-8 text, at byte {error.start + 1}: save it as UTF-8."]
                ) from error
        dataset = tablib.Dataset(headers=list(HEADERS))
        for row in self.rows(in_stream.removeprefix("\ufeff")):
            dataset.append(row)
        if not len(dataset):
            raise FilesError(["It holds no parts."])
        return dataset

    def rows(self, text: str) -> list[tuple[int, str, Any]]:
        """Line, name and what is given. Raises FilesError."""
        raise NotImplementedError


class YAML(PartsFormat):
    """Name → part, as in the files that ship."""

    title, extension, content_type = "YAML", "yaml", "application/yaml; charset=utf-8"

    def rows(self, text: str) -> list[tuple[int, str, Any]]:
        """One for each key. Raises FilesError."""
        return [(line, str(name), given) for line, name, given in parts_in(text)]

    def export_data(self, dataset: Parts, **_kwargs: Any) -> bytes:
        """The file."""
        return text_of({slug: dataset.sheet.to_yaml(part) for slug, part in dataset}).encode()


class CSV(PartsFormat):
    """One line for each part, or for each of a finding's limits; begins with a mark by which spreadsheets tell UTF-8."""

    title, extension, content_type = "CSV", "csv", "text/csv; charset=utf-8"

    def rows(self, text: str) -> list[tuple[int, str, Any]]:
        """One for each line that holds anything, its cells by the names in the first. Raises FilesError."""
        first = next(iter(text.splitlines()), "")
        reader = csv.reader(
            StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True
        )
        found, line, names = [], 1, None
        try:
            for cells in reader:
                if names is None:
                    names = _names(cells)
                elif any(cell.strip() for cell in cells):
                    if len(cells) != len(names):
                        raise FilesError(
                            [f"Line {line} has {len(cells)} cells, and the first line {len(names)}."]
                        )
                    given = Cells(zip(names, cells, strict=True))
                    found.append((line, unguarded(given.pop(_key(names))).strip(), given))
                line = reader.line_num + 1
        except csv.Error as error:
            raise FilesError([f"Line {line} cannot be read as CSV: {error}."]) from error
        return found

    def export_data(self, dataset: Parts, **_kwargs: Any) -> bytes:
        """The file, no cell of which is taken for a formula."""
        file = StringIO(newline="")
        writer = csv.writer(file)
        writer.writerow(dataset.sheet.columns)
        for slug, part in dataset:
            writer.writerows(map(guarded, row) for row in dataset.sheet.to_rows(slug, part))
        return file.getvalue().encode("utf-8-sig")


def _names(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise FilesError([f"The first line names a column twice: {', '.join(twice)}."])
    if not set(names) & set(KEYS):
        raise FilesError(["The first line names no column slug (finding for limits, text for units)."])
    return names


def _key(names: list[str]) -> str:
    return next(key for key in KEYS if key in names)
