from itertools import combinations
from typing import Any

import pytest

from conditions.reasoning.classify import classify
from conditions.reasoning.document import read_document
from conditions.reasoning.headline import headline
from conditions.reasoning.interpret import interpret
from conditions.reasoning.knowledge import Knowledge, Support
from conditions.reasoning.learnable import Learnable
from conditions.reasoning.opinions import Opinion
from conditions.reasoning.picture import PatientPicture
from tests.make.knowledge import CITED, document
from tests.make.shipped import patient, shipped

NOTHING_KNOWN = Learnable(classify(PatientPicture(), read_document(document())))
ORDER = (
    "b12_result_not_interpretable",
    "b12_deficiency",
    "functional_b12_deficiency",
    "b12_indeterminate",
    "raised_b12",
    "b12_deficiency_unlikely",
)


def leading(**levels: str) -> str | None:
    """The state that leads when the states, in this order, stand so."""
    return headline([Opinion(name, Support(level)) for name, level in levels.items()], NOTHING_KNOWN).state


def test_the_shipped_states_stand_in_the_order_of_the_headline() -> None:
    assert shipped().b12_states == ORDER


@pytest.mark.parametrize(("earlier", "later"), list(combinations(ORDER, 2)))
def test_the_earlier_of_two_states_that_hold_leads(earlier: str, later: str) -> None:
    assert leading(**{earlier: "supported", later: "established"}) == earlier


def test_what_is_disputed_leads_only_for_want_of_a_better() -> None:
    assert leading(a="disputed", b="supported") == "b"
    assert leading(a="opposed", b="disputed", c="disputed") == "b"


def test_without_a_state_that_holds_there_is_no_headline() -> None:
    assert leading(a="opposed", b="excluded", c="undetermined", d="not_suggested") is None


GREY_AND_TONGUE = "total_b12 is deficient/indeterminate and glossitis is present"


def may_change(picture: PatientPicture | None = None, **changes: Any) -> tuple[str, ...]:
    return interpret(picture or PatientPicture(), read_document(document(**changes))).headline.may_change


def told(*words: str, **measured: Any) -> PatientPicture:
    return patient(*words, guideline=None, **measured)


def test_without_a_headline_what_the_states_need_may_change_it() -> None:
    assert may_change() == ("total_b12",)


def test_what_would_spoil_the_leading_rule_may_change_the_headline() -> None:
    assert may_change(told(total_b12=("150", "ng/L"))) == ("pregnancy",)


def test_what_cannot_alter_the_leading_state_may_not_change_the_headline() -> None:
    assert may_change(told(total_b12=("250", "ng/L"))) == ()


def test_what_a_stronger_state_waits_for_may_change_the_headline() -> None:
    changes = {"rules__deficient_total__when": GREY_AND_TONGUE}

    assert may_change(told("pregnancy absent", total_b12=("250", "ng/L")), **changes) == ("glossitis",)


def test_a_definition_is_opened_to_the_leaves_that_could_decide_it() -> None:
    changes = {
        "rules__deficient_total__unless": "tongue_or_mouth is present",
        "findings__tongue_or_mouth__defined_as": "glossitis is present or pregnancy is present",
    }

    assert may_change(told("glossitis absent", total_b12=("150", "ng/L")), **changes) == ("pregnancy",)


def test_what_implies_a_state_may_change_the_headline_with_it() -> None:
    implies = [{"state": "present", "finding": "pregnancy", "as": "absent"}]

    said = may_change(told(total_b12=("150", "ng/L")), findings__glossitis__implies=implies)

    assert said == ("glossitis", "pregnancy")


def test_a_finding_that_is_settled_otherwise_implies_nothing_any_more() -> None:
    implies = [{"state": "present", "finding": "pregnancy", "as": "absent"}]

    said = may_change(
        told("glossitis absent", total_b12=("150", "ng/L")), findings__glossitis__implies=implies
    )

    assert said == ("pregnancy",)


def learnable(*words: str, **measured: Any) -> Learnable:
    return Learnable(classify(patient(*words, **measured), shipped()))


@pytest.mark.parametrize(
    ("name", "said", "behind"),
    [
        ("glossitis", learnable(), {"glossitis"}),
        ("glossitis", learnable("glossitis present"), set()),
        ("total_b12", learnable(), {"total_b12"}),
        ("total_b12", learnable(total_b12=("<200", "ng/L")), {"total_b12"}),
        ("total_b12", learnable(total_b12=("150", "ng/L")), set()),
        ("total_b12_report", learnable(total_b12=("700", "ng/L", "-771")), set()),
        ("total_b12_report", learnable(total_b12=("900", "ng/L")), {"total_b12"}),
        ("total_b12_report", learnable("total_b12 sufficient"), {"total_b12"}),
        ("total_b12_report", learnable("total_b12 high"), set()),
        ("age_over_65", learnable(), {"age_over_65", "age"}),
        ("nitrous_oxide", learnable("nitrous_oxide_recreational absent"), set()),
    ],
)
def test_what_could_settle_a_shipped_finding(name: str, said: Learnable, behind: set[str]) -> None:
    assert said.behind_one(name) == behind


EGFR = "mL/min/{1.73_m2}"
KIDNEYS = {
    "findings__age": {"label": "Age", "group": "b12", "units": [{"unit": "a"}]},
    "findings__sex": {"label": "Sex", "group": "b12", "states": ["female", "male"]},
    "findings__creatinine": {
        "label": "Creatinine",
        "group": "b12",
        "states": ["high"],
        "units": [{"unit": "mg/dL"}],
    },
    "findings__egfr": {
        "label": "eGFR",
        "group": "b12",
        "states": ["low"],
        "units": [{"unit": EGFR}],
        "derived": "ckd_epi_2021",
    },
    "findings__renal_function": {
        "label": "Kidneys",
        "group": "b12",
        "asked": "never",
        "states": ["reduced", "preserved"],
        "reads": "egfr",
        "limits": [
            {
                "unit": EGFR,
                "basis": "decision",
                "bands": [{"states": ["reduced"], "upper": "60"}, {"states": ["preserved"]}],
                **CITED,
            }
        ],
    },
}


@pytest.mark.parametrize(
    ("picture", "behind"),
    [
        (told(), {"egfr", "creatinine", "age", "sex"}),
        (told("sex male", age=("50", "a")), {"egfr", "creatinine"}),
        (told("sex male", age=(">50", "a")), {"egfr", "creatinine", "age"}),
        (told("creatinine high", age=("50", "a")), {"egfr", "creatinine", "sex"}),
        (told(egfr=(">50", EGFR)), {"egfr"}),
        (told(egfr=("50", EGFR)), set()),
        (told("sex male", age=("50", "a"), creatinine=("1.2", "mg/dL")), set()),
    ],
)
def test_a_computed_amount_is_settled_by_what_it_is_computed_from(
    picture: PatientPicture, behind: set[str]
) -> None:
    knowledge = read_document(document(**KIDNEYS))

    assert Learnable(classify(picture, knowledge)).behind_one("renal_function") == behind


def test_a_computed_finding_that_is_told_by_a_word_is_settled() -> None:
    knowledge = read_document(document(**KIDNEYS))

    assert Learnable(classify(told("sex male"), knowledge)).behind_one("egfr") == {
        "egfr",
        "creatinine",
        "age",
    }
    assert Learnable(classify(told("egfr low"), knowledge)).behind_one("egfr") == set()


def test_the_limits_of_mma_depend_on_the_age_until_they_are_settled() -> None:
    assert learnable(mma=("0.43", "umol/L")).behind(["mma"]) == {"mma", "age"}
    assert learnable(mma=("0.43", "umol/L"), age=("70", "a")).behind(["mma"]) == {"mma"}
    assert learnable(mma=("0.43", "umol/L"), age=("50", "a")).behind(["mma"]) == set()


def test_one_amount_of_b12_and_the_age_always_give_a_headline() -> None:
    for guideline in shipped().findings["guideline"].states:
        for value in ("20", "120", "170", "190", "300", "380", "1200", "5000", "<150", ">2000"):
            picture = patient(guideline=guideline, age=("50", "a"), total_b12=(value, "ng/L"))
            assert interpret(picture, shipped()).headline.state is not None, (guideline, value)


def knowledge_of_two_states(**rules: dict[str, Any]) -> Knowledge:
    return read_document(
        document(
            rules={n: {"says": "…", **CITED, **r} for n, r in rules.items()}, recommendations=None, cases=None
        )
    )


def test_an_open_effect_that_cannot_move_an_earlier_state_is_no_matter() -> None:
    using = knowledge_of_two_states(
        weak={"condition": "b12_deficiency", "effect": "opposes", "when": "glossitis is present"},
        later={"condition": "b12_indeterminate", "effect": "supports", "when": "pregnancy is present"},
    )

    assert interpret(told("pregnancy present"), using).headline.may_change == ()


def test_while_the_leading_state_is_disputed_all_states_matter() -> None:
    using = knowledge_of_two_states(
        yes={"condition": "b12_deficiency", "effect": "supports", "when": "pregnancy is present"},
        no={"condition": "b12_deficiency", "effect": "opposes", "when": "pregnancy is present"},
        later={"condition": "b12_indeterminate", "effect": "supports", "when": "glossitis is present"},
    )

    said = interpret(told("pregnancy present"), using).headline

    assert (said.state, said.may_change) == ("b12_deficiency", ("glossitis",))
