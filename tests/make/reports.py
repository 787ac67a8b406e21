"""Reports of shipped and of small knowledge, without a database."""

from typing import Any

from assessments.presenters.report import Report
from conditions.reasoning.document import read_document
from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.picture import read_picture
from tests.make.knowledge import document
from tests.make.releases import release_of
from tests.make.shipped import shipped

TOTAL_IN_THE_REPORT = {"value": "1250", "unit": "ng/L", "interval": {"low": "197", "high": "771"}}
LOW = {"measured": {"total_b12": {"value": "150", "unit": "ng/L"}}}


def report_of(said: Interpretation, full: bool = True) -> Report:
    return Report(said, release_of(shipped()), full)


def small(picture: dict[str, Any], **changes: Any) -> Interpretation:
    """What a small piece of knowledge with ``changes`` says of a picture."""
    knowledge = read_document(document(**changes))
    return interpret(read_picture(picture, knowledge), knowledge)
