"""Results in FHIR R4 JSON (Bundle, DiagnosticReport, Observation), of which only the listed keys are left.

The few fields are read from plain JSON. A library that validates whole resources would refuse a report for a
fault in a field that is not read, and quotes the value, which may be a name, in its messages.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from .hl7 import finding_of
from .lines import Line, is_titred, printed_of, read_lines
from .reading import Printed, Refusal, Unmatched
from .scan import Tail, scan
from .vocabulary import Vocabulary, unit_key

LOINC_SYSTEM = "http://loinc.org"
STATE_CODES = {
    "10828004": "positive", "260385009": "negative", "260373001": "detected", "260415000": "not detected",
    "POS": "positive", "NEG": "negative", "42425007": "equivocal", "52101004": "present", "2667000": "absent",
}  # fmt: skip
UNUSABLE = {
    "cancelled": "it was cancelled",
    "entered-in-error": "it was entered in error",
    "registered": "it is pending",
}


def read_fhir(text: str, words: Vocabulary) -> list[Printed | Unmatched | Refusal]:
    """The results of the observations in order, those of panels and those contained in reports too."""
    read: list[Printed | Unmatched | Refusal] = []
    for number, (observation, status) in enumerate(_observations(json.loads(text)), 1):
        read += _results(number, observation, status, words)
    return read


def _observations(part: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Each observation and each component of one, with the observation's status."""
    if isinstance(part, list):
        for item in part:
            yield from _observations(item)
    elif isinstance(part, dict):
        if part.get("resourceType") == "Observation":
            status = str(part.get("status", ""))
            components = [c for c in _list(part.get("component")) if isinstance(c, dict)]
            if not components or any(key.startswith("value") for key in part):
                yield part, status
            for component in components:
                yield component, status
        for key in ("entry", "resource", "contained"):
            yield from _observations(part.get(key))


def _list(part: Any) -> list[Any]:
    return part if isinstance(part, list) else []


def _dict(part: Any) -> dict[str, Any]:
    return part if isinstance(part, dict) else {}


def _text(part: Any) -> str:
    return part.strip() if isinstance(part, str) else ""


def _results(
    number: int, observation: dict[str, Any], status: str, words: Vocabulary
) -> list[Printed | Unmatched | Refusal]:
    code = _dict(observation.get("code"))
    codings = [_dict(coding) for coding in _list(code.get("coding"))]
    names = [
        name
        for name in (_text(code.get("text")), *(_text(coding.get("display")) for coding in codings))
        if name
    ]
    codes = [
        _text(c.get("code"))
        for c in codings
        if _text(c.get("system")) in (LOINC_SYSTEM, "", "urn:oid:2.16.840.1.113883.6.1")
    ]
    source = _source(observation, names or codes)
    comments = [
        line
        for note in _list(observation.get("note"))
        for line in _text(_dict(note).get("text")).splitlines()
    ]
    said = [Unmatched(number, line.strip()) for line in comments if line.strip()]
    slug, doubt = finding_of(codes, names, words)
    if not slug:
        free = _text(observation.get("valueString"))
        read = read_lines([Line(number, line) for line in free.splitlines()], words)
        return [
            *(read if any(isinstance(part, Printed) for part in read) else [Unmatched(number, source)]),
            *said,
        ]
    if doubt:
        return [Refusal(number, source, slug, doubt), *said]
    if status in UNUSABLE:
        return [Refusal(number, source, slug, f"No result was reported: {UNUSABLE[status]}."), *said]
    printed = _printed(number, source, slug, observation, words)
    return [printed, *said]


def _source(observation: dict[str, Any], names: list[str]) -> str:
    """The observation in one line, as one would print it."""
    quantity = _dict(observation.get("valueQuantity"))
    concept = _dict(observation.get("valueCodeableConcept"))
    value = " ".join(
        filter(None, (
            _text(quantity.get("comparator")) + _text(quantity.get("value")),
            _text(quantity.get("unit")) or _text(quantity.get("code")),
            _text(observation.get("valueString")), _text(observation.get("valueInteger")), _concept(concept),
        ))
    )  # fmt: skip
    ranges = [_range(_dict(item)) for item in _list(observation.get("referenceRange"))[:1]]
    parts = [
        names[0] if names else "",
        value,
        *(f"({text})" for text in ranges if text),
        *_flags(observation),
    ]
    return "  ".join(part for part in (*parts, _text(observation.get("effectiveDateTime"))[:10]) if part)


def _concept(concept: dict[str, Any]) -> str:
    shown = (_text(_dict(coding).get("display")) for coding in _list(concept.get("coding")))
    return _text(concept.get("text")) or next((text for text in shown if text), "")


def _flags(observation: dict[str, Any]) -> list[str]:
    codes = [
        _text(_dict(coding).get("code"))
        for concept in _list(observation.get("interpretation"))
        for coding in _list(_dict(concept).get("coding"))
    ]
    return [code for code in codes if code]


def _range(given: dict[str, Any]) -> str:
    low, high = (_text(_dict(given.get(end)).get("value")) for end in ("low", "high"))
    if low and high:
        return f"{low} - {high}"
    return _text(given.get("text")) or (f">= {low}" if low else f"<= {high}" if high else "")


def _printed(
    number: int, source: str, slug: str, observation: dict[str, Any], words: Vocabulary
) -> Printed | Refusal:
    quantity = _dict(observation.get("valueQuantity"))
    tail = _tail(observation, slug, words)
    if tail is None or not tail.has_value or tail.unknown_before:
        absent = _dict(observation.get("dataAbsentReason"))
        reason = _concept(absent) or next(
            (_text(_dict(c).get("code")) for c in _list(absent.get("coding"))), ""
        )
        says = (
            f"No result was reported: “{reason[:60]}”."
            if reason
            else "What is reported here is neither an amount nor a word that is known."
        )
        return Refusal(number, source, slug, says)
    printed = printed_of(number, source, slug, tail)
    coded, shown = _text(quantity.get("code")), _text(quantity.get("unit"))
    unit = coded or shown or printed.unit
    other = shown if coded and shown and unit_key(coded) != unit_key(shown) else ""
    if shown and coded and not words.units_of(words.finding(slug), coded):
        unit, other = shown, ""
    ranges = [_dict(item) for item in _list(observation.get("referenceRange"))][:1]
    interval = _range(ranges[0]) if ranges else ""
    interval_unit = ""
    for end in ("low", "high"):
        of_end = _dict(ranges[0].get(end)) if ranges else {}
        interval_unit = interval_unit or _text(of_end.get("code")) or _text(of_end.get("unit"))
    return replace(
        printed, unit=unit, other_unit=other, interval=interval or printed.interval, interval_unit=interval_unit,
        flag=" ".join(_flags(observation)) or printed.flag,
    )  # fmt: skip


def _tail(observation: dict[str, Any], slug: str, words: Vocabulary) -> Tail | None:
    titred = is_titred(slug, words)
    quantity = _dict(observation.get("valueQuantity"))
    if value := _text(quantity.get("value")):
        return Tail(numbers=[_text(quantity.get("comparator")) + value])
    concept = _dict(observation.get("valueCodeableConcept"))
    for coding in _list(concept.get("coding")):
        if state := STATE_CODES.get(_text(_dict(coding).get("code"))):
            return Tail(words=[state])
    ratio = _dict(observation.get("valueRatio"))
    if ratio:
        ends = [_text(_dict(ratio.get(end)).get("value")) for end in ("numerator", "denominator")]
        return scan(":".join(ends), words, titred) if titred and all(ends) else None
    text = (
        _text(observation.get("valueString")) or _concept(concept) or _text(observation.get("valueInteger"))
    )
    tail = scan(text, words, titred) if text else None
    return tail if tail is None or tail.is_result else None
