"""Results in HL7 version 2 messages (ORU^R01), of which only the listed fields are left."""

import re
from collections.abc import Iterator

import hl7

from .lines import Line, is_titred, name_at_start, printed_of, read_lines
from .reading import Printed, Refusal, Unmatched
from .scan import Tail, scan
from .vocabulary import LOINC, NOT_OURS, Vocabulary, unit_key

WRONG = {
    "X": "it could not be obtained",
    "D": "it was deleted",
    "W": "it was withdrawn",
    "N": "it was not asked for",
    "I": "it is pending",
    "O": "it is only ordered",
}
USUAL = "MSH|^~\\&"
_TEXT_TYPES = ("TX", "FT", "ST", "")


def read_hl7(text: str, words: Vocabulary) -> list[Printed | Unmatched | Refusal]:
    """The results of the OBX segments in order; comments and texts without a known name are read as free text."""
    read: list[Printed | Unmatched | Refusal] = []
    waiting: list[Line] = []
    heading = specimen = ""

    def flush() -> None:
        read.extend(read_lines(waiting, words, heading))
        waiting.clear()

    for number, source, segment in _segments(text):
        kind = source[:3]
        if kind == "OBR":
            flush()
            heading, specimen = _words_of(segment, 4), ""
        elif kind == "SPM":
            specimen = _words_of(segment, 4)
        elif kind == "NTE":
            waiting += [Line(number, part) for part in _texts(segment, 3)]
        elif kind == "OBX":
            result = _result(number, source, segment, f"{heading} {specimen}".strip(), words)
            if isinstance(result, Printed | Refusal):
                flush()
                read.append(result)
            elif _field(segment, 2) in _TEXT_TYPES:
                named = " ".join(part for part in _components(segment, 3)[1:2] if part)
                texts = _texts(segment, 5)
                waiting += [
                    Line(number, f"{named}: {texts[0]}" if len(texts) == 1 and named else text)
                    for text in texts
                ]
            else:
                flush()
                read.append(Unmatched(number, source))
    flush()
    return read


def _segments(text: str) -> Iterator[tuple[int, str, hl7.Segment]]:
    """Each segment with its number and text; every message by its own delimiters."""
    head = USUAL
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("MSH"):
            head = _head(line)
            continue
        mark = head[3]
        if line:
            yield number, line, hl7.parse(f"{head}{mark}\r{line}")[1]


def _head(line: str) -> str:
    """The delimiters of a message as it gives them, the usual ones where it gives them wrongly."""
    match = re.match(r"MSH([^\w\s])([^\w\s]{4,5}?)(?:\1|$)", line)
    if match and len(set(match[1] + match[2])) == 1 + len(match[2]):
        return f"MSH{match[1]}{match[2]}"
    mark = line[3:4]
    return USUAL if not mark or mark.isalnum() or mark in "^~\\& " else f"MSH{mark}^~\\&"


def _field(segment: hl7.Segment, number: int) -> str:
    return str(segment[number]) if number < len(segment) else ""


def _components(segment: hl7.Segment, number: int) -> list[str]:
    """The components of a field's first repetition, escapes read."""
    field = _field(segment, number)
    marks = segment.separators
    return [_unescaped(part, segment) for part in field.split(marks[2])[0].split(marks[3])]


def _unescaped(text: str, segment: hl7.Segment) -> str:
    escape, marks = segment.esc, segment.separators
    for letter, mark in zip("FRST", marks[1:5], strict=False):
        text = text.replace(f"{escape}{letter}{escape}", mark)
    return text.replace(f"{escape}E{escape}", escape)


def _texts(segment: hl7.Segment, number: int) -> list[str]:
    field = re.sub(r"\\\.(?:br|sp|ce)[+\d]*\\", segment.separators[2], _field(segment, number))
    parts = field.split(segment.separators[2])
    return [
        plain
        for part in parts
        if (plain := _unescaped(part.replace(segment.separators[3], " "), segment).strip())
    ]


def _words_of(segment: hl7.Segment, number: int) -> str:
    components = _components(segment, number)
    return components[1] if len(components) > 1 and components[1] else components[0]


def _result(
    number: int, source: str, segment: hl7.Segment, heading: str, words: Vocabulary
) -> Printed | Refusal | None:
    """The result of an OBX segment; nothing if its name and code are not known."""
    components = [*_components(segment, 3), "", "", "", "", "", ""]
    texts = [components[1], components[4]] if components[1] else [components[0]]
    slug, doubt = finding_of([components[0], components[3]], texts, words)
    if not slug:
        return None
    if doubt:
        return Refusal(number, source, slug, doubt)
    status = _field(segment, 11)
    if status in WRONG:
        return Refusal(number, source, slug, f"No result was reported: {WRONG[status]}.")
    tail = _value(segment, slug, words)
    if tail is None or not tail.has_value or tail.unknown_before:
        return Refusal(
            number, source, slug, "What is reported here is neither an amount nor a word that is known."
        )
    printed = printed_of(number, source, slug, tail, heading)
    units = _components(segment, 6)
    unit = next(
        (unit for unit in units[:2] if unit and (words.all_units.fullmatch(unit) or unit == units[0])), ""
    )
    flags = " ".join(filter(None, _field(segment, 8).split(segment.separators[2])))
    other = next(
        (
            other
            for other in (printed.unit, *units[1:2])
            if other and unit and words.all_units.fullmatch(other) and unit_key(other) != unit_key(unit)
        ),
        "",
    )
    interval = _unescaped(_field(segment, 7), segment)
    between = scan("Ref: " + interval, words) if interval else None
    return Printed(
        line=printed.line, source=source, finding=slug, numbers=printed.numbers, words=printed.words,
        unit=unit or printed.unit, other_unit=other, interval=interval or printed.interval,
        interval_unit=between.interval_unit if between else printed.interval_unit,
        flag=flags or printed.flag, no_result=printed.no_result, heading=heading,
    )  # fmt: skip


def finding_of(codes: list[str], names: list[str], words: Vocabulary) -> tuple[str, str]:
    """The finding of the codes and names of a result, and a sentence if they contradict one another."""
    by_code = {slug for code in codes if (slug := words.codes.get(code, ""))}
    by_name = {slug for name in names if name and (slug := words.named(name)) not in ("", NOT_OURS)}
    slugs = by_code or by_name
    if not slugs:
        return "", ""
    slug = sorted(slugs)[0]
    siblings = {
        slug,
        words.siblings.get(slug, ""),
        *(one for one, other in words.siblings.items() if other == slug),
    }
    labels = [words.finding(other).label for other in sorted(by_code | by_name)]
    if len(slugs) > 1 or (by_code and by_name and not by_name <= siblings):
        return slug, f"Code and name contradict one another: {' and '.join(labels)}."
    unknown = [code for code in codes if LOINC.fullmatch(code) and code not in words.codes]
    if not by_code and unknown:
        return slug, f"The code {unknown[0]} is not one of {words.finding(slug).label}, though the name is."
    return slug, ""


def _value(segment: hl7.Segment, slug: str, words: Vocabulary) -> Tail | None:
    titred = is_titred(slug, words)
    components = _components(segment, 5)
    if _field(segment, 2) == "SN":
        comparator, first, separator, second = [*components, "", "", "", ""][:4]
        if separator == "-" or (second and separator not in (":", "/", "")):
            return None
        return scan(f"{comparator}{first}{separator}{second}", words, titred)
    if _field(segment, 2) in ("CE", "CWE", "CNE", "CF"):
        texts = [text for text in (components[1:2] or [""]) + components[:1] if text]
        return next((tail for text in texts if (tail := scan(text, words, titred)).has_value), None)
    texts = _texts(segment, 5)
    if not texts:
        return None
    tail = scan(texts[0], words, titred)
    named = name_at_start(texts[0], words)
    if tail.unknown_before and named and named[0] == slug:
        tail = scan(named[1], words, titred)
    return tail if len(texts) == 1 or tail.is_result else None
