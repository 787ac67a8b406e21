"""What is advised "if …": little where little is known, and never at the cost of a danger or of what would settle it."""

from typing import Any

import pytest

from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.knowledge import Support
from tests.make.said import said_of
from tests.make.shipped import patient, shipped

RAISED = {"value": "1500", "unit": "ng/L"}
MOST_LINES = 10


def waiting(said: Interpretation) -> set[str]:
    """The recommendations that would be given if something were so."""
    return {advice.recommendation.slug for advice in said.if_advice}


@pytest.mark.parametrize(
    ("total", "state"),
    [
        ("150 ng/L", "b12_deficiency"),
        ("250 ng/L", "b12_indeterminate"),
        ("500 ng/L", "b12_deficiency_unlikely"),
        (RAISED, "raised_b12"),
    ],
)
def test_a_result_alone_is_followed_by_few_ifs(total: Any, state: str) -> None:
    said = said_of(measured={"total_b12": total, "age": "40 a"}, sex="female")

    assert said.headline.state == state
    assert len(said.if_advice) <= MOST_LINES < len(said.waiting)


def test_a_grey_zone_alone_still_names_mma_if_there_are_symptoms() -> None:
    said = said_of(measured={"total_b12": "250 ng/L"})

    assert "mma_when_not_settled" in waiting(said)


def test_a_low_total_alone_still_names_the_dangers_that_would_hasten_it() -> None:
    said = said_of(measured={"total_b12": "150 ng/L"})

    assert {"possible_neurological_deficiency_not_cord", "pregnancy_with_deficiency"} <= waiting(said)


def test_what_hangs_on_the_headline_waits_unsaid_until_something_of_its_own_is_known() -> None:
    alone = said_of(measured={"total_b12": "150 ng/L"})
    operated = said_of(measured={"total_b12": "150 ng/L"}, bloating="present")

    assert "breath_test_after_bowel_surgery" not in waiting(alone)
    assert "breath_test_after_bowel_surgery" in waiting(operated)


def test_another_scale_of_the_same_amount_is_no_second_clue() -> None:
    said = said_of(measured={"total_b12": RAISED})

    assert "shared_decision_on_persistent_rise" not in waiting(said)


def test_without_any_b12_result_a_clue_is_enough() -> None:
    said = said_of(nitrous_oxide="present")

    assert said.headline.state is None
    assert "nitrous_oxide_with_neurology" in waiting(said)


def test_no_cause_is_listed_for_the_b12_result_alone() -> None:
    said = interpret(patient(total_b12=("150", "ng/L"), age=("54", "a")), shipped())
    assert [c.condition for c in said.causes if c.support is Support.UNDETERMINED] == []


def test_a_cause_is_listed_as_open_once_a_clue_of_its_own_is_known() -> None:
    said = interpret(patient("vegan_diet present", age=("54", "a")), shipped())
    assert "vegan_diet_deficiency" in [c.condition for c in said.causes if c.support is Support.UNDETERMINED]
