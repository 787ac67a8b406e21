"""The headline as one sentence, with what decided it and what it depends on."""

import pytest

from assessments.presenters.headline import headline_of
from tests.make.reports import LOW, TOTAL_IN_THE_REPORT, report_of, small
from tests.make.said import said_of


@pytest.mark.parametrize(
    ("measured", "stated", "sentence"),
    [
        (
            {"total_b12": "150 ng/L"},
            {},
            (
                "B12 deficiency: total B12 150 ng/L is below 180 ng/L (NICE NG239)."
                " Holds unless pregnant or taking oestrogen: not asked."
            ),
        ),
        (
            {"total_b12": "150 ng/L"},
            {"sex": "male"},
            "B12 deficiency: total B12 150 ng/L is below 180 ng/L (NICE NG239).",
        ),
        (
            {"total_b12": "150 pmol/L"},
            {"sex": "male"},
            "B12 status is not settled: total B12 150 pmol/L is between 133 and 258 pmol/L (NICE NG239).",
        ),
        (
            {"total_b12": "150 pmol/L"},
            {"sex": "male", "guideline": "aafp_2025"},
            "B12 status is not settled: total B12 150 pmol/L (203.3 pg/mL) is between 180 and 350 pg/mL (AAFP 2025).",
        ),
        (
            {"total_b12": "<200 ng/L"},
            {"sex": "male"},
            (
                "B12 status is not settled:"
                " total B12 <200 ng/L may be below 180 ng/L or between 180 and 350 ng/L (NICE NG239)."
            ),
        ),
        (
            {"total_b12": "150 ng/L"},
            {"pregnancy": "present"},
            (
                "B12 status is not settled: total B12 150 ng/L is below 180 ng/L (NICE NG239);"
                " B12 deficiency is set aside (pregnant)."
            ),
        ),
    ],
)
def test_the_headline_is_one_sentence_with_its_condition(
    measured: dict[str, str], stated: dict[str, str], sentence: str
) -> None:
    guideline = stated.pop("guideline", "nice_ng239")

    assert headline_of(said_of(guideline, measured, **stated)).sentence == sentence


AGAINST = {
    "condition": "b12_deficiency",
    "effect": "excludes",
    "when": "glossitis is present",
    "says": "A red tongue.",
    "source": "textbook",
    "grade": "D",
    "verification": "inference",
}


def test_a_disputed_headline_says_what_is_for_and_what_against() -> None:
    told = LOW | {"stated": {"glossitis": "present", "pregnancy": "absent"}}

    said = headline_of(small(told, rules__red_tongue=AGAINST, rules__grey_total=None))

    assert (said.support, said.firm) == ("disputed", True)
    assert said.sentence == (
        "Deficiency, with reasons for and against:"
        " total B12 150 ng/L is below 180 ng/L (Vitamin B12 deficiency in over 16s 2024); against it, a sore tongue."
    )


def test_an_exception_that_is_an_opinion_is_named_as_such() -> None:
    changes = {
        "rules__deficiency_with_glossitis__when": "glossitis is present",
        "rules__deficiency_with_glossitis__unless": "b12_state is b12_indeterminate",
    }

    line = report_of(small({"stated": {"glossitis": "present"}}, **changes)).causes[0]

    assert line.unless.sentence == "Holds unless the leading B12 state is B12 indeterminate: not settled."


@pytest.mark.parametrize(
    ("unless", "words"),
    [
        ("glossitis is present", "Holds unless a sore tongue: not asked."),
        ("glossitis is absent", "Holds unless a sore tongue is ruled out: not asked."),
        ("not glossitis is present", "Holds unless a sore tongue is ruled out: not asked."),
        (
            "glossitis is present or pregnancy is present",
            "Holds unless a sore tongue or pregnant: not asked.",
        ),
        ("glossitis is present/absent", ""),
    ],
)
def test_an_open_exception_is_said_as_what_would_spoil_the_rule(unless: str, words: str) -> None:
    assert headline_of(small(LOW, rules__deficient_total__unless=unless)).unless.sentence == words


def test_an_amount_known_in_part_is_not_settled() -> None:
    censored = {
        "measured": {"total_b12": {"value": "<1200", "unit": "ng/L"}},
        "stated": {"glossitis": "present"},
    }
    changes = {
        "rules__deficiency_with_glossitis__when": "glossitis is present",
        "rules__deficiency_with_glossitis__unless": "total_b12 is high",
    }

    line = report_of(small(censored, **changes)).causes[0]

    assert line.unless.sentence == "Holds unless total B12 is high: not settled."


def test_what_was_not_asked_and_what_was_not_measured_are_told_apart() -> None:
    unless = headline_of(said_of(measured={"total_b12": "500 ng/L"})).unless

    assert "nitrous oxide" in unless.not_asked
    assert "active B12 is deficient or indeterminate" in unless.not_measured
    assert not set(unless.not_asked) & set(unless.not_measured)


def test_a_raised_total_is_a_second_line_where_another_state_leads() -> None:
    said = said_of(measured={"total_b12": TOTAL_IN_THE_REPORT}, b12_injection="present")

    headline = headline_of(said)

    assert headline.state == "b12_result_not_interpretable"
    assert headline.second.startswith("Raised B12")
    assert "total B12 1250 ng/L is above 771 ng/L (interval on the report)" in headline.second


def test_a_raised_total_that_leads_is_not_said_twice() -> None:
    said = said_of(measured={"total_b12": TOTAL_IN_THE_REPORT})

    assert (headline_of(said).state, headline_of(said).second) == ("raised_b12", "")


def test_where_what_selects_the_limits_is_unknown_only_what_they_come_to_is_said() -> None:
    bands = [{"states": ["deficient"], "upper": "180"}, {"states": ["sufficient"]}]
    cites = {"source": "textbook", "grade": "D", "verification": "unverified"}
    limits = [
        {"unit": "ng/L", "basis": "decision", "when": when, "scheme": f"Scheme {upper}", **cites}
        | {"bands": [bands[0] | {"upper": upper}, bands[1]]}
        for when, upper in (
            ("glossitis is present and pregnancy is present", "180"),
            ("glossitis is present and pregnancy is absent", "190"),
            ("glossitis is absent", "200"),
        )
    ]

    sentence = headline_of(small(LOW, findings__total_b12__limits=limits)).sentence

    assert sentence.startswith(
        "Deficiency: total B12 150 ng/L is deficient by the 3 scales that may apply"
        " (Scheme 200, Scheme 190 and Scheme 180)."
    )


def test_of_a_list_of_exceptions_only_what_is_left_open_is_named() -> None:
    said = said_of(measured={"total_b12": "150 ng/L"}, sex="female", pregnancy="absent")
    assert headline_of(said).sentence.endswith("Holds unless taking oestrogen: not asked.")
