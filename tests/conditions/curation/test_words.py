"""Differences and criteria in clinical language."""

from typing import Any

import pytest

from conditions.curation.differences import differences_of
from conditions.curation.words import Vocabulary, sentence_of, title_of
from conditions.files import read_files
from conditions.reasoning.criteria import CriterionError
from conditions.schema import tidied
from tests.make.knowledge import CITED, document
from tests.make.shipped import shipped

BANDS = [
    {"states": ["deficient"], "upper": "180", "says": "confirms deficiency"},
    {"states": ["indeterminate"], "upper": "400", "inclusive": True},
    {"states": ["sufficient"], "upper": "1000", "inclusive": True},
    {"states": ["high"]},
]


def said(**changes: Any) -> list[tuple[str, ...]]:
    return [difference.says for difference in differences_of(document(), document(**changes), {})]


def limits(**changes: Any) -> list[dict[str, Any]]:
    (one,) = document()["findings"]["total_b12"]["limits"]
    return [{**one, **changes}]


STEPS = "deficient below 180 ng/L; grey zone up to 350 ng/L; sufficient up to 1000 ng/L; high above that"
STEPS_WITHOUT_DEFICIENT = "grey zone up to 400 ng/L; sufficient up to 1000 ng/L; high above that"
NG239 = "Total B12, Vitamin B12 deficiency in over 16s"


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        (
            {"findings__total_b12__limits": limits(bands=BANDS)},
            [f"{NG239}: grey zone, upper edge 350 → 400 ng/L."],
        ),
        (
            {"findings__total_b12__limits": limits(bands=BANDS[1:], scheme="NG239", grade="B")},
            [
                "Total B12, NG239: scheme nothing → NG239.",
                f"Total B12, NG239: other steps: {STEPS} → {STEPS_WITHOUT_DEFICIENT}.",
                "Total B12, NG239: grade A → B.",
            ],
        ),
        (
            {
                "findings__total_b12__limits": [
                    *limits(),
                    *limits(unit="pmol/L", scheme="Ours", source="textbook"),
                ]
            },
            [f"Total B12, Ours: a new scale. D{STEPS[1:].replace('ng/L', 'pmol/L')}."],
        ),
        ({"findings__total_b12__limits": []}, [f"{NG239}: this scale is gone."]),
        (
            {"rules__grey_total__when": "total_b12 is deficient/indeterminate and glossitis is present"},
            ["Now also needs a sore tongue."],
        ),
        (
            {"rules__deficiency_with_glossitis__when": "b12_deficiency is established"},
            ["No longer needs a sore tongue."],
        ),
        (
            {"rules__deficient_total__unless": "pregnancy is present or glossitis is present"},
            ["Now also set aside if a sore tongue."],
        ),
        ({"rules__deficient_total__unless": None}, ["No longer is set aside if pregnant."]),
        (
            {"rules__grey_total__when": "total_b12 is high"},
            ["Needs total B12 is deficient or indeterminate → total B12 is high."],
        ),
        (
            {"rules__grey_total__says": "Other."},
            ["What it says: “Total B12 neither confirms nor excludes deficiency.” → “Other.”"],
        ),
        (
            {"rules__grey_total__source": "textbook"},
            ["Source: Vitamin B12 deficiency in over 16s → A textbook."],
        ),
        ({"rules__grey_total__effect": "opposes"}, ["Effect: speaks for it → speaks against it."]),
        ({"rules__grey_total__review_by": "2027-01-01"}, ["Review by: 2027-01-01."]),
        ({"conditions__pernicious_anaemia__autoimmune": False}, ["Autoimmune: yes → no."]),
        (
            {"conditions__pernicious_anaemia__suspicion": None},
            ["Findings that raise suspicion: removed A sore tongue."],
        ),
        (
            {
                "conditions__pernicious_anaemia__effects": [
                    {"direction": "lowers", "mechanism": "Other.", **CITED}
                ]
            },
            ["Effect on B12 (lowers): Mechanism: “No intrinsic factor.” → “Other.”"],
        ),
        (
            {
                "cases__plainly_deficient__picture": {
                    "measured": {"total_b12": {"value": "160", "unit": "ng/L"}}
                }
            },
            ["The patient, Total B12: 150 ng/L → 160 ng/L.", "The patient, Pregnant: absent → nothing."],
        ),
        ({"unit_aliases__pg/ml": "pmol/L"}, ["Unit printed as “pg/ml” means ng/L → pmol/L."]),
        ({"rules__grey_total": None}, ["Removed: Rule on B12 indeterminate (grey_total)."]),
        ({"recommendations__measure_mma__surprise": "a_new_key"}, ["Surprise: a new key."]),
    ],
)
def test_a_change_is_said_in_clinical_words(changes: dict[str, Any], sentences: list[str]) -> None:
    assert said(**changes) == [tuple(sentences)]


def test_a_new_condition_is_told_in_full() -> None:
    (told,) = said(
        conditions__coeliac_disease={"name": "Coeliac disease", "kind": "disease", "urgency": "soon"}
    )
    assert told == (
        "New condition: Coeliac disease.",
        "Name: “Coeliac disease”.",
        "Kind: disease.",
        "Urgency: soon.",
    )


def test_every_section_and_key_of_the_shipped_knowledge_can_be_told_and_never_as_json() -> None:
    shipped_document = tidied(read_files())
    told = differences_of({"format": 1}, shipped_document, {})
    gone = differences_of(shipped_document, {"format": 1}, {})
    assert {one.section for one in told} == shipped_document.keys() - {"format"}
    assert len(told) == len(gone)
    for one in told:
        for sentence in one.says:
            assert not any(mark in sentence for mark in ("{'", "['", '{"', '["')), sentence


def test_a_criterion_is_said_back_as_a_sentence() -> None:
    assert (
        sentence_of("total_b12 is indeterminate and mma is high", shipped())
        == "Total B12 is indeterminate and MMA is high."
    )


def test_what_a_criterion_names_and_the_knowledge_lacks_stands_as_written() -> None:
    assert sentence_of("no_such_thing is present", shipped()) == "No_such_thing is present."
    with pytest.raises(CriterionError):
        sentence_of("mma is", shipped())


def test_a_draft_that_cannot_be_read_is_spoken_of_all_the_same() -> None:
    broken = document(rules__grey_total__when="total_b12 is is")
    (difference,) = differences_of(document(), broken, {})
    assert "which is not a criterion" in difference.says[0]
    assert (
        title_of("rules", "grey_total", Vocabulary(document(), broken))
        == "Rule on B12 indeterminate (grey_total)"
    )
