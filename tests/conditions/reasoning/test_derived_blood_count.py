"""Anaemia by WHO 2024 and the size of red cells, by age, sex, pregnancy and altitude."""

from decimal import Decimal

import pytest

from tests.make.reading import number, read, state


@pytest.mark.parametrize(
    ("metres", "sea_level"),
    # 135 g/L less the adjustment worked out by hand; the bands of 500 m have it as 0, 4, 8, 11, 14 … 33 g/L.
    [
        ("499", "135"),
        ("500", "132.1"),
        ("750", "130.6"),
        ("1250", "127.5"),
        ("1750", "124.2"),
        ("2250", "120.8"),
        ("2750", "117.2"),
        ("3250", "113.5"),
        ("3750", "109.6"),
        ("4250", "105.6"),
        ("4750", "101.4"),
    ],
)
def test_haemoglobin_is_adjusted_for_altitude_from_500_m(metres: str, sea_level: str) -> None:
    classified = read(haemoglobin=("135", "g/L"), altitude=(metres, "m"))

    assert number(classified, "haemoglobin_sea_level") == f"{sea_level} g/L"


def test_altitude_may_be_given_in_feet() -> None:
    classified = read(haemoglobin=("13.5", "g/dL"), altitude=("8202.0997", "[ft_i]"))

    assert Decimal(number(classified, "haemoglobin_sea_level").split()[0]) == Decimal("119.0")


@pytest.mark.parametrize(
    ("haemoglobin", "altitude", "sea_level"),
    [("<70", None, "<70 g/L"), ("120", "<600", ""), (">150", "2500", ">134.0 g/L")],
)
def test_a_censored_haemoglobin_stays_so_and_a_censored_altitude_adjusts_nothing(
    haemoglobin: str, altitude: str | None, sea_level: str
) -> None:
    measured = {"altitude": (altitude, "m")} if altitude else {}

    classified = read(haemoglobin=(haemoglobin, "g/L"), **measured)

    assert number(classified, "haemoglobin_sea_level") == sea_level


GROUPS = [
    (("6", "mo"), ("sex female",), {}, (70, 95, 105)),
    (("23", "mo"), ("sex male",), {}, (70, 95, 105)),
    (("2", "a"), (), {}, (70, 100, 110)),
    (("59", "mo"), (), {}, (70, 100, 110)),
    (("5", "a"), ("sex female",), {}, (80, 110, 115)),
    (("11", "a"), ("sex male",), {}, (80, 110, 115)),
    (("12", "a"), ("sex male",), {}, (80, 110, 120)),
    (("14", "a"), ("sex female", "pregnancy absent"), {}, (80, 110, 120)),
    (("15", "a"), ("sex female", "pregnancy absent"), {}, (80, 110, 120)),
    (("15", "a"), ("sex male",), {}, (80, 110, 130)),
    (("64", "a"), ("sex female", "pregnancy absent"), {}, (80, 110, 120)),
    (("65", "a"), ("sex female",), {}, (80, 110, 120)),
    (("90", "a"), ("sex male",), {}, (80, 110, 130)),
    (("30", "a"), ("sex female",), {"pregnancy_weeks": ("13.9", "wk")}, (70, 100, 110)),
    (("30", "a"), ("sex female",), {"pregnancy_weeks": ("14", "wk")}, (70, 95, 105)),
    (("14", "a"), ("sex female",), {"pregnancy_weeks": ("195", "d")}, (70, 95, 105)),
    (("30", "a"), (), {"pregnancy_weeks": ("28", "wk")}, (70, 100, 110)),
]


@pytest.mark.parametrize(("age", "told", "weeks", "edges"), GROUPS)
def test_anaemia_and_its_severity_by_who_2024(
    age: tuple[str, str],
    told: tuple[str, ...],
    weeks: dict[str, tuple[str, str]],
    edges: tuple[int, int, int],
) -> None:
    severe, moderate, mild = (Decimal(edge) for edge in edges)
    step = Decimal("0.1")
    expected = {
        severe - step: "severe",
        severe: "moderate",
        moderate - step: "moderate",
        moderate: "mild",
        mild - step: "mild",
        mild: "none",
    }

    found = {value: read(*told, age=age, haemoglobin=(str(value), "g/L"), **weeks) for value in expected}

    assert {value: state(one, "anaemia_severity") for value, one in found.items()} == expected
    assert {value: state(one, "anaemia") for value, one in found.items()} == {
        value: "absent" if severity == "none" else "present" for value, severity in expected.items()
    }


@pytest.mark.parametrize(("age", "told", "weeks", "edges"), GROUPS)
def test_haemoglobin_without_a_printed_interval_is_low_exactly_where_it_is_anaemia(
    age: tuple[str, str],
    told: tuple[str, ...],
    weeks: dict[str, tuple[str, str]],
    edges: tuple[int, int, int],
) -> None:
    under, at = str(Decimal(edges[2]) - Decimal("0.1")), str(edges[2])

    assert state(read(*told, age=age, haemoglobin=(under, "g/L"), **weeks), "haemoglobin") == "low"
    assert "low" not in read(*told, age=age, haemoglobin=(at, "g/L"), **weeks).known["haemoglobin"]


def test_who_gives_no_cut_off_under_six_months() -> None:
    classified = read(age=("5", "mo"), haemoglobin=("60", "g/L"))

    assert state(classified, "anaemia_severity") == "mild/moderate/none/severe"
    assert "anaemia" not in classified.known
    assert state(classified, "haemoglobin") == "low"


@pytest.mark.parametrize(
    ("told", "haemoglobin", "severity", "anaemia"),
    [
        (("sex female",), "100", "mild/moderate", "present"),
        (("sex female",), "107", "mild/moderate/none", ""),
        (("sex female", "pregnancy present"), "107", "mild/none", ""),
        (("sex female", "pregnancy present"), "112", "none", "absent"),
        ((), "125", "mild/none", ""),
    ],
)
def test_what_was_not_asked_leaves_anaemia_as_open_as_it_is(
    told: tuple[str, ...], haemoglobin: str, severity: str, anaemia: str
) -> None:
    classified = read(*told, age=("30", "a"), haemoglobin=(haemoglobin, "g/L"))

    assert (state(classified, "anaemia_severity"), state(classified, "anaemia")) == (severity, anaemia)


def test_weeks_of_pregnancy_imply_pregnancy() -> None:
    assert state(read(pregnancy_weeks=("20", "wk")), "pregnancy") == "present"
    assert state(read("pregnancy_weeks third_trimester"), "pregnancy") == "present"


@pytest.mark.parametrize(
    ("age", "mcv", "reads"),
    [
        (("10", "d"), "108", "normal"),
        (("10", "d"), "80", "low"),
        (("2", "mo"), "96", "normal"),
        (("2", "mo"), "120", "high/normal"),
        (("5", "mo"), "84", "normal"),
        (("5", "mo"), "109", "high"),
        (("7", "mo"), "99", "high"),
        (("9", "mo"), "103", "high"),
        (("13", "mo"), "85", "high/normal"),
        (("3", "a"), "74", "low/normal"),
        (("3", "a"), "92", "high"),
        (("8", "a"), "96", "high"),
        (("8", "a"), "85", "normal"),
        (("14", "a"), "99", "high/normal"),
        (("18", "a"), "79.9", "low"),
        (("18", "a"), "80", "normal"),
        (("40", "a"), "100", "normal"),
        (("40", "a"), "100.1", "high"),
    ],
)
def test_mcv_without_a_printed_interval_is_read_by_age(age: tuple[str, str], mcv: str, reads: str) -> None:
    assert state(read(age=age, mcv=(mcv, "fL")), "mcv") == reads
