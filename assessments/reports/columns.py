"""Results in columns: a line of headings says what stands where, in CSV, behind tabs and bars, or by place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .identifiers import CELLS, MOST_COLUMNS, is_header, split_cells, words_of
from .lines import Line, is_heading, is_titred, name_at_start, printed_of, read_lines
from .reading import Printed, Unmatched
from .scan import scan
from .vocabulary import LOINC, NOT_OURS, Vocabulary, listed, unit_key

ROLE_OF = {words_of(heading): role for role, headings in listed()["columns"].items() for heading in headings}
_DATE = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}")
_IN_BRACKETS = re.compile(r"(.{1,80}?)\s*[(\[]([^()\[\]]{1,30}(?:\([^()]{1,10}\))?[^()\[\]]{0,20})[)\]]\s*")
_GAP = re.compile(r" {2,}|\t")
_CONTEXT = {"section", "panel", "specimen", "sample", "sample type", "set", "profile", "category"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and where it stands on its line."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in each column; ``mark`` parts the cells, “” for columns by place."""

    mark: str
    roles: tuple[str, ...]
    cells: tuple[Cell, ...]
    unit: str = ""

    def cell(self, role: str, row: dict[int, str]) -> str:
        return next(
            (row[i].strip() for i, r in enumerate(self.roles) if r == role and row.get(i, "").strip()), ""
        )


def cells_of(line: str, mark: str) -> list[Cell]:
    """The cells of a line, with their places; quotes of CSV taken off."""
    if not mark:
        made, start = [], 0
        for match in [*_GAP.finditer(line), None]:
            end = match.start() if match else len(line)
            if line[start:end].strip():
                made.append(Cell(line[start:end].strip(), start, end))
            start = match.end() if match else end
        return made
    parts = split_cells(line, mark) if mark in ",;" else line.split(mark)
    made, start = [], 0
    for part in parts:
        text = part.strip()
        if len(text) > 1 and text[0] == text[-1] == '"':
            text = text[1:-1].replace('""', '"').strip()
        made.append(Cell(text, start, start + len(part)))
        start += len(part) + 1
    return made


def header_of(line: str) -> Header | None:
    """The line as the heading of a table of results, if it names at least a result and one thing beside it."""
    for mark in (*[mark for mark in CELLS if 0 < line.count(mark) < MOST_COLUMNS], ""):
        cells = cells_of(line, mark)
        if not 2 <= len(cells) <= 25 or sum(len(cell.text) for cell in cells) > 500:
            continue
        roles, unit = [], ""
        for cell in cells:
            text = cell.text
            bracketed = _IN_BRACKETS.fullmatch(text)
            role = ROLE_OF.get(words_of(text), "")
            if not role and bracketed and (role := ROLE_OF.get(words_of(bracketed[1]), "")) == "value":
                unit = bracketed[2]
            if not role and _DATE.search(text):
                role = "value"
            roles.append(role)
        known = [role for role in roles if role]
        if (
            "value" in known
            and len(known) >= 2
            and ("name" in known or "code" in known or not roles[0])
            and (len(known) >= len([cell for cell in cells if cell.text]) - 1)
        ):
            if "name" not in roles and not roles[0]:
                roles[0] = "name"
            return Header(mark, tuple(roles), tuple(cells), unit)
    return None


def has_columns(text: str) -> bool:
    """Whether some line heads a table whose cells are parted by a mark."""
    return any((header := header_of(line)) is not None and header.mark for line in text.splitlines()[:200])


def read_columns(lines: Sequence[Line], words: Vocabulary) -> list[Printed | Unmatched]:
    """The results and the lines that are none: tables by their headings, all else as free text."""
    read: list[Printed | Unmatched] = []
    waiting: list[Line] = []
    header: Header | None = None
    heading = ""

    def flush() -> None:
        nonlocal waiting
        read.extend(read_lines(waiting, words, heading))
        waiting = []

    index = 0
    while index < len(lines):
        line = lines[index]
        following = lines[index + 1] if index + 1 < len(lines) else None
        if found := header_of(line.text):
            flush()
            header = found
        elif following and (wide := _wide(line, following, words)):
            flush()
            read += wide
            index += 1
        elif header and (row := _row(line, header, words, heading)):
            flush()
            read += row
        else:
            if is_heading(line.text.strip()):
                heading = line.text.strip()
            waiting.append(line)
        index += 1
    flush()
    return read


def _row(line: Line, header: Header, words: Vocabulary, heading: str) -> list[Printed]:
    """The results of a row; empty if the line does not fit the headings."""
    cells = cells_of(line.text, header.mark)
    row = _by_index(cells, header) if header.mark else _by_place(cells, header)
    if row is None:
        return []
    name = header.cell("name", row)
    code = header.cell("code", row) or (name if LOINC.fullmatch(name) else "")
    slug = words.codes.get(code, "")
    named = name_at_start(name, words)
    rest = ""
    if not slug and named:
        slug, rest = named
    if not slug or (rest and scan(rest, words).unknown_before):
        return []
    context = " ".join(
        text
        for i, text in row.items()
        if words_of(header.cells[i].text) and " ".join(words_of(header.cells[i].text)) in _CONTEXT
    )
    values = [
        (i, row[i])
        for i, role in enumerate(header.roles)
        if role in ("value", "second_value") and row.get(i, "").strip()
    ]
    results = []
    for _, value in values:
        printed = _result(line, header, row, slug, rest, value, words)
        if printed is None:
            return []
        if not printed.unit and any(not header.roles[i] for i in row):
            return []  # the unit may stand in the column that is not known
        results.append(replace(printed, heading=context or heading))
    return results


def _result(
    line: Line, header: Header, row: dict[int, str], slug: str, rest: str, value: str, words: Vocabulary
) -> Printed | None:
    titred = is_titred(slug, words)
    tail = scan(value, words, titred)
    if not tail.has_value and _is_dash(value):
        tail.no_result = value.strip()
    if not tail.has_value or tail.unknown_before or (tail.unknown_after and not tail.numbers):
        return None
    printed = printed_of(line.number, line.text.strip(), slug, tail)
    unit = header.cell("unit", row) or header.unit
    if not unit and rest:
        unit = scan(rest, words).unit
    low, high = header.cell("low", row), header.cell("high", row)
    interval = header.cell("interval", row) or (
        f"{low} - {high}" if low and high else f"> {low}" if low else f"< {high}" if high else ""
    )
    from_interval = scan("Ref: " + interval, words, titred) if interval else None
    other = printed.unit if unit and printed.unit and unit_key(unit) != unit_key(printed.unit) else ""
    return replace(
        printed,
        unit=unit or printed.unit or (from_interval.interval_unit if from_interval else ""),
        other_unit=other,
        interval=interval or printed.interval,
        interval_unit=(from_interval.interval_unit if from_interval else "") or printed.interval_unit,
        flag=header.cell("flag", row) or printed.flag,
    )


def _is_dash(value: str) -> bool:
    return bool(re.fullmatch(r"\s*[-–—*.]+\s*", value))


def _by_index(cells: list[Cell], header: Header) -> dict[int, str] | None:
    if not 2 <= len(cells) <= len(header.cells):
        return None
    return {index: cell.text for index, cell in enumerate(cells)}


def _by_place(cells: list[Cell], header: Header) -> dict[int, str] | None:
    """Each cell under the heading it overlaps, or is nearest to; ``None`` for a line of one cell."""
    if len(cells) < 2:
        return None
    row: dict[int, str] = {}
    for cell in cells:
        distances = [
            (max(0, cell.start - head.end, head.start - cell.end), abs(cell.start - head.start), index)
            for index, head in enumerate(header.cells)
        ]
        index = min(distances)[2]
        row[index] = f"{row[index]}  {cell.text}" if index in row else cell.text
    return row


def _wide(names: Line, values: Line, words: Vocabulary) -> list[Printed]:
    """The results of a table whose headings are the analytes and whose one row the amounts."""
    for mark in (*[mark for mark in CELLS if 0 < names.text.count(mark) < MOST_COLUMNS], ""):
        heads, cells = cells_of(names.text, mark), cells_of(values.text, mark)
        if len(heads) < 2 or len(heads) != len(cells) or len(heads) > 60:
            continue
        known = [_analyte(head.text, words) for head in heads]
        if sum(known_one is not None for known_one in known) < 2 or is_header(names.text):
            continue
        if any(re.search(r"\d", re.sub(r"[(\[].*?[)\]]|[A-Za-z]\d+", "", head.text)) for head in heads):
            continue
        results = []
        for found, cell in zip(known, cells, strict=True):
            if found is None or not cell.text:
                continue
            slug, unit = found
            tail = scan(cell.text, words, is_titred(slug, words))
            if not tail.has_value or tail.unknown_before or tail.unknown_after:
                return []
            printed = printed_of(values.number, f"{names.text.strip()} / {values.text.strip()}", slug, tail)
            results.append(replace(printed, unit=printed.unit or unit))
        return results
    return []


def _analyte(head: str, words: Vocabulary) -> tuple[str, str] | None:
    """The finding and the unit that head a column: ``Hb (g/L)``."""
    if (slug := words.named(head)) and slug != NOT_OURS:
        return slug, ""
    match = _IN_BRACKETS.fullmatch(head)
    if match and (slug := words.named(match[1])) and words.all_units.fullmatch(match[2].strip()):
        return slug, match[2].strip()
    parts = head.rsplit(" ", 1)
    if len(parts) == 2 and (slug := words.named(parts[0])) and words.all_units.fullmatch(parts[1]):
        return slug, parts[1]
    return None
