"""What identifies a person is dropped from HL7 messages and FHIR resources: only listed parts are kept."""

import json
import re
from collections.abc import Iterator
from typing import Any

from .identifiers import DROPPED, Dropper, labels_in, shared_list

SEGMENT = re.compile(r"[A-Z][A-Z0-9]{2}(?=[^\w\s])")
_BREAKS = re.compile(r"[\r\n\x0b\x1c]+|[ \t](?=[A-Z][A-Z0-9]{2}\|)")
_LINE_ENDS = re.compile(r"(~|\\\.(?:br|sp|ce)[+\d]*\\)")
_NUMBER = re.compile(r"[<>=^:.,\d\s/+-]*")
MOST_RESULTS: int = shared_list()["most"]["results"]
"""The results that a message may hold; no report of one patient has as many."""
MOST_LINES: int = shared_list()["most"]["lines"]
"""The lines of text that a report may have."""
DEEPEST: int = shared_list()["most"]["depth"]
CANNOT: dict[str, str] = shared_list()["cannot"]


def is_hl7(text: str) -> bool:
    """Whether the text holds segments of HL7 version 2."""
    return re.search(r"(?:^|[\r\n\x0b \t])(?:MSH[^\w\s]{3}|(?:PID|OBX)\|)", text) is not None


def is_json(text: str) -> bool:
    """Whether the text is, or holds, decoded JSON of FHIR."""
    return re.match(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"])", text) is not None or '"resourceType"' in text


def kept_of_hl7(text: str) -> tuple[str, dict[str, int]]:
    """The listed fields of the listed segments, a segment a line, and how many parts went of each kind."""
    kept_fields: dict[str, list[int]] = shared_list()["hl7"]["kept"]
    of_persons: dict[str, list[int]] = shared_list()["hl7"]["of_persons"]
    segments = [part.strip() for part in _BREAKS.split(text) if part.strip()]
    if sum(segment.startswith("OBX") for segment in segments) > MOST_RESULTS:
        raise TooMuchError(CANNOT["results"])
    if len(segments) + len(_LINE_ENDS.findall(text)) > MOST_LINES:
        raise TooMuchError(CANNOT["lines"])
    mark = next((s[3] for s in segments if s.startswith("MSH") and len(s) > 3), "|")
    dropper = Dropper()
    for segment in segments:
        fields = segment.split(mark)
        for number in of_persons.get(fields[0], ()):
            if number < len(fields):
                dropper.remember(fields[number].replace("_", " "))
        for number in kept_fields.get(fields[0], ()):
            if number < len(fields):
                for line in _lines(fields[number])[::2]:
                    dropper.learn(line)
    made = []
    for segment in segments:
        fields = segment.split(mark)
        numbers = kept_fields.get(fields[0])
        if numbers is None or not SEGMENT.match(segment):
            dropper.drop(_named("segment", fields[0], shared_list()["hl7"]["named"]))
        elif fields[0] == "MSH":
            made.append(mark.join(fields[:2]))
        elif (
            fields[0] == "OBX"
            and len(fields) > 3
            and any(True for _ in labels_in(fields[3].replace("^", "  ")))
        ):
            dropper.drop(DROPPED["of_person"])
        else:
            made.append(_kept_fields(fields, numbers, mark, dropper))
    return "\n".join(made), dropper.kinds


def _named(kind: str, name: str, listed: list[str]) -> str:
    """How a part is named that was dropped: by its own name only if the list has it."""
    return DROPPED[kind].format(name) if name in listed else DROPPED[f"other_{kind}"]


def _kept_fields(fields: list[str], numbers: list[int], mark: str, dropper: Dropper) -> str:
    made = [fields[0]]
    for number in range(1, min(len(fields), max(numbers) + 1)):
        field = fields[number] if number in numbers else ""
        if number in shared_list()["hl7"]["words_only"].get(fields[0], ()):
            field = _words_of(field)
        if field and not _NUMBER.fullmatch(field) and len(field) > 1:
            field = _kept_lines(field, dropper)
        made.append(field)
    return mark.join(made).rstrip(mark) if any(made[1:]) else fields[0]


def _words_of(field: str) -> str:
    """A coded field without its code, where words stand behind it."""
    mark, words = field.partition("^")[1:]
    return field if field.endswith("^") or not mark else mark + words


def _lines(field: str) -> list[str]:
    """The lines and repetitions of a field, each followed by what parts it from the next."""
    return _LINE_ENDS.split(field)


def _kept_lines(field: str, dropper: Dropper) -> str:
    made = ""
    parts = [*_lines(field), ""]
    for line, mark in zip(parts[::2], parts[1::2], strict=True):
        if _keeps(dropper, line):
            made += line + mark
    return made


def _keeps(dropper: Dropper, line: str) -> bool:
    """Components are looked at as words and as columns."""
    return dropper.keeps(line.replace("^", "  ").replace("\\T\\", "&"))


class TooMuchError(ValueError):
    """There is more than a report holds; the message is a sentence, without a word of the text."""


class NotJsonError(ValueError):
    """The text begins as JSON and is none; the message is a sentence, without a word of the text."""


def kept_of_json(text: str) -> tuple[str, dict[str, int]]:
    """The listed keys of the listed resources as JSON, and how many parts went of each kind. Raises NotJsonError."""
    dropper = Dropper()
    found = list(_documents(text))
    for document in found:
        _remember(document, dropper, False, 0)
    kept = [kept for document in found if (kept := _kept(document, dropper, 0)) is not None]
    return json.dumps(kept, ensure_ascii=False, indent=1), dropper.kinds


def _documents(text: str) -> Iterator[Any]:
    """Each JSON document of the text: one, or one a line. Numbers stay as they are written."""
    decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)
    start = min((place for place in (text.find("{"), text.find("[")) if place >= 0), default=-1)
    if start < 0:
        raise NotJsonError(CANNOT["no_json"])
    while start < len(text):
        try:
            document, end = decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            said = CANNOT["json"].format(line=error.lineno, column=error.colno)
            raise NotJsonError(said) from None
        except (RecursionError, ValueError):
            raise NotJsonError(CANNOT["depth"]) from None
        yield from document if isinstance(document, list) else (document,)
        start = end
        while start < len(text) and text[start] not in "{[":
            start += 1


def _remember(part: Any, dropper: Dropper, of_person: bool, depth: int) -> None:
    """Remember the words of names and identifiers, of patients and of all others who are named."""
    if depth > DEEPEST:
        raise NotJsonError(CANNOT["depth"])
    if isinstance(part, dict):
        of_person = of_person or part.get("resourceType") in shared_list()["fhir"]["of_persons"]
        for key, value in part.items():
            if key in ("family", "given", "birthDate") or (
                of_person and key in ("name", "identifier", "line", "value")
            ):
                for text in _texts(value, 0):
                    dropper.remember(text)
            elif key in ("subject", "performer", "requester", "resultsInterpreter", "patient"):
                for text in _texts(value, 0):
                    if not re.match(r"[A-Z]\w+/|urn:|https?:", text):
                        dropper.remember(text)
            _remember(value, dropper, of_person, depth + 1)
    elif isinstance(part, list):
        for item in part:
            _remember(item, dropper, of_person, depth + 1)


def _texts(part: Any, depth: int) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif depth < 6:
        for item in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            yield from _texts(item, depth + 1)


def _kept(part: Any, dropper: Dropper, depth: int) -> Any:
    """What is kept of a part of a document; ``None`` if nothing is."""
    listed = shared_list()["fhir"]
    if isinstance(part, list):
        return [kept for item in part if (kept := _kept(item, dropper, depth)) not in (None, {}, [])]
    if not isinstance(part, dict):
        return part
    kind = part.get("resourceType")
    if (depth == 0 and not isinstance(kind, str)) or (isinstance(kind, str) and kind not in listed["types"]):
        dropper.drop(_named("resource", kind or "", listed["of_persons"]))
        return None
    if _is_of_person(part):
        dropper.drop(DROPPED["of_person"])
        return None
    made: dict[str, Any] = {}
    for key, value in part.items():
        if key not in listed["kept"]:
            dropper.drop(_named("key", key, listed["named"]))
        elif isinstance(value, dict | list) and not _is_text_list(value):
            if (kept := _kept(value, dropper, depth + 1)) not in (None, {}, []):
                made[key] = kept
        elif isinstance(value, str) and key in listed["free_text"] and not _NUMBER.fullmatch(value):
            if lines := [line for line in value.splitlines() if dropper.keeps(line)]:
                made[key] = "\n".join(lines)
        elif not isinstance(value, list):
            made[key] = value
    return made


def _is_text_list(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, str) for item in value)


def _is_of_person(part: dict[str, Any]) -> bool:
    """Whether an observation's own code says that it tells of the person: “Patient name”."""
    code = part.get("code")
    return isinstance(code, dict) and any(
        True for text in _texts(code, 0) if len(text) < 200 for _ in labels_in(text)
    )
