from typing import Any

import pytest

from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import TOPICS
from tests.make.faults import finding, limits, problems
from tests.make.knowledge import CITED, document

LOW, GREY, TOP = (
    {"states": ["deficient"], "upper": "180"},
    {"states": ["indeterminate"], "upper": "350"},
    {"states": ["sufficient"]},
)
NOTE = {"title": "One", "topic": TOPICS[0], "text": "…", **CITED}
GLOSSITIS = "findings__glossitis__"
LIMITS = "findings__total_b12__limits"
STATES_OF_B12 = "deficient, indeterminate, sufficient, high"


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        # Names
        ("findings__unless", finding(), "findings unless: unless is a word of the rule language."),
        (
            "findings__Tongue",
            finding(),
            "findings Tongue: 'Tongue' is not a name: small letters, digits and _.",
        ),
        (
            "conditions__other",
            {"name": "Other", "kind": "disease", "shown_under": ""},
            None,
        ),
        (
            "conditions__a b",
            {"name": "Other", "kind": "disease"},
            "conditions a b: 'a b' is not a name: small letters, digits and _.",
        ),
        (
            "findings__other",
            finding(states=["not high"]),
            "findings other: 'not high' is not a name: small letters, digits and _.",
        ),
        (
            "findings__other",
            finding(states=["least"]),
            "findings other: least is a word of the rule language.",
        ),
        # Sources
        ("rules__grey_total__source", "nobody", "rules grey_total: there is no source called nobody."),
        ("rules__grey_total__also", ["nobody"], "rules grey_total: there is no source called nobody."),
        (
            "investigations__mma_test__source",
            "nobody",
            "investigations mma_test: there is no source called nobody.",
        ),
        (
            "recommendations__measure_mma__source",
            "nobody",
            "recommendations measure_mma: there is no source called nobody.",
        ),
        (
            LIMITS,
            [{**limits(TOP), "source": "nobody"}],
            "findings total_b12, limits: there is no source called nobody.",
        ),
        (
            "conditions__pernicious_anaemia__effects",
            [{"direction": "lowers", "mechanism": "…", **CITED, "source": "nobody"}],
            "conditions pernicious_anaemia: there is no source called nobody.",
        ),
        (
            "conditions__pernicious_anaemia__associations",
            [{"condition": "pernicious_anaemia", **CITED, "source": "nobody"}],
            "conditions pernicious_anaemia: there is no source called nobody.",
        ),
        # Findings
        ("findings__other", finding(states=[]), "findings other: it has neither states nor units."),
        ("findings__other", finding(states=["x", "x"]), "findings other: a state is named twice."),
        (GLOSSITIS + "group", "tongue", "findings glossitis: there is no group called 'tongue'."),
        (
            GLOSSITIS + "reads",
            "pregnancy",
            "findings glossitis: it cannot read pregnancy: that must be measured, and itself not.",
        ),
        (
            GLOSSITIS + "reads",
            "nothing",
            "findings glossitis: it cannot read nothing: that must be measured, and itself not.",
        ),
        (
            "findings__other",
            finding(reads="total_b12", units=[{"unit": "a"}]),
            "findings other: it cannot read total_b12: that must be measured, and itself not.",
        ),
        (
            "findings__tongue_or_mouth__states",
            ["yes", "no"],
            "findings tongue_or_mouth: what is defined by a criterion is present or absent, and has no limits.",
        ),
        (
            "findings__tongue_or_mouth__defined_as",
            "tongue is present",
            "findings tongue_or_mouth: There is no finding called tongue.",
        ),
        (
            "findings__tongue_or_mouth__defined_as",
            "b12_deficiency is established",
            "findings tongue_or_mouth: There is no condition called b12_deficiency to speak of here.",
        ),
        (GLOSSITIS + "derived", "magic", "findings glossitis: there is no function called magic."),
        (
            GLOSSITIS + "state_labels",
            {"maybe": "perhaps"},
            "findings glossitis: a label is given for maybe, which is no state of it.",
        ),
        (
            GLOSSITIS + "implies",
            [{"state": "maybe", "finding": "pregnancy", "as": "absent"}],
            "findings glossitis: it is never maybe.",
        ),
        (
            GLOSSITIS + "implies",
            [{"state": "present", "finding": "nothing", "as": "absent"}],
            "findings glossitis: it cannot imply nothing is absent.",
        ),
        (
            GLOSSITIS + "implies",
            [{"state": "present", "finding": "pregnancy", "as": "maybe"}],
            "findings glossitis: it cannot imply pregnancy is maybe.",
        ),
        (
            "findings__total_b12__bounds",
            {"unit": "U/L"},
            "findings total_b12: its bounds are in U/L, in which it is never given.",
        ),
        # Limits
        (
            LIMITS,
            [limits(LOW, GREY, TOP, unit="U/L")],
            "limits of total_b12: U/L is not a unit of total_b12.",
        ),
        (LIMITS, [limits()], "limits of total_b12: it has no bands."),
        (LIMITS, [limits(LOW)], "limits of total_b12: only the last band is open at the top."),
        (LIMITS, [limits(TOP, LOW, TOP)], "limits of total_b12: only the last band is open at the top."),
        (
            LIMITS,
            [limits(LOW, {"states": ["normal"]})],
            f"limits of total_b12: a band names normal; it is one of: {STATES_OF_B12}.",
        ),
        (
            LIMITS,
            [limits(LOW, {"states": []})],
            f"limits of total_b12: a band names no state; it is one of: {STATES_OF_B12}.",
        ),
        (LIMITS, [limits(GREY, LOW, TOP)], "limits of total_b12: the edges do not rise."),
        (LIMITS, [limits(LOW, LOW, TOP)], "limits of total_b12: the edges do not rise."),
        (
            LIMITS,
            [limits(LOW, TOP, basis="report")],
            "limits of total_b12: an edge is a multiple of the printed interval exactly where the basis is report.",
        ),
        (
            LIMITS,
            [limits({**LOW, "of": "high"}, TOP)],
            "limits of total_b12: an edge is a multiple of the printed interval exactly where the basis is report.",
        ),
        (
            LIMITS,
            [limits(LOW, TOP), limits({**LOW, "of": "high"}, TOP, basis="report")],
            "limits of total_b12: fixed edges and edges relative to the report are mixed in one finding.",
        ),
        (
            LIMITS,
            [limits(LOW, TOP, when="tongue is present")],
            "limits of total_b12: There is no finding called tongue.",
        ),
        # Exactly one scale for every complete set of states
        (
            LIMITS,
            [limits(LOW, TOP, when="glossitis is present")],
            "limits of total_b12: no scales apply for glossitis absent.",
        ),
        (
            LIMITS,
            [limits(LOW, TOP), limits(LOW, TOP, when="glossitis is absent")],
            "limits of total_b12: 2 scales apply for glossitis absent.",
        ),
        (
            LIMITS,
            [
                limits(LOW, TOP, when="glossitis is present and pregnancy is present"),
                limits(LOW, TOP, when="glossitis is absent or pregnancy is present"),
            ],
            "limits of total_b12: 2 scales apply for glossitis present, pregnancy present.",
        ),
        (
            LIMITS,
            [limits(LOW, TOP), limits(GREY, TOP)],
            "limits of total_b12: two scales in mass units hold together when always.",
        ),
        (
            LIMITS,
            [
                limits(LOW, TOP, when="glossitis is present/absent"),
                limits(GREY, TOP, when="glossitis is present/absent"),
            ],
            "limits of total_b12: two scales in mass units hold together when glossitis is present/absent.",
        ),
        # Conditions
        ("conditions__b12_indeterminate__rank", 2, "conditions: each B12 state needs a rank of its own."),
        ("conditions__b12_indeterminate__rank", None, "conditions: each B12 state needs a rank of its own."),
        (
            "conditions__pernicious_anaemia__suspicion",
            ["tongue"],
            "conditions pernicious_anaemia: there is no finding called tongue.",
        ),
        (
            "conditions__pernicious_anaemia__confirmed_by",
            ["biopsy"],
            "conditions pernicious_anaemia: there is no investigation called biopsy.",
        ),
        (
            "conditions__pernicious_anaemia__associations",
            [{"condition": "vitiligo", **CITED}],
            "conditions pernicious_anaemia: there is no condition called vitiligo.",
        ),
        (
            "conditions__pernicious_anaemia__shown_under",
            "gastritis",
            "conditions pernicious_anaemia: there is no condition called gastritis.",
        ),
        # Rules and advice
        ("rules__grey_total__condition", "gout", "rules grey_total: there is no condition called gout."),
        (
            "rules__grey_total__when",
            "tongue is present",
            "rules grey_total: There is no finding called tongue.",
        ),
        (
            "rules__grey_total__unless",
            "glossitis is blue",
            "rules grey_total: glossitis is never blue; it is one of: present, absent.",
        ),
        (
            "rules__grey_total__when",
            "b12_deficiency is established",
            "rules grey_total: There is no condition called b12_deficiency to speak of here.",
        ),
        (
            "rules__grey_total__when",
            "b12_state is b12_deficiency",
            "rules grey_total: There is no finding called b12_state.",
        ),
        (
            "rules__deficiency_with_glossitis__when",
            "pernicious_anaemia is established",
            "rules deficiency_with_glossitis: There is no condition called pernicious_anaemia to speak of here.",
        ),
        (
            "rules__deficiency_with_glossitis__when",
            "not b12_deficiency is established",
            "rules deficiency_with_glossitis: A criterion may not negate a condition (b12_deficiency).",
        ),
        (
            "recommendations__measure_mma__when",
            "b12_state is b12_raised",
            "recommendations measure_mma: b12_state is never b12_raised; it is one of: b12_deficiency, b12_indeterminate.",
        ),
        (
            "recommendations__measure_mma__unless",
            "gout is established",
            "recommendations measure_mma: There is no condition called gout to speak of here.",
        ),
        (
            "recommendations__measure_mma__target",
            "homocysteine_test",
            "recommendations measure_mma: there is no investigation called homocysteine_test.",
        ),
        (
            "investigations__mma_test__measures",
            ["mma"],
            "investigations mma_test: there is no finding called mma.",
        ),
        (
            "investigations__mma_test__includes",
            ["panel"],
            "investigations mma_test: there is no investigation called panel.",
        ),
        # Cases
        (
            "cases__plainly_deficient__source",
            "nobody",
            "cases plainly_deficient: there is no source called nobody.",
        ),
        ("cases__plainly_deficient__expects", {}, "cases plainly_deficient: it expects nothing."),
        (
            "cases__plainly_deficient__expects",
            {"surprise": ["gout"]},
            "cases plainly_deficient: there is no expectation called surprise.",
        ),
        (
            "cases__plainly_deficient__expects",
            {"headline": "gout"},
            "cases plainly_deficient: headline: there is no b12 state called gout.",
        ),
        (
            "cases__plainly_deficient__expects",
            {"causes": ["gout"]},
            "cases plainly_deficient: causes: there is no condition called gout.",
        ),
        (
            "cases__plainly_deficient__expects",
            {"support": {"pernicious_anaemia": "likely"}},
            "cases plainly_deficient: likely is no level of support.",
        ),
        (
            "cases__plainly_deficient__expects",
            {"causes": "gout"},
            "cases plainly_deficient: causes cannot be 'gout'.",
        ),
        (
            "cases__plainly_deficient__published",
            {"severity": "mild"},
            "cases plainly_deficient: published: there is no entry called severity.",
        ),
        (
            "cases__plainly_deficient__published",
            {"states": ["gout"]},
            "cases plainly_deficient: there is no B12 state called gout.",
        ),
        (
            "cases__plainly_deficient__published",
            {"causes": [["pernicious_anaemia", "gout"]]},
            "cases plainly_deficient: there is no condition called gout.",
        ),
        (
            "cases__plainly_deficient__published",
            {"signs": [["look"]]},
            "cases plainly_deficient: there is no recommendation called look.",
        ),
        # Notes
        ("notes__one", {**NOTE, "about": ["gout"]}, "notes one: there is no condition called gout."),
        ("notes__one", {**NOTE, "about_findings": ["mma"]}, "notes one: there is no finding called mma."),
        (
            "notes__one",
            {**NOTE, "steps": [{"from": "food", "to": "blood", "says": "…", **CITED}]},
            "notes one: a drawing or a table has steps, and nothing else has them.",
        ),
    ],
)
def test_each_fault_of_the_whole_is_said_with_its_place(path: str, value: Any, problem: str | None) -> None:
    if problem is None:
        assert read_document(document(**{path: value})).conditions["other"].name == "Other"
    else:
        assert problem in problems(**{path: value})


def test_what_speaks_of_too_many_findings_to_be_checked_is_refused() -> None:
    many = {f"findings__f{n}": finding(states=[f"s{m}" for m in range(9)]) for n in range(5)}
    when = " and ".join(f"f{n} is s0" for n in range(5))

    assert problems(**many, **{LIMITS: [limits(LOW, TOP, when=when)]}) == [
        "limits of total_b12: its `when` speak of too many findings to be checked: f0, f1, f2, f3, f4."
    ]


def test_a_condition_is_not_shown_under_one_that_is_itself_shown_under_another() -> None:
    disease = {"name": "Other", "kind": "disease"}

    assert problems(
        conditions__gastritis={**disease, "shown_under": "pernicious_anaemia"},
        conditions__metaplasia={**disease, "shown_under": "gastritis"},
    ) == ["conditions metaplasia: it is shown under gastritis, which is itself shown under another."]


def test_scales_that_share_their_patients_in_mass_and_molar_units_hold_together() -> None:
    both = [limits(LOW, TOP), limits({**LOW, "upper": "133"}, TOP, unit="pmol/L")]

    assert len(read_document(document(**{LIMITS: both})).findings["total_b12"].limits) == 2
