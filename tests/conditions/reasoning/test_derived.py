from decimal import Decimal

import pytest

from conditions.reasoning.classify import classify
from conditions.reasoning.derived import DERIVED
from conditions.reasoning.quantities import Quantity
from tests.make.shipped import patient, shipped

EGFR = "mL/min/{1.73_m2}"


@pytest.mark.parametrize(
    ("sex", "age", "creatinine", "egfr"),
    # Worked out apart from the code, in logarithms, from the coefficients in table S1 of the publication.
    [
        ("female", "50", "0.5", "114"),
        ("female", "50", "0.7", "105"),
        ("female", "50", "1.2", "55"),
        ("female", "18", "0.6", "133"),
        ("female", "80", "2.5", "19"),
        ("female", "30", "6.0", "9"),
        ("male", "50", "0.9", "104"),
        ("male", "50", "1.2", "74"),
        ("male", "18", "1.0", "112"),
        ("male", "80", "2.5", "25"),
        ("male", "65", "0.6", "107"),
        ("male", "95", "1.1", "62"),
    ],
)
def test_egfr_is_worked_out_by_ckd_epi_2021(sex: str, age: str, creatinine: str, egfr: str) -> None:
    picture = patient(f"sex {sex}", age=(age, "a"), creatinine=(creatinine, "mg/dL"))

    classified = classify(picture, shipped())

    assert classified.amounts["egfr"] == Quantity(Decimal(egfr), EGFR)
    assert classified.computed == {"egfr": DERIVED["ckd_epi_2021"]}
    assert classified.known["renal_function"] == {"reduced" if int(egfr) < 60 else "preserved"}


def test_creatinine_in_molar_units_gives_the_same_egfr() -> None:
    picture = patient("sex male", age=("50", "a"), creatinine=("106.08", "umol/L"))

    assert classify(picture, shipped()).amounts["egfr"] == Quantity(Decimal(74), EGFR)


@pytest.mark.parametrize(
    ("told", "age", "creatinine"),
    [
        ("sex male", ("17", "a"), ("1.0", "mg/dL")),
        ("sex male", ("216", "mo"), ("<1.0", "mg/dL")),
        ("sex male", (">40", "a"), ("1.0", "mg/dL")),
        ("sex male", ("40", "a"), ("0", "mg/dL")),
        ("fatigue present", ("40", "a"), ("1.0", "mg/dL")),
    ],
)
def test_a_formula_is_never_fed_a_guess(told: str, age: tuple[str, str], creatinine: tuple[str, str]) -> None:
    assert "egfr" not in classify(patient(told, age=age, creatinine=creatinine), shipped()).amounts


@pytest.mark.parametrize("left_out", ["age", "creatinine"])
def test_a_formula_waits_for_all_it_needs(left_out: str) -> None:
    measured = {"age": ("50", "a"), "creatinine": ("1.2", "mg/dL")}
    del measured[left_out]

    assert "egfr" not in classify(patient("sex male", **measured), shipped()).amounts


def test_a_printed_egfr_beats_the_computed_one() -> None:
    picture = patient("sex male", age=("50", "a"), creatinine=("1.2", "mg/dL"), egfr=("58", EGFR))

    classified = classify(picture, shipped())

    assert (classified.amounts["egfr"].value, classified.computed) == (Decimal(58), {})
    assert classified.known["renal_function"] == {"reduced"}


def test_a_word_for_egfr_beats_the_computed_one() -> None:
    picture = patient("sex male", "egfr normal", age=("50", "a"), creatinine=("1.2", "mg/dL"))

    classified = classify(picture, shipped())

    assert ("egfr" in classified.amounts, classified.known["egfr"]) == (False, {"normal"})


def test_every_formula_names_itself_and_its_source() -> None:
    assert all(name == one.name and one.formula and one.source for name, one in DERIVED.items())
