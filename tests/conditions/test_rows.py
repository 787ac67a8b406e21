"""Every row of the evidence (R1 to R35 for low, H01 to H37 for raised B12) is carried out somewhere."""

import sys
from decimal import Decimal
from typing import Any

import pytest

from conditions.reasoning.picture import PictureError, read_picture
from conditions.reasoning.quantities import Quantity, convert
from tests.make.said import said_of
from tests.make.shipped import shipped

ROWS = [f"R{number}" for number in range(1, 36)] + [f"H{number:02}" for number in range(1, 38)]

CARRIED_BY_THE_PICTURE = {
    "R35": "test_r35_an_amount_without_unit_or_beyond_belief_is_refused",
    "H01": "test_h01_mass_and_molar_units_are_converted_exactly",
    "H31": "test_h31_a_censored_amount_is_read_as_all_it_may_be",
}
NOT_A_CASE = {"R35"}  # a refused picture has no interpretation


def rows_of(parts: Any) -> set[str]:
    """The rows that any of the parts names."""
    return {row for part in parts.values() for row in part.rows}


def test_every_row_is_carried_by_a_rule_or_advice_or_by_how_a_picture_is_read() -> None:
    carried = rows_of(shipped().rules) | rows_of(shipped().recommendations)

    assert set(ROWS) - carried <= CARRIED_BY_THE_PICTURE.keys()
    for name in CARRIED_BY_THE_PICTURE.values():
        assert callable(getattr(sys.modules[__name__], name))


def test_no_row_is_named_that_the_evidence_does_not_have() -> None:
    knowledge = shipped()
    named = rows_of(knowledge.rules) | rows_of(knowledge.recommendations) | rows_of(knowledge.cases)

    assert named <= set(ROWS)


def test_every_row_has_a_case() -> None:
    assert set(ROWS) - rows_of(shipped().cases) == NOT_A_CASE


@pytest.mark.parametrize(
    ("amount", "path"),
    [
        ({"value": "0.2"}, "measured.total_b12.unit"),
        ({"value": "0.2", "unit": "ng/L"}, "measured.total_b12.value"),
        ({"value": "180", "unit": "mmol/L"}, "measured.total_b12.unit"),
    ],
)
def test_r35_an_amount_without_unit_or_beyond_belief_is_refused(amount: dict[str, str], path: str) -> None:
    with pytest.raises(PictureError) as refusal:
        read_picture({"measured": {"total_b12": amount}}, shipped())

    assert [problem.path for problem in refusal.value.problems] == [path]


@pytest.mark.parametrize(
    ("mass", "molar"), [("1000", "738"), ("1500", "1107"), ("771", "569"), ("350", "258")]
)
def test_h01_mass_and_molar_units_are_converted_exactly(mass: str, molar: str) -> None:
    units = shipped().findings["total_b12"].units

    converted = convert(Quantity(Decimal(mass), "ng/L"), units, "pmol/L")

    assert converted.quantize(Decimal(1)) == Decimal(molar)


def test_h31_a_censored_amount_is_read_as_all_it_may_be() -> None:
    assert said_of(measured={"total_b12": "<200 ng/L"}).known["total_b12"] == {"deficient", "indeterminate"}
    assert said_of(measured={"total_b12": "<150 ng/L"}).known["total_b12"] == {"deficient"}
    above = said_of(measured={"total_b12": ">2000 ng/L"}).known
    assert (above["b12_lacombe_level"], above["b12_extreme_level"]) == ({"reached"}, {"below", "above"})
