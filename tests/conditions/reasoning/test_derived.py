import pytest

from conditions.reasoning.derived import DERIVED, Inputs
from tests.make.reading import number, read, state
from tests.make.shipped import shipped

EGFR = "mL/min/{1.73_m2}"


def test_every_formula_names_itself_and_its_source() -> None:
    assert all(name == one.name and one.formula and one.source for name, one in DERIVED.items())


def test_every_formula_computes_a_shipped_finding() -> None:
    assert {f.derived for f in shipped().findings.values() if f.derived} == DERIVED.keys()


def test_what_a_formula_needs_is_among_its_inputs() -> None:
    assert all(one.needs <= set(one.inputs) for one in DERIVED.values())


def test_where_an_amount_it_needs_is_missing_a_formula_gives_nothing() -> None:
    findings = shipped().findings
    without = {name: one.compute(Inputs(findings, {}, {})) for name, one in DERIVED.items() if not one.needs}

    assert without == {"aih_simplified_2008": None}


@pytest.mark.parametrize(
    ("sex", "age", "creatinine", "egfr"),
    # Worked out apart from the code, in logarithms, from the coefficients in table S1 of the publication.
    [
        ("female", "50", "0.5", "114"),
        ("female", "50", "0.7", "105"),
        ("female", "50", "1.2", "55"),
        ("female", "18", "0.6", "133"),
        ("female", "35", "1.0", "75"),
        ("female", "65", "0.8", "82"),
        ("female", "80", "2.5", "19"),
        ("female", "92", "0.7", "81"),
        ("female", "30", "6.0", "9"),
        ("male", "50", "0.9", "104"),
        ("male", "50", "1.2", "74"),
        ("male", "18", "1.0", "112"),
        ("male", "35", "1.5", "62"),
        ("male", "72", "3.2", "20"),
        ("male", "80", "2.5", "25"),
        ("male", "65", "0.6", "107"),
        ("male", "95", "1.1", "62"),
    ],
)
def test_egfr_is_worked_out_by_ckd_epi_2021(sex: str, age: str, creatinine: str, egfr: str) -> None:
    classified = read(f"sex {sex}", age=(age, "a"), creatinine=(creatinine, "mg/dL"))

    assert number(classified, "egfr") == f"{egfr} {EGFR}"
    assert classified.computed == {"egfr": DERIVED["ckd_epi_2021"]}
    assert classified.known["renal_function"] == {"reduced" if int(egfr) < 60 else "preserved"}


def test_creatinine_in_molar_units_gives_the_same_egfr() -> None:
    classified = read("sex male", age=("50", "a"), creatinine=("106.08", "umol/L"))

    assert number(classified, "egfr") == f"74 {EGFR}"


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
    assert "egfr" not in read(told, age=age, creatinine=creatinine).amounts


@pytest.mark.parametrize("left_out", ["age", "creatinine"])
def test_a_formula_waits_for_all_it_needs(left_out: str) -> None:
    measured = {"age": ("50", "a"), "creatinine": ("1.2", "mg/dL")}
    del measured[left_out]

    assert "egfr" not in read("sex male", **measured).amounts


def test_a_printed_egfr_beats_the_computed_one() -> None:
    classified = read("sex male", age=("50", "a"), creatinine=("1.2", "mg/dL"), egfr=("58", EGFR))

    assert (number(classified, "egfr"), classified.computed) == (f"58 {EGFR}", {})
    assert classified.known["renal_function"] == {"reduced"}


def test_a_word_for_egfr_beats_the_computed_one() -> None:
    classified = read("sex male", "egfr normal", age=("50", "a"), creatinine=("1.2", "mg/dL"))

    assert ("egfr" in classified.amounts, classified.known["egfr"]) == (False, {"normal"})


@pytest.mark.parametrize(
    ("iron", "tibc", "saturation"),
    [
        (("6", "umol/L"), ("75", "umol/L"), "8.0 %"),
        (("60", "ug/dL"), ("400", "ug/dL"), "15.0 %"),
        (("18", "umol/L"), ("60", "umol/L"), "30.0 %"),
        (("<2", "umol/L"), ("60", "umol/L"), ""),
        (("18", "umol/L"), (">60", "umol/L"), ""),
        (("18", "umol/L"), ("0", "umol/L"), ""),
    ],
)
def test_transferrin_saturation_is_iron_over_binding_capacity(
    iron: tuple[str, str], tibc: tuple[str, str], saturation: str
) -> None:
    assert number(read(iron=iron, tibc=tibc), "transferrin_saturation") == saturation


def test_a_printed_saturation_beats_the_computed_one() -> None:
    classified = read(iron=("6", "umol/L"), tibc=("75", "umol/L"), transferrin_saturation=("22", "%"))

    assert (number(classified, "transferrin_saturation"), classified.computed) == ("22 %", {})


@pytest.mark.parametrize(
    ("total", "direct", "indirect"),
    [
        (("48", "umol/L"), ("6", "umol/L"), "42.0 umol/L"),
        (("2.0", "mg/dL"), ("5", "umol/L"), "29.2 umol/L"),
        (("6", "umol/L"), ("6", "umol/L"), "0.0 umol/L"),
        (("6", "umol/L"), ("7", "umol/L"), ""),
        (("6", "umol/L"), ("<2", "umol/L"), ""),
        (("<6", "umol/L"), ("2", "umol/L"), ""),
    ],
)
def test_indirect_bilirubin_is_total_less_direct(
    total: tuple[str, str], direct: tuple[str, str], indirect: str
) -> None:
    classified = read(bilirubin_total=total, bilirubin_direct=direct)

    assert number(classified, "bilirubin_indirect") == indirect


@pytest.mark.parametrize(
    ("value", "unit", "printed", "multiple"),
    [
        ("800", "U/L", "10-40", "20.00 {ULN}"),
        ("800", "U/L", "-41", "19.51 {ULN}"),
        ("2", "ukat/L", "-0.8", "2.50 {ULN}"),
        ("800", "U/L", "", ""),
        ("800", "U/L", "10-", ""),
        ("800", "U/L", "-0", ""),
        (">800", "U/L", "10-40", ""),
    ],
)
def test_alt_and_alp_are_multiples_of_the_upper_limit_that_was_printed(
    value: str, unit: str, printed: str, multiple: str
) -> None:
    classified = read(alt=(value, unit, printed), alp=(value, unit, printed))

    assert [number(classified, name) for name in ("alt_multiple", "alp_multiple")] == [multiple, multiple]


@pytest.mark.parametrize(
    ("alt", "alp", "ratio", "pattern"),
    [
        ("800", "132", "18.18 1", "hepatocellular"),
        ("200", "120", "5.00 1", "hepatocellular"),
        ("199", "120", "4.98 1", "mixed"),
        ("81", "120", "2.02 1", "mixed"),
        ("80", "120", "2.00 1", "cholestatic"),
        ("40", "480", "0.25 1", "cholestatic"),
        ("40", "120", "", ""),
        ("80", "0", "", ""),
        ("80", "<20", "", ""),
    ],
)
def test_the_r_value_sorts_liver_injury_where_there_is_any(
    alt: str, alp: str, ratio: str, pattern: str
) -> None:
    classified = read(alt=(alt, "U/L", "10-40"), alp=(alp, "U/L", "30-120"))

    assert number(classified, "liver_injury_ratio") == ratio
    assert state(classified, "liver_injury_ratio") == pattern
