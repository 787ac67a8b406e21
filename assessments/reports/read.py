"""The one entry: a pasted laboratory report is read, its identifying parts dropped before anything else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from conditions.reasoning.knowledge import Knowledge

from .columns import has_columns, read_columns
from .fhir import read_fhir
from .hl7 import read_hl7
from .identifiers import Dropper, shared_list, without_columns, without_lines
from .identifiers_in_messages import (
    CANNOT,
    MOST_LINES,
    NotJsonError,
    TooMuchError,
    is_hl7,
    is_json,
    kept_of_hl7,
    kept_of_json,
)
from .lines import Line
from .matching import judge, same, style_of_report
from .reading import Form, Found, Printed, Question, Reading, Refusal, Unmatched
from .vocabulary import Vocabulary, vocabulary

LONGEST: int = shared_list()["most"]["characters"]
"""The characters that a report may have; a real one has a few thousand."""

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BREAKS = re.compile(r"\r\n?|[\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1d-\x1f\x7f\ufffd]")
_ENTITY = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([A-Za-z0-9]{2,8}));")
_SIGNS: dict[str, str] = shared_list()["entities"]["signs"]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A report from which what identifies a person was dropped; ``cannot`` says why nothing is left to read.

    ``kinds`` counts what was dropped by what told of it: “date of birth”, never the date.
    """

    form: Form
    text: str
    kinds: Mapping[str, int] = field(default_factory=dict)
    cannot: str = ""

    @property
    def dropped(self) -> int:
        return sum(self.kinds.values())


def without_identifiers(text: str) -> Cleaned:
    """The report without what identifies a person, in its own format; what is so cleaned stays as it is."""
    if reason := _is_no_report(text):
        return Cleaned("none", "", cannot=CANNOT[reason])
    text = _INVISIBLE.sub("", text)
    if re.match(r"\s*<(?:\?xml|!|[A-Za-z][\w:]*[\s>])", text):
        return Cleaned("none", "", cannot=CANNOT["markup"])
    try:
        if is_json(text):
            return Cleaned("fhir", *kept_of_json(text))
        if is_hl7(text):
            return Cleaned("hl7", *kept_of_hl7(text))
    except (NotJsonError, TooMuchError) as error:
        return Cleaned("none", "", cannot=str(error))
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", _ENTITY.sub(_sign, text)))
    lines = [line.rstrip() for line in _BREAKS.sub("\n", text).split("\n")]
    if len(lines) > MOST_LINES:
        return Cleaned("none", "", cannot=CANNOT["lines"])
    dropper = Dropper()
    lines = without_columns([line.replace("\u00a0", " ").replace("\u202f", " ") for line in lines], dropper)
    kept = "\n".join(without_lines(lines, dropper))
    return Cleaned("columns" if has_columns(kept) else "text", kept, dropper.kinds)


def _is_no_report(text: str) -> str:
    if not text.strip():
        return "empty"
    if len(text) > LONGEST:
        return "characters"
    is_file = text.lstrip().startswith(("{\\rtf", "%PDF", "PK\x03"))
    return "binary" if is_file or len(_CONTROL.findall(text)) > 2 + len(text) // 200 else ""


def _sign(entity: re.Match[str]) -> str:
    """The sign that a mark of HTML stands for; the mark itself if it is not listed."""
    if entity[3]:
        return _SIGNS.get(entity[3], entity[0])
    number = int(entity[1]) if entity[1] else int(entity[2], 16)
    return chr(number) if 0 < number < 0xD800 or 0xDFFF < number <= 0x10FFFF else entity[0]


def read_report(text: str, knowledge: Knowledge) -> Reading:
    """What the report says of the findings of ``knowledge``; nothing is guessed, and nothing raised."""
    cleaned = without_identifiers(text)
    if cleaned.cannot:
        return Reading(cleaned.form, kinds=cleaned.kinds, cannot=cleaned.cannot)
    words = vocabulary(knowledge)
    parts: Sequence[Printed | Unmatched | Question | Refusal]
    if cleaned.form == "hl7":
        parts = read_hl7(cleaned.text, words)
    elif cleaned.form == "fhir":
        parts = read_fhir(cleaned.text, words)
    else:
        lines = [Line(number, line) for number, line in enumerate(cleaned.text.split("\n"), 1)]
        parts = read_columns(lines, words)
    return _judged(parts, words, cleaned)


def _judged(
    parts: Sequence[Printed | Unmatched | Question | Refusal], words: Vocabulary, cleaned: Cleaned
) -> Reading:
    style = style_of_report(part for part in parts if isinstance(part, Printed))
    if cleaned.form == "fhir":
        style = "point"
    unmatched = [part for part in parts if isinstance(part, Unmatched)]
    judged = [
        judge(part, style, words) if isinstance(part, Printed) else part
        for part in parts
        if not isinstance(part, Unmatched)
    ]
    found, asked, repeated = _once_each([part for part in judged if isinstance(part, Found)], words)
    questions = [part for part in judged if isinstance(part, Question)]
    return Reading(
        form=cleaned.form,
        found=tuple(found),
        questions=(*questions, *asked),
        refusals=tuple(part for part in judged if isinstance(part, Refusal)),
        unmatched=tuple(sorted({*unmatched, *repeated}, key=lambda line: (line.line, line.source))),
        kinds=cleaned.kinds,
    )


def _once_each(found: list[Found], words: Vocabulary) -> tuple[list[Found], list[Question], list[Unmatched]]:
    """Each finding once: what is said again is left out, and what is said differently is asked."""
    by_finding: dict[str, list[Found]] = {}
    repeated: list[Unmatched] = []
    for result in found:
        known = by_finding.setdefault(result.finding, [])
        if any(same(result, other, words.finding(result.finding)) for other in known):
            repeated.append(Unmatched(result.line, result.source))
        else:
            known.append(result)
    single: list[Found] = []
    asked: list[Question] = []
    for slug, results in by_finding.items():
        kinds = [(bool(result.amount), bool(result.state)) for result in results]
        if len(results) == 1 or sorted(kinds) == [(False, True), (True, False)]:
            single += results  # a word and an amount complete one another
        else:
            says = f"{words.finding(slug).label} is given {len(results)} times. Which result is meant?"
            lines = tuple(result.line for result in results)
            asked.append(
                Question("given_twice", slug, says, lines, tuple(r.source for r in results), tuple(results))
            )
    return single, asked, repeated
