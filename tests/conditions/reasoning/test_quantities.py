import warnings
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.reasoning.quantities import (
    AmountError,
    Band,
    Interval,
    Quantity,
    Span,
    Unit,
    bands_reached,
    convert,
    convert_value,
    read_amount,
)
from tests.make.shipped import shipped

B12 = (
    Unit("ng/L"),
    Unit("pg/mL"),
    Unit("pmol/L", Decimal("1.35537")),
)
NG239 = (
    Band(frozenset({"deficient"}), Decimal(180)),
    Band(frozenset({"indeterminate"}), Decimal(350), inclusive=True),
    Band(frozenset({"sufficient"})),
)
OF_THE_REPORT = (
    Band(frozenset({"low"}), Decimal(1), of="low"),
    Band(frozenset({"normal"}), Decimal(1), inclusive=True, of="high"),
    Band(frozenset({"high"}), Decimal(3), inclusive=True, of="high"),
    Band(frozenset({"very_high"})),
)


@pytest.mark.parametrize(
    ("text", "comparator", "value"),
    [
        ("150", "", "150"),
        (" 150.50 ", "", "150.50"),
        (".28", "", ".28"),
        ("0", "", "0"),
        ("<150", "<", "150"),
        ("<= 150", "<=", "150"),
        ("≥ 2000", ">=", "2000"),
        (">\u00a02000", ">", "2000"),
        ("≤\u202f5", "<=", "5"),
        ("1,200", "", "1200"),
        ("1,200,000.5", "", "1200000.5"),
        (">2,000", ">", "2000"),
        ("2,50,000", "", "250000"),
        ("000150", "", "150"),
    ],
)
def test_an_amount_is_read_as_it_is_printed(text: str, comparator: str, value: str) -> None:
    assert read_amount(text) == (comparator, Decimal(value))


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "+5",
        "−5",
        "1e3",
        "1e999",
        "NaN",
        "Infinity",
        "0x10",
        "12.",
        "1.2.3",
        "1 200",
        "1_000",
        "<",
        "><5",
        "=5",
        "5<",
        "150 ng/L",
        "١٢٣",
        "１５０",
        "²",
        "½",
        "1234567890123",
        "0.1234567890123",
        "\x00150",
        "150\n151",
        "9" * 10_000_000,
        "1,2,",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_what_is_not_a_plain_decimal_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match=r"is not a number$"):
        read_amount(text)


@pytest.mark.parametrize(
    "text", ["1,5", "<1,50", "12,3456", "0,28", "0,280", "1,2000", ",200", "1234,567", "1,200,00"]
)
def test_a_comma_that_may_be_a_decimal_point_is_asked_about(text: str) -> None:
    with pytest.raises(AmountError, match=r"can be read in two ways: write a point for decimals$"):
        read_amount(text)


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_an_empty_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountError, match="Nothing is written here"):
        read_amount(text)


def test_a_refusal_quotes_no_more_than_the_beginning() -> None:
    with pytest.raises(AmountError) as refused:
        read_amount("B12 of the second sample was seventeen")

    assert str(refused.value) == "“B12 of the second sample was s…” is not a number"


@given(st.text())
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        value = read_amount(text)[1]
    except AmountError:
        return
    assert value.is_finite()
    assert value >= 0


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ng/L", "mass"),
        ("pg/mL", "mass"),
        ("g/dL", "mass"),
        ("g", "mass"),
        ("ug/g", "mass"),
        ("pmol/L", "molar"),
        ("mol/L", "molar"),
        ("mmol/mol{creat}", "molar"),
        ("mg/g{creat}", "mass"),
        ("U/L", "other"),
        ("10*9/L", "other"),
        ("{INR}", "other"),
        ("%", "other"),
        ("deg", "other"),
        ("meq/L", "other"),
    ],
)
def test_a_unit_counts_molecules_weighs_them_or_neither(code: str, kind: str) -> None:
    assert Unit(code).kind == kind


@pytest.mark.parametrize(
    ("value", "given", "wanted", "converted"),
    [
        ("180", "ng/L", "pg/mL", "180"),
        ("1000", "pmol/L", "ng/L", "1355.37000"),
        ("1355.37", "ng/L", "pmol/L", "1000"),
        ("133", "pmol/L", "pmol/L", "133"),
    ],
)
def test_an_amount_is_given_in_another_unit_exactly(
    value: str, given: str, wanted: str, converted: str
) -> None:
    assert convert(Quantity(Decimal(value), given), B12, wanted) == Decimal(converted)


def test_a_unit_with_an_offset_is_converted_both_ways() -> None:
    hba1c = (Unit("mmol/mol"), Unit("%", Decimal("10.93"), Decimal("-23.5")))

    assert convert_value(Decimal("6.5"), hba1c, "%", "mmol/mol") == Decimal("47.545")
    assert convert_value(Decimal("47.545"), hba1c, "mmol/mol", "%") == Decimal("6.5")


def test_a_unit_in_which_the_finding_is_never_given_is_not_converted() -> None:
    with pytest.raises(KeyError):
        convert(Quantity(Decimal(1), "ng/L"), B12, "U/L")


def test_a_quantity_is_written_with_its_comparator() -> None:
    assert (Quantity(Decimal("150"), "ng/L", "<").text, Quantity(Decimal("1.50"), "ng/L").text) == (
        "<150",
        "1.50",
    )


@pytest.fixture(scope="module")
def ucum() -> Any:
    """An independent reading of UCUM units."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ucumvert import PintUcumRegistry

        return PintUcumRegistry()


def test_units_of_one_dimension_are_converted_as_ucum_has_them(ucum: Any) -> None:
    compared, wrong = 0, []
    for finding in shipped().findings.values():
        named = {unit.code: ucum.from_ucum(unit.code) for unit in finding.units if unit.code[0] not in "1{"}
        for one, other in permutations([unit for unit in finding.units if unit.code in named], 2):
            ratio = named[one.code] / named[other.code]
            if (
                one.kind != other.kind
                or one.offset
                or "eq/" in one.code + other.code
                or not ratio.dimensionless
            ):
                continue
            ours, theirs = (
                convert_value(Decimal(1), finding.units, one.code, other.code),
                ratio.to("dimensionless"),
            )
            compared += 1
            if abs(float(ours) / theirs.magnitude - 1) > 1e-9:
                wrong.append((finding.slug, one.code, other.code, ours, theirs.magnitude))

    assert wrong == []
    assert compared > 200


@pytest.mark.parametrize(
    ("value", "comparator", "states"),
    [
        ("0", "", "deficient"),
        ("179.9", "", "deficient"),
        ("180", "", "indeterminate"),
        ("180.1", "", "indeterminate"),
        ("349.9", "", "indeterminate"),
        ("350", "", "indeterminate"),
        ("350.1", "", "sufficient"),
        ("2000", "", "sufficient"),
        ("180", "<", "deficient"),
        ("180", "<=", "deficient/indeterminate"),
        ("180.1", "<", "deficient/indeterminate"),
        ("350", "<=", "deficient/indeterminate"),
        ("350.1", "<", "deficient/indeterminate/sufficient"),
        ("350", ">", "sufficient"),
        ("350", ">=", "indeterminate/sufficient"),
        ("180", ">=", "indeterminate/sufficient"),
        ("179", ">", "deficient/indeterminate/sufficient"),
    ],
)
def test_each_band_is_reached_up_to_its_edge(value: str, comparator: Any, states: str) -> None:
    reached = bands_reached(NG239, Span.of(Decimal(value), comparator), None)

    assert "/".join(state for band in reached for state in band.states) == states


@pytest.mark.parametrize(
    ("value", "printed", "states"),
    [
        ("9", Interval(Decimal(10), Decimal(20)), "low"),
        ("10", Interval(Decimal(10), Decimal(20)), "normal"),
        ("20", Interval(Decimal(10), Decimal(20)), "normal"),
        ("20.1", Interval(Decimal(10), Decimal(20)), "high"),
        ("60", Interval(Decimal(10), Decimal(20)), "high"),
        ("60.1", Interval(Decimal(10), Decimal(20)), "very_high"),
        ("9", Interval(None, Decimal(20)), "low/normal"),
        ("21", Interval(None, Decimal(20)), "high"),
        ("9", Interval(Decimal(10), None), "low"),
        ("11", Interval(Decimal(10), None), "normal/high/very_high"),
        ("11", None, "low/normal/high/very_high"),
    ],
)
def test_an_edge_that_was_not_printed_separates_nothing(
    value: str, printed: Interval | None, states: str
) -> None:
    reached = bands_reached(OF_THE_REPORT, Span.of(Decimal(value), ""), printed)

    assert "/".join(state for band in reached for state in band.states) == states


EDGES = st.lists(st.integers(0, 20), min_size=1, max_size=5, unique=True).map(sorted)


@given(EDGES, st.integers(-1, 21), st.sampled_from(["", "<", "<=", ">", ">="]), st.randoms())
def test_law_the_bands_reached_are_those_of_all_amounts_the_text_allows(
    edges: list[int], value: int, comparator: Any, random: Any
) -> None:
    scale = [Band(frozenset({str(e)}), Decimal(e), inclusive=random.random() < 0.5) for e in edges]
    bands = [*scale, Band(frozenset({"top"}))]
    allowed = {
        "": lambda amount: amount == value,
        "<": lambda amount: amount < value,
        "<=": lambda amount: amount <= value,
        ">": lambda amount: amount > value,
        ">=": lambda amount: amount >= value,
    }[comparator]
    amounts = [Decimal(n) / 2 for n in range(-6, 50) if allowed(Decimal(n) / 2)]

    one_by_one = {band for amount in amounts for band in bands_reached(bands, Span.of(amount, ""), None)}

    assert set(bands_reached(bands, Span.of(Decimal(value), comparator), None)) == one_by_one
