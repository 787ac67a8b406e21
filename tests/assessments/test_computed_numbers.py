"""Every number that is computed stands in the report with its formula and where that comes from."""

import pytest

from conditions.reasoning.derived import DERIVED
from tests.make.reports import report_of
from tests.make.said import said_of
from tests.make.shipped import shipped

UPPER = {"interval": {"high": "40"}}
FOUR_MARKERS = {
    "active_b12": "12 pmol/L",
    "total_b12": "100 pmol/L",
    "mma": "1.50 umol/L",
    "homocysteine": "30 umol/L",
    "age": "65 a",
    "egfr": "80 mL/min/{1.73_m2}",
    "folate_serum": "8 ug/L",
}
AIH = {"ana": "80 {titer}", "igg": {"value": "19.2", "unit": "g/L", "interval": {"high": "16"}}}
ALT = {"value": "80", "unit": "U/L", **UPPER}
ALP = {"value": "100", "unit": "U/L", **UPPER}
SHOWN = [
    ("egfr", "75 mL/min/1.73 m²", {"creatinine": "80 umol/L", "age": "54 a"}, {"sex": "female"}),
    ("haemoglobin_sea_level", "119.0 g/L", {"haemoglobin": "135 g/L", "altitude": "2500 m"}, {}),
    ("transferrin_saturation", "8.0 %", {"iron": "6 umol/L", "tibc": "75 umol/L"}, {}),
    (
        "bilirubin_indirect",
        "42.0 µmol/L",
        {"bilirubin_total": "48 umol/L", "bilirubin_direct": "6 umol/L"},
        {},
    ),
    ("alt_multiple", "2.00 × upper limit", {"alt": ALT}, {}),
    ("alp_multiple", "2.50 × upper limit", {"alp": ALP}, {}),
    ("liver_injury_ratio", "0.80", {"alt": ALT, "alp": ALP}, {}),
    (
        "aih_simplified_score",
        "6 points",
        AIH,
        {"hbsag": "negative", "anti_hcv": "negative", "liver_histology": "not_done"},
    ),
    ("combined_b12_indicator", "-2.227", FOUR_MARKERS, {"pregnancy": "absent"}),
]


@pytest.mark.parametrize(("finding", "value", "measured", "stated"), SHOWN)
def test_a_computed_number_stands_with_its_formula_and_source(
    finding: str, value: str, measured: dict[str, object], stated: dict[str, str]
) -> None:
    shown = {one.finding: one for one in report_of(said_of(measured=measured, **stated)).amounts}[finding]
    formula = DERIVED[shipped().findings[finding].derived]

    assert (shown.value, shown.formula, shown.formula_source) == (value, formula.formula, formula.source)


def test_every_formula_is_shown_here() -> None:
    derived = {f.slug: DERIVED[f.derived] for f in shipped().findings.values() if f.derived}

    assert {finding for finding, *_ in SHOWN} == {
        slug for slug, one in derived.items() if one.compute.__module__ == "conditions.reasoning.derived"
    }
