"""What a draft would change in what is said of patients."""

from decimal import Decimal
from typing import Any

from conditions.curation.case_changes import CaseChange, changed_cases
from conditions.curation.impact import Impact, impact
from conditions.reasoning.document import read_document
from tests.make.knowledge import document

WIDE = document()
WIDE["findings"]["total_b12"]["limits"][0]["bands"][1]["upper"] = "400"


def cases(**changes: Any) -> tuple[CaseChange, ...]:
    return changed_cases(read_document(document()), read_document(document(**changes)))


def test_equal_knowledge_changes_nothing() -> None:
    knowledge = read_document(document())
    assert impact(knowledge, read_document(document())) == Impact((), (), (), 1, 0)
    assert impact(knowledge, knowledge).summary == (
        "Nothing else would be said in any of 1 cases and 0 pictures."
    )


def test_a_moved_edge_shows_the_amounts_that_are_read_otherwise() -> None:
    found = impact(read_document(document()), read_document(WIDE))
    (moved,) = found.ranges
    assert (moved.analyte, moved.low, moved.high, moved.unit) == (
        "total B12",
        Decimal(351),
        Decimal(400),
        "ng/L",
    )
    assert moved.state == "none → B12 indeterminate (supported)"
    assert moved.title.startswith("total B12 351–400 ng/L, under ")
    assert moved.says == (
        "Investigation added: Methylmalonic acid (routine).",
        "Advice added: “Methylmalonic acid would settle it.” (routine).",
        "Reasons: 1 added, 0 no longer given.",
    )
    assert (found.cases, found.failing) == ((), ())


def test_a_case_says_what_changes_and_what_fails() -> None:
    weaker = document(rules__deficient_total__effect="opposes")
    found = impact(read_document(document()), read_document(weaker))
    assert found.cases == (
        CaseChange(
            "plainly_deficient",
            "A plain deficiency",
            (
                "B12 state: B12 deficiency → B12 indeterminate (supported).",
                "Investigation added: Methylmalonic acid (routine).",
                "Advice added: “Methylmalonic acid would settle it.” (routine).",
            ),
        ),
    )
    assert found.failing == (
        "cases plainly_deficient: the headline is b12_indeterminate, not b12_deficiency.",
    )


def test_wording_alone_is_a_change() -> None:
    assert cases(rules__deficient_total__says="Below the limit.") == (
        CaseChange(
            "plainly_deficient",
            "A plain deficiency",
            ("Wording of a reason: “Total B12 is below the limit.” → “Below the limit.”.",),
        ),
    )


def test_a_case_that_is_new_gone_or_demands_something_else_is_listed() -> None:
    new = {"title": "Another", "picture": {"stated": {"glossitis": "present"}}, "expects": {"headline": None}}
    assert [change.says for change in cases(cases__another=new)] == [("A new case: none.",)]
    assert [change.says for change in cases(cases__plainly_deficient=None, cases__another=new)] == [
        ("A new case: none.",),
        ("The case is gone: nothing demands any longer what it demanded.",),
    ]
    assert [change.says for change in cases(cases__plainly_deficient__expects={"firm": True})] == [
        ("The case demands something else than before.",)
    ]
