"""The words said of a picture, in the form in which they are kept and can be given again."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessments.exports.answer import answer_of
from assessments.models import PARTS, Version
from assessments.presenters.report import Report
from conditions.models import Release
from conditions.reasoning import ENGINE
from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PatientPicture, PictureError, read_picture
from conditions.releases import knowledge_of

from .pictures import as_json


@dataclass(frozen=True)
class Said:
    """What one engine says of a picture under one release. ``lost`` are the findings it has no place for."""

    picture: dict[str, Any]
    release: Release
    interpretation: Interpretation
    lost: tuple[str, ...] = ()

    engine_version = ENGINE

    @cached_property
    def report(self) -> Report:
        return Report(self.interpretation, self.release)

    @cached_property
    def answer(self) -> str:
        """The contract's JSON."""
        return json.dumps(answer_of(self.interpretation, self.release), ensure_ascii=False)

    @cached_property
    def text(self) -> str:
        """The text for copying."""
        return self.report.text


def said_of(picture: PatientPicture, release: Release, knowledge: Knowledge) -> Said:
    """What is said of the picture as it would be kept, whatever the order in which it was told."""
    kept = as_json(picture)
    return Said(kept, release, interpret(read_picture(kept, knowledge), knowledge))


def said_again(version: Version, release: Release) -> Said:
    """What is said of a saved picture under ``release``; what that has no place for is named and left out."""
    knowledge = knowledge_of(release.digest)
    told = version.told
    lost: tuple[str, ...] = ()
    try:
        read_picture(told, knowledge)
    except PictureError as error:
        places = [problem.path.split(".")[:2] for problem in error.problems]
        lost = tuple(name for _, name in places)
        told = {part: {n: v for n, v in told[part].items() if [part, n] not in places} for part in PARTS}
    return Said(told, release, interpret(read_picture(told, knowledge), knowledge), lost)
