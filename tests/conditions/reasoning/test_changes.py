"""What two amounts of the same analyte show together."""

from collections.abc import Mapping

import pytest

from conditions.reasoning.changes import DERIVED
from conditions.reasoning.classify import classify
from conditions.reasoning.picture import read_picture
from tests.make.shipped import shipped

Amount = tuple[str, str]
CHANGES = ("mma_halved", "homocysteine_halved", "haemoglobin_risen", "creatinine_risen")


def known_of(**measured: Amount) -> Mapping[str, frozenset[str]]:
    """What is known of a patient of whom these amounts were measured."""
    amounts = {name: {"value": value, "unit": unit} for name, (value, unit) in measured.items()}
    return classify(read_picture({"measured": amounts}, shipped()), shipped()).known


@pytest.mark.parametrize(
    ("finding", "now", "earlier", "state"),
    [
        ("mma", ("0.45", "umol/L"), ("900", "nmol/L"), "halved"),
        ("mma", ("0.46", "umol/L"), ("900", "nmol/L"), "not_halved"),
        ("homocysteine", ("20", "umol/L"), ("40", "umol/L"), "halved"),
        ("homocysteine", ("21", "umol/L"), ("40", "umol/L"), "not_halved"),
        ("haemoglobin", ("90", "g/L"), ("8.0", "g/dL"), "risen"),
        ("haemoglobin", ("89", "g/L"), ("8.0", "g/dL"), "not_risen"),
        ("creatinine", ("120", "umol/L"), ("80", "umol/L"), "risen"),
        ("creatinine", ("119", "umol/L"), ("80", "umol/L"), "not_risen"),
    ],
)
def test_a_change_is_told_at_its_edge_in_any_unit(
    finding: str, now: Amount, earlier: Amount, state: str
) -> None:
    known = known_of(**{finding: now, f"previous_{finding}": earlier})

    assert known[f"{finding}_change"] == {state}


@pytest.mark.parametrize("finding", ["mma", "homocysteine", "haemoglobin", "creatinine"])
def test_no_change_is_told_of_one_amount_or_of_a_censored_one(finding: str) -> None:
    unit = shipped().findings[finding].units[0].code
    alone = known_of(**{finding: ("100", unit)})
    censored = known_of(**{finding: ("<100", unit), f"previous_{finding}": ("120", unit)})

    assert f"{finding}_change" not in alone
    assert f"{finding}_change" not in censored


def test_no_change_is_worked_out_of_b12_itself() -> None:
    inputs = {name for change in CHANGES for name in DERIVED[change].inputs}

    assert not inputs & {"total_b12", "active_b12", "previous_total_b12", "previous_active_b12"}
