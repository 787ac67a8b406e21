"""What identifies a person is dropped from a report's lines and columns, before anything else is read.

``identifiers.json`` is the one list of it, for this and for the browser. Labels are compared word by word,
whatever their case and punctuation.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("identifiers.json")
WORD = re.compile(r"[^\W_]+")
CELLS = {"\t": re.compile(r"\t"), "|": re.compile(r"\|"), ";": re.compile(r";"), ",": re.compile(r",")}
GAPS = re.compile(r" {2,}")

_BEFORE_COLUMN = re.compile(r"(?: {2}|[\t|;,])\W*$")
_COLON = re.compile(r"\s?[:=]")
_OF_TESTS = {"test", "analyte", "laboratory", "lab", "result", "panel", "file"}
_AFTER_LABEL = re.compile(r"\s*(?:[:=|;,]|\t| {2}|$)")
_NAME = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿ'’-]+,?(?: [A-ZÀ-Þ][A-Za-zÀ-ÿ'’.-]*){1,3}")
_VALUE_ENDS = re.compile(r" {2,}|[\t|;()\[\]\d]")
_NUMBERED = re.compile(r"[A-Za-z0-9][A-Za-z0-9/-]{4,39}")
_CELL_MAY = re.compile(r"[^\d:]{0,40}")


@dataclass(frozen=True, slots=True)
class Label:
    """Words that tell of a person: ``anywhere`` in a line, or only where it or one of its columns begins."""

    words: tuple[str, ...]
    says: str
    anywhere: bool
    of_person: bool
    of_address: bool


def words_of(text: str) -> tuple[str, ...]:
    """The words of ``text``, whatever its case and punctuation."""
    return tuple(WORD.findall(text.casefold()))


@lru_cache(maxsize=1)
def shared_list() -> dict[str, Any]:
    """The list as the browser gets it."""
    found: dict[str, Any] = json.loads(LIST.read_text(encoding="utf-8"))
    return found


LONGEST_LINE: int = shared_list()["most"]["line"]
"""The characters that a line may have; a longer one is no line of a report and goes unread."""
MOST_COLUMNS: int = shared_list()["most"]["columns"]
DROPPED: dict[str, str] = shared_list()["dropped"]


@lru_cache(maxsize=1)
def _labels() -> dict[str, tuple[Label, ...]]:
    """The labels by their first word, longest first."""
    listed = shared_list()["labels"]
    persons, addresses = (
        {words_of(label) for label in listed[part]} for part in ("of_persons", "of_addresses")
    )
    by_first: dict[str, list[Label]] = {}
    for part in ("anywhere", "at_start"):
        for label in listed[part]:
            words = words_of(label)
            by_first.setdefault(words[0], []).append(
                Label(words, label, part == "anywhere", words in persons, words in addresses)
            )
    return {first: tuple(sorted(found, key=lambda x: -len(x.words))) for first, found in by_first.items()}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], bool, str], ...]:
    return tuple(
        (re.compile(p["pattern"]), p.get("unless_words", False), p["says"]) for p in shared_list()["patterns"]
    )


@lru_cache(maxsize=1)
def _result() -> re.Pattern[str]:
    return re.compile(shared_list()["result"], re.IGNORECASE)


@lru_cache(maxsize=1)
def not_names() -> frozenset[str]:
    """Words that are looked on as no one's name, because reports are full of them."""
    return frozenset(shared_list()["not_names"])


@lru_cache(maxsize=1)
def _column_words() -> tuple[
    frozenset[tuple[str, ...]], frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]
]:
    columns = shared_list()["columns"]
    test, other, either = (
        frozenset(words_of(word) for word in columns[part]) for part in ("test", "other", "test_or_person")
    )
    return test, other, either


def labels_in(line: str) -> Iterator[tuple[Label, int]]:
    """Each label that tells of a person, with the place where it ends."""
    found = list(WORD.finditer(line))
    folded = [match[0].casefold() for match in found]
    known = _labels()
    skip = 0
    for index, word in enumerate(folded):
        if index < skip or word not in known:
            continue
        for label in known[word]:
            last = index + len(label.words)
            if tuple(folded[index:last]) != label.words:
                continue
            end = found[last - 1].end()
            named_a_test = index > 0 and folded[index - 1] in _OF_TESTS
            if (
                label.anywhere
                or index == 0
                or (_COLON.match(line, end) and not named_a_test)
                or _begins_column(line, found[index].start(), end)
            ):
                yield label, end
                skip = last
                break


def _begins_column(line: str, start: int, end: int) -> bool:
    return bool(_BEFORE_COLUMN.search(line[max(0, start - 8) : start]) and _AFTER_LABEL.match(line, end))


@dataclass(slots=True)
class Dropper:
    """Decides line by line what is kept, and remembers names and numbers that it has met.

    ``kinds`` counts what was dropped under what told of it, which is a word of the list and never one of the text.
    """

    remembered: set[str] = field(default_factory=set)
    kinds: dict[str, int] = field(default_factory=dict)
    _awaited: int = 0
    _address: int = 0

    def drop(self, kind: str) -> None:
        self.kinds[kind] = self.kinds.get(kind, 0) + 1

    def remember(self, text: str) -> None:
        """Look for the names and numbers of ``text``, which is known to identify a person, in all else."""
        for word in WORD.findall(text)[:12]:
            if len(word) > 2 and word.isalpha() and word.casefold() not in not_names():
                self.remembered.add(word.casefold())
        self.remember_numbers(text)

    def remember_numbers(self, text: str) -> None:
        for token in _NUMBERED.findall(text)[:12]:
            if sum(character.isdigit() for character in token) >= 4:
                self.remembered.update(word for word in words_of(token) if len(word) > 3)

    def learn(self, line: str) -> None:
        """Remember what the line's labels introduce."""
        found = list(labels_in(line))
        for index, (label, end) in enumerate(found):
            until = line[end : end + 200]
            if index + 1 < len(found):
                following = found[index + 1]
                until = line[
                    end : max(
                        end, following[1] - sum(map(len, following[0].words)) - len(following[0].words) + 1
                    )
                ]
            until = until.lstrip(" \t:=.#,;|-")
            if label.of_person:
                stop = _VALUE_ENDS.search(until)
                name = until[: stop.start()] if stop else until
                if len(WORD.findall(name)) <= 5:
                    for word in WORD.findall(name):
                        if len(word) > 2 and word[0].isupper() and word.casefold() not in not_names():
                            self.remembered.add(word.casefold())
            elif label.anywhere:
                self.remember_numbers(until[:40])

    def keeps(self, line: str) -> bool:
        """Whether the line may be read; otherwise it is counted as dropped."""
        if not line.strip():
            self._address = 0
            return True
        if reason := self._against(line):
            self.drop(reason)
        return not reason

    def _against(self, line: str) -> str:
        """What tells against keeping the line; “” if nothing does."""
        if len(line) > LONGEST_LINE:
            return DROPPED["line"]
        labels = [] if is_header(line) else list(labels_in(line))
        result = _result().search(line)
        if labels:
            self._awaited += any(empty for _, empty in _with_emptiness(labels, line))
            self._address = 6 if labels[-1][0].of_address else 0
            return labels[0][0].says
        if reason := identifies(line, self.remembered):
            self._awaited = max(0, self._awaited - 1)
            return reason
        if result or is_header(line):
            self._awaited = self._address = 0
        elif self._awaited:
            self._awaited -= 1
            return DROPPED["below"]
        elif self._address:
            self._address -= 1
            return DROPPED["below"]
        return ""


def _with_emptiness(labels: list[tuple[Label, int]], line: str) -> Iterator[tuple[Label, bool]]:
    """Each label, and whether what it introduces is not on the line but on the next."""
    for (label, end), following in zip(labels, [*labels[1:], None], strict=True):
        word = WORD.search(line, end)
        if word is None or following is None:
            yield label, word is None
        else:  # “Name:   DOB:” is empty, “Ordering physician” is one label
            starts = following[1] - sum(map(len, following[0].words)) - len(following[0].words) + 1
            yield label, word.start() >= starts and bool(re.search(r"[:\t]| {2}", line[end : word.start()]))


def without_lines(lines: list[str], dropper: Dropper) -> list[str]:
    """The lines that may be read. A name without a label is known by standing first, or beside what identifies."""
    for line in lines:
        dropper.learn(line[:LONGEST_LINE])
    written = [place for place, line in enumerate(lines) if line.strip()]
    names = set(written[:2])
    for before, place, after in zip([-1, *written], written, [*written[1:], -1], strict=False):
        if any(other >= 0 and _tells(lines[other]) for other in (before, after)):
            names.add(place)
    kept = []
    for place, line in enumerate(lines):
        if place in names and _is_name(line):
            dropper.remember(line)
        if dropper.keeps(line):
            kept.append(line)
    return kept


def _tells(line: str) -> bool:
    return (
        len(line) <= LONGEST_LINE
        and not is_header(line)
        and (any(True for _ in labels_in(line)) or bool(identifies(line)))
    )


def _is_name(line: str) -> bool:
    """Whether the line is nothing but two to four words that can be a person's name."""
    words = words_of(line)
    return (
        len(line) < 60
        and bool(_NAME.fullmatch(line.strip()))
        and 1 < len(words) < 5
        and not_names().isdisjoint(words)
    )


def identifies(text: str, remembered: set[str] | frozenset[str] = frozenset()) -> str:
    """What ``text`` holds of a person without a label, or of what is ``remembered``; “” if nothing."""
    for pattern, unless_words, says in _patterns():
        match = pattern.search(text)
        if match and not (unless_words and not_names().intersection(words_of(match[0]))):
            return says
    return DROPPED["met"] if remembered and not remembered.isdisjoint(words_of(text)) else ""


def is_header(line: str) -> bool:
    """Whether the line heads a table of results: nothing stands in it but the names of columns."""
    cells = [words_of(cell) for cell in _cells(line)[1]]
    test, other, either = _column_words()
    known = test | other | either
    if len(cells) == 1:  # single spaces
        words = cells[0]
        return 2 < len(words) < 15 and all((word,) in known for word in words)
    return (
        len([cell for cell in cells if cell]) > 1
        and all(not cell or cell in known for cell in cells)
        and any(cell in other for cell in cells)
    )


def _cells(line: str) -> tuple[str, list[str]]:
    """The line's cells and what parts them: a tab, ``|``, ``;``, ``,`` or wide gaps (“”)."""
    for mark, pattern in CELLS.items():
        if (1 if mark == "\t" else 2) <= line.count(mark) < MOST_COLUMNS:
            return mark, split_cells(line, mark) if mark in ",;" else pattern.split(line)
    return "", GAPS.split(line.strip())


def split_cells(line: str, mark: str) -> list[str]:
    """The cells of a line of CSV as they are written, quotes kept."""
    cells, start, quoted = [], 0, False
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == mark and not quoted:
            cells.append(line[start:place])
            start = place + 1
    return [*cells, line[start:]]


def without_columns(lines: list[str], dropper: Dropper) -> list[str]:
    """The lines with the columns emptied that stand under the label of a person."""
    kept: list[str] = []
    columns: list[int] = []
    mark = ""
    width = 0
    for line in lines:
        if not line.strip() or len(line) > LONGEST_LINE:
            columns = []
            kept.append(line)
            continue
        found = _identifying_columns(line)
        if found or is_header(line):
            mark, cells = _cells(line)
            columns, width = found, len(cells)
            for column in found:
                dropper.drop(DROPPED["column"].format(" ".join(words_of(cells[column]))))
            kept.append(_emptied(line, mark, found) if found else line)
            continue
        if columns:
            cells = split_cells(line, mark) if mark in ",;" and mark else _cells_by(line, mark)
            if len(cells) != width:
                dropper.drop(DROPPED["row"])
                continue
            for column in columns:
                dropper.remember(cells[column])
            line = _emptied(line, mark, columns)
        kept.append(line)
    return kept


def _cells_by(line: str, mark: str) -> list[str]:
    return line.split(mark) if mark else GAPS.split(line.strip())


def _identifying_columns(line: str) -> list[int]:
    """Which of the line's cells are labels of a person, if it heads a table."""
    _, cells = _cells(line)
    if len(cells) < 3 or any(not _CELL_MAY.fullmatch(re.sub(r"[Bb]12|\(.*?\)|[:.]$", "", c)) for c in cells):
        return []
    test, _, either = _column_words()
    words = [words_of(cell) for cell in cells]
    names_a_test = any(cell in test for cell in words)
    labels = {label.words for found in _labels().values() for label in found}
    found = [
        column
        for column, cell in enumerate(words)
        if cell and cell not in test and (cell in labels if cell not in either else names_a_test)
    ]
    return found if len(found) < len(cells) else []


def _emptied(line: str, mark: str, columns: list[int]) -> str:
    if mark:
        cells = split_cells(line, mark) if mark in ",;" else line.split(mark)
        return mark.join("" if column in columns else cell for column, cell in enumerate(cells))
    made, column = "", 0
    for part in re.split(r"( {2,})", line):
        if part.startswith("  ") or not part:
            made += part
        else:
            made += " " * len(part) if column in columns else part
            column += 1
    return made.rstrip()
