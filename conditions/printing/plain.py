"""The words of the page for patients. They ship with the software, beside the knowledge, each with its source."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from conditions.reasoning.knowledge import Citation, Knowledge, Verification

FILE = Path(__file__).with_name("plain.yaml")
DIGEST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class PlainPoint:
    """A statement to a patient, and whose it is."""

    says: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class PlainState:
    """A B12 state in plain words: a title, the answer said again, and what there is to know about it."""

    title: str
    result: str
    points: tuple[PlainPoint, ...]


@dataclass(frozen=True, slots=True)
class PlainFinding:
    """A measured finding in plain words, with words for its states."""

    name: str
    states: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plain:
    """Everything that the page for patients can say; ``digest`` tells which wording it was."""

    about: str
    open: str
    soon: str
    tests: str
    ask: tuple[str, ...]
    nothing: PlainState
    states: Mapping[str, PlainState]
    findings: Mapping[str, PlainFinding]
    digest: str


@cache
def plain() -> Plain:
    """The words as they were shipped."""
    content = FILE.read_bytes()
    found = yaml.safe_load(content)
    return Plain(
        about=found["about"].strip(),
        open=found["open"].strip(),
        soon=found["soon"].strip(),
        tests=found["tests"].strip(),
        ask=tuple(found["ask"]),
        nothing=_state(found["nothing"]),
        states=MappingProxyType({slug: _state(state) for slug, state in found["states"].items()}),
        findings=MappingProxyType(
            {
                slug: PlainFinding(one["name"], MappingProxyType(one["states"]))
                for slug, one in found["findings"].items()
            }
        ),
        digest=hashlib.sha256(content).hexdigest()[:DIGEST_SHOWN],
    )


def _state(found: Mapping[str, Any]) -> PlainState:
    return PlainState(found["title"], found["result"], tuple(_points(found.get("points", ()))))


def _points(found: list[Mapping[str, Any]]) -> Iterator[PlainPoint]:
    for one in found:
        yield PlainPoint(
            one["says"],
            Citation(
                source=one["source"],
                grade=one["grade"],
                verification=Verification(one["verification"]),
                also=tuple(one.get("also", ())),
                place=one.get("place", ""),
            ),
        )


def fullest_texts() -> dict[str, str]:
    """For each B12 state, and for none, every sentence that a page about it can say, as one text."""
    words = plain()
    return {
        slug: " ".join(
            [
                *(f"{state.title}.", state.result, words.about, words.open, words.soon, words.tests),
                *[point.says for point in state.points],
                *words.ask,
            ]
        )
        for slug, state in {**words.states, "none": words.nothing}.items()
    }


@lru_cache(maxsize=8)
def in_plain_words(knowledge: Knowledge) -> Knowledge:
    """The same knowledge, its measured findings and their states called as patients call them."""
    findings = dict(knowledge.findings)
    for slug, words in plain().findings.items():
        if slug in findings:
            findings[slug] = replace(
                findings[slug], label=words.name, phrase=words.name, state_labels=words.states
            )
    return replace(knowledge, findings=MappingProxyType(findings))
