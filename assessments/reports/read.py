"""The one entry: a pasted laboratory report is read, its identifying parts dropped before anything else."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from conditions.reasoning.knowledge import Knowledge

from .columns import has_columns, read_columns
from .fhir import read_fhir
from .hl7 import read_hl7
from .identifiers import Dropper, without_columns, without_lines
from .identifiers_in_messages import (
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

LONGEST = 1_000_000
"""The characters that a report may have; a real one has a few thousand."""

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_BREAKS = re.compile(r"\r\n?|[\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x1d-\x1f\x7f\ufffd]")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A report from which what identifies a person was dropped; ``cannot`` says why nothing is left to read."""

    form: Form
    text: str
    dropped: int = 0
    cannot: str = ""


def without_identifiers(text: str) -> Cleaned:
    """The report without what identifies a person, in its own format; what is so cleaned stays as it is."""
    if not text.strip():
        return Cleaned("none", "", cannot="There is nothing to read.")
    if len(text) > LONGEST:
        return Cleaned("none", "", cannot=f"This is longer than {LONGEST} characters, which no report is.")
    if len(_CONTROL.findall(text)) > 2 + len(text) // 200 or text.lstrip().startswith(
        ("{\\rtf", "%PDF", "PK\x03")
    ):
        return Cleaned("none", "", cannot="This is not text: a report is pasted as text, HL7 or FHIR.")
    text = _INVISIBLE.sub("", text)
    if re.match(r"\s*<(?:\?xml|!|[A-Za-z][\w:]*[\s>])", text):
        return Cleaned(
            "none",
            "",
            cannot="XML and HTML are not read: the text itself would be needed, HL7 v2 or FHIR as JSON.",
        )
    try:
        if is_json(text):
            return Cleaned("fhir", *kept_of_json(text))
        if is_hl7(text):
            return Cleaned("hl7", *kept_of_hl7(text))
    except (NotJsonError, TooMuchError) as error:
        return Cleaned("none", "", cannot=str(error))
    lines = [line.rstrip() for line in _BREAKS.sub("\n", html.unescape(_CONTROL.sub(" ", text))).split("\n")]
    if len(lines) > MOST_LINES:
        return Cleaned("none", "", cannot=f"This has more than {MOST_LINES} lines, which no report has.")
    dropper = Dropper()
    lines = without_columns([line.replace("\u00a0", " ").replace("\u202f", " ") for line in lines], dropper)
    kept = "\n".join(without_lines(lines, dropper))
    return Cleaned("columns" if has_columns(kept) else "text", kept, dropper.dropped)


def read_report(text: str, knowledge: Knowledge) -> Reading:
    """What the report says of the findings of ``knowledge``; nothing is guessed, and nothing raised."""
    cleaned = without_identifiers(text)
    if cleaned.cannot:
        return Reading(cleaned.form, dropped=cleaned.dropped, cannot=cleaned.cannot)
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
        dropped=cleaned.dropped,
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
