from typing import Any

import pytest

from conditions.reasoning.document import read_document
from conditions.reasoning.interpret import HEADLINE, Interpretation, interpret
from conditions.reasoning.knowledge import Support
from conditions.reasoning.opinions import Status
from conditions.reasoning.picture import PatientPicture
from tests.make.knowledge import CITED, document
from tests.make.shipped import patient, shipped


def recommendation(when: str, unless: str = "", **parts: str) -> dict[str, str]:
    kind = {"kind": "investigation", "target": "mma_test"}
    return {**kind, "when": when, "says": "…", **({"unless": unless} if unless else {}), **CITED, **parts}


def rule(condition: str, effect: str, when: str, **parts: str) -> dict[str, str]:
    return {"condition": condition, "effect": effect, "when": when, "says": "…", **CITED, **parts}


def said(*told: str, b12: str = "", **changes: Any) -> Interpretation:
    """What a small document with ``changes`` makes of a patient."""
    measured = {"total_b12": (b12, "ng/L")} if b12 else {}
    return interpret(
        patient(*told, guideline=None, **measured), read_document(document(cases=None, **changes))
    )


def advised(
    *told: str, b12: str = "", **recommendations: dict[str, str]
) -> tuple[list[str], list[str], list[str]]:
    """Advice given, held back, and waiting."""
    answer = said(*told, b12=b12, recommendations=recommendations)
    kinds = (answer.advice, answer.held_back, answer.if_advice)
    return tuple([a.recommendation.slug for a in some] for some in kinds)  # type: ignore[return-value]


TONGUE, NO_TONGUE = "glossitis present", "glossitis absent"
DO = recommendation("glossitis is present")
HOLD = recommendation("glossitis is present", stance="hold")


def test_a_firm_hold_beats_a_do_on_its_target() -> None:
    assert advised(TONGUE, do=DO, hold=HOLD) == (["hold"], ["do"], [])


def test_a_do_for_the_same_day_beats_a_hold() -> None:
    assert advised(TONGUE, do={**DO, "urgency": "same_day"}, hold=HOLD) == (["do"], ["hold"], [])


def test_pitfall_4_a_hold_on_condition_suppresses_nothing() -> None:
    hold = {**HOLD, "unless": "pregnancy is present"}

    assert advised(TONGUE, do=DO, hold=hold) == (["do", "hold"], [], [])
    assert advised(TONGUE, "pregnancy absent", do=DO, hold=hold) == (["hold"], ["do"], [])


def test_a_hold_on_another_target_suppresses_nothing() -> None:
    hold = {**HOLD, "kind": "option", "target": "b12_replacement"}

    assert advised(TONGUE, do=DO, hold=hold) == (["do", "hold"], [], [])


def test_a_hold_that_rests_on_a_conditional_state_suppresses_nothing() -> None:
    hold = recommendation("b12_deficiency is established", stance="hold")

    assert advised(TONGUE, b12="150", do=DO, hold=hold) == (["do", "hold"], [], [])
    assert advised(TONGUE, "pregnancy absent", b12="150", do=DO, hold=hold) == (["hold"], ["do"], [])


def test_advice_set_aside_or_failed_is_not_given() -> None:
    assert advised(TONGUE, "pregnancy present", do={**DO, "unless": "pregnancy is present"}) == ([], [], [])
    assert advised(NO_TONGUE, do=DO) == ([], [], [])


def test_advice_of_which_part_is_so_is_shown_as_an_if() -> None:
    both = recommendation("glossitis is present and pregnancy is present")
    either = recommendation("(glossitis is present or total_b12 is high) and pregnancy is present")

    assert advised(TONGUE, both=both, either=either) == ([], [], ["both", "either"])
    assert advised(both=both) == ([], [], [])
    assert advised(TONGUE, held={**both, "stance": "hold"}) == ([], [], [])


def test_advice_is_given_most_urgent_first() -> None:
    given, _, _ = advised(TONGUE, a=DO, b={**DO, "urgency": "urgent"}, c={**DO, "urgency": "same_day"})

    assert given == ["c", "b", "a"]


def test_advice_may_hang_on_the_headline_and_inherits_its_condition() -> None:
    answer = said(b12="150", recommendations={"mma": recommendation("b12_state is b12_deficiency")})

    assert [(a.recommendation.slug, a.firm, a.outcome.depends_on) for a in answer.advice] == [
        ("mma", False, {"pregnancy"})
    ]


def test_pitfall_10_a_sparse_grey_zone_still_says_what_would_settle_it_if_there_are_symptoms() -> None:
    answer = interpret(patient("sex female", age=("45", "a"), total_b12=("250", "ng/L")), shipped())

    targets = {a.recommendation.target for a in (*answer.advice, *answer.if_advice)}

    assert "mma_test" in targets


PANEL = {"name": "A panel", "includes": ["mma_test"], "measures": ["glossitis"], "cost": 1, **CITED}


def test_an_investigation_that_another_includes_is_offered_within_it() -> None:
    answer = said(
        TONGUE,
        investigations__panel=PANEL,
        recommendations={"mma": DO, "panel": {**DO, "target": "panel", "urgency": "soon"}},
    )

    assert [
        (o.investigation.slug, [a.recommendation.slug for a in o.advice], o.settles, o.urgency)
        for o in answer.investigations
    ] == [("panel", ["panel", "mma"], (), "soon")]


def test_investigations_are_offered_by_urgency_then_reasons_then_cost() -> None:
    dear, unpriced = {"name": "Dear", "cost": 5, **CITED}, {"name": "Unpriced", **CITED}
    answer = said(
        TONGUE,
        investigations__dear=dear,
        investigations__unpriced=unpriced,
        investigations__urgent=dear,
        recommendations={
            "a": {**DO, "target": "dear"},
            "b": {**DO, "target": "unpriced"},
            "c": {**DO, "target": "mma_test"},
            "d": {**DO, "target": "urgent", "urgency": "urgent"},
            "e": {**DO, "target": "unpriced"},
            "f": {**DO, "kind": "caution", "target": "look"},
            "g": {**HOLD, "target": "gastroscopy", "kind": "option"},
        },
    )

    offered = {offer.investigation.slug: offer.settles for offer in answer.investigations}

    assert list(offered) == ["urgent", "unpriced", "mma_test", "dear"]
    assert offered["mma_test"] == ("total_b12",)


CAUSES = {
    "conditions__coeliac_disease": {"name": "Coeliac disease", "kind": "disease", "urgency": "routine"},
    "conditions__alcohol": {"name": "Alcohol", "kind": "exposure"},
    "conditions__metformin": {"name": "Metformin", "kind": "exposure", "shown_under": "alcohol"},
    "conditions__gastritis": {"name": "Gastritis", "kind": "disease", "urgency": "soon"},
}


def lines(answer: Interpretation) -> list[tuple[str, Support]]:
    return [(line.condition, line.support) for line in answer.causes]


def test_causes_stand_by_level_grade_findings_urgency_and_name() -> None:
    tongue = "glossitis is present"
    answer = said(
        TONGUE,
        "pregnancy present",
        **CAUSES,
        rules={
            "a": rule("coeliac_disease", "supports", tongue),
            "b": rule("gastritis", "supports", tongue),
            "c": rule("alcohol", "supports", tongue, grade="B"),
            "d": rule("pernicious_anaemia", "supports", f"{tongue} and pregnancy is present"),
            "e": rule("metformin", "establishes", tongue, grade="D"),
        },
        recommendations=None,
    )

    assert lines(answer) == [
        ("alcohol", Support.ESTABLISHED),
        ("pernicious_anaemia", Support.SUPPORTED),
        ("gastritis", Support.SUPPORTED),
        ("coeliac_disease", Support.SUPPORTED),
    ]
    assert [o.condition for o in answer.causes[0].opinions] == ["alcohol", "metformin"]
    assert answer.causes[0].leading.condition == "metformin"


def test_what_stands_against_a_cause_is_listed_after_what_stands_for_others() -> None:
    answer = said(
        TONGUE,
        **CAUSES,
        rules={
            "a": rule("coeliac_disease", "excludes", "glossitis is present"),
            "b": rule("gastritis", "opposes", "glossitis is present"),
            "c": rule("alcohol", "supports", "glossitis is present and pregnancy is present"),
            "d": rule("pernicious_anaemia", "supports", "pregnancy is present"),
            "e": rule("metformin", "supports", "glossitis is absent"),
        },
        recommendations=None,
    )

    assert lines(answer) == [
        ("gastritis", Support.OPPOSED),
        ("coeliac_disease", Support.EXCLUDED),
        ("alcohol", Support.UNDETERMINED),
    ]


@pytest.mark.parametrize(
    ("condition", "support"),
    [
        ("b12_deficiency", Support.ESTABLISHED),
        ("pernicious_anaemia", Support.UNDETERMINED),
        ("coeliac_disease", Support.NOT_SUGGESTED),
    ],
)
def test_every_condition_has_an_opinion(condition: str, support: Support) -> None:
    assert said(b12="150", **CAUSES).of(condition).support is support


def test_a_condition_that_is_not_there_has_no_opinion() -> None:
    with pytest.raises(KeyError):
        said().of("gout")


def test_pitfall_5_an_opinion_does_not_overwrite_the_finding_of_its_name() -> None:
    answer = said(
        TONGUE,
        conditions__glossitis={"name": "Glossitis", "kind": "disease"},
        rules__tongue=rule("glossitis", "excludes", "glossitis is present"),
        recommendations={"finding": DO, "cause": recommendation("glossitis is excluded")},
    )

    assert answer.known["glossitis"] == {"present"}
    assert {a.recommendation.slug for a in answer.advice} == {"finding", "cause"}


def test_what_is_missing_stands_by_what_may_change_the_headline_and_how_much_waits_for_it() -> None:
    answer = said(
        TONGUE,
        rules__a=rule("pernicious_anaemia", "supports", "glossitis is present and total_b12 is high"),
        rules__b=rule("pernicious_anaemia", "supports", "glossitis is present and pregnancy is present"),
        rules__c=rule("pernicious_anaemia", "supports", "glossitis is present and pregnancy is absent"),
    )

    # total_b12 may change the headline; pregnancy is waited for by two rules of a cause.
    assert answer.missing == ("total_b12", "pregnancy")


def test_what_an_opinion_waits_for_is_opened_to_findings() -> None:
    answer = said(b12="150", rules__a=rule("pernicious_anaemia", "supports", "pregnancy is present"))

    assert answer.findings_behind([HEADLINE]) == {"pregnancy"}
    assert answer.findings_behind(["@pernicious_anaemia", "total_b12"]) == {"glossitis", "pregnancy"}


def test_the_evidence_behind_opinions_is_the_findings_that_decided_them() -> None:
    answer = said(
        TONGUE,
        b12="150",
        recommendations={
            "a": recommendation("pernicious_anaemia is supported or b12_state is b12_deficiency")
        },
    )
    (advice,) = answer.advice

    assert advice.outcome.because == {"@pernicious_anaemia", HEADLINE}
    assert answer.evidence_behind(advice.outcome.because) == {"glossitis", "total_b12"}


def test_without_a_headline_there_is_no_evidence_for_one() -> None:
    assert said().evidence_behind([HEADLINE]) == frozenset()


def test_a_cause_may_read_the_headline() -> None:
    reads = rule("pernicious_anaemia", "supports", "b12_state is b12_indeterminate")

    assert said(b12="250", rules__a=reads).of("pernicious_anaemia").reasons[0].outcome.status is Status.HOLDS
    assert said(b12="400", rules__a=reads).of("pernicious_anaemia").support is Support.UNDETERMINED


def test_what_was_entered_oddly_is_asked_about() -> None:
    assert [problem.path for problem in said(b12="2500").questions] == ["measured.total_b12.value"]


def test_of_a_patient_of_whom_nothing_is_known_nothing_is_said() -> None:
    answer = interpret(PatientPicture(), shipped())

    assert (answer.headline.state, answer.causes, answer.advice, answer.if_advice, answer.investigations) == (
        None,
        (),
        (),
        (),
        (),
    )


LENS = {
    # What each source makes of 120, 170, 300 and 380 ng/L: the disagreement table of the product.
    "nice_ng239": "deficient deficient indeterminate sufficient",
    "north_bristol": "indeterminate indeterminate sufficient sufficient",
    "gloucestershire": "deficient indeterminate sufficient sufficient",
    "ruh_bath": "deficient indeterminate sufficient sufficient",
    "mayo": "deficient indeterminate indeterminate indeterminate",
    "labcorp": "deficient deficient indeterminate indeterminate",
    "arup": "indeterminate indeterminate indeterminate indeterminate",
    "bmj_best_practice": "deficient deficient indeterminate sufficient",
    "aafp_2025": "deficient deficient indeterminate sufficient",
}


@pytest.mark.parametrize(("guideline", "states"), LENS.items())
def test_the_same_total_b12_under_the_lens_of_each_guideline(guideline: str, states: str) -> None:
    seen = [patient(total_b12=(value, "ng/L")).under(guideline) for value in ("120", "170", "300", "380")]

    assert [set(interpret(picture, shipped()).known["total_b12"]) for picture in seen] == [
        {state} for state in states.split()
    ]
