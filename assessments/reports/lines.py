"""Results in free text: a name the vocabulary knows at the beginning of a line, and what stands behind it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .reading import Printed, Unmatched
from .scan import Tail, scan
from .vocabulary import LOINC, NOT_OURS, Vocabulary, plain_powers

Part = Printed | Unmatched

LONGEST_NAME = 12
"""The words that a name may have."""
MOST_ON_A_LINE = 30

_BULLET = re.compile(r"(?:[\s>•*·●▪‣#!+~\"|,;:-]|\(?\d{1,2}[.)]\s|(?:HH|LL|[HL])\s{1,4}(?=[A-Z])|↑|↓)+")
_DATED = re.compile(
    r"(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4})(?:,?\s\d{1,2}:\d{2}(?::\d{2})?)?\s+"
)
_BOUNDARY = re.compile(r"(?<=[\w)%#])(?![\w])")
_TOKEN = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[;,.]\s+(?=[^\W\d_])|\s{3,}|\s[·•|]\s|(?:^|\s)and\s(?=[^\W\d_])")
_NO_NAME = re.compile(r"(?:no|none|nil)\s+(?=[A-Za-z])", re.IGNORECASE)
_SEEN = re.compile(
    r"\s*(?:(?:are|is|were|was)\s+)?(?:seen|present|noted|observed|identified|detected)?\s*\.?\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"[^\d:]{3,60}:?\s*")
_BLOCK = 7
"""The lines that may follow a name that stands alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of what is left of a report, by its number there."""

    number: int
    text: str


def read_lines(lines: Sequence[Line], words: Vocabulary, heading: str = "") -> list[Part]:
    """The results and the lines that are none, in order."""
    read: list[Part] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        text = line.text.strip()
        if not text:
            index += 1
            continue
        found = results_of(line, words)
        used = 1
        if not found:
            found, used = _block(lines, index, words)
        if not found and (parts := _several(line, words)):
            found = parts
        if not found and read and _completes(read[-1], text, words):
            read[-1] = _completed(read[-1], text, words)
            index += 1
            continue
        if not found and is_heading(text):
            heading = text
        read += [_under(result, heading) for result in found] or [Unmatched(line.number, line.text.strip())]
        index += used
    return read


def _completes(before: Part, text: str, words: Vocabulary) -> bool:
    """Whether the line holds nothing but the interval of the result before it."""
    if not isinstance(before, Printed) or before.interval or len(text) > 110:
        return False
    tail = scan(text, words)
    return bool(tail.interval) and not (tail.has_value or tail.unknown_before or tail.unknown_after)


def _completed(before: Part, text: str, words: Vocabulary) -> Printed:
    assert isinstance(before, Printed)  # noqa: S101 - as was asked before
    tail = scan(text, words)
    return replace(
        before,
        interval=tail.interval,
        interval_unit=tail.interval_unit or tail.unit,
        source=f"{before.source} / {text}",
    )


def other_specimen(heading: str, words: Vocabulary) -> bool:
    """Whether the heading speaks of a specimen that is not blood."""
    return any(token.casefold() in words.specimens for token in _TOKEN.findall(heading))


def is_heading(text: str) -> bool:
    """Whether the line can head a part of a report."""
    return bool(_HEADING.fullmatch(text)) and len(text.split()) <= 6


def _under(result: Part, heading: str) -> Part:
    if isinstance(result, Unmatched) or result.heading:
        return result
    return replace(result, heading=heading)


def _beside(part: Part, source: str) -> Part:
    """The part beside the whole line that it stands in."""
    return replace(part, source=source) if isinstance(part, Printed) else part


def results_of(line: Line, words: Vocabulary, before: int = 0) -> list[Part]:
    """The results of a line that begins with one, and what of it is not understood; empty for any other line."""
    text = line.text.strip()
    named = name_at_start(text, words)
    if named is None:
        return _denied(line, text, words)
    slug, rest = named
    rest = plain_powers(rest)
    tail = scan(rest, words, titred=is_titred(slug, words))
    if tail.unknown_after and name_at_start(rest[tail.unknown_at :], words):
        return _next_to_one_another(line, slug, rest, tail.unknown_at, words, before + 1)
    if not tail.is_result:
        return []
    behind = _behind(line, rest[tail.unknown_at :], words, before + 1) if tail.unknown_after else []
    if behind:
        tail = scan(rest[: tail.unknown_at], words, titred=is_titred(slug, words))
    return [printed_of(line.number, text, slug, tail), *behind]


def _behind(line: Line, rest: str, words: Vocabulary, before: int) -> list[Part]:
    """The results among the remarks behind one, and the remarks in which another number stands; empty without any."""
    parts = [part for part in _PARTS.split(rest) if part.strip()]
    if before > MOST_ON_A_LINE or len(parts) > MOST_ON_A_LINE:
        return []
    found = [results_of(Line(line.number, part), words, before) for part in parts]
    if not any(found):
        return []
    read: list[Part] = []
    for part, results in zip(parts, found, strict=True):
        read += [_beside(result, line.text.strip()) for result in results]
        if not results and re.search(r"\d", part):
            read.append(Unmatched(line.number, part.strip()))
    return read


def _next_to_one_another(
    line: Line, slug: str, rest: str, end: int, words: Vocabulary, before: int
) -> list[Part]:
    """The results of a line on which the next name follows a result, if all of it are results."""
    tail = scan(rest[:end], words, titred=is_titred(slug, words))
    others = results_of(Line(line.number, rest[end:]), words, before) if before < MOST_ON_A_LINE else []
    if not tail.is_result or not others:
        return []
    source = line.text.strip()
    return [printed_of(line.number, source, slug, tail), *(_beside(other, source) for other in others)]


def _denied(line: Line, text: str, words: Vocabulary) -> list[Part]:
    """“No blasts seen”."""
    match = _NO_NAME.match(text)
    named = name_at_start(text[match.end() :], words) if match else None
    if named and _SEEN.match(named[1]):
        states = words.finding(named[0]).states
        if "absent" in states or "not_detected" in states:
            return [
                Printed(
                    line.number, text, named[0], words=("absent" if "absent" in states else "not detected",)
                )
            ]
    return []


def name_at_start(text: str, words: Vocabulary) -> tuple[str, str] | None:
    """The finding whose name begins the text, by the longest name that fits, and the rest of the text."""
    start = 0
    for pattern in (_BULLET, _DATED, _BULLET):
        if match := pattern.match(text, start):
            start = match.end()
    if match := LOINC.match(text, start):
        rest = text[match.end() :].lstrip(" :\t|,;-")
        if slug := words.codes.get(match[0], ""):
            return slug, _behind_name(rest, slug, words)
    first = _TOKEN.search(text, start)
    if first is None or first.start() - start > 3 or not words.may_begin(text[start:].split(maxsplit=1)[0]):
        return None
    for place in (start, first.start()):
        head = text[place : place + 110]
        ends = [match.end() for match in _BOUNDARY.finditer(head)][: LONGEST_NAME + 6]
        for end in reversed(ends):
            if slug := words.named(head[:end]):
                return None if slug == NOT_OURS else (slug, text[place + end :])
        if place == first.start():
            break
    return None


def _behind_name(rest: str, slug: str, words: Vocabulary) -> str:
    named = name_at_start(rest, words) if not LOINC.match(rest) else None
    return named[1] if named and named[0] == slug else rest


def is_titred(slug: str, words: Vocabulary) -> bool:
    return any(unit.code == "{titer}" for unit in words.finding(slug).units)


def printed_of(number: int, source: str, slug: str, tail: Tail, heading: str = "") -> Printed:
    """A result as printed. A dilution at which something is negative is no amount."""
    return Printed(
        line=number,
        source=source,
        finding=slug,
        numbers=() if tail.negated_titre else tuple(tail.numbers),
        words=tuple(tail.words),
        unit=tail.unit,
        interval=tail.interval,
        interval_unit=tail.interval_unit,
        flag=tail.flag,
        no_result=tail.no_result,
        heading=heading,
    )


def _several(line: Line, words: Vocabulary) -> list[Part]:
    """The results of a line that holds several, if every part of it is one."""
    parts = [part for part in _PARTS.split(line.text.strip()) if part.strip(" .,;")]
    if len(parts) < 2 or len(parts) > 40:
        return []
    if ":" in parts[0] and name_at_start(parts[0], words) is None:
        parts[0] = parts[0].split(":", 1)[1]  # “Bloods: Hb 98 g/L, …”
    found = [results_of(Line(line.number, part), words) for part in parts]
    return [result for results in found for result in results] if all(found) else []


def _block(lines: Sequence[Line], index: int, words: Vocabulary) -> tuple[list[Part], int]:
    """The result whose name stands alone on a line, its parts on the next ones; and how many lines it took."""
    text = lines[index].text.strip()
    named = name_at_start(text, words)
    if named is None or len(text) > 110:
        return [], 1
    slug, rest = named
    titred = is_titred(slug, words)
    alone = scan(rest, words, titred)
    if alone.has_value or alone.unknown_before:
        return [], 1
    best: tuple[list[Part], int] = ([], 1)
    joined, source = rest, text
    for used in range(1, _BLOCK + 1):
        if index + used >= len(lines):
            break
        following = lines[index + used].text.strip()
        if not following and used == 1:
            continue
        if not following or len(following) > 110 or name_at_start(following, words):
            break
        joined += "   " + following
        source += " / " + following
        tail = scan(joined, words, titred)
        if tail.unknown_before or tail.unknown_after or len(tail.numbers) > 1:
            break
        if tail.has_value:
            best = [printed_of(lines[index].number, source, slug, tail)], used + 1
    return best
