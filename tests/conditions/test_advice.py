"""What the shipped knowledge advises: demanded by cases, worded as options, deaf to no red flag."""

import re
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest

from conditions.reasoning.cases import failures_of
from conditions.reasoning.criteria import subjects
from conditions.reasoning.knowledge import Case, Recommendation
from tests.make.said import advice_in, offered, said_of
from tests.make.shipped import shipped

ADVICE = tuple(shipped().recommendations.values())
ORDERS = re.compile(
    r"(?:^|[.;:] )(?:Add|Ask|Avoid|Call|Check|Consider|Do|Ensure|Exclude|Give|Hold|Measure|Obtain|Offer|Order|Perform|Prescribe"
    r"|Refer|Repeat|Request|Send|Start|Stop|Switch|Take|Test|Treat|Use)\b",
    re.IGNORECASE,
)
DEMANDS = ("signs", "cautions", "options", "advice")


def cases_demanding(slug: str) -> list[Case]:
    """The cases that name the recommendation as one to be given."""
    return [
        case for case in shipped().cases.values() if any(slug in case.expects.get(key, ()) for key in DEMANDS)
    ]


@pytest.mark.parametrize("recommendation", ADVICE, ids=lambda r: r.slug)
def test_without_it_a_case_fails(recommendation: Recommendation) -> None:
    knowledge = shipped()
    others = {slug: one for slug, one in knowledge.recommendations.items() if slug != recommendation.slug}
    without = replace(knowledge, recommendations=MappingProxyType(others))
    demanding = cases_demanding(recommendation.slug)

    assert demanding, "no case demands it"
    assert any(failures_of(case, without) for case in demanding)


def test_advice_names_an_option_and_gives_no_order() -> None:
    for advice in ADVICE:
        assert not ORDERS.search(advice.says), advice.slug
        assert advice.says.endswith("."), advice.slug
        assert "!" not in advice.says, advice.slug
        assert "must" not in advice.says.split(), advice.slug


def test_an_investigation_says_what_it_answers_how_to_prepare_and_what_it_costs() -> None:
    for one in shipped().investigations.values():
        assert one.question.endswith("?"), one.slug
        assert one.preparation.endswith("."), one.slug
        assert one.cost in range(1, 6), one.slug
        assert not ORDERS.search(f"{one.preparation} {one.pitfalls}"), one.slug


def test_a_sign_is_never_held_and_always_pressing() -> None:
    signs = [r for r in ADVICE if r.kind == "sign"]

    assert {r.stance for r in signs} == {"do"}
    assert {r.urgency for r in signs} == {"same_day", "urgent"}


def leaves(name: str) -> Iterator[str]:
    """The finding itself, and all that its definition rests on."""
    yield name
    finding = shipped().findings.get(name)
    if finding and finding.defined_as:
        for part in subjects(finding.defined_as):
            yield from leaves(part)


def test_every_red_flag_is_read_by_a_sign() -> None:
    read = {leaf for r in ADVICE if r.kind == "sign" for name in subjects(r.when) for leaf in leaves(name)}
    flags = {f.slug for f in shipped().findings.values() if f.red_flag}

    assert flags <= read


def test_signs_hang_on_findings_or_the_headline_and_no_cause_silences_them() -> None:
    for sign in (r for r in ADVICE if r.kind == "sign"):
        assert not any(subject.startswith("@") for subject in subjects(sign.unless)), sign.slug


def test_a_firm_hold_after_gastrectomy_beats_the_antibody() -> None:
    low = {"total_b12": "90 ng/L"}

    assert "intrinsic_factor_antibody_test" in offered(said_of(measured=low, sex="male"))
    assert "intrinsic_factor_antibody_test" not in offered(
        said_of(measured=low, sex="male", total_gastrectomy="present")
    )


def test_a_hold_on_condition_hides_no_test() -> None:
    raised = {"value": "1500", "unit": "ng/L", "interval": {"low": "200", "high": "900"}}
    alt = {"value": "200", "unit": "U/L", "interval": {"high": "40"}}

    said = said_of(measured={"total_b12": raised, "alt": alt}, b12_oral="present")

    assert "raised_b12_first_panel" in offered(said)
    assert "red_flags_beat_the_supplement" in advice_in(said)
