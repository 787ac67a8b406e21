"""Scores that add up several findings: autoimmune hepatitis, and the combined B12 indicator."""

from decimal import Decimal

import pytest

from conditions.reasoning.interpret import interpret
from tests.make.reading import number, read, state
from tests.make.shipped import patient, shipped

EGFR = "mL/min/{1.73_m2}"
TITRE = "{titer}"


NO_VIRUS = ("hbsag negative", "anti_hcv negative")
NO_ANTIBODY = (
    "ana negative",
    "smooth_muscle_antibody negative",
    "anti_lkm1 negative",
    "anti_sla_lp negative",
)


def but(told: tuple[str, ...], *other: str) -> tuple[str, ...]:
    """``told`` with ``other`` in place of what it says of the same findings."""
    return tuple({words.split()[0]: words for words in (*told, *other)}.values())


def igg(multiple: str) -> tuple[str, str, str]:
    return str(Decimal(16) * Decimal(multiple)), "g/L", "7-16"


@pytest.mark.parametrize(
    ("told", "measured", "score", "says"),
    [
        ((*NO_VIRUS, "liver_histology not_done"), {"ana": "80", "igg": "1.2"}, 6, "probable"),
        (
            (*but(NO_VIRUS, *NO_ANTIBODY, "liver_histology compatible_aih"),),
            {"smooth_muscle_antibody": "40", "igg": "0.8"},
            4,
            "not_reached",
        ),
        ((*NO_VIRUS, "liver_histology typical_aih"), {"anti_lkm1": "40", "igg": "1.05"}, 7, "definite"),
    ],
)
def test_the_three_published_sums_of_the_simplified_score(
    told: tuple[str, ...], measured: dict[str, str], score: int, says: str
) -> None:
    titres = {name: (value, TITRE) for name, value in measured.items() if name != "igg"}
    told = tuple(words for words in told if words.split()[0] not in titres)

    classified = read(*told, age=("50", "a"), igg=igg(measured["igg"]), **titres)

    assert number(classified, "aih_simplified_score") == f"{score} {{score}}"
    assert state(classified, "aih_simplified_score") == says


COMPLETE = (*NO_VIRUS, *NO_ANTIBODY, "liver_histology not_done")


@pytest.mark.parametrize(
    ("other", "score"),
    # 2 for no virus, 2 for IgG of 1.2 times its limit, and what the other items add.
    [
        ((), "4"),
        (("anti_sla_lp positive",), "6"),
        (("anti_lkm1 positive",), "6"),
        (("liver_histology steatohepatitis",), "4"),
        (("liver_histology compatible_aih",), "5"),
        (("liver_histology typical_aih",), "6"),
        (("liver_histology typical_aih", "anti_sla_lp positive"), "8"),
        (("hbsag positive",), "2"),
        (("anti_hcv positive", "hbsag equivocal"), "2"),
    ],
)
def test_each_item_of_the_simplified_score(other: tuple[str, ...], score: str) -> None:
    classified = read(*but(COMPLETE, *other), age=("50", "a"), igg=igg("1.2"))

    assert number(classified, "aih_simplified_score") == f"{score} {{score}}"


@pytest.mark.parametrize(
    ("told", "measured", "says"),
    [
        ((), {}, ""),
        (NO_VIRUS, {}, ""),
        (NO_VIRUS, {"ana": ("80", TITRE), "igg": igg("1.2")}, "definite/probable"),
        ((*NO_VIRUS, "liver_histology not_done"), {"igg": igg("0.9")}, "not_reached"),
        (("liver_histology not_done",), {"igg": igg("1.2")}, "not_reached/probable"),
        (NO_VIRUS, {"igg": igg("1.05")}, ""),
        (but(COMPLETE, "ana positive"), {"igg": igg("1.2")}, "not_reached/probable"),
        (but(COMPLETE, "ana equivocal"), {"igg": igg("1.2")}, "not_reached/probable"),
        (but(COMPLETE, "anti_sla_lp equivocal"), {"igg": igg("1.2")}, "not_reached/probable"),
        (but(COMPLETE, "liver_histology cirrhosis"), {"igg": igg("1.2")}, "not_reached/probable"),
        (but(COMPLETE, "anti_hcv equivocal"), {"igg": igg("1.2")}, "not_reached"),
    ],
)
def test_a_missing_item_of_the_simplified_score_is_never_taken_for_absent(
    told: tuple[str, ...], measured: dict[str, tuple[str, str]], says: str
) -> None:
    classified = read(*told, age=("50", "a"), **measured)

    assert (number(classified, "aih_simplified_score"), state(classified, "aih_simplified_score")) == (
        "",
        says,
    )


def test_a_censored_titre_leaves_the_score_open() -> None:
    told = (words for words in COMPLETE if not words.startswith("ana "))

    classified = read(*told, age=("50", "a"), ana=(">=40", TITRE), igg=igg("1.2"))

    assert state(classified, "aih_simplified_score") == "not_reached/probable"


def test_ana_and_smooth_muscle_antibody_both_at_1_to_40_may_give_one_point_or_two() -> None:
    told = tuple(w for w in COMPLETE if not w.startswith(("ana ", "smooth_muscle_antibody ")))

    classified = read(
        *told, age=("50", "a"), ana=("40", TITRE), smooth_muscle_antibody=("40", TITRE), igg=igg("1.2")
    )

    assert state(classified, "aih_simplified_score") == "not_reached/probable"


def test_without_hepatitis_on_biopsy_the_score_is_not_reached() -> None:
    told = but(COMPLETE, "liver_histology normal", "anti_sla_lp positive")

    assert state(read(*told, age=("50", "a"), igg=igg("1.2")), "aih_simplified_score") == "not_reached"


def test_in_a_child_a_low_titre_is_not_held_against_the_score() -> None:
    classified = read(*COMPLETE, age=("9", "a"), igg=igg("1.2"))

    assert state(classified, "aih_simplified_score") == "not_reached/probable"


FOUR_MARKERS = [
    ("60", "300", "0.20", "10", "50", "0.235", "adequate"),
    ("35", "200", "0.37", "15", "40", "-0.649", "low"),
    ("20", "150", "0.50", "20", "70", "-1.148", "low"),
    ("12", "100", "1.50", "30", "65", "-2.227", "possible_deficiency"),
    ("8", "80", "3.60", "49.1", "57", "-3.133", "probable_deficiency"),
    ("150", "800", "0.12", "6", "25", "1.444", "adequate"),
    ("52", "237", "0.207", "12", "65", "0.042", "adequate"),
]


def four_markers(
    active: str, total: str, mma: str, homocysteine: str, age: str
) -> dict[str, tuple[str, str]]:
    return {
        "active_b12": (active, "pmol/L"),
        "total_b12": (total, "pmol/L"),
        "mma": (mma, "umol/L"),
        "homocysteine": (homocysteine, "umol/L"),
        "age": (age, "a"),
        "egfr": ("80", EGFR),
    }


@pytest.mark.parametrize(("active", "total", "mma", "homocysteine", "age", "value", "says"), FOUR_MARKERS)
def test_the_combined_indicator_of_four_markers(
    active: str, total: str, mma: str, homocysteine: str, age: str, value: str, says: str
) -> None:
    classified = read(
        "pregnancy absent",
        "folate_serum normal",
        **four_markers(active, total, mma, homocysteine, age),
    )

    assert number(classified, "combined_b12_indicator") == f"{value} 1"
    assert state(classified, "combined_b12_indicator") == says


@pytest.mark.parametrize(
    ("told", "changed"),
    [
        (("pregnancy absent", "folate_serum normal"), {"egfr": ("59", EGFR)}),
        (("pregnancy absent", "folate_serum normal"), {"egfr": None}),
        (("pregnancy present", "folate_serum normal"), {}),
        (("folate_serum normal",), {}),
        (("pregnancy absent", "folate_serum low"), {}),
        (("pregnancy absent",), {}),
        (("pregnancy absent", "folate_serum normal"), {"mma": None}),
        (("pregnancy absent", "folate_serum normal"), {"active_b12": ("<5", "pmol/L")}),
        (("pregnancy absent", "folate_serum normal"), {"homocysteine": ("0", "umol/L")}),
        (("pregnancy absent", "folate_serum normal"), {"age": (">60", "a")}),
    ],
)
def test_the_combined_indicator_is_withheld_where_it_misleads_or_anything_is_not_known(
    told: tuple[str, ...], changed: dict[str, tuple[str, str] | None]
) -> None:
    measured = {**four_markers("60", "300", "0.20", "10", "50"), **changed}

    classified = read(*told, **{name: amount for name, amount in measured.items() if amount})

    assert (number(classified, "combined_b12_indicator"), state(classified, "combined_b12_indicator")) == (
        "",
        "",
    )


def test_the_combined_indicator_moves_no_opinion_and_no_headline() -> None:
    named = {rule.slug for rule in shipped().rules.values() if "combined_b12_indicator" in str(rule.when)}
    deficient = {**four_markers("150", "800", "0.12", "6", "25"), "total_b12": ("100", "pmol/L")}

    said = interpret(patient("pregnancy absent", "folate_serum normal", "sex female", **deficient), shipped())

    assert named == set()
    assert state(said.classified, "combined_b12_indicator") == "adequate"
    assert said.headline.state != "b12_deficiency_unlikely"
