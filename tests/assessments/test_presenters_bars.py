"""Scales as thin bars: the value in its own band, near its edges, open where it was censored, and all of it said."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from assessments.presenters.bars import WIDTH, Bar, bars_of
from conditions.reasoning.cases import interpret_case
from conditions.reasoning.classify import read
from conditions.reasoning.quantities import Quantity
from tests.make.reports import TOTAL_IN_THE_REPORT, report_of
from tests.make.said import said_of
from tests.make.shipped import shipped


def bars(finding: str, amount: str | dict[str, Any], **told: str) -> list[Bar]:
    said = said_of(measured={finding: amount}, **told)
    return [bar for bar in bars_of(said.classified.readings[finding], said.knowledge) if bar]


def total(amount: str | dict[str, Any], guideline: str = "nice_ng239") -> Bar:
    said = said_of(guideline, {"total_b12": amount}, sex="male")
    (bar,) = bars_of(said.classified.readings["total_b12"], said.knowledge)
    assert bar
    return bar


def html(bar: Bar) -> str:
    return render_to_string("assessments/partials/bar.html", {"bar": bar})


def reached(bar: Bar) -> list[int]:
    return [place for place, step in enumerate(bar.steps) if step.reached]


def test_the_bands_of_the_guideline_stand_side_by_side_with_their_edges_and_words() -> None:
    bar = total("150 ng/L")

    assert [(step.x, step.end, step.edge) for step in bar.steps] == [
        (0, 100, "180"),
        (100, 200, "350"),
        (200, WIDTH, ""),
    ]
    assert [line.text for step in bar.steps for line in step.lines] == [
        "deficient",
        "indeterminate",
        "sufficient",
    ]
    assert (bar.mark.label, reached(bar)) == ("150 ng/L", [0])


@pytest.mark.parametrize(
    ("amount", "x"),
    [
        ("20 ng/L", 12),
        ("90 ng/L", 50),
        ("179.9 ng/L", 99),
        ("180 ng/L", 101),
        ("265 ng/L", 150),
        ("350 ng/L", 199),
        ("350.1 ng/L", 201),
        ("700 ng/L", 250),
        ("999999 ng/L", 299),
    ],
)
def test_a_value_lies_in_its_band_in_proportion_to_the_edges(amount: str, x: int) -> None:
    assert total(amount).mark.x == x


@given(st.decimals(10, 100_000, places=1))
def test_a_mark_never_leaves_the_band_in_which_the_value_was_read(value: Decimal) -> None:
    bar = total(f"{value} ng/L")
    (place,) = reached(bar)

    assert bar.steps[place].x < bar.mark.x < bar.steps[place].end


def test_a_report_in_moles_is_drawn_on_the_scale_it_was_read_on() -> None:
    assert [step.edge for step in total("150 pmol/L").steps] == ["133", "258", ""]
    assert total("150 pmol/L").mark.label == "150 pmol/L"
    assert total("150 pmol/L", "aafp_2025").mark.label == "203.3 pg/mL"
    assert "Total B12 150 pmol/L (203.3 pg/mL): indeterminate." in total("150 pmol/L", "aafp_2025").words


@pytest.mark.parametrize(
    ("amount", "reach", "closed", "bands"),
    [
        ("<200 ng/L", 0, False, [0, 1]),
        ("<=200 ng/L", 0, True, [0, 1]),
        (">300 ng/L", WIDTH, False, [1, 2]),
        (">=2000 ng/L", WIDTH, True, [2]),
    ],
)
def test_a_censored_value_is_open_towards_where_it_may_lie(
    amount: str, reach: int, closed: bool, bands: list[int]
) -> None:
    bar = total(amount)

    assert (bar.mark.reach, bar.mark.closed, reached(bar)) == (reach, closed, bands)
    assert f"{bar.mark.x} 30H{reach}" in html(bar)
    assert bar.steps[bands[0]].x <= bar.mark.x <= bar.steps[bands[-1]].end


def test_the_interval_of_the_report_stands_beneath_the_bands_in_their_unit() -> None:
    bar = total(TOTAL_IN_THE_REPORT)
    converted = total(TOTAL_IN_THE_REPORT | {"unit": "pmol/L"}, "aafp_2025")

    assert bar.bracket
    assert (bar.bracket.start, bar.bracket.label) == (111, "interval on the report: 197 to 771 ng/L")
    assert bar.words.endswith("Interval on the report: 197 to 771 ng/L.")
    assert converted.bracket
    assert converted.bracket.label == "interval on the report: 267 to 1045 pg/mL"
    assert total("150 ng/L").bracket is None


def test_an_interval_with_one_end_is_open_at_the_other() -> None:
    (bar,) = bars("alt", {"value": "400", "unit": "U/L", "interval": {"high": "40"}}, sex="male")

    assert bar.bracket
    assert (bar.bracket.start, bar.bracket.end, bar.bracket.has_low, bar.bracket.has_high) == (
        0,
        149,
        False,
        True,
    )
    assert [(step.edge, [line.text for line in step.lines]) for step in bar.steps] == [
        ("40", ["low or normal"]),
        ("", ["high"]),
    ]


def test_the_words_say_all_that_is_drawn() -> None:
    bar = total(TOTAL_IN_THE_REPORT | {"value": "150"})

    assert bar.words == (
        "Total B12 150 ng/L: deficient. Bands, NICE NG239: deficient below 180 ng/L;"
        " indeterminate between 180 and 350 ng/L; sufficient above 350 ng/L."
        " Interval on the report: 197 to 771 ng/L."
    )
    assert f'role="img" aria-label="{bar.words}"' in html(bar)


def test_where_the_value_lies_is_drawn_and_not_only_coloured() -> None:
    drawn = html(total("150 ng/L"))

    assert drawn.count('class="bar-hatch"') == 1
    assert re.findall(r'class="bar-word bar-here"[^>]*>([^<]+)<', drawn) == ["deficient"]
    assert not re.search(r"<style| style=| fill=| stroke=| on[a-z]+=| id=", drawn)


@pytest.mark.parametrize(
    ("value", "band", "x"), [("-9", 0, 17), ("-2.5", 1, 61), ("-2", 1, 90), ("0", 3, 195), ("7", 4, 287)]
)
def test_a_scale_below_zero_has_room_for_every_amount(value: str, band: int, x: int) -> None:
    finding = shipped().findings["combined_b12_indicator"]
    unit = finding.units[0].code
    bar = bars_of(read(finding, Quantity(Decimal(value), unit), finding, {}), shipped())[0]

    assert bar
    assert [step.edge for step in bar.steps] == ["-2.5", "-1.5", "-0.5", "1.5", ""]
    assert (reached(bar), bar.mark.x) == ([band], x)


def test_no_bar_is_drawn_where_many_scales_may_apply() -> None:
    assert bars("mcv", "112 fL") == []
    assert len(bars("mcv", {"value": "112", "unit": "fL", "interval": {"low": "80", "high": "100"}})) == 1


def test_the_bars_stand_beside_the_values_of_the_full_report() -> None:
    said = said_of(measured={"total_b12": "150 ng/L", "ferritin": "12 ug/L"}, sex="female")

    full = render_to_string("assessments/partials/report.html", {"report": report_of(said)})
    short = render_to_string("assessments/partials/report.html", {"report": report_of(said, full=False)})

    assert (full.count('<svg class="bar"'), short.count("<svg")) == (2, 0)


def test_every_shipped_case_draws_within_the_bar() -> None:
    for case in list(shipped().cases.values())[::5]:
        said = interpret_case(case, shipped())
        for finding, reading in said.classified.readings.items():
            if shipped().findings[finding].amount != finding:
                continue
            for bar in filter(None, bars_of(reading, shipped())):
                assert 0 < bar.mark.x < WIDTH, (case.slug, finding)
                assert all(isinstance(step.x, int) and step.width > 0 for step in bar.steps)
                assert any(step.reached for step in bar.steps)
