"""The rows that curators edit, and the releases that are made of them."""

from .case import Case
from .change_set import AcceptedCase, ChangedCase, ChangeSet, EditedPart
from .condition import Association, Condition, Description, Effect
from .developer import Developer
from .edit import Edit
from .finding import Finding, Implication, Unit
from .group import Group
from .heartbeat import Heartbeat, LedgerEntry
from .investigation import Investigation
from .limits import Band, Limits
from .note import Note, Step
from .notice import Notice, Task
from .recommendation import Recommendation
from .release import Release
from .rule import Rule
from .source import Source
from .unit_alias import UnitAlias

__all__ = [
    "AcceptedCase",
    "Association",
    "Band",
    "Case",
    "ChangeSet",
    "ChangedCase",
    "Condition",
    "Description",
    "Developer",
    "Edit",
    "EditedPart",
    "Effect",
    "Finding",
    "Group",
    "Heartbeat",
    "Implication",
    "Investigation",
    "LedgerEntry",
    "Limits",
    "Note",
    "Notice",
    "Recommendation",
    "Release",
    "Rule",
    "Source",
    "Step",
    "Task",
    "Unit",
    "UnitAlias",
]
