"""The B12 state that the shipped rules give to the pictures on which they were thought out."""

from typing import Any

import pytest

from conditions.reasoning.interpret import interpret
from tests.make.shipped import patient, shipped

EGFR = "mL/min/{1.73_m2}"
MMA_NORMAL, MMA_RAISED = ("0.15", "umol/L", "0-0.28"), ("0.45", "umol/L", "0-0.28")
OPEN_WHEN_SUFFICIENT = (
    "active_b12 b12_intake megaloblastic_film metabolite_raised neuro_picture nitrous_oxide"
)


def ng(value: str, printed: str = "") -> tuple[str, str, str]:
    return value, "ng/L", printed


def kidneys(egfr: str) -> tuple[str, str]:
    return egfr, EGFR


@pytest.mark.parametrize(
    ("told", "measured", "state", "support", "unless"),
    [
        # A woman of 45: whether she is pregnant or takes oestrogen was not asked.
        (["sex female"], {"total_b12": ng("150")}, "b12_deficiency", "established", "total_may_read_low"),
        (["sex male"], {"total_b12": ng("150")}, "b12_deficiency", "established", ""),
        (["sex female"], {"total_b12": ng("250")}, "b12_indeterminate", "supported", ""),
        (
            ["sex female"],
            {"total_b12": ng("400")},
            "b12_deficiency_unlikely",
            "supported",
            OPEN_WHEN_SUFFICIENT,
        ),
        (
            ["sex female"],
            {"total_b12": ng("600")},
            "b12_deficiency_unlikely",
            "supported",
            OPEN_WHEN_SUFFICIENT,
        ),
        # Signs of the cord beat a total that is not low.
        (
            ["babinski_sign present", "gait_ataxia present"],
            {"total_b12": ng("420")},
            "b12_indeterminate",
            "supported",
            "metabolite_raised",
        ),
        # A low total in pregnancy is not called deficiency.
        (["sex female", "pregnancy present"], {"total_b12": ng("120")}, "b12_indeterminate", "supported", ""),
        # Nitrous oxide and a raised homocysteine, folate sufficient.
        (
            ["nitrous_oxide present"],
            {"total_b12": ng("600"), "homocysteine": ("60", "umol/L", "0-15"), "folate_serum": ("8", "ug/L")},
            "functional_b12_deficiency",
            "supported",
            "renal_function",
        ),
        # On oestrogen, without and with a symptom.
        (
            ["sex female", "combined_oral_contraceptive present", "pregnancy absent"],
            {"total_b12": ng("150"), "mma": MMA_NORMAL},
            "b12_indeterminate",
            "supported",
            "",
        ),
        (
            ["sex female", "combined_oral_contraceptive present", "pregnancy absent", "paraesthesia present"],
            {"total_b12": ng("150"), "mma": MMA_NORMAL},
            "b12_deficiency",
            "supported",
            "",
        ),
        # A raised MMA is read with the kidneys.
        (
            [],
            {"total_b12": ng("250"), "mma": MMA_RAISED, "egfr": kidneys("32")},
            "b12_indeterminate",
            "supported",
            "",
        ),
        (
            [],
            {"total_b12": ng("250"), "mma": MMA_RAISED, "egfr": kidneys("80")},
            "functional_b12_deficiency",
            "established",
            "b12_injection",
        ),
        (
            ["sex female", "gait_ataxia present"],
            {"total_b12": ng("160")},
            "b12_deficiency",
            "established",
            "total_may_read_low",
        ),
        (
            ["sex male"],
            {"total_b12": ng("160"), "folate_serum": ("1.5", "ug/L")},
            "b12_deficiency",
            "established",
            "",
        ),
        # Total and active B12 disagree.
        ([], {"total_b12": ng("190"), "active_b12": ("80", "pmol/L")}, "b12_indeterminate", "supported", ""),
        # The edges belong to the grey zone, in each printed unit.
        ([], {"total_b12": ng("350")}, "b12_indeterminate", "supported", ""),
        ([], {"total_b12": ("258", "pmol/L")}, "b12_indeterminate", "supported", ""),
        ([], {"total_b12": ("133", "pmol/L")}, "b12_indeterminate", "supported", ""),
        ([], {"total_b12": ("180", "pg/mL")}, "b12_indeterminate", "supported", ""),
        # On injections, above the range of the assay, with neuropathy.
        (
            ["hydroxocobalamin present", "paraesthesia present"],
            {"total_b12": ng(">2000", "200-900")},
            "b12_result_not_interpretable",
            "supported",
            "mma_level only_old_injection",
        ),
        # A normal MMA settles the grey zone.
        (
            [],
            {"total_b12": ng("250"), "mma": MMA_NORMAL, "egfr": kidneys("90")},
            "b12_deficiency_unlikely",
            "supported",
            "active_b12 neuro_picture nitrous_oxide red_flag",
        ),
        # Raised after injections, and without.
        (
            [],
            {"total_b12": ng("1500", "200-900"), "days_since_b12_injection": ("7", "d")},
            "b12_result_not_interpretable",
            "established",
            "mma_level",
        ),
        (
            [],
            {
                "total_b12": ng("1500", "200-900"),
                "days_since_b12_injection": ("7", "d"),
                "alt": ("200", "U/L", "0-40"),
            },
            "b12_result_not_interpretable",
            "established",
            "mma_level",
        ),
        (
            [],
            {"total_b12": ng("1500", "200-900"), "days_since_b12_injection": ("8", "mo")},
            "b12_result_not_interpretable",
            "supported",
            "mma_level",
        ),
        (
            ["b12_injection absent", "b12_oral absent", "multivitamin absent"],
            {"total_b12": ng("1500", "200-900")},
            "raised_b12",
            "established",
            "biotin",
        ),
        (
            ["paraesthesia present"],
            {"total_b12": ng("1200", "200-900")},
            "b12_indeterminate",
            "supported",
            "metabolite_raised",
        ),
        ([], {"total_b12": ng("950", "200-900")}, "raised_b12", "established", "b12_intake biotin"),
        (
            ["known_cancer present"],
            {"total_b12": ng("1200", "200-900")},
            "raised_b12",
            "established",
            "b12_intake biotin",
        ),
        (
            ["total_gastrectomy present", "sex male"],
            {"total_b12": ng("100")},
            "b12_deficiency",
            "established",
            "",
        ),
        # A low total on injections stays deficiency.
        (
            ["b12_injection present", "sex male"],
            {"total_b12": ng("120")},
            "b12_deficiency",
            "established",
            "",
        ),
        # Injections at an unknown time.
        (
            ["b12_injection present"],
            {"total_b12": ng("300")},
            "b12_result_not_interpretable",
            "supported",
            "mma_level only_old_injection",
        ),
        # Below the range of the assay.
        (["sex male"], {"total_b12": ng("<150")}, "b12_deficiency", "established", ""),
        (["sex male"], {"total_b12": ng("<200")}, "b12_indeterminate", "supported", ""),
        # A normal MMA does not demote a total below 180.
        (
            ["sex male"],
            {"total_b12": ng("120"), "mma": MMA_NORMAL, "egfr": kidneys("90")},
            "b12_deficiency",
            "established",
            "",
        ),
    ],
)
def test_the_state_that_leads(
    told: list[str], measured: dict[str, Any], state: str, support: str, unless: str
) -> None:
    leads = interpret(patient(*told, **measured), shipped()).headline.opinion

    assert leads is not None
    assert (leads.condition, leads.support, leads.depends_on) == (state, support, frozenset(unless.split()))


def test_signs_without_any_result_give_no_state_and_ask_for_b12() -> None:
    said = interpret(patient("gait_ataxia present"), shipped()).headline

    assert said.state is None
    assert "total_b12" in said.may_change
