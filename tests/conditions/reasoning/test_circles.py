"""What depends on itself is refused, with all that goes round."""

from tests.make.faults import finding, limits, problems

LIMITS = "findings__total_b12__limits"
LOW, TOP = {"states": ["deficient"], "upper": "180"}, {"states": ["sufficient"]}


def circle(*names: str) -> str:
    return f"findings {', '.join(sorted(names))}: they depend on one another in a circle."


def test_definitions_that_speak_of_one_another_are_refused() -> None:
    assert problems(
        findings__a=finding(defined_as="b is present"), findings__b=finding(defined_as="a is present")
    ) == [circle("a", "b")]


def test_a_finding_that_implies_what_it_depends_on_is_refused() -> None:
    implied = [{"state": "present", "finding": "glossitis", "as": "present"}]

    assert problems(findings__tongue_or_mouth__implies=implied) == [circle("glossitis", "tongue_or_mouth")]


def test_limits_chosen_by_what_is_read_on_them_are_refused() -> None:
    assert problems(**{LIMITS: [limits(LOW, TOP, when="total_b12 is deficient")]}) == [circle("total_b12")]


def test_a_formula_fed_by_its_own_result_is_refused() -> None:
    sex = finding(states=["female", "male"], defined_as="egfr is present")

    assert problems(findings__egfr=finding(derived="ckd_epi_2021"), findings__sex=sex) == [
        circle("egfr", "sex")
    ]


def test_an_implication_of_a_finding_that_is_not_there_is_no_circle() -> None:
    implied = [{"state": "present", "finding": "nothing", "as": "absent"}]

    assert problems(findings__glossitis__implies=implied) == [
        "findings glossitis: it cannot imply nothing is absent."
    ]
