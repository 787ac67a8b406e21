"""The rows that curators edit, and the releases that are made of them."""

from .case import Case
from .condition import Association, Condition, Description, Effect
from .finding import Finding, Implication, Unit
from .group import Group
from .investigation import Investigation
from .limits import Band, Limits
from .note import Note, Step
from .recommendation import Recommendation
from .release import Release
from .rule import Rule
from .source import Source
from .unit_alias import UnitAlias

__all__ = [
    "Association",
    "Band",
    "Case",
    "Condition",
    "Description",
    "Effect",
    "Finding",
    "Group",
    "Implication",
    "Investigation",
    "Limits",
    "Note",
    "Recommendation",
    "Release",
    "Rule",
    "Source",
    "Step",
    "Unit",
    "UnitAlias",
]
