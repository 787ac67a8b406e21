"""Where two rows of the evidence speak at once, the one that must win does: conflicts (a) to (j)."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.make.said import advice_in, offered, said_of

MMA_RAISED = {"value": "0.45", "unit": "umol/L", "interval": {"low": "0", "high": "0.28"}}
NOBODY_ELSE = frozenset({"look_elsewhere", "first_panel_when_very_high"})


@dataclass(frozen=True)
class Conflict:
    """What is known, the headline that must come of it, and what must and must not be said."""

    winner: str
    loser: str
    headline: str
    measured: dict[str, Any]
    stated: dict[str, str] = field(default_factory=dict)
    advice: frozenset[str] = frozenset()
    investigations: frozenset[str] = frozenset()
    never: frozenset[str] = NOBODY_ELSE
    set_aside: tuple[tuple[str, str], ...] = ()


CONFLICTS = {
    "a": Conflict(
        "R1 and R2",
        "R10",
        "b12_indeterminate",
        {"total_b12": "420 ng/L"},
        {"babinski_sign": "present", "gait_ataxia": "present"},
        advice=frozenset({"cord_or_optic_signs_with_deficiency_possible", "normal_b12_with_neurology"}),
        investigations=frozenset({"mma_test", "intrinsic_factor_antibody_test", "mri_spine"}),
        set_aside=(("b12_deficiency_unlikely", "total_sufficient"),),
    ),
    "b": Conflict(
        "R5",
        "R7",
        "b12_indeterminate",
        {"total_b12": "120 ng/L"},
        {"sex": "female", "pregnancy": "present"},
        advice=frozenset({"total_b12_in_pregnancy"}),
        investigations=frozenset({"active_b12_test"}),
        never=frozenset({"intrinsic_factor_antibody_for_the_cause"}),
        set_aside=(("b12_deficiency", "total_deficient"),),
    ),
    "c": Conflict(
        "R6",
        "R10",
        "functional_b12_deficiency",
        {"total_b12": "600 ng/L", "homocysteine": "60 umol/L", "folate_serum": "8 ug/L"},
        {"nitrous_oxide": "present"},
        advice=frozenset({"normal_b12_after_nitrous_oxide", "stopping_nitrous_oxide"}),
        investigations=frozenset({"mma_test"}),
        set_aside=(("b12_deficiency_unlikely", "total_sufficient"),),
    ),
    "d": Conflict(
        "R15",
        "R7",
        "b12_indeterminate",
        {"total_b12": "150 ng/L", "mma": "0.15 umol/L"},
        {"sex": "female", "pregnancy": "absent", "combined_oral_contraceptive": "present"},
        advice=frozenset({"oestrogen_lowers_total"}),
        investigations=frozenset({"active_b12_test"}),
        set_aside=(("b12_deficiency", "total_deficient"),),
    ),
    "e": Conflict(
        "R17",
        "R18",
        "b12_indeterminate",
        {"total_b12": "250 ng/L", "mma": MMA_RAISED, "egfr": "32 mL/min/{1.73_m2}"},
        advice=frozenset({"mma_with_reduced_kidney_function"}),
        investigations=frozenset({"urine_mma_test"}),
    ),
    "f": Conflict(
        "R1",
        "R26",
        "b12_deficiency",
        {"total_b12": "160 ng/L"},
        {"sex": "male", "gait_ataxia": "present"},
        advice=frozenset({"cord_or_optic_signs_with_deficiency_possible", "neurological_schedule"}),
        investigations=frozenset({"intrinsic_factor_antibody_test"}),
    ),
    "g": Conflict(
        "R16",
        "R7",
        "b12_deficiency",
        {"total_b12": "160 ng/L", "folate_serum": "1.5 ug/L"},
        {"sex": "male"},
        advice=frozenset({"b12_before_folate", "folic_acid_alone_held"}),
    ),
    "h": Conflict(
        "R14",
        "R10",
        "b12_indeterminate",
        {"total_b12": "190 ng/L", "active_b12": "80 pmol/L"},
        advice=frozenset({"total_low_active_not"}),
        investigations=frozenset({"mma_test"}),
        set_aside=(("b12_deficiency_unlikely", "active_sufficient"),),
    ),
    "i": Conflict("R11", "R10", "b12_indeterminate", {"total_b12": "350 ng/L"}),
    "j": Conflict(
        "R12",
        "H11",
        "b12_result_not_interpretable",
        {"total_b12": {"value": ">2000", "unit": "ng/L", "interval": {"low": "200", "high": "900"}}},
        {"b12_injection": "present", "paraesthesia": "present"},
        advice=frozenset({"lifelong_replacement_not_stopped", "result_on_treatment"}),
    ),
}


@pytest.mark.parametrize("letter", CONFLICTS)
def test_the_row_that_must_win_wins(letter: str) -> None:
    conflict = CONFLICTS[letter]

    said = said_of(measured=conflict.measured, **conflict.stated)

    assert said.headline.state == conflict.headline, f"{conflict.winner} against {conflict.loser}"
    assert conflict.advice <= advice_in(said)
    assert conflict.investigations <= offered(said)
    assert advice_in(said).isdisjoint(conflict.never)
    for state, rule in conflict.set_aside:
        assert rule in {reason.rule.slug for reason in said.of(state).set_aside}


def test_in_a_the_sign_is_for_the_same_day() -> None:
    said = said_of(measured={"total_b12": "420 ng/L"}, babinski_sign="present")

    [sign] = [a for a in said.advice if a.recommendation.target == "treatment_before_results"]
    assert sign.recommendation.urgency == "same_day"


def test_in_d_the_band_of_the_guideline_is_still_shown() -> None:
    said = said_of(measured={"total_b12": "150 ng/L"}, sex="female", combined_oral_contraceptive="present")

    assert said.known["total_b12"] == {"deficient"}


def test_in_e_better_kidneys_would_confirm_functional_deficiency() -> None:
    measured = {"total_b12": "250 ng/L", "mma": MMA_RAISED, "egfr": "80 mL/min/{1.73_m2}"}

    assert said_of(measured=measured).headline.state == "functional_b12_deficiency"


def test_in_g_the_hold_on_folic_acid_does_not_silence_the_order_of_replacement() -> None:
    said = said_of(measured={"total_b12": "160 ng/L", "folate_serum": "1.5 ug/L"}, sex="male")

    stances = {a.recommendation.slug: a.recommendation.stance for a in said.advice}
    assert (stances["folic_acid_alone_held"], stances["b12_before_folate"]) == ("hold", "do")


@pytest.mark.parametrize(("amount", "state"), [("180 ng/L", "indeterminate"), ("350 ng/L", "indeterminate")])
def test_in_i_both_ends_of_the_grey_zone_belong_to_it(amount: str, state: str) -> None:
    assert said_of(measured={"total_b12": amount}).known["total_b12"] == {state}


def test_in_a_sparse_grey_zone_mma_is_offered_if_there_are_symptoms() -> None:
    said = said_of(measured={"total_b12": "250 ng/L"}, sex="female")

    waiting = {a.recommendation.slug: a.outcome.missing for a in said.if_advice}
    assert waiting["mma_when_not_settled"] == {"common_symptom"}


def test_intake_never_silences_a_red_flag() -> None:
    raised = {"value": "1500", "unit": "ng/L", "interval": {"low": "200", "high": "900"}}
    alt = {"value": "200", "unit": "U/L", "interval": {"high": "40"}}

    said = said_of(measured={"total_b12": raised, "alt": alt}, days_since_b12_injection="within_2_weeks")

    assert said.headline.state == "b12_result_not_interpretable"
    assert {"raised_b12_first_panel", "liver_aetiology_panel"} <= offered(said)
