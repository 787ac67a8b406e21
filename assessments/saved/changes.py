"""What differs between two sayings, in clinical words: of one picture under two releases, or of two versions."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessments.models import PARTS
from conditions.presenters.words import SUPPORT, amount_words, capital, state_words
from conditions.reasoning.knowledge import Finding, Knowledge

from .pictures import value_words

NOT_TOLD, NOT_SAID, NO_LONGER = "not known", "not said", "no longer said"
LEVELS_SHOWN = ("established", "supported", "disputed", "opposed", "excluded")

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Saying:
    """A picture, what was said of it, and the knowledge in whose words."""

    picture: Mapping[str, Any]
    answer: Answer
    knowledge: Knowledge


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs; ``what`` is empty where the sentences speak for themselves."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one kind; ``names`` heads the column of what differs, empty where the sentences say it."""

    title: str
    names: str
    changes: tuple[Change, ...]

    @property
    def is_named(self) -> bool:
        """Whether each change has a name."""
        return bool(self.names)


def changes(before: Saying, after: Saying) -> tuple[Section, ...]:
    """What differs, in the order in which a report is read; sections without a change are left out."""
    found = (
        ("What was told", "Answer", told(before, after)),
        ("Vitamin B12", "", _headline(before, after)),
        ("How values are read", "Value", _read(before, after)),
        ("Explanations", "Condition", _causes(before, after)),
        ("Time-sensitive signs", "", _advice("signs", before, after)),
        ("Cautions", "", _advice("cautions", before, after)),
        ("Investigations worth considering", "Test", _investigations(before, after)),
        ("Options", "", _advice("options", before, after)),
    )
    sections = [Section(title, names, tuple(made)) for title, names, made in found]
    return tuple(section for section in sections if section.changes)


def told(before: Saying, after: Saying) -> Iterator[Change]:
    """The answers that are not the same, in the order of the form."""
    names = {name for saying in (before, after) for part in PARTS for name in saying.picture.get(part, {})}
    for name in _in_order(names, before.knowledge, after.knowledge):
        said = [_told(name, saying) for saying in (before, after)]
        if said[0] != said[1]:
            yield Change(_label(name, before, after), *said)


def _told(name: str, saying: Saying) -> str:
    amount = saying.picture.get("measured", {}).get(name)
    state = saying.picture.get("stated", {}).get(name)
    finding = saying.knowledge.findings.get(name)
    words = [amount_words(value_words(amount), amount["unit"])] if amount else []
    if amount and (interval := amount.get("interval")):
        words.append(f"(interval {interval.get('low', '…')} to {interval.get('high', '…')})")
    if state:
        words.append(_state(finding, state))
    return " ".join(words) or NOT_TOLD


def _state(finding: Finding | None, state: str) -> str:
    if finding is None:
        return state.replace("_", " ")
    words = {"present": "yes", "absent": "no"} if not finding.state_labels else {}
    return words.get(state) or state_words(finding, state)


def _headline(before: Saying, after: Saying) -> Iterator[Change]:
    said = [saying.answer["headline"]["sentence"] for saying in (before, after)]
    if said[0] != said[1]:
        yield Change("", *said)


def _read(before: Saying, after: Saying) -> Iterator[Change]:
    """The amounts that are read as another state than before."""
    known = [saying.answer["known"] for saying in (before, after)]
    for name in _in_order(known[0].keys() | known[1].keys(), before.knowledge, after.knowledge):
        finding = after.knowledge.findings.get(name) or before.knowledge.findings.get(name)
        states = [one.get(name) for one in known]
        if finding is None or not finding.is_measured or states[0] == states[1]:
            continue
        yield Change(
            _label(name, before, after),
            *(_state(finding, state) if state else NOT_TOLD for state in states),
        )


def _causes(before: Saying, after: Saying) -> Iterator[Change]:
    level = [
        {one["condition"]: one["support"] for one in saying.answer["causes"]} for saying in (before, after)
    ]
    for slug in dict.fromkeys((*level[1], *level[0])):
        levels = [one.get(slug, "not_suggested") for one in level]
        if levels[0] != levels[1] and any(one in LEVELS_SHOWN for one in levels):
            known = [s.knowledge.conditions[slug] for s in (after, before) if slug in s.knowledge.conditions]
            yield Change(known[0].name if known else slug, *(SUPPORT[one] for one in levels))


def _advice(kind: str, before: Saying, after: Saying) -> Iterator[Change]:
    said = [{one["recommendation"]: one["says"] for one in saying.answer[kind]} for saying in (before, after)]
    yield from _sentences(said[0], said[1], lambda _: "")


def _investigations(before: Saying, after: Saying) -> Iterator[Change]:
    """Those asked for as things stand; what waits for something else is left out."""
    said = [
        {one["investigation"]: one["says"] for one in saying.answer["investigations"] if not one["waits_for"]}
        for saying in (before, after)
    ]

    def name(slug: str) -> str:
        known = [
            s.knowledge.investigations[slug] for s in (after, before) if slug in s.knowledge.investigations
        ]
        return known[0].name if known else slug

    yield from _sentences(said[0], said[1], name)


def _sentences(
    before: Mapping[str, str], after: Mapping[str, str], name: Callable[[str], str]
) -> Iterator[Change]:
    for slug in dict.fromkeys((*after, *before)):
        said = [before.get(slug, NOT_SAID), after.get(slug, NO_LONGER)]
        if said[0] != said[1]:
            yield Change(name(slug), *said)


def _in_order(names: set[str], *known: Knowledge) -> list[str]:
    """The names in the order of the form."""

    def place(name: str) -> tuple[int, str]:
        finding = next((one.findings[name] for one in reversed(known) if name in one.findings), None)
        return (finding.order if finding else 0, name)

    return sorted(names, key=place)


def _label(name: str, *sayings: Saying) -> str:
    found = [s.knowledge.findings[name].label for s in reversed(sayings) if name in s.knowledge.findings]
    return found[0] if found else capital(name.replace("_", " "))
