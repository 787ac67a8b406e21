from decimal import Decimal
from itertools import pairwise, product
from typing import Any

import pytest

from conditions.reasoning.classify import classify, read
from conditions.reasoning.criteria import Verdict, subjects
from conditions.reasoning.derived import DERIVED, Derived
from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import Knowledge, Limits
from conditions.reasoning.picture import PatientPicture
from conditions.reasoning.quantities import Interval, Quantity
from tests.make.knowledge import CITED, document
from tests.make.shipped import patient, shipped

UNITS = [{"unit": "ng/L"}, {"unit": "pg/mL"}, {"unit": "pmol/L", "factor": "1.35537"}]


def scale(unit: str, *edges: str, when: str = "", basis: str = "decision") -> dict[str, Any]:
    states = ("deficient", "indeterminate", "sufficient")[: len(edges)]
    multiples = {"of": "high"} if basis == "report" else {}
    bands = [{"states": [s], "upper": e, **multiples} for s, e in zip(states, edges, strict=True)]
    top = {"states": ["high" if basis == "report" else "sufficient"]}
    return {"unit": unit, "basis": basis, "bands": [*bands, top], **({"when": when} if when else {}), **CITED}


def knowledge(**changes: Any) -> Knowledge:
    return read_document(document(**{"findings__total_b12__units": UNITS} | changes))


def b12(value: str, unit: str, comparator: Any = "", high: str = "", **stated: str) -> PatientPicture:
    interval = Interval(None, Decimal(high)) if high else None
    return PatientPicture({"total_b12": Quantity(Decimal(value), unit, comparator, interval)}, stated)


def known(picture: PatientPicture, using: Knowledge) -> str:
    return "/".join(sorted(classify(picture, using).known.get("total_b12", ())))


@pytest.mark.parametrize(
    ("value", "unit", "state"),
    [
        ("179.99", "ng/L", "deficient"),
        ("180", "ng/L", "indeterminate"),
        ("180.01", "ng/L", "indeterminate"),
        ("349.99", "ng/L", "indeterminate"),
        ("350", "ng/L", "indeterminate"),
        ("350.01", "ng/L", "sufficient"),
        ("179.99", "pg/mL", "deficient"),
        ("180", "pg/mL", "indeterminate"),
        ("350", "pg/mL", "indeterminate"),
        ("350.01", "pg/mL", "sufficient"),
        ("132.99", "pmol/L", "deficient"),
        ("133", "pmol/L", "indeterminate"),
        ("133.01", "pmol/L", "indeterminate"),
        ("257.99", "pmol/L", "indeterminate"),
        ("258", "pmol/L", "indeterminate"),
        ("258.01", "pmol/L", "sufficient"),
    ],
)
def test_the_printed_edges_of_ng239_for_total_b12(value: str, unit: str, state: str) -> None:
    assert classify(patient(total_b12=(value, unit)), shipped()).known["total_b12"] == {state}


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("24.9", "deficient"),
        ("25", "indeterminate"),
        ("69.9", "indeterminate"),
        ("70", "indeterminate"),
        ("70.1", "sufficient"),
    ],
)
def test_the_printed_edges_of_ng239_for_active_b12(value: str, state: str) -> None:
    assert classify(patient(active_b12=(value, "pmol/L")), shipped()).known["active_b12"] == {state}


def patients_meant(limits: Limits, using: Knowledge) -> dict[str, frozenset[str]]:
    """States in which the limits apply."""
    names = sorted(subjects(limits.when))
    for states in product(*[using.findings[name].states for name in names]):
        told = {name: frozenset({state}) for name, state in zip(names, states, strict=True)}
        if limits.when is None or limits.when.evaluate(told).holds:
            return told
    raise AssertionError(f"{limits.when} is never so")


def test_every_shipped_band_at_just_under_and_just_over_its_edge() -> None:
    using = shipped()
    tried, wrong = 0, []
    for finding in using.findings.values():
        for limits in finding.limits:
            interval = Interval(Decimal(100), Decimal(1000)) if limits.basis == "report" else None
            for band, above in pairwise(limits.bands):
                edge = band.edge(interval) or Decimal(0)
                for step in (Decimal("-0.000001"), Decimal(0), Decimal("0.000001")):
                    quantity = Quantity(edge + step, limits.unit, "", interval)
                    expected = above if step > 0 or (step == 0 and not band.inclusive) else band
                    told = patients_meant(limits, using)
                    tried += 1
                    if (
                        read(finding, quantity, using.findings[finding.amount], told).states
                        != expected.states
                    ):
                        wrong.append((finding.slug, str(limits.when), quantity))

    assert wrong == []
    assert tried > 1000


def test_pitfall_2_pg_per_ml_is_ng_per_l() -> None:
    using = knowledge(findings__total_b12__limits=[scale("ng/L", "180", "350")])

    assert [known(b12(v, u), using) for v in ("180", "179") for u in ("ng/L", "pg/mL")] == [
        "indeterminate",
        "indeterminate",
        "deficient",
        "deficient",
    ]


def test_an_amount_is_read_in_the_kind_of_unit_the_scheme_prints() -> None:
    using = knowledge(
        findings__total_b12__limits=[scale("ng/L", "180", "350"), scale("pmol/L", "133", "258")]
    )

    # 132.9 pmol/L is 180.1 ng/L: converting would move it across the edge.
    assert known(b12("132.9", "pmol/L"), using) == "deficient"


GUIDELINE = {"label": "Guideline", "group": "b12", "states": ["one", "other"]}
BY_GUIDELINE = [
    scale("ng/L", "180", "350", when="guideline is one"),
    scale("pmol/L", "133", "258", when="guideline is one"),
    scale("ng/L", "100", "150", when="guideline is other"),
]


def test_pitfall_3_an_amount_is_converted_where_the_guideline_prints_no_such_unit() -> None:
    using = knowledge(findings__total_b12__limits=BY_GUIDELINE, findings__guideline=GUIDELINE)

    assert known(b12("100", "pmol/L", guideline="other"), using) == "indeterminate"
    assert known(b12("100", "pmol/L", guideline="one"), using) == "deficient"


def test_while_the_limits_are_not_settled_the_states_of_all_that_may_apply_are_possible() -> None:
    using = knowledge(findings__total_b12__limits=BY_GUIDELINE, findings__guideline=GUIDELINE)

    assert known(b12("160", "ng/L"), using) == "deficient/sufficient"
    assert known(b12("50", "ng/L"), using) == "deficient"


REPORT = [scale("ng/L", "1", basis="report"), scale("ng/L", "1000", basis="fallback")]


@pytest.mark.parametrize(
    ("high", "state", "basis"),
    [("500", "high", "report"), ("700", "deficient", "report"), ("", "deficient", "fallback")],
)
def test_a_fallback_is_used_only_where_no_interval_was_printed(high: str, state: str, basis: str) -> None:
    using = knowledge(findings__total_b12__limits=REPORT)

    classified = classify(b12("600", "ng/L", high=high), using)

    assert classified.known["total_b12"] == {state}
    assert [limits.basis for limits, _ in classified.readings["total_b12"].used] == [basis]


def test_limits_that_print_no_applicable_scale_read_nothing() -> None:
    using = knowledge(findings__total_b12__limits=[scale("ng/L", "1", basis="report")])

    classified = classify(b12("600", "ng/L"), using)

    assert (dict(classified.known), dict(classified.readings)) == ({}, {})


def test_an_amount_beats_a_word_that_contradicts_it() -> None:
    using = knowledge()

    assert known(b12("150", "ng/L", total_b12="sufficient"), using) == "deficient"


def test_a_word_narrows_an_amount_that_leaves_its_state_open() -> None:
    using = knowledge()

    assert known(b12("350", "ng/L", "<", total_b12="deficient"), using) == "deficient"


def test_what_was_told_beats_what_would_be_worked_out() -> None:
    using = knowledge(findings__tongue_or_mouth__asked="on_request")
    picture = PatientPicture({}, {"glossitis": "present", "tongue_or_mouth": "absent"})

    classified = classify(picture, using)

    assert (classified.known["tongue_or_mouth"], dict(classified.definitions)) == ({"absent"}, {})


def test_a_second_scale_reads_the_amount_of_the_first() -> None:
    using = knowledge(
        findings__b12_level={
            "label": "B12 against 100",
            "group": "b12",
            "asked": "never",
            "states": ["deficient", "sufficient"],
            "reads": "total_b12",
            "limits": [scale("ng/L", "100")],
        }
    )

    classified = classify(b12("150", "ng/L"), using)

    assert {name: set(states) for name, states in classified.known.items()} == {
        "total_b12": {"deficient"},
        "b12_level": {"sufficient"},
    }


EITHER = "glossitis is present or pregnancy is present"


@pytest.mark.parametrize(
    ("stated", "state"),
    [
        ({"glossitis": "present"}, {"present"}),
        ({"glossitis": "absent", "pregnancy": "absent"}, {"absent"}),
        ({"glossitis": "absent"}, None),
        ({}, None),
    ],
)
def test_pitfall_8_a_definition_is_absent_only_when_every_leaf_is(stated: dict[str, str], state: Any) -> None:
    using = knowledge(findings__tongue_or_mouth__defined_as=EITHER)

    assert classify(PatientPicture({}, stated), using).known.get("tongue_or_mouth") == state


def test_a_definition_that_is_open_names_what_it_waits_for() -> None:
    using = knowledge(findings__tongue_or_mouth__defined_as=EITHER)
    picture = PatientPicture({}, {"glossitis": "absent"})

    assert dict(classify(picture, using).definitions) == {
        "tongue_or_mouth": Verdict(None, missing=frozenset({"pregnancy"}))
    }


IMPLIES = [
    {"state": "present", "finding": "pregnancy", "as": "absent"},
    {"state": "present", "finding": "tongue_or_mouth", "as": "present"},
]


@pytest.mark.parametrize(
    ("stated", "pregnancy"),
    [
        ({"glossitis": "present"}, {"absent"}),
        ({"glossitis": "present", "pregnancy": "present"}, {"present"}),
        ({"glossitis": "absent"}, None),
    ],
)
def test_one_finding_implies_another_unless_that_was_told(stated: dict[str, str], pregnancy: Any) -> None:
    using = knowledge(findings__glossitis__implies=IMPLIES)

    assert classify(PatientPicture({}, stated), using).known.get("pregnancy") == pregnancy


def test_a_formula_may_give_a_state_instead_of_an_amount(monkeypatch: pytest.MonkeyPatch) -> None:
    formula = Derived(
        "sore", ("pregnancy",), "…", "…", lambda inputs: frozenset({inputs.state("pregnancy") or "x"})
    )
    monkeypatch.setitem(DERIVED, "sore", formula)
    using = knowledge(findings__glossitis__derived="sore")

    classified = classify(PatientPicture({}, {"pregnancy": "absent"}), using)

    assert (classified.known["glossitis"], classified.computed) == ({"absent"}, {"glossitis": formula})
    assert classified.known["tongue_or_mouth"] == {"absent"}


def test_pitfall_9_the_same_fact_told_by_either_word_is_known_by_both() -> None:
    using = shipped()
    told = patient("nitrous_oxide_recreational present")
    other_word = patient("nitrous_oxide present")
    old = patient(age=("70", "a"))

    assert classify(told, using).known["nitrous_oxide"] == classify(other_word, using).known["nitrous_oxide"]
    assert classify(old, using).known["age_over_65"] == {"present"}


def test_nothing_is_presumed() -> None:
    assert dict(classify(PatientPicture({}, {}), shipped()).known) == {}
