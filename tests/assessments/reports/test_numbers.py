"""Numbers as reports write them."""

import pytest

from assessments.reports.numbers import edges_of, readings_of, style_of
from assessments.reports.reading import Edges


@pytest.mark.parametrize(
    ("printed", "style", "amounts"),
    [
        ("150", "unknown", ("150",)),
        ("<20", "point", ("<20",)),
        ("< 20", "point", ("<20",)),
        ("≥ 90", "point", (">=90",)),
        ("GREATER THAN 2000", "unknown", (">2000",)),
        ("less than 1", "unknown", ("<1",)),
        ("1,200", "point", ("1200",)),
        ("1,200", "comma", ("1.200",)),
        ("1,200", "unknown", ("1200", "1.200")),
        ("1.234", "point", ("1.234",)),
        ("1.234", "comma", ("1234", "1.234")),
        ("5,6", "comma", ("5.6",)),
        ("2,50,000", "unknown", ("250000",)),
        ("1,234.5", "unknown", ("1234.5",)),
        ("1.234,5", "comma", ("1234.5",)),
        (".40", "point", ("0.40",)),
        ("007", "point", ("7",)),
        ("1'234", "unknown", ("1234",)),
        ("1.2.3", "point", ()),
    ],
)
def test_a_number_is_what_the_report_lets_it_be(printed: str, style: str, amounts: tuple[str, ...]) -> None:
    assert readings_of(printed, style).amounts == amounts  # type: ignore[arg-type]


@pytest.mark.parametrize("style", ["point", "both"])
def test_a_decimal_comma_among_points_is_not_settled(style: str) -> None:
    assert not readings_of("5,6", style).settled  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("numbers", "style"),
    [
        (["150", "1,200"], "unknown"),
        (["5.6", "1,200"], "point"),
        (["5,6", "150"], "comma"),
        (["5,6", "5.6"], "both"),
        (["0.123"], "point"),
        (["0,123"], "comma"),
        (["1.234,5"], "comma"),
        ([], "unknown"),
    ],
)
def test_the_style_is_told_by_numbers_that_can_be_read_in_one_way_only(
    numbers: list[str], style: str
) -> None:
    assert style_of(numbers) == style


def test_an_interval_that_would_run_backwards_tells_the_style() -> None:
    assert style_of(["1,250"], [Edges("232", "1,245")]) == "point"
    assert style_of(["250.000"], [Edges("150", "1.245")]) == "comma"


@pytest.mark.parametrize(
    ("printed", "edges"),
    [
        ("180 - 914", ("180", "914")),
        ("(180-914)", ("180", "914")),
        ("211–911", ("211", "911")),
        ("180 to 914", ("180", "914")),
        ("<15", ("", "15")),
        ("> 60", ("60", "")),
        ("up to 0.40", ("", "0.40")),
        ("3,9 - 10,2", ("3,9", "10,2")),
        ("4.0 g/L - 11.0 g/L", ("4.0", "11.0")),
        ("Negative", ("", "")),
        ("", ("", "")),
    ],
)
def test_an_interval_has_two_ends_or_one(printed: str, edges: tuple[str, str]) -> None:
    assert edges_of(printed) == Edges(*edges)
