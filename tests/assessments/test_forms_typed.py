"""What is typed for an amount: numbers as people and reports write them, and units behind them."""

import pytest
from django.http import QueryDict

from assessments.forms import PictureForm
from assessments.forms.typed import Typed, taken_apart
from tests.make.shipped import shipped


def read(slug: str, value: str, unit: str = "") -> tuple[str, str]:
    typed = taken_apart(Typed(value, unit), shipped().findings[slug], shipped())
    return typed.value, typed.unit


@pytest.mark.parametrize(
    ("slug", "typed", "apart"),
    [
        ("total_b12", "150 pg/ml", ("150", "pg/mL")),
        ("total_b12", "150pmol/L", ("150", "pmol/L")),
        ("total_b12", "150 PG/ML", ("150", "pg/mL")),
        ("total_b12", "<150 ng/L", ("<150", "ng/L")),
        ("total_b12", "GREATER THAN 2000", (">2000", "")),
        ("total_b12", "greater than 2000 ng/l", (">2000", "ng/L")),
        ("total_b12", "less than 1,200 pg/mL", ("<1,200", "pg/mL")),
        ("haemoglobin", "12.1 g/dl", ("12.1", "g/dL")),
        ("platelets", "250 10*9/L", ("250", "10*9/L")),
        ("platelets", "250x10^9/L", ("250", "10*9/L")),
        ("creatinine", "80 µmol/L", ("80", "umol/L")),
        ("age", "18 months", ("18", "mo")),
        ("age", "54y", ("54", "a")),
        ("age", "54 yrs", ("54", "a")),
    ],
)
def test_a_unit_is_read_from_behind_its_number(slug: str, typed: str, apart: tuple[str, str]) -> None:
    assert read(slug, typed) == apart


def test_a_unit_that_is_typed_goes_before_one_that_is_chosen() -> None:
    assert read("total_b12", "150 pg/ml", "pmol/L") == ("150", "pg/mL")
    assert read("haemoglobin", "12.1 g/dL", "g/L") == ("12.1", "g/dL")


def test_words_for_a_sign_keep_the_unit_that_is_chosen() -> None:
    assert read("total_b12", "GREATER THAN 2000", "ng/L") == (">2000", "ng/L")


@pytest.mark.parametrize(
    "typed",
    ["", "150", " 1,200 ", "<150", "≥ 2000", "150 x", "150 mmHg", "deficient", "1 200 pg/mL", "150 g"],
)
def test_what_is_plain_or_cannot_be_taken_apart_stays_as_it_was_typed(typed: str) -> None:
    assert read("total_b12", typed, "ng/L") == (typed, "ng/L")


def test_the_form_reads_and_gives_back_number_and_unit_apart() -> None:
    form = PictureForm(QueryDict("total_b12=%3E2000+pg/ml&total_b12-unit=pmol/L"), knowledge=shipped())

    assert form.is_valid(), form.errors
    assert {slug: (q.text, q.unit) for slug, q in form.picture().measured.items()} == {
        "total_b12": (">2000", "pg/mL")
    }
    assert form["total_b12"].value() == Typed(">2000", "pg/mL")
