"""The public table of disagreement, cell by cell, in both units; it says what the reasoning says."""

import pytest
from django.test import Client

from conditions.models import Release
from conditions.presenters.guidelines import Disagreement, disagreement_of
from conditions.reasoning.document import read_document
from tests.make.knowledge import document
from tests.make.shipped import shipped

IF, BOTH, MMA = "intrinsic factor antibody", "pernicious anaemia antibodies", "methylmalonic acid"
WITH = f"with symptoms {MMA}"
GOLDEN = {
    "nice_ng239": (
        (["below 180"], ["180 to 350"], ["above 350"]),
        [("deficient", IF), ("deficient", IF), ("indeterminate", WITH), ("sufficient", "")],
    ),
    "bsh_2014": (
        ([], ["below 200"], ["from 200"]),
        [("deficient or indeterminate", WITH)] * 2 + [("sufficient", "")] * 2,
    ),
    "north_bristol": (
        (["below 100"], ["100 to 145", "145 to 200"], ["above 200"]),
        [("indeterminate", WITH), ("indeterminate", WITH), ("sufficient", ""), ("sufficient", "")],
    ),
    "gloucestershire": (
        (["below 150"], ["150 to 180"], ["from 180"]),
        [("deficient", IF), ("indeterminate", WITH), ("sufficient", ""), ("sufficient", "")],
    ),
    "ruh_bath": (
        (["below 145"], ["145 to 180"], ["above 180"]),
        [("deficient", IF), ("indeterminate", WITH), ("sufficient", ""), ("sufficient", "")],
    ),
    "mayo": (
        (["below 150"], ["150 to 400"], ["above 400"]),
        [("deficient", IF), ("indeterminate", MMA), ("indeterminate", MMA), ("indeterminate", MMA)],
    ),
    "labcorp": (
        (["below 200"], ["200 to 400"], ["above 400"]),
        [("deficient", BOTH), ("deficient", BOTH), ("indeterminate", MMA), ("indeterminate", MMA)],
    ),
    "arup": ((["below 100"], ["100 to 400"], ["above 400"]), [("indeterminate", MMA)] * 4),
    "bmj_best_practice": (
        (["below 200"], ["200 to 350"], ["above 350"]),
        [("deficient", WITH), ("deficient", WITH), ("indeterminate", MMA), ("sufficient", "")],
    ),
    "aafp_2025": (
        (["below 180"], ["180 to 350"], ["above 350"]),
        [
            ("deficient", f"{BOTH} and H. pylori breath or stool antigen test"),
            ("deficient", f"{BOTH} and H. pylori breath or stool antigen test"),
            ("indeterminate", MMA),
            ("sufficient", ""),
        ],
    ),
}


def table(unit: str = "ng/L", at: str = "") -> Disagreement:
    found = disagreement_of(shipped(), unit, at)
    assert found
    return found


@pytest.mark.parametrize("guideline", GOLDEN)
def test_the_table_of_disagreement_is_reproduced(guideline: str) -> None:
    row = next(row for row in table().rows if row.guideline == guideline)
    bands, cells = GOLDEN[guideline]

    assert tuple([step.place for step in steps] for steps in row.bands) == bands
    assert [(cell.state, cell.next) for cell in row.cells] == cells


def test_every_guideline_has_a_row_and_the_amounts_are_named() -> None:
    assert [row.guideline for row in table().rows] == list(shipped().findings["guideline"].states)
    assert table().amounts == ("120 ng/L", "170 ng/L", "300 ng/L", "380 ng/L")
    assert table("pmol/L").amounts == ("89 pmol/L", "125 pmol/L", "221 pmol/L", "280 pmol/L")


def test_edges_are_those_printed_in_the_unit_and_converted_ones_say_so() -> None:
    rows = {row.guideline: row for row in table("pmol/L").rows}

    assert [step.place for steps in rows["nice_ng239"].bands for step in steps] == [
        "below 133",
        "133 to 258",
        "above 258",
    ]
    assert not rows["nice_ng239"].converted
    assert [step.place for steps in rows["ruh_bath"].bands for step in steps] == [
        "below 107",
        "107 to 133",
        "above 133",
    ]
    assert rows["ruh_bath"].converted
    assert not any(row.converted for row in table().rows)


def test_an_edge_that_some_guideline_prints_can_be_looked_at() -> None:
    found = table(at="180")

    assert found.amounts[-1] == "180 ng/L"
    states = {row.guideline: row.cells[-1].state for row in found.rows}
    assert states["nice_ng239"] == "indeterminate"
    assert states["labcorp"] == "deficient"
    assert states["gloucestershire"] == "sufficient"


@pytest.mark.parametrize(("unit", "at"), [("mg", ""), ("ng/L", "181"), ("ng/L", "x"), ("pmol/L", "180")])
def test_other_units_and_amounts_are_refused(unit: str, at: str) -> None:
    with pytest.raises(ValueError, match=at or unit):
        disagreement_of(shipped(), unit, at)


def test_a_release_without_guidelines_has_no_table() -> None:
    knowledge = read_document(document())

    assert "guideline" not in knowledge.findings
    assert disagreement_of(knowledge) is None


@pytest.mark.django_db
def test_the_page_switches_units_and_answers_a_wrong_address_in_words(
    client: Client, release: Release
) -> None:
    page = " ".join(client.get("/library/guidelines/?unit=pmol/L&at=133").content.decode().split())
    wrong = client.get("/library/guidelines/?unit=furlong&at=<b>")

    assert '<th scope="col">At 133 pmol/L</th>' in page
    assert "printed in other units; converted" in page
    assert "Indeterminate: between 25 and 70 pmol/L" in page
    assert wrong.status_code == 200
    assert b"an amount or a unit that this table does not have" in wrong.content
    assert b"At 120 ng/L" in wrong.content
