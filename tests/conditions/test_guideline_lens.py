"""Nine guidelines read the same total B12 differently: the table of disagreement, cell by cell, and every edge."""

from decimal import Decimal

import pytest

from conditions.reasoning.interpret import Interpretation
from conditions.reasoning.knowledge import Limits
from tests.make.said import offered, said_of
from tests.make.shipped import shipped

DEFICIENCY, OPEN, UNLIKELY = "b12_deficiency", "b12_indeterminate", "b12_deficiency_unlikely"
ANTIBODY, BOTH, MMA = "intrinsic_factor_antibody_test", "pa_antibodies", "mma_test"
IF_SYMPTOMS = "mma_test if symptoms"
NEXT_STEPS = {ANTIBODY, BOTH, MMA}

TABLE = {
    "nice_ng239": {
        120: ("deficient", "deficiency confirmed", DEFICIENCY, ANTIBODY),
        170: ("deficient", "deficiency confirmed", DEFICIENCY, ANTIBODY),
        300: ("indeterminate", "indeterminate", OPEN, IF_SYMPTOMS),
        380: ("sufficient", "deficiency unlikely", UNLIKELY, ""),
    },
    "north_bristol": {
        120: ("indeterminate", "possible deficiency", OPEN, IF_SYMPTOMS),
        170: ("indeterminate", "may still indicate deficiency", OPEN, IF_SYMPTOMS),
        300: ("sufficient", "deficiency not likely", UNLIKELY, ""),
        380: ("sufficient", "deficiency not likely", UNLIKELY, ""),
    },
    "gloucestershire": {
        120: ("deficient", "deficient", DEFICIENCY, ANTIBODY),
        170: ("indeterminate", "indeterminate", OPEN, IF_SYMPTOMS),
        300: ("sufficient", "in the reference interval", UNLIKELY, ""),
        380: ("sufficient", "in the reference interval", UNLIKELY, ""),
    },
    "ruh_bath": {
        120: ("deficient", "deficient", DEFICIENCY, ANTIBODY),
        170: ("indeterminate", "possible deficiency", OPEN, IF_SYMPTOMS),
        300: ("sufficient", "deficiency unlikely", UNLIKELY, ""),
        380: ("sufficient", "deficiency unlikely", UNLIKELY, ""),
    },
    "mayo": {
        120: ("deficient", "intrinsic factor antibody next", DEFICIENCY, ANTIBODY),
        170: ("indeterminate", "MMA next", OPEN, MMA),
        300: ("indeterminate", "MMA next", OPEN, MMA),
        380: ("indeterminate", "MMA next", OPEN, MMA),
    },
    "labcorp": {
        120: ("deficient", "intrinsic factor and parietal cell antibodies next", DEFICIENCY, BOTH),
        170: ("deficient", "intrinsic factor and parietal cell antibodies next", DEFICIENCY, BOTH),
        300: ("indeterminate", "MMA next", OPEN, MMA),
        380: ("indeterminate", "MMA next", OPEN, MMA),
    },
    "arup": {
        120: ("indeterminate", "MMA next", OPEN, MMA),
        170: ("indeterminate", "MMA next", OPEN, MMA),
        300: ("indeterminate", "MMA next", OPEN, MMA),
        380: ("indeterminate", "MMA next", OPEN, MMA),
    },
    "bmj_best_practice": {
        120: ("deficient", "probable deficiency if there are symptoms", OPEN, IF_SYMPTOMS),
        170: ("deficient", "probable deficiency if there are symptoms", OPEN, IF_SYMPTOMS),
        300: ("indeterminate", "possible deficiency", OPEN, MMA),
        380: ("sufficient", "unlikely", UNLIKELY, ""),
    },
    "aafp_2025": {
        120: ("deficient", "diagnostic of deficiency", DEFICIENCY, BOTH),
        170: ("deficient", "diagnostic of deficiency", DEFICIENCY, BOTH),
        300: ("indeterminate", "MMA next", OPEN, MMA),
        380: ("sufficient", "unlikely", UNLIKELY, ""),
    },
}
CELLS = [(guideline, total, *cell) for guideline, row in TABLE.items() for total, cell in row.items()]


def band_said(said: Interpretation) -> str:
    """The words of the one band in which the total B12 lies."""
    [(_, [band])] = said.classified.readings["total_b12"].used
    return band.says


def next_step(said: Interpretation) -> str:
    """The one test of the ladder that is offered, or that would be if there were symptoms."""
    firm = offered(said) & NEXT_STEPS
    waiting = {
        f"{a.recommendation.target} if symptoms"
        for a in said.if_advice
        if a.outcome.missing == {"common_symptom"}
    }
    return " and ".join(sorted(firm or waiting & {IF_SYMPTOMS}))


@pytest.mark.parametrize(("guideline", "total", "state", "words", "headline", "step"), CELLS)
def test_the_disagreement_table_is_reproduced_cell_by_cell(
    guideline: str, total: int, state: str, words: str, headline: str, step: str
) -> None:
    said = said_of(guideline, {"total_b12": f"{total} ng/L"}, sex="male")

    assert said.known["total_b12"] == {state}
    assert band_said(said) == words
    assert said.headline.state == headline
    assert next_step(said) == step


@pytest.mark.parametrize("total", [120, 170])
def test_below_200_bmj_best_practice_takes_deficiency_as_probable_only_with_symptoms(total: int) -> None:
    picture = {"total_b12": f"{total} ng/L"}

    assert said_of("bmj_best_practice", picture, sex="male", fatigue="present").headline.state == DEFICIENCY
    assert said_of("bmj_best_practice", picture, sex="male").headline.state == OPEN


@pytest.mark.parametrize("total", [190, 300, 380])
def test_with_symptoms_every_grey_zone_leads_to_mma(total: int) -> None:
    for guideline in TABLE:
        said = said_of(guideline, {"total_b12": f"{total} ng/L"}, sex="male", fatigue="present")
        if said.headline.state == OPEN:
            assert MMA in offered(said), guideline


def test_mayo_and_labcorp_go_on_to_their_antibodies_above_their_own_mma_limits() -> None:
    def steps(guideline: str, mma: str) -> set[str]:
        measured = {"total_b12": "300 ng/L", "mma": mma, "egfr": "90 mL/min/{1.73_m2}"}
        return offered(said_of(guideline, measured, sex="male")) & NEXT_STEPS

    assert steps("mayo", "0.40 nmol/mL") == set()
    assert steps("mayo", "0.41 nmol/mL") == {ANTIBODY}
    assert steps("labcorp", "378 nmol/L") == set()
    assert steps("labcorp", "379 nmol/L") == {BOTH}


def test_mayo_ends_with_gastrin_when_the_antibody_is_not_positive() -> None:
    measured = {"total_b12": "120 ng/L"}

    assert "gastric_function_panel" in offered(
        said_of("mayo", measured, intrinsic_factor_antibody="negative")
    )


def edges() -> list[tuple[str, str, Limits]]:
    """Every guideline's limits of total and active B12, in every unit that it prints."""
    found = []
    for name in ("total_b12", "active_b12"):
        for limits in shipped().findings[name].limits:
            guideline = str(limits.when).removeprefix("guideline is ") if limits.when else "nice_ng239"
            found.append((guideline, name, limits))
    return found


EDGES = [
    (guideline, name, limits.unit, lower, upper)
    for guideline, name, limits in edges()
    for lower, upper in zip(limits.bands, limits.bands[1:], strict=False)
]


@pytest.mark.parametrize(("guideline", "name", "unit", "lower", "upper"), EDGES)
def test_every_edge_is_read_as_printed_at_just_under_and_just_over(
    guideline: str, name: str, unit: str, lower: object, upper: object
) -> None:
    edge = lower.upper  # type: ignore[attr-defined]
    assert isinstance(edge, Decimal)
    at = lower if lower.inclusive else upper  # type: ignore[attr-defined]

    for amount, band in ((edge - Decimal("0.1"), lower), (edge, at), (edge + Decimal("0.1"), upper)):
        said = said_of(guideline, {name: f"{amount} {unit}"})
        assert said.known[name] == band.states  # type: ignore[attr-defined]
        [(used, [reached])] = said.classified.readings[name].used
        assert (used.unit, reached.says) == (unit, band.says)  # type: ignore[attr-defined]


PRINTED = [
    ("nice_ng239", "ng/L", ("180", "350")),
    ("nice_ng239", "pmol/L", ("133", "258")),
    ("bsh_2014", "ng/L", ("200",)),
    ("bsh_2014", "pmol/L", ("148",)),
    ("aafp_2025", "pg/mL", ("180", "350")),
    ("bmj_best_practice", "pg/mL", ("200", "350")),
    ("bmj_best_practice", "pmol/L", ("148", "258")),
    ("arup", "pg/mL", ("100", "400")),
    ("mayo", "ng/L", ("150", "400")),
    ("labcorp", "pg/mL", ("200", "400")),
    ("north_bristol", "ng/L", ("100", "145", "200")),
    ("gloucestershire", "ng/L", ("150", "180")),
    ("ruh_bath", "ng/L", ("145", "180")),
]


def test_the_edges_are_those_the_sources_print() -> None:
    stored = [
        (guideline, limits.unit, tuple(str(band.upper) for band in limits.bands[:-1]))
        for guideline, name, limits in edges()
        if name == "total_b12"
    ]

    assert stored == PRINTED


def test_a_report_in_pmol_is_compared_with_the_printed_pmol_edge() -> None:
    assert said_of(measured={"total_b12": "133 pmol/L"}).known["total_b12"] == {"indeterminate"}
    assert said_of(measured={"total_b12": "258 pmol/L"}).known["total_b12"] == {"indeterminate"}
    assert said_of(measured={"total_b12": "258.1 pmol/L"}).known["total_b12"] == {"sufficient"}
    assert said_of(measured={"total_b12": "350 pg/mL"}).known["total_b12"] == {"indeterminate"}
