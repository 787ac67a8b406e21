"""Every edge of every guideline, in every unit a laboratory might print."""

from decimal import Decimal

import pytest

from conditions.reasoning.knowledge import Limits
from conditions.reasoning.quantities import Unit, convert_value
from tests.make.said import said_of
from tests.make.shipped import shipped

TOTAL = shipped().findings["total_b12"]
GUIDELINES = shipped().findings["guideline"].states


def compared_by(guideline: str, unit: Unit) -> Limits:
    """The guideline's limits in the kind of this unit, or the only ones it prints."""
    its = [limits for limits in TOTAL.limits if str(limits.when) == f"guideline is {guideline}"]
    return next((limits for limits in its if limits.kind == unit.kind), its[0])


@pytest.mark.parametrize("unit", TOTAL.units, ids=lambda unit: unit.code)
@pytest.mark.parametrize("guideline", GUIDELINES)
def test_an_edge_lies_where_the_guideline_prints_it_whatever_the_unit(guideline: str, unit: Unit) -> None:
    limits = compared_by(guideline, unit)
    for lower, upper in zip(limits.bands, limits.bands[1:], strict=False):
        assert lower.upper is not None
        edge = convert_value(lower.upper, TOTAL.units, limits.unit, unit.code)
        little = edge / 1000
        for amount, band in ((edge - little, lower), (edge + little, upper)):
            said = said_of(guideline, {"total_b12": f"{round(amount, 9):f} {unit.code}"})
            assert said.known["total_b12"] == band.states, (guideline, unit.code, amount)
        if unit.kind == limits.kind:
            at = lower if lower.inclusive else upper
            said = said_of(guideline, {"total_b12": f"{edge.normalize():f} {unit.code}"})
            assert said.known["total_b12"] == at.states, (guideline, unit.code, edge)


def test_kinds_of_unit_are_scaled_exactly() -> None:
    assert convert_value(Decimal("0.18"), TOTAL.units, "ng/mL", "ng/L") == 180
    assert convert_value(Decimal("0.133"), TOTAL.units, "nmol/L", "pmol/L") == 133
