"""What must be said of every statement before it is published."""

from datetime import date
from typing import Any

import pytest

from conditions.curation.publishable import unready
from conditions.files import read_files
from conditions.schema import tidied
from tests.make.curation import dated_document
from tests.make.knowledge import CITED

TODAY = date(2026, 11, 21)
DATED = {**CITED, "review_by": "2027-11-21"}
NOT_LOOKED_UP = "it is new or changed, and no source was looked up for it."
GREY = "Rule on B12 indeterminate (grey_total)"


def sentences(**changes: Any) -> list[str]:
    return unready(dated_document(), changed(**changes), TODAY)


def changed(**changes: Any) -> dict[str, Any]:
    """The dated document, changed after it was dated."""
    made = dated_document()
    for path, value in changes.items():
        *steps, last = path.split("__")
        part = made
        for step in steps:
            part = part[step]
        part[last] = value
    return made


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, []),
        ({"rules__grey_total__says": "Better."}, []),
        (
            {"rules__grey_total__source": "not_looked_up"},
            [f"{GREY}: it is new or changed, and no source was looked up for it."],
        ),
        (
            {"rules__grey_total__source": "", "rules__grey_total__grade": ""},
            [
                f"{GREY}: it is new or changed, and no source was looked up for it.",
                f"{GREY}: it has no grade of evidence.",
            ],
        ),
        ({"rules__grey_total__review_by": None}, [f"{GREY}: it does not say by when it is read again."]),
        (
            {"rules__grey_total__review_by": "2028-11-22"},
            [f"{GREY}: it is read again by 2028-11-22, which is more than 24 months away."],
        ),
        ({"rules__grey_total__review_by": "2028-11-21"}, []),
        (
            {"rules__grey_total__review_by": "2026-11-21"},
            [f"{GREY}: it was changed, and the day on which it is to be read again (2026-11-21) has passed."],
        ),
        (
            {
                "conditions__pernicious_anaemia__effects": [
                    {"direction": "raises", **DATED, "source": "not_looked_up"}
                ]
            },
            [f"Pernicious anaemia, its effect on B12 1: {NOT_LOOKED_UP}"],
        ),
        (
            {"conditions__pernicious_anaemia__caution": "Mind this."},
            ["Pernicious anaemia: say where its caution comes from, for it is new or changed."],
        ),
    ],
)
def test_a_statement_that_is_not_ready_is_named_with_what_it_lacks(
    changes: dict[str, Any], said: list[str]
) -> None:
    assert sentences(**changes) == said


def test_what_stays_as_it_was_may_say_that_no_source_was_looked_up() -> None:
    old = changed(rules__grey_total__source="not_looked_up", rules__deficient_total__review_by="2026-01-01")
    assert unready(old, old, TODAY) == []


def test_every_rule_says_who_developed_it_and_who_paid() -> None:
    assert sentences(developers={})[0] == (
        "Rule on B12 deficiency (deficient_total): nobody says who developed it and who paid for that."
    )
    others = {"others": {"name": "Others", "funding": "a grant"}}
    named = changed(developers=others)
    for section in ("rules", "recommendations"):
        for part in named[section].values():
            part["developer"] = "others"
    assert unready(dated_document(), named, TODAY) == []


def test_the_shipped_knowledge_can_be_followed_by_a_release_of_an_installation() -> None:
    shipped = tidied(read_files())
    assert unready(shipped, shipped, TODAY) == []
