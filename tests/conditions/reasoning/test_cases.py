from typing import Any

import pytest

from conditions.reasoning.cases import failures, failures_of, interpret_case
from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import Knowledge
from tests.make.knowledge import CITED, document
from tests.make.shipped import shipped

PICTURE = {"measured": {"total_b12": {"value": "150", "unit": "ng/L"}}, "stated": {"glossitis": "present"}}
RECOMMENDATION = {"target": "tongue", "when": "glossitis is present", "says": "…", **CITED}


def knowledge(expects: dict[str, Any], picture: dict[str, Any] = PICTURE, **changes: Any) -> Knowledge:
    guideline = {"label": "Guideline", "group": "b12", "states": ["nice_ng239", "bsh_2014"]}
    advice = {
        "look": {"kind": "sign", **RECOMMENDATION},
        "measure": {**RECOMMENDATION, "kind": "investigation", "target": "mma_test"},
    }
    return read_document(
        document(
            findings__guideline=guideline,
            recommendations=advice,
            conditions__gout={"name": "Gout", "kind": "disease"},
            cases={"one": {"title": "One", "picture": picture, "expects": expects}},
            **changes,
        )
    )


@pytest.mark.parametrize(
    "expects",
    [
        {"headline": "b12_deficiency", "firm": False},
        {"holds_unless": ["pregnancy"]},
        {"known": {"total_b12": "deficient", "glossitis": "present"}},
        {
            "support": {
                "b12_deficiency": "established",
                "pernicious_anaemia": "supported",
                "gout": "not_suggested",
            }
        },
        {"causes": ["pernicious_anaemia"], "causes_first": ["pernicious_anaemia"], "not_causes": ["gout"]},
        {"signs": ["look"], "investigations": ["mma_test"]},
    ],
)
def test_a_case_that_is_met_has_no_failure(expects: dict[str, Any]) -> None:
    assert failures(knowledge(expects)) == []


@pytest.mark.parametrize(
    ("expects", "failure"),
    [
        ({"headline": "b12_indeterminate"}, "the headline is b12_deficiency, not b12_indeterminate"),
        ({"headline": None}, "the headline is b12_deficiency, not None"),
        ({"firm": True}, "the headline is on condition"),
        ({"known": {"pregnancy": "absent"}}, "pregnancy is not known, not absent"),
        ({"known": {"glossitis": "absent"}}, "glossitis is present, not absent"),
        ({"support": {"gout": "supported"}}, "gout is not_suggested, not supported"),
        ({"causes": ["gout"]}, "gout is missing from the causes; there are: pernicious_anaemia"),
        ({"not_causes": ["pernicious_anaemia"]}, "pernicious_anaemia stands among the causes"),
        ({"not_investigations": ["mma_test"]}, "mma_test stands among the investigations"),
        ({"not_advice": ["look"]}, "look stands among the advice"),
        ({"holds_unless": ["glossitis"]}, "glossitis is missing from the holds_unless; there are: pregnancy"),
    ],
)
def test_a_case_that_is_not_met_says_what_was_found(expects: dict[str, Any], failure: str) -> None:
    assert failures(knowledge(expects)) == [f"cases one: {failure}."]


def test_a_firm_headline_where_a_condition_was_expected_is_a_failure() -> None:
    using = knowledge({"firm": False}, {"stated": {"pregnancy": "absent"}, "measured": PICTURE["measured"]})

    assert failures(using) == ["cases one: the headline is firm."]


def test_without_a_headline_nothing_is_firm_and_nothing_depends() -> None:
    using = knowledge({"headline": None, "firm": False, "holds_unless": ["pregnancy"]}, {})

    assert failures(using) == ["cases one: pregnancy is missing from the holds_unless; there are: none."]


def test_a_case_whose_picture_is_refused_says_why() -> None:
    using = knowledge({"headline": None}, {"stated": {"glossitis": "yes"}})

    assert failures_of(using.cases["one"], using) == [
        "cases one: stated.glossitis: It is never “yes”; it is one of: present, absent."
    ]


@pytest.mark.parametrize(
    ("stated", "guideline"), [({}, "nice_ng239"), ({"guideline": "bsh_2014"}, "bsh_2014")]
)
def test_a_case_is_interpreted_under_its_own_guideline_or_ng239(
    stated: dict[str, str], guideline: str
) -> None:
    using = knowledge({"headline": None}, {"stated": stated})

    assert interpret_case(using.cases["one"], using).picture.stated["guideline"] == guideline


def test_every_shipped_case_is_interpreted_as_it_demands() -> None:
    assert failures(shipped()) == []
