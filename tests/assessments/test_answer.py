"""The answer that other programs read: its keys, its shape on every shipped case, the same each time."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from assessments.exports.answer import answer_of
from conditions.reasoning.cases import interpret_case
from conditions.reasoning.document import read_document
from conditions.reasoning.interpret import interpret
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import read_picture
from tests.make.answer_schema import ANSWER
from tests.make.knowledge import document
from tests.make.releases import release_of
from tests.make.said import said_of
from tests.make.shipped import shipped

VALIDATOR = Draft202012Validator(ANSWER)


def answer(knowledge: Knowledge, **given: Any) -> dict[str, Any]:
    picture = read_picture(given, knowledge).under("nice_ng239")
    return answer_of(interpret(picture, knowledge), release_of(knowledge))


def amount(value: str, unit: str = "ng/L") -> dict[str, str]:
    return {"value": value, "unit": unit}


def test_an_answer_says_all_of_it() -> None:
    knowledge = read_document(document())

    said = answer(knowledge, measured={"total_b12": amount("150")}, stated={"glossitis": "present"})

    total_is_low = {
        "rule": "deficient_total",
        "effect": "establishes",
        "says": "Total B12 is below the limit.",
        "because": ["total_b12"],
        "source": "nice_ng239",
        "grade": "A",
        "verification": "primary",
    }
    assert said == {
        "release": {"version": "2026.11.1", "digest": knowledge.digest},
        "guideline": "nice_ng239",
        "known": {
            "glossitis": "present",
            "guideline": "nice_ng239",
            "tongue_or_mouth": "present",
            "total_b12": "deficient",
        },
        "headline": {
            "state": "b12_deficiency",
            "support": "established",
            "firm": False,
            "sentence": (
                "Deficiency: total B12 150 ng/L is below 180 ng/L (Vitamin B12 deficiency in over 16s 2024)."
                " Holds unless pregnant: not asked."
            ),
            "holds_unless": ["pregnancy"],
            "may_change": ["pregnancy"],
        },
        "b12_states": [
            {
                "condition": "b12_deficiency",
                "support": "established",
                "firm": False,
                "holds_unless": ["pregnancy"],
                "reasons": [total_is_low],
                "set_aside": [],
                "missing": [],
            },
            {
                "condition": "b12_indeterminate",
                "support": "supported",
                "firm": True,
                "holds_unless": [],
                "reasons": [
                    {
                        "rule": "grey_total",
                        "effect": "supports",
                        "says": "Total B12 neither confirms nor excludes deficiency.",
                        "because": ["total_b12"],
                        "source": "nice_ng239",
                        "grade": "A",
                        "verification": "primary",
                    }
                ],
                "set_aside": [],
                "missing": [],
            },
        ],
        "causes": [
            {
                "condition": "pernicious_anaemia",
                "support": "supported",
                "firm": False,
                "holds_unless": ["pregnancy"],
                "reasons": [
                    {
                        "rule": "deficiency_with_glossitis",
                        "effect": "supports",
                        "says": "Deficiency with a sore tongue.",
                        "because": ["glossitis", "total_b12"],
                        "source": "nice_ng239",
                        "grade": "C",
                        "verification": "primary",
                    }
                ],
                "set_aside": [],
                "missing": [],
                "also": [],
            }
        ],
        "signs": [],
        "cautions": [],
        "options": [],
        "investigations": [],
        "questions": [],
        "missing": ["pregnancy"],
    }


def test_what_spoils_a_rule_is_named_beside_it() -> None:
    knowledge = read_document(document())

    said = answer(knowledge, measured={"total_b12": amount("150")}, stated={"pregnancy": "present"})

    assert said["headline"]["state"] == "b12_indeterminate"
    assert said["headline"]["sentence"] == (
        "Indeterminate: total B12 150 ng/L is below 180 ng/L (Vitamin B12 deficiency in over 16s 2024);"
        " B12 deficiency is set aside (pregnant)."
    )
    assert [one["condition"] for one in said["b12_states"]] == ["b12_indeterminate"]


def test_an_investigation_names_its_advice_and_what_it_settles() -> None:
    knowledge = read_document(document(investigations__mma_test__measures=["glossitis"]))

    said = answer(knowledge, measured={"total_b12": amount("250")})

    assert said["investigations"] == [
        {
            "investigation": "mma_test",
            "says": "Methylmalonic acid would settle it.",
            "reasons": ["measure_mma"],
            "settles": ["glossitis"],
            "source": "nice_ng239",
            "waits_for": [],
        }
    ]


def test_advice_that_waits_begins_with_what_it_waits_for() -> None:
    when = "pregnancy is absent and glossitis is present"
    knowledge = read_document(document(recommendations__measure_mma__when=when))

    said = answer(knowledge, measured={"total_b12": amount("250")}, stated={"pregnancy": "absent"})

    assert said["investigations"] == [
        {
            "investigation": "mma_test",
            "says": "If a sore tongue: Methylmalonic acid would settle it.",
            "reasons": ["measure_mma"],
            "settles": [],
            "source": "nice_ng239",
            "waits_for": ["glossitis"],
        }
    ]


def test_a_reason_to_hold_an_investigation_back_is_a_caution() -> None:
    knowledge = read_document(document(recommendations__measure_mma__stance="hold"))

    said = answer(knowledge, measured={"total_b12": amount("250")})

    assert [one["recommendation"] for one in said["cautions"]] == ["measure_mma"]
    assert said["investigations"] == []


def test_an_option_held_back_is_a_caution_and_no_option() -> None:
    held = {"kind": "option", "target": "replacement", "stance": "hold"}
    changes = {f"recommendations__measure_mma__{key}": value for key, value in held.items()}

    said = answer(read_document(document(**changes)), measured={"total_b12": amount("250")})

    assert [one["recommendation"] for one in said["cautions"]] == ["measure_mma"]
    assert said["options"] == []


def test_conditions_shown_under_one_line_keep_their_reasons_and_names() -> None:
    stomach = {"name": "Gastritis", "kind": "disease"}
    changes = {
        "conditions__gastritis": stomach,
        "conditions__pernicious_anaemia__shown_under": "gastritis",
    }
    knowledge = read_document(document(**changes))

    said = answer(knowledge, measured={"total_b12": amount("150")}, stated={"glossitis": "present"})

    assert [(one["condition"], one["also"]) for one in said["causes"]] == [
        ("gastritis", ["pernicious_anaemia"])
    ]
    assert [reason["rule"] for reason in said["causes"][0]["reasons"]] == ["deficiency_with_glossitis"]


def test_where_nothing_can_be_said_the_sentence_names_what_would_settle_it() -> None:
    said = answer_of(said_of(), release_of(shipped()))["headline"]

    assert (said["state"], said["support"], said["firm"]) == (None, "undetermined", False)
    assert said["sentence"] == "Nothing can be said of B12 yet: total B12 or active B12 would settle it."


def test_a_finding_known_in_part_is_left_out_of_what_is_known() -> None:
    said = answer(shipped(), measured={"total_b12": amount("<200")})

    assert "total_b12" not in said["known"]


def test_the_same_picture_gives_the_same_bytes_in_whatever_order_it_is_told() -> None:
    measured = {"total_b12": amount("150"), "mcv": amount("112", "fL"), "age": amount("54", "a")}
    stated = {"sex": "female", "glossitis": "present", "metformin": "present", "paraesthesia": "present"}
    backwards = [dict(reversed(part.items())) for part in (measured, stated)]

    first = json.dumps(answer(shipped(), measured=measured, stated=stated))
    second = json.dumps(answer(shipped(), stated=backwards[1], measured=backwards[0]))

    assert first == second


@pytest.mark.parametrize("start", range(4))
def test_every_shipped_case_is_answered_in_the_published_shape(start: int) -> None:
    release = release_of(shipped())

    for case in list(shipped().cases.values())[start::4]:
        said = json.loads(json.dumps(answer_of(interpret_case(case, shipped()), release)))
        problems = [error.message for error in VALIDATOR.iter_errors(said)]
        assert (case.slug, problems) == (case.slug, [])
        assert all(one["says"].startswith("If ") for one in said["investigations"] if one["waits_for"])
        asked = [one["investigation"] for one in said["investigations"]]
        assert (case.slug, len(asked)) == (case.slug, len(set(asked))), "each investigation stands once"
        assert said["headline"]["firm"] is (
            said["headline"]["state"] is not None and not said["headline"]["holds_unless"]
        )
