"""Saved assessments in words."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.models import Assessment, Version
from conditions.releases import knowledge_of

from .changes import Saying, Section, changes

LONG = 8


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the words said, with its title; ``lines`` are a list under the title, if there is one."""

    title: str
    lines: tuple[str, ...]

    @property
    def is_long(self) -> bool:
        """Whether it is folded."""
        return len(self.lines) > LONG


def parts_of(text: str) -> tuple[Part, ...]:
    """The words said part by part, as they stand in the text for copying; its line for programs apart."""
    made = []
    for block in text.split("\n\n"):
        title, *lines = block.split("\n")
        if lines:
            made.append(Part(title, tuple(line.removeprefix("- ") for line in lines)))
        elif not title.startswith("cobalt1 "):
            made.append(Part("", (title,)))
    return tuple(made)


def answer_in(version: Version) -> dict[str, Any]:
    """The answer that is kept, read."""
    found: dict[str, Any] = json.loads(version.answer)
    return found


def saying_of(version: Version) -> Saying:
    """What was told and said in a version, in the words of its release."""
    return Saying(version.told, answer_in(version), knowledge_of(version.digest))


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    assessment: Assessment
    newest: Version

    @property
    def headline(self) -> str:
        """The sentence as it was said."""
        return str(answer_in(self.newest)["headline"]["sentence"])


@dataclass(frozen=True)
class Opened:
    """One version of an assessment as its owner reads it again."""

    assessment: Assessment
    version: Version
    before: Version | None

    @property
    def headline(self) -> str:
        """The sentence as it was said."""
        return str(answer_in(self.version)["headline"]["sentence"])

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The words said, but for the headline that stands above them."""
        return tuple(part for part in parts_of(self.version.text) if part.lines != (self.headline,))

    @property
    def since(self) -> tuple[str, str]:
        """What the version before and this one are called beside each other."""
        return (f"Version {self.version.number - 1}", f"Version {self.version.number}")

    @property
    def is_newest(self) -> bool:
        """Whether nothing was added to it."""
        return self.version.number == self.assessment.version

    @cached_property
    def changes(self) -> tuple[Section, ...]:
        """What differs from the version before."""
        return changes(saying_of(self.before), saying_of(self.version)) if self.before else ()
