import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import (
    PatientPicture,
    PictureError,
    Problem,
    checked_interval,
    improbable,
    questions,
    read_picture,
)
from conditions.reasoning.quantities import Interval, Quantity
from tests.make.knowledge import document

KNOWLEDGE = read_document(
    document(
        findings__total_b12__bounds={
            "unit": "ng/L",
            "reject_below": "5",
            "warn_below": "50",
            "warn_above": "2000",
            "reject_above": "100000",
        },
        findings__age={"label": "Age", "group": "b12", "units": [{"unit": "a"}]},
        unit_aliases={"pg/ml": "ng/L", "pmol/l": "pmol/L", "ng/L": "pmol/L", "mystery": "U/L"},
    )
)


def deep(levels: int) -> Any:
    nested: Any = "150"
    for _ in range(levels):
        nested = [nested]
    return nested


def b12(**parts: Any) -> dict[str, Any]:
    return {"measured": {"total_b12": {"value": "150", "unit": "ng/L"} | parts}}


def refused(picture: Any, knowledge: Knowledge = KNOWLEDGE) -> list[tuple[str, str]]:
    """The path and the sentence of each problem; fails if the picture is accepted."""
    with pytest.raises(PictureError) as error:
        read_picture(picture, knowledge)
    return [(problem.path, problem.says) for problem in error.value.problems]


def test_a_picture_is_read_as_it_was_told() -> None:
    given_picture = {
        "measured": {
            "total_b12": {
                "value": "<150",
                "unit": "pmol/l",
                "interval": {"low": "145", "high": "569"},
            },
            "age": {"value": "54", "unit": "a", "interval": {"low": None}},
        },
        "stated": {"glossitis": "present", "total_b12": "deficient"},
    }

    assert read_picture(given_picture, KNOWLEDGE) == PatientPicture(
        {
            "total_b12": Quantity(Decimal(150), "pmol/L", "<", Interval(Decimal(145), Decimal(569))),
            "age": Quantity(Decimal(54), "a"),
        },
        {"glossitis": "present", "total_b12": "deficient"},
    )


@pytest.mark.parametrize("nothing", [{}, {"measured": {}}, {"measured": {}, "stated": {}}])
def test_nothing_told_is_a_picture(nothing: dict[str, Any]) -> None:
    assert read_picture(nothing, KNOWLEDGE) == PatientPicture({}, {})


def test_a_code_is_taken_as_printed_before_it_is_taken_for_an_alias() -> None:
    assert read_picture(b12(unit="ng/L"), KNOWLEDGE).measured["total_b12"].unit == "ng/L"


@pytest.mark.parametrize("not_a_picture", [None, [], "picture", 5, True, float("nan")])
def test_what_is_no_object_is_no_picture(not_a_picture: Any) -> None:
    assert refused(not_a_picture) == [("picture", "A picture is a JSON object with “measured” and “stated”.")]


GIVEN_IN = "it is given in: ng/L, pmol/L."
ONE_OF = "it is one of: present, absent."
AN_AMOUNT = "An amount is an object with “value” and “unit”."
AS_TEXT = "The value is given as text, in quotes."


@pytest.mark.parametrize(
    ("picture", "path", "says"),
    [
        ({"patient": {}}, "patient", "A picture has “measured” and “stated”, nothing else."),
        (
            {"a\nb" + "c" * 99: 1},
            "a b" + "c" * 27 + "…",
            "A picture has “measured” and “stated”, nothing else.",
        ),
        ({"stated": None}, "stated", "This is not a JSON object."),
        ({"measured": []}, "measured", "This is not a JSON object."),
        ({"stated": {"tongue": "present"}}, "stated.tongue", "There is no finding of this name."),
        ({"stated": {"x" * 99: "y"}}, "stated." + "x" * 30 + "…", "There is no finding of this name."),
        (
            {"stated": {"pernicious_anaemia": "present"}},
            "stated.pernicious_anaemia",
            "pernicious_anaemia is a condition, which is concluded and not told; there is no finding of that name.",
        ),
        ({"stated": {"glossitis": "yes"}}, "stated.glossitis", f"It is never “yes”; {ONE_OF}"),
        ({"stated": {"glossitis": "unknown"}}, "stated.glossitis", f"It is never “unknown”; {ONE_OF}"),
        ({"stated": {"glossitis": "y" * 99}}, "stated.glossitis", f"It is never “{'y' * 30}…”; {ONE_OF}"),
        (
            {"stated": {"glossitis": True}},
            "stated.glossitis",
            f"A state is given as text, in quotes; {ONE_OF}",
        ),
        (
            {"stated": {"glossitis": None}},
            "stated.glossitis",
            f"A state is given as text, in quotes; {ONE_OF}",
        ),
        (
            {"stated": {"glossitis": deep(900)}},
            "stated.glossitis",
            f"A state is given as text, in quotes; {ONE_OF}",
        ),
        (
            {"stated": {"tongue_or_mouth": "present"}},
            "stated.tongue_or_mouth",
            "This is worked out from other findings and cannot be told.",
        ),
        (
            {"stated": {"age": "old"}},
            "stated.age",
            "This finding is an amount and is given under “measured”.",
        ),
        (
            {"measured": {"glossitis": {"value": "1", "unit": "a"}}},
            "measured.glossitis",
            "This finding has no amount; its state is given under “stated”.",
        ),
        ({"measured": {"total_b12": "150"}}, "measured.total_b12", AN_AMOUNT),
        ({"measured": {"total_b12": 150}}, "measured.total_b12", AN_AMOUNT),
        ({"measured": {"total_b12": deep(900)}}, "measured.total_b12", AN_AMOUNT),
        (
            b12(units="ng/L"),
            "measured.total_b12.units",
            "An amount has “value”, “unit” and “interval”, nothing else.",
        ),
        (b12(unit=None), "measured.total_b12.unit", f"The unit is missing; {GIVEN_IN}"),
        (b12(unit=""), "measured.total_b12.unit", f"The unit is missing; {GIVEN_IN}"),
        (b12(unit="U/L"), "measured.total_b12.unit", f"“U/L” is not a unit of it; {GIVEN_IN}"),
        (b12(unit="mystery"), "measured.total_b12.unit", f"“mystery” is not a unit of it; {GIVEN_IN}"),
        (
            b12(unit="u" * 10_000_000),
            "measured.total_b12.unit",
            f"“{'u' * 30}…” is not a unit of it; {GIVEN_IN}",
        ),
        (b12(unit=5), "measured.total_b12.unit", f"The unit is given as text, in quotes; {GIVEN_IN}"),
        (b12(unit=deep(900)), "measured.total_b12.unit", f"The unit is given as text, in quotes; {GIVEN_IN}"),
        (b12(value=None), "measured.total_b12.value", "The value is missing."),
        (b12(value=150), "measured.total_b12.value", AS_TEXT),
        (b12(value=float("nan")), "measured.total_b12.value", AS_TEXT),
        (b12(value=deep(900)), "measured.total_b12.value", AS_TEXT),
        (b12(value="high"), "measured.total_b12.value", "“high” is not a number."),
        (b12(value="-150"), "measured.total_b12.value", "“-150” is not a number."),
        (b12(value="1e999"), "measured.total_b12.value", "“1e999” is not a number."),
        (b12(value="9" * 10_000_000), "measured.total_b12.value", f"“{'9' * 30}…” is not a number."),
        (b12(value="١٥٠"), "measured.total_b12.value", "“١٥٠” is not a number."),
        (
            b12(value="1,5"),
            "measured.total_b12.value",
            "“1,5” can be read in two ways: write a point for decimals.",
        ),
        (
            b12(value="4"),
            "measured.total_b12.value",
            "Total B12 4 ng/L is not possible: check the number and the unit.",
        ),
        (
            b12(value=">999999", unit="pmol/L"),
            "measured.total_b12.value",
            "Total B12 >999999 pmol/L is not possible: check the number and the unit.",
        ),
        (
            b12(interval=[]),
            "measured.total_b12.interval",
            "An interval is an object with “low”, “high”, or both.",
        ),
        (
            b12(interval={"lower": "1"}),
            "measured.total_b12.interval",
            "An interval is an object with “low”, “high”, or both.",
        ),
        (
            b12(interval={"low": 197}),
            "measured.total_b12.interval",
            "low: the end of an interval is given as text, in quotes.",
        ),
        (b12(interval={"high": "x"}), "measured.total_b12.interval", "high: “x” is not a number."),
        (
            b12(interval={"high": "<771"}),
            "measured.total_b12.interval",
            "high: the end of an interval is a number.",
        ),
        (
            b12(interval={"low": "771", "high": "197"}),
            "measured.total_b12.interval",
            "The lower end of the interval is not below the upper end.",
        ),
    ],
)
def test_each_refusal_says_where_and_why(picture: Any, path: str, says: str) -> None:
    assert refused(picture) == [(path, says)]


def test_all_that_is_wrong_is_said_at_once() -> None:
    picture = {
        "measured": {"total_b12": {"unit": "mmHg", "x": 1}, "iron": {}},
        "stated": {"glossitis": 1},
        "note": "",
    }

    paths = [path for path, _ in refused(picture)]

    assert paths == [
        "note",
        "measured.total_b12.x",
        "measured.total_b12.unit",
        "measured.iron",
        "stated.glossitis",
    ]


def test_a_refusal_read_as_text_is_one_line_a_problem() -> None:
    with pytest.raises(PictureError) as error:
        read_picture({"stated": {"a\nb": "c"}, "x": 1}, KNOWLEDGE)

    assert str(error.value).splitlines() == [
        "x: A picture has “measured” and “stated”, nothing else.",
        "stated.a b: There is no finding of this name.",
    ]


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda part: st.lists(part) | st.dictionaries(
    st.sampled_from(["measured", "stated", "total_b12", "glossitis", "value", "unit", "interval", "low"]) | st.text(), part
)))  # fmt: skip
def test_any_json_is_a_picture_or_refused_with_sentences(anything: Any) -> None:
    problems = []
    try:
        read_picture(json.loads(json.dumps(anything)), KNOWLEDGE)
    except PictureError as error:
        problems = error.problems

    assert all(problem.path and problem.says.endswith(".") for problem in problems)


@pytest.mark.parametrize("value", ["5", "100000", "<5", "<=1", "<0.1", ">100000", ">5", ">1"])
def test_amounts_up_to_the_bounds_and_what_assays_print_are_possible(value: str) -> None:
    assert read_picture(b12(value=value), KNOWLEDGE).measured["total_b12"].text == value


@pytest.mark.parametrize(
    ("value", "asks"),
    [
        ("50", False),
        ("49", True),
        ("<49", False),
        ("2000", False),
        ("2001", True),
        (">2001", True),
        ("<2001", False),
    ],
)
def test_an_improbable_amount_is_asked_about(value: str, asks: bool) -> None:
    picture = read_picture(b12(value=value), KNOWLEDGE)
    sentence = f"Total B12 {value} ng/L is unusual: is the number right, and the unit?"

    assert questions(picture, KNOWLEDGE) == ((Problem("measured.total_b12.value", sentence),) if asks else ())


def test_an_amount_without_bounds_is_never_improbable() -> None:
    assert improbable(KNOWLEDGE.findings["age"], Quantity(Decimal(900), "a")) == ""


def test_an_amount_given_as_a_word_too_is_asked_about() -> None:
    picture = read_picture({**b12(), "stated": {"total_b12": "sufficient"}}, KNOWLEDGE)

    assert [problem.path for problem in questions(picture, KNOWLEDGE)] == ["stated.total_b12"]


def test_a_picture_can_be_seen_under_another_guideline() -> None:
    picture = PatientPicture({}, {"guideline": "nice_ng239", "sex": "male"})

    assert picture.under("bsh_2014") == PatientPicture({}, {"guideline": "bsh_2014", "sex": "male"})


def test_an_interval_without_ends_is_none() -> None:
    assert checked_interval(None, None) is None
