"""The single results that would flip the headline, and that each of them does."""

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from conditions.reasoning.flips import MOST_PROBES, Edge, Flip, Flips, flipping, flips_of
from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.picture import PatientPicture, impossible
from conditions.reasoning.quantities import Quantity
from tests.make.pictures import findings_of_the_b12_states, learning, part_of, whole_truth
from tests.make.reports import LOW, small
from tests.make.shipped import patient, shipped

Row = tuple[str, str | tuple[str, ...], str | None]


def rows(flips: tuple[Flip, ...]) -> list[Row]:
    """Each flip as finding, what it would have to be, and what would lead."""
    return [
        (flip.finding, words(flip) if flip.cell else flip.states, flip.opinion and flip.opinion.condition)
        for flip in flips
    ]


def words(flip: Flip) -> str:
    assert flip.cell
    ends = [f"{edge.printed} {edge.unit}" if edge else "" for edge in (flip.cell.low, flip.cell.high)]
    return " to ".join(ends).strip()


def flips(*told: str, **measured: tuple[str, str] | tuple[str, str, str]) -> Flips:
    return flips_of(interpret(patient(*told, **measured), shipped()))


def entered(flip: Flip, said: Interpretation, random: Random) -> list[PatientPicture]:
    """Pictures in which the result of the flip has come: every state, and amounts anywhere in the cell."""
    picture = said.picture
    if flip.cell is None:
        return [replace(picture, stated={**picture.stated, flip.finding: state}) for state in flip.states]
    low = flip.cell.low.amount if flip.cell.low else Decimal(0)
    high = flip.cell.high.amount if flip.cell.high else low * 20
    before = picture.measured.get(flip.finding)
    found = []
    for share in (0.002, 0.998, random.uniform(0.01, 0.99), random.uniform(0.01, 0.99)):
        amount = low + (high - low) * Decimal(share)
        quantity = Quantity(amount, flip.unit, "", before.interval if before else None)
        if not impossible(said.knowledge.findings[flip.finding], quantity):
            found.append(replace(picture, measured={**picture.measured, flip.finding: quantity}))
    return found


def test_the_edges_around_a_given_amount_are_named_the_nearest_first() -> None:
    found = flips(total_b12=("300", "ng/L"), age=("54", "a")).of_known

    assert rows(found) == [
        ("total_b12", "350 ng/L to 738 pmol/L", "b12_deficiency_unlikely"),
        ("total_b12", "to 180 ng/L", "b12_deficiency"),
    ]
    assert [flip.distance for flip in found] == sorted(flip.distance or 0 for flip in found)


def test_a_result_that_is_not_there_is_tried_in_every_band() -> None:
    found = [
        flip for flip in flips(total_b12=("300", "ng/L"), age=("54", "a")).of_missing if flip.finding == "mma"
    ]

    assert rows(tuple(found)) == [
        ("mma", "to 0.28 umol/L", "b12_deficiency_unlikely"),
        ("mma", "0.75 umol/L to", "functional_b12_deficiency"),
    ]


def test_what_is_asked_comes_before_what_is_measured_and_that_by_cost() -> None:
    costs = [flip.cost for flip in flips(total_b12=("1250", "ng/L"), age=("54", "a")).of_missing]

    assert costs == sorted(costs)
    assert costs[0] == 0
    assert costs[-1] == 5


def test_without_any_result_each_band_of_the_first_one_is_said() -> None:
    found = [flip for flip in flips(age=("54", "a")).of_missing if flip.finding == "total_b12"]

    assert [flip.opinion and flip.opinion.condition for flip in found] == [
        "b12_deficiency",
        "b12_indeterminate",
        "b12_deficiency_unlikely",
        "raised_b12",
    ]


def test_the_edges_of_an_interval_on_the_report_are_those_that_count() -> None:
    found = flips("sex female", total_b12=("800", "ng/L", "197-771"), age=("54", "a"))
    edges = [edge for flip in found.of_known if flip.cell for edge in (flip.cell.low, flip.cell.high) if edge]

    assert Decimal(771) in [edge.printed for edge in edges]


def test_an_edge_in_another_unit_is_kept_as_printed_and_converted() -> None:
    said = small({"measured": {"total_b12": {"value": "150", "unit": "pmol/L"}}})

    (down,) = [flip for flip in flips_of(said).of_known if flip.cell and not flip.cell.low]

    assert down.cell
    assert down.cell.high
    edge = down.cell.high
    assert (edge.printed, edge.unit, round(edge.amount, 1)) == (Decimal(180), "ng/L", Decimal("132.8"))


def test_cells_with_the_same_outcome_are_said_as_one_only_if_the_edge_between_them_agrees() -> None:
    said = small({})

    found = rows(tuple(flip for flip in flips_of(said).of_missing if flip.finding == "total_b12"))

    assert found == [
        ("total_b12", "to 180 ng/L", "b12_deficiency"),
        ("total_b12", "180 ng/L to 350 ng/L", "b12_indeterminate"),
    ]


def test_what_flips_it_whatever_the_amount_is_not_said_of_an_amount() -> None:
    found = flips("sex female", total_b12=("150", "ng/L"), age=("30", "a"))

    assert "pregnancy_weeks" not in [flip.finding for flip in found.of_missing]
    assert ("pregnancy", ("present",), "b12_indeterminate") in rows(found.of_missing)


def test_where_enough_was_tried_the_rest_is_counted() -> None:
    said = interpret(patient(total_b12=("1250", "ng/L"), age=("54", "a")), shipped())
    every = flips_of(said, 10**6)

    few = flips_of(said, 20)

    assert every.untried == 0
    assert few.untried > 0
    assert few.tried + few.untried == every.tried
    assert set(rows(few.of_missing)) < set(rows(every.of_missing))


def test_an_amount_that_bears_on_no_state_is_not_moved() -> None:
    said = small(
        LOW | {"measured": {**LOW["measured"], "mcv": {"value": "90", "unit": "fL"}}},
        findings__mcv={
            "label": "Mean cell volume",
            "group": "b12",
            "states": ["low", "normal"],
            "units": [{"unit": "fL"}],
        },
        investigations__mma_test__measures=["total_b12", "mcv"],
    )

    assert {flip.finding for flip in flips_of(said).of_known} == {"total_b12"}


def test_a_measured_finding_without_edges_is_tried_in_its_words() -> None:
    said = small(
        LOW,
        findings__mma={
            "label": "Methylmalonic acid",
            "group": "b12",
            "asked": "everyone",
            "states": ["normal", "high"],
            "units": [{"unit": "umol/L"}],
        },
        investigations__mma_test__measures=["mma"],
        investigations__mma_test__cost=None,
        rules__deficient_total__unless="mma is normal",
    )

    assert rows(flips_of(said).of_missing) == [("mma", ("normal",), "b12_indeterminate")]
    assert [flip.cost for flip in flips_of(said).of_missing] == [9]


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_law_each_stated_flip_happens_when_the_result_is_entered(seed: int) -> None:
    random = Random(seed)
    truth = whole_truth(random, findings_of_the_b12_states(shipped()), shipped())
    told = part_of(random, learning(PatientPicture(), truth, ()))
    said = interpret(told, shipped())
    found = flips_of(said, MOST_PROBES)

    wrong = []
    for flip in random.sample(together := [*found.of_known, *found.of_missing], min(len(together), 6)):
        expected = flip.opinion and (flip.opinion.condition, flip.opinion.support.value == "disputed")
        for picture in entered(flip, said, random):
            opinion = interpret(picture, shipped()).headline.opinion
            if expected != (opinion and (opinion.condition, opinion.support.value == "disputed")):
                wrong.append((flip, picture))

    assert wrong == []


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_law_only_what_may_change_the_headline_is_said_to_of_what_is_not_known(seed: int) -> None:
    random = Random(seed)
    truth = whole_truth(random, findings_of_the_b12_states(shipped()), shipped())
    said = interpret(part_of(random, truth), shipped())

    assert {flip.finding for flip in flips_of(said).of_missing} <= set(said.headline.may_change)


def test_an_edge_says_whose_it_is() -> None:
    (up, _) = flips(total_b12=("300", "ng/L"), age=("54", "a")).of_known

    assert up.cell
    assert isinstance(up.cell.low, Edge)
    assert up.cell.low.limits.citation.source == "nice_ng239_2024"


def test_of_named_findings_those_that_could_flip_the_headline_alone_are_found() -> None:
    said = interpret(patient(total_b12=("300", "ng/L"), age=("54", "a")), shipped())

    assert flipping(said, ("mma", "active_b12", "mcv", "total_b12", "folate_serum")) == {"mma", "active_b12"}
