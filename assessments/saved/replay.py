"""A saved version read once more: under the release of then, or under the one in use now."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.models import Version
from assessments.presenters.report import Report
from conditions.models import Release
from conditions.releases import current_release

from .changes import Saying, Section, changes
from .presenters import answer_in, saying_of
from .words import Said, said_again

UNDER = ("now", "then")


@dataclass(frozen=True)
class Replay:
    """What is said of a saved picture under ``release``, beside what was said then."""

    version: Version
    release: Release

    @cached_property
    def said(self) -> Said:
        return said_again(self.version, self.release)

    @property
    def report(self) -> Report:
        return self.said.report

    @property
    def same_knowledge(self) -> bool:
        """Whether the two releases hold the same knowledge."""
        return self.release.digest == self.version.digest

    @property
    def same_engine(self) -> bool:
        """Whether the reasoning is the one of then."""
        return self.said.engine_version == self.version.engine_version

    @cached_property
    def word_for_word(self) -> bool:
        """Whether every word is the one that was said."""
        return self.said.answer == self.version.answer and self.said.text == self.version.text

    @cached_property
    def changes(self) -> tuple[Section, ...]:
        """What is said otherwise than then."""
        before = saying_of(self.version)
        return changes(before, Saying(self.said.picture, self._answer, self.said.interpretation.knowledge))

    @property
    def _answer(self) -> dict[str, Any]:
        return answer_in(Version(answer=self.said.answer))


def replay_of(version: Version, under: str) -> Replay:
    """The version read under the release of ``then``, or else under the current one."""
    return Replay(version, version.release if under == "then" else current_release())
