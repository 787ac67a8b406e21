import json
from decimal import Decimal
from typing import Any

import pytest

from conditions.reasoning.criteria import parse
from conditions.reasoning.document import KnowledgeError, canonical, digest_of, read_document
from conditions.reasoning.knowledge import DIRECTIONS, Citation, ConditionEffect, Rule, Verification
from conditions.reasoning.quantities import Band, Unit
from tests.make.knowledge import CITED, document


def problems(**changes: Any) -> list[str]:
    with pytest.raises(KnowledgeError) as refused:
        read_document(document(**changes))
    return refused.value.problems


def test_a_document_is_read_into_knowledge() -> None:
    knowledge = read_document(document())
    citation = Citation("nice_ng239", "A", Verification.PRIMARY)
    total = knowledge.findings["total_b12"]

    assert knowledge.b12_states == ("b12_deficiency", "b12_indeterminate")
    assert knowledge.rules["deficient_total"] == Rule(
        slug="deficient_total",
        condition="b12_deficiency",
        effect="establishes",  # type: ignore[arg-type]
        when=parse("total_b12 is deficient"),
        unless=parse("pregnancy is present"),
        says="Total B12 is below the limit.",
        citation=citation,
        rows=("R1",),
    )
    assert total.units == (Unit("ng/L"), Unit("pmol/L", Decimal("1.35537")))
    assert total.limits[0].bands[:2] == (
        Band(frozenset({"deficient"}), Decimal(180), says="confirms deficiency"),
        Band(frozenset({"indeterminate"}), Decimal(350), inclusive=True),
    )
    assert total.limits[0].citation.also == ("textbook",)
    assert knowledge.conditions["pernicious_anaemia"].effects == (
        ConditionEffect("lowers", "No intrinsic factor.", "", "", citation),
    )


def test_the_digest_is_that_of_the_content_and_not_of_its_order() -> None:
    given = document()
    turned = dict(reversed([*given.items()]))

    assert digest_of(given) == digest_of(turned) == read_document(turned).digest
    assert digest_of(given) != digest_of(document(rules__deficient_total__says="Otherwise."))
    assert json.loads(canonical(given)) == given


def test_a_phrase_is_made_from_the_label_unless_it_is_given() -> None:
    labels = {"plain": "Sore tongue", "short": "B12", "letter": "X", "given": "Pregnancy"}
    made = {
        f"findings__{slug}": {
            "label": label,
            "group": "b12",
            "states": ["present"],
            **({"phrase": "pregnant"} if slug == "given" else {}),
        }
        for slug, label in labels.items()
    }

    findings = read_document(document(**made)).findings

    assert [findings[slug].phrase for slug in labels] == ["sore tongue", "B12", "X", "pregnant"]


def test_findings_stand_behind_all_that_their_state_depends_on() -> None:
    order = read_document(document()).order

    assert order.index("glossitis") < order.index("tongue_or_mouth")


def test_a_finding_knows_its_units_and_whose_amount_it_reads() -> None:
    total = read_document(document()).findings["total_b12"]

    assert (total.amount, total.is_measured, total.unit("pmol/L").kind) == ("total_b12", True, "molar")
    with pytest.raises(KeyError):
        total.unit("U/L")


@pytest.mark.parametrize(("number", "shown"), [(2, "2"), (None, "None"), ("1", "'1'")])
def test_a_document_of_another_format_is_not_read(number: Any, shown: str) -> None:
    assert problems(format=number) == [f"This document has format {shown}; format 1 can be read."]


BAND = {"states": ["deficient"], "upper": "180"}
LIMITS = {"unit": "ng/L", "basis": "decision", "bands": [BAND, {"states": ["sufficient"]}], **CITED}


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("rules", [], "rules: this is not a mapping."),
        ("sources__textbook__title", None, "sources textbook: title is missing."),
        ("rules__grey_total__when", None, "rules grey_total: when is missing."),
        ("rules__grey_total__source", None, "rules grey_total: source is missing."),
        (
            "rules__grey_total__when",
            "total_b12 is",
            "rules grey_total: when, at character 13: the text stops too early.",
        ),
        (
            "rules__grey_total__unless",
            "x y",
            "rules grey_total: unless, at character 3: expected “is”.",
        ),
        (
            "rules__grey_total__grade",
            "E",
            "rules grey_total: grade is 'E'; it is one of: A, B, C, D.",
        ),
        (
            "rules__grey_total__verification",
            "read",
            "rules grey_total: verification is 'read'; it is one of: primary, secondary, unverified, inference.",
        ),
        (
            "rules__grey_total__effect",
            "proves",
            "rules grey_total: effect is 'proves'; it is one of: establishes, supports, opposes, excludes.",
        ),
        (
            "conditions__pernicious_anaemia__kind",
            "illness",
            "conditions pernicious_anaemia: kind is 'illness'; it is one of: b12_state, disease, exposure.",
        ),
        (
            "recommendations__measure_mma__stance",
            "maybe",
            "recommendations measure_mma: stance is 'maybe'; it is one of: do, hold.",
        ),
        (
            "findings__glossitis__asked",
            "often",
            "findings glossitis: asked is 'often'; it is one of: everyone, on_request, never.",
        ),
        (
            "findings__total_b12__units",
            [{"unit": "ng/L", "factor": 2}],
            "findings total_b12: the number 2 is not written as text.",
        ),
        (
            "findings__total_b12__units",
            [{"unit": "ng/L", "factor": "NaN"}],
            "findings total_b12: 'NaN' is not a number.",
        ),
        (
            "findings__total_b12__units",
            [{"unit": "ng/L", "factor": "two"}],
            "findings total_b12: 'two' is not a number.",
        ),
        (
            "findings__total_b12__limits",
            [{**LIMITS, "basis": "report", "bands": [{**BAND, "of": "middle"}]}],
            "findings total_b12: of is 'middle'; it is one of: low, high.",
        ),
        (
            "conditions__pernicious_anaemia__effects",
            [{"direction": "sideways", "mechanism": "…", **CITED}],
            f"conditions pernicious_anaemia: direction is 'sideways'; it is one of: {', '.join(DIRECTIONS)}.",
        ),
    ],
)
def test_each_fault_of_form_is_said_with_its_place(path: str, value: Any, problem: str) -> None:
    assert problems(**{path: value}) == [problem]


def test_a_part_that_is_no_mapping_is_said() -> None:
    (problem,) = problems(groups__b12="B12")

    assert problem.startswith("groups b12: ")


def test_all_faults_are_said_at_once() -> None:
    assert len(problems(rules__grey_total__grade="E", sources__textbook__title=None)) == 2
    assert str(KnowledgeError(["One.", "Two."])) == "One.\nTwo."
