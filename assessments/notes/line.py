"""A picture as one compact line of text, and the same picture out of it.

    cobalt1 2026.11.1;age=54,a;total_b12=150,ng/L,197..771;present:glossitis,metformin;nice_ng239:guideline;#1f0c6a2e

After the format and the release: each amount with its unit and the interval printed beside it, then each state with the
findings that are in it, then a checksum (CRC-32) of all before it. It holds slugs, decimals, units and states, and
its grammar has no room for anything else. ``lt``, ``le``, ``gt`` and ``ge`` stand for the signs that other programs
take for markup; blanks, line breaks and the marks of quoted mail mean nothing, so that a wrapped line stays whole.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from zlib import crc32

from conditions.reasoning.picture import PatientPicture
from conditions.reasoning.quantities import Comparator, Interval, Quantity

FORMAT = 1
LONGEST = 20_000
"""Letters between the beginning and the checksum of a line; no picture comes near it."""

BEGINS = re.compile(r"\bcobalt(\d{1,4})\s", re.IGNORECASE)
WHOLE = re.compile(rf"([^#]{{1,{LONGEST}}})#((?:[\s>]*[0-9a-f]){{8}})", re.IGNORECASE)
MEANINGLESS = re.compile(r"[\s>\u00ad\u200b-\u200d\ufeff]+")
FOREIGN = "The line begins like one of Cobalt, but was not written by it. Nothing was read."
DAMAGED = "-#00000000"
SIGNS: dict[str, Comparator] = {"": "", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
LETTERS = {sign: letters for letters, sign in SIGNS.items()}
NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,12})?"
RELEASE = re.compile(r"[0-9A-Za-z.+-]{1,40}")
AMOUNT = re.compile(
    rf"(?P<finding>[a-z0-9_]{{1,80}})=(?P<sign>lt|le|gt|ge|)(?P<value>{NUMBER}),(?P<unit>[^;,=:#\s]{{1,40}})"
    rf"(?:,(?P<low>{NUMBER})?\.\.(?P<high>{NUMBER})?)?"
)
STATE = re.compile(r"(?P<state>[a-z0-9_]{1,80}):(?P<findings>[a-z0-9_]{1,80}(?:,[a-z0-9_]{1,80})*)")


class LineError(ValueError):
    """There is no line that can be read; the message is a sentence for the person who pasted it."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line told, not yet held against what the current release knows."""

    release: str
    measured: Mapping[str, Quantity]
    stated: Mapping[str, str]


def write_line(picture: PatientPicture, release: str) -> str:
    """The picture as a line; equal pictures give equal lines."""
    line = ";".join([f"cobalt{FORMAT} {release}", *_parts(picture.measured, picture.stated)])
    return f"{line};#{_checksum(FORMAT, line.partition(' ')[2] + ';')}"


def write_parts(measured: Mapping[str, Quantity], stated: Mapping[str, str]) -> str:
    """Amounts and states as they stand in a line, without its beginning and its checksum."""
    return ";".join(_parts(measured, stated))


def _parts(measured: Mapping[str, Quantity], stated: Mapping[str, str]) -> list[str]:
    states: dict[str, list[str]] = {}
    for finding, state in sorted(stated.items()):
        states.setdefault(state, []).append(finding)
    return [
        *[_amount(finding, quantity) for finding, quantity in sorted(measured.items())],
        *[f"{state}:{','.join(findings)}" for state, findings in sorted(states.items())],
    ]


def _amount(finding: str, quantity: Quantity) -> str:
    told = f"{finding}={LETTERS[quantity.comparator]}{quantity.value:f},{quantity.unit}"
    interval = quantity.interval
    if interval is None:
        return told
    low, high = ("" if end is None else f"{end:f}" for end in (interval.low, interval.high))
    return f"{told},{low}..{high}"


def _checksum(number: int, body: str) -> str:
    return f"{crc32(f'cobalt{number} {body}'.encode()):08x}"


def read_line(text: str) -> Line:
    """The line that stands anywhere in ``text``. Raises LineError where there is none, or two, or it is damaged."""
    begins = list(BEGINS.finditer(text))
    if not begins:
        raise LineError(
            "There is no Cobalt line in what was pasted. It is the last of a note and begins “cobalt1”."
        )
    if any(int(found[1]) > FORMAT for found in begins):
        raise LineError(
            "The line was written by a newer Cobalt, whose notes this one cannot read. Nothing was read."
        )
    bodies = dict.fromkeys(_bodies(text, begins))
    if len(bodies) > 1:
        raise LineError(
            "Two different Cobalt lines stand in what was pasted: which of them is meant? Nothing was read."
        )
    return _read(next(iter(bodies)))


def _bodies(text: str, begins: list[re.Match[str]]) -> Iterator[str]:
    """What stands between the beginning and the checksum of each line, once that is seen to be whole."""
    for found in begins:
        whole = WHOLE.match(text, found.end())
        if not whole:
            raise LineError(
                "The end of the Cobalt line is missing: it closes with # and eight signs. Nothing was read."
            )
        body = _body(found, whole)
        if body is None:
            raise LineError("The Cobalt line is damaged: it is not as it was written. Nothing was read.")
        yield body


def _body(begins: re.Match[str], whole: re.Match[str]) -> str | None:
    """What stands before the checksum, if that is the sum of it."""
    body, checksum = (MEANINGLESS.sub("", part).replace("’", "'") for part in whole.groups())
    return body if _checksum(int(begins[1]), body) == checksum.lower() else None


@dataclass(frozen=True, slots=True)
class Parted:
    """A text of which the lines of notes were taken out: they, what stands below the last, and the lines above.

    A line that is not whole is left as the little by which it is known to be one; ``above`` counts what is not read.
    """

    notes: str
    below: str
    above: int = 0


def parted(text: str) -> Parted:
    """The notes of a text and the rest of it. The browser parts a text in the same steps."""
    notes: list[str] = []
    end = above = 0
    for found in BEGINS.finditer(text):
        if found.start() < end:
            continue
        above += sum(1 for line in text[end : found.start()].splitlines() if line.strip(" \t>"))
        whole = WHOLE.match(text, found.end())
        if whole and _body(found, whole) is not None:
            notes.append(text[found.start() : whole.end()])
            end = whole.end()
        else:
            notes.append(f"cobalt{found[1]} {DAMAGED if whole else ''}")
            end = (text + "\n").index("\n", found.end() - 1)
    return Parted("\n".join(notes), text[end:], above) if notes else Parted("", text)


def _read(body: str) -> Line:
    release, *parts = body.removesuffix(";").split(";")
    if not RELEASE.fullmatch(release):
        raise LineError(FOREIGN)
    return read_parts(parts, release)


def read_parts(parts: Iterable[str], release: str = "") -> Line:
    """What the parts between the semicolons of a line tell. Raises LineError for what is no such part."""
    measured: dict[str, Quantity] = {}
    stated: dict[str, str] = {}
    for part in parts:
        if amount := AMOUNT.fullmatch(part):
            measured[amount["finding"]] = Quantity(
                Decimal(amount["value"]), amount["unit"], SIGNS[amount["sign"]], _interval(amount)
            )
        elif state := STATE.fullmatch(part):
            stated |= dict.fromkeys(state["findings"].split(","), state["state"])
        else:
            raise LineError(FOREIGN)
    return Line(release, MappingProxyType(measured), MappingProxyType(stated))


def _interval(amount: re.Match[str]) -> Interval | None:
    low, high = (None if amount[end] is None else Decimal(amount[end]) for end in ("low", "high"))
    return None if low is None and high is None else Interval(low, high)
