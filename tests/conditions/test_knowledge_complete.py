"""The shipped knowledge is whole: what it names can be reached, what it claims is cited, what it holds is weighed."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from conditions.files import SHIPPED
from conditions.presenters.pages import TEXTS, general_words
from conditions.reasoning.checks import citations
from conditions.reasoning.classify import classify
from conditions.reasoning.criteria import Criterion
from conditions.reasoning.knowledge import GRADES, Condition, Effect, Verification
from conditions.reasoning.picture import read_picture, state_problem
from tests.make.shipped import shipped

TOWARDS = (Effect.ESTABLISHES, Effect.SUPPORTS)
DISEASES = tuple(c for c in shipped().conditions.values() if c.kind != "b12_state")
LONGEST_FILE_OF_CASES = 410

NO_EFFECT = "no effect on B12 was shown, so nothing supports it as a cause"
BY_THE_DISEASE = "the injury it causes is weighed as drug-induced liver injury"
NO_RULE_FOR = {
    "allopurinol": NO_EFFECT,
    "alopecia_areata": NO_EFFECT,
    "aspirin_nsaid": NO_EFFECT,
    "chloramphenicol": NO_EFFECT,
    "corticosteroids": NO_EFFECT,
    "glp1_agonist": NO_EFFECT,
    "hepatotoxic_drug": BY_THE_DISEASE,
    "lambert_eaton_syndrome": NO_EFFECT,
    "levodopa": NO_EFFECT,
    "levothyroxine": NO_EFFECT,
    "orlistat": NO_EFFECT,
    "psoriasis": NO_EFFECT,
    "ulcerative_colitis": NO_EFFECT,
}
HISTORY = "told by history: where it was not so, its rules fail by themselves"
EXCLUSION = "told by exclusion: no finding speaks against it"
COMPANION = "named as a companion: nothing was found that argues against it once it is recorded"
NO_RULE_AGAINST = {
    "autoimmune_polyendocrine_syndrome_type_1": COMPANION,
    "autoimmune_polyendocrine_syndrome_type_2": COMPANION,
    "autoimmune_polyendocrine_syndrome_type_3": COMPANION,
    "bariatric_surgery_state": HISTORY,
    "chronic_urticaria": COMPANION,
    "distal_gastrectomy_state": HISTORY,
    "if_antibody_interference": EXCLUSION,
    "infant_maternal_deficiency": HISTORY,
    "oesophagectomy_state": HISTORY,
    "older_age_hypochlorhydria": EXCLUSION,
    "oral_lichen_planus": COMPANION,
    "radiation_enteritis": HISTORY,
    "total_gastrectomy_state": HISTORY,
    "vegan_diet_deficiency": HISTORY,
    "vitiligo": COMPANION,
    "whipple_disease": EXCLUSION,
}
"""Diseases only: an exposure that was not there fails its rule by itself."""
TOLD_ONLY = {
    ("active_b12", "high"): "no guideline gives an upper edge; a report may say so in words",
    ("spep", "absent"): "the amount of a paraprotein is beside the point",
    ("spep", "present"): "the amount of a paraprotein is beside the point",
    ("total_b12", "high"): "an amount is read against the upper limit on a scale of its own",
}


def statements(criterion: Criterion | None) -> Iterator[tuple[str, str]]:
    """Every finding and state that the criterion names."""
    if criterion:
        for leaf in criterion.leaves():
            if leaf.subject == leaf.name:
                yield from ((leaf.name, state) for state in leaf.states)


@cache
def named() -> frozenset[tuple[str, str]]:
    """Every finding and state that anything in the knowledge depends on."""
    knowledge = shipped()
    criteria: list[Criterion | None] = []
    for rule in knowledge.rules.values():
        criteria += [rule.when, rule.unless]
    for recommendation in knowledge.recommendations.values():
        criteria += [recommendation.when, recommendation.unless]
    for finding in knowledge.findings.values():
        criteria += [finding.defined_as, *[limits.when for limits in finding.limits]]
    found = {one for criterion in criteria for one in statements(criterion)}
    return frozenset(one for one in found if one[0] in knowledge.findings)


@cache
def seen_in_cases() -> frozenset[tuple[str, str]]:
    """Every finding and state that is known, alone, of the patient of some case."""
    seen = set()
    for case in shipped().cases.values():
        known = classify(read_picture(dict(case.picture), shipped()).under("nice_ng239"), shipped()).known
        seen |= {(name, next(iter(states))) for name, states in known.items() if len(states) == 1}
    return frozenset(seen)


def test_every_state_that_anything_names_can_be_told_or_is_found_in_a_patient_of_some_case() -> None:
    findings = shipped().findings
    reached = {
        (name, state) for name, state in named() if not state_problem(findings[name], state)
    } | seen_in_cases()

    assert named() - reached == set()


def test_what_is_worked_out_is_reached_by_working_it_out() -> None:
    worked_out = {one for one in named() if shipped().findings[one[0]].asked == "never"}

    assert worked_out - seen_in_cases() == set()


def test_a_state_of_what_is_measured_is_read_from_some_amount() -> None:
    findings = shipped().findings
    measured = {(name, state) for name, state in named() if findings[name].limits}
    banded = {
        (f.slug, state)
        for f in findings.values()
        for limits in f.limits
        for band in limits.bands
        for state in band.states
    }

    assert measured - banded == TOLD_ONLY.keys() & measured


def test_every_condition_has_a_rule_for_it() -> None:
    has = {rule.condition for rule in shipped().rules.values() if rule.effect in TOWARDS}

    assert {c.slug for c in shipped().conditions.values()} - has == NO_RULE_FOR.keys()


def test_what_has_no_rule_for_it_has_one_against() -> None:
    has = {rule.condition for rule in shipped().rules.values() if rule.effect not in TOWARDS}

    assert {slug for slug, why in NO_RULE_FOR.items() if why == NO_EFFECT} <= has
    for slug, why in NO_RULE_FOR.items():
        if why == NO_EFFECT:
            assert {e.direction for e in shipped().conditions[slug].effects} == {"none-shown"}, slug


def test_every_disease_has_a_rule_against_it() -> None:
    has = {rule.condition for rule in shipped().rules.values() if rule.effect not in TOWARDS}
    diseases = {c.slug for c in shipped().conditions.values() if c.kind == "disease"}

    assert diseases - has == NO_RULE_AGAINST.keys()


@pytest.mark.parametrize("condition", DISEASES, ids=lambda c: c.slug)
def test_a_condition_says_what_it_does_what_it_is_and_what_raises_suspicion(condition: Condition) -> None:
    assert condition.effects
    assert condition.summary.endswith(".")
    assert condition.suspicion


@pytest.mark.parametrize("condition", DISEASES, ids=lambda c: c.slug)
def test_a_condition_says_what_confirms_it_unless_it_is_a_medicine_or_habit(condition: Condition) -> None:
    told_by_asking = condition.kind == "exposure" and condition.slug in shipped().findings

    assert told_by_asking or (condition.confirmation and condition.confirmed_by)


def test_a_b12_state_is_what_its_rules_say() -> None:
    for slug in shipped().b12_states:
        state = shipped().conditions[slug]
        assert state.summary
        assert state.says
        assert any(rule.condition == slug for rule in shipped().rules.values())


def test_every_statement_has_a_source_a_grade_and_a_verification() -> None:
    for place, citation in citations(shipped()):
        assert citation.source in shipped().sources, place
        assert citation.grade in GRADES, place
        assert citation.verification in Verification, place


def test_nothing_is_called_read_where_no_source_was() -> None:
    for place, citation in citations(shipped()):
        named_sources = {citation.source, *citation.also} - {"not_looked_up", "cobalt"}
        if citation.verification in (Verification.PRIMARY, Verification.SECONDARY):
            assert named_sources, place
            assert citation.source not in ("not_looked_up", "cobalt"), place
        if citation.source == "cobalt":
            assert citation.verification is Verification.INFERENCE, place
        if citation.source == "not_looked_up":
            assert citation.verification is Verification.UNVERIFIED, place
            assert citation.grade in ("C", "D"), place


def test_same_day_advice_that_no_source_was_read_for_is_known_by_name() -> None:
    unread = {
        r.slug
        for r in shipped().recommendations.values()
        if r.urgency == "same_day" and r.citation.source == "not_looked_up"
    }

    assert unread == {"heart_strained_by_anaemia"}


def test_every_text_of_a_condition_is_cited_or_said_to_be_a_general_description() -> None:
    for condition in shipped().conditions.values():
        said = general_words(condition).lower()
        cited = {one.part for one in condition.described_by}
        for part in condition.texts:
            assert part in cited or TEXTS[part] in said, condition.slug
        assert ("grade D, unverified" in general_words(condition)) == bool(condition.unsourced)


def test_what_helps_to_fill_in_the_form_makes_no_claim() -> None:
    for finding in shipped().findings.values():
        assert "%" not in finding.help, finding.slug


@pytest.mark.parametrize("path", sorted((SHIPPED / "cases").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_of_cases_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE_OF_CASES
