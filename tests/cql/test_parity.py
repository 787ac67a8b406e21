"""The reference engine of CQL comes to the same verdicts as ours, from the same knowledge of the same patients."""

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from django.conf import settings

from conditions.exports.cql import condition_name, finding_name, follows, library_of, parameters, part_name
from conditions.exports.vocabulary import vocabulary_of
from conditions.reasoning.cases import DEFAULT_GUIDELINE, interpret_case
from conditions.reasoning.criteria import AtLeast, Criterion, Is, Known, Not
from conditions.reasoning.document import read_document
from conditions.reasoning.interpret import HEADLINE, Interpretation, interpret
from conditions.reasoning.knowledge import Effect, Knowledge, Recommendation, Rule
from conditions.reasoning.learnable import can_be_told
from conditions.reasoning.opinions import Status, outcome, support
from conditions.reasoning.picture import PatientPicture
from tests.cql.engine import answers, findings_of, lacking
from tests.make.knowledge import document
from tests.make.pictures import findings_of_the_b12_states, part_of, whole_truth
from tests.make.shipped import shipped

pytestmark = pytest.mark.slow
Values = dict[str, Any]
"""What expressions of the library come to, by name."""


@pytest.fixture(autouse=True, scope="module")
def engine() -> None:
    """Without the engine a test is skipped, and in CI it fails."""
    if says := lacking():
        (pytest.fail if settings.CI else pytest.skip)(says)


def test_every_rule_of_the_shipped_knowledge_gives_the_same_verdicts() -> None:
    knowledge = shipped()
    patients = [
        *[interpret_case(case, knowledge) for case in knowledge.cases.values()],
        *[interpret(picture, knowledge) for picture in random_pictures(Random(12), knowledge, 200)],
    ]
    expected = [everything_said(said) for said in patients]

    given = answers(library_of(knowledge, "1"), list(expected[0]), map(findings_of, patients))

    assert [_differing(ours, theirs) for ours, theirs in zip(expected, given, strict=True)] == [
        {} for _ in patients
    ]


def test_every_criterion_and_every_set_of_effects_means_the_same() -> None:
    random = Random(12)
    knowledge = random_rules(random)
    patients = [random_known(random, knowledge) for _ in range(200)]
    expected = [
        _verdicts(knowledge.rules.values(), known) | _supports(knowledge, known) for known in patients
    ]

    given = answers(
        library_of(knowledge, "1"),
        list(expected[0]),
        [{name: sorted(states) for name, states in known.items()} for known in patients],
    )

    assert given == expected


def test_the_vocabulary_names_what_the_library_takes_and_gives() -> None:
    knowledge = shipped()
    library, words = library_of(knowledge, "1"), vocabulary_of(knowledge, "1")

    assert list(words["findings"]) == parameters(knowledge)
    parts = [*words["rules"].values(), *words["recommendations"].values()]
    criteria = [part[key] for part in parts for key in ("when", "unless") if part[key]]
    named = [
        words["headline"],
        *[one["expression"] for one in words["conditions"].values()],
        *[one["expression"] for one in words["findings"].values() if one["expression"]],
        *[part["outcome"] for part in parts],
        *[one["expression"] for one in criteria],
    ]
    defined = [line[8:-2] for line in library.splitlines() if line.startswith('define "')]
    assert len(defined) == len(set(defined))
    assert set(named) <= set(defined)


def everything_said(said: Interpretation) -> Values:
    """What we say of a patient, under the names of the library's expressions."""
    knowledge = said.knowledge
    parts = [*knowledge.rules.values(), *knowledge.recommendations.values()]
    return {
        **_verdicts(parts, said.read_by_advice),
        **{condition_name(slug): said.of(slug).support.value for slug in knowledge.conditions},
        **{finding_name(slug): _only(said.known.get(slug)) for slug in follows(knowledge)},
        HEADLINE: said.headline.state,
    }


def _verdicts(parts: Iterable[Rule | Recommendation], known: Known) -> Values:
    found: Values = {}
    for part in parts:
        found[part_name(part, "when")] = part.when.evaluate(known).holds
        if part.unless:
            found[part_name(part, "unless")] = part.unless.evaluate(known).holds
        result = outcome(part.when, part.unless, known)
        manner = "on condition" if result.depends_on else "firmly"
        held = result.status is Status.HOLDS
        found[part_name(part, "outcome")] = f"holds {manner}" if held else result.status.value
    return found


def _supports(knowledge: Knowledge, known: Known) -> Values:
    found: Values = {}
    for slug in knowledge.conditions:
        rules = [rule for rule in knowledge.rules.values() if rule.condition == slug]
        became = [(rule.effect, outcome(rule.when, rule.unless, known).status) for rule in rules]
        held = frozenset(effect for effect, status in became if status is Status.HOLDS)
        waits = any(status is Status.WAITS for _, status in became)
        found[condition_name(slug)] = support(held, waits=waits).value
    return found


def _only(states: Any) -> list[str] | None:
    return sorted(states) if states else None


def _differing(ours: Values, theirs: Values) -> dict[str, tuple[Any, Any]]:
    return {
        name: (ours[name], theirs[name])
        for name in ours
        if (sorted(theirs[name]) if isinstance(theirs[name], list) else theirs[name]) != ours[name]
    }


def random_pictures(random: Random, knowledge: Knowledge, count: int) -> Iterable[PatientPicture]:
    """Patients of the cases of whom less is known, or more: of another patient, of a whole truth, or all else denied."""
    cases = [interpret_case(case, knowledge).picture for case in knowledge.cases.values()]
    findings = findings_of_the_b12_states(knowledge)
    denied = {
        f.slug: "absent" for f in knowledge.findings.values() if can_be_told(f) and "absent" in f.states
    }
    for number in range(count):
        one, other = random.sample(cases, 2)
        both = PatientPicture({**other.measured, **one.measured}, {**other.stated, **one.stated})
        some = part_of(random, both if number % 2 else one)
        if number % 4 == 0:
            more = part_of(random, whole_truth(random, findings, knowledge))
            some = PatientPicture({**more.measured, **some.measured}, {**more.stated, **some.stated})
        if number % 4 == 1:
            some = PatientPicture(some.measured, {**denied, **some.stated})
        yield some.under(some.stated.get("guideline", DEFAULT_GUIDELINE))


def random_rules(random: Random) -> Knowledge:
    """Forty conditions, each with rules of random effects whose criteria nest all there is in the language."""
    small = read_document(document())
    finding, condition = small.findings["glossitis"], small.conditions["pernicious_anaemia"]
    rule = small.rules["deficiency_with_glossitis"]
    findings = {name: replace(finding, slug=name, states=("x", "y", "z")) for name in "abcdef"}
    conditions = {f"c{n}": replace(condition, slug=f"c{n}") for n in range(40)}
    rules = {
        f"r{n}": replace(
            rule,
            slug=f"r{n}",
            condition=random.choice(list(conditions)),
            effect=random.choice(list(Effect)),
            when=random_criterion(random, 3),
            unless=random_criterion(random, 2) if random.random() < 0.5 else None,
        )
        for n in range(120)
    }
    return replace(
        small,
        findings=findings,
        conditions=conditions,
        rules=rules,
        recommendations={},
        cases={},
        order=tuple(findings),
    )


def random_criterion(random: Random, depth: int) -> Criterion:
    if depth == 0 or random.random() < 0.2:
        return Is(random.choice("abcdef"), tuple(random.sample("xyz", random.randint(1, 2))))
    if random.random() < 0.25:
        return Not(random_criterion(random, depth - 1))
    parts = tuple(random_criterion(random, depth - 1) for _ in range(random.randint(2, 4)))
    return AtLeast(random.randint(1, len(parts)), parts)


def random_known(random: Random, knowledge: Knowledge) -> Known:
    return {
        name: frozenset(random.sample("xyz", random.choice((1, 1, 2, 3))))
        for name in knowledge.findings
        if random.random() < 0.7
    }
