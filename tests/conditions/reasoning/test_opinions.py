from itertools import chain, combinations, product

import pytest

from conditions.reasoning.criteria import Criterion, Known, opinion_of, parse
from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import Effect, Knowledge, Support
from conditions.reasoning.opinions import (
    Opinion,
    Outcome,
    Status,
    as_known,
    inheriting,
    leading,
    opinion,
    opinions,
    outcome,
    pivotal,
    support,
)
from conditions.reasoning.plan import plan_of
from tests.make.knowledge import CITED, document

TRUE, FALSE, UNKNOWN = ({"a": frozenset("x")}, {"a": frozenset("y")}, {})
UNLESS = {True: {"b": frozenset("x")}, False: {"b": frozenset("y")}, None: {}}
WHEN = parse("a is x")
A, B = frozenset("a"), frozenset("b")
E, S, O, X = Effect  # noqa: E741


def of(*names: str) -> frozenset[str]:
    return frozenset(names)


@pytest.mark.parametrize(
    ("when", "unless", "expected"),
    [
        (TRUE, None, Outcome(Status.HOLDS, because=A)),
        (TRUE, UNLESS[False], Outcome(Status.HOLDS, because=A)),
        (TRUE, UNLESS[None], Outcome(Status.HOLDS, because=A, depends_on=B)),
        (TRUE, UNLESS[True], Outcome(Status.SET_ASIDE, because=A, spoilt_by=B)),
        (UNKNOWN, UNLESS[True], Outcome(Status.SET_ASIDE, spoilt_by=B)),
        (UNKNOWN, None, Outcome(Status.WAITS, missing=A)),
        (UNKNOWN, UNLESS[False], Outcome(Status.WAITS, missing=A)),
        (UNKNOWN, UNLESS[None], Outcome(Status.WAITS, missing=A)),
        (FALSE, None, Outcome(Status.FAILS, because=A)),
        (FALSE, UNLESS[False], Outcome(Status.FAILS, because=A)),
        (FALSE, UNLESS[None], Outcome(Status.FAILS, because=A)),
        (FALSE, UNLESS[True], Outcome(Status.FAILS, because=A)),
    ],
)
def test_the_table_of_when_and_unless(when: Known, unless: Known | None, expected: Outcome) -> None:
    exception: Criterion | None = None if unless is None else parse("b is x")

    assert outcome(WHEN, exception, {**when, **(unless or {})}) == expected


@pytest.mark.parametrize(
    ("effects", "level"),
    [
        ((), Support.NOT_SUGGESTED),
        ((E,), Support.ESTABLISHED),
        ((S,), Support.SUPPORTED),
        ((O,), Support.OPPOSED),
        ((X,), Support.EXCLUDED),
        ((E, S), Support.ESTABLISHED),
        ((E, O), Support.ESTABLISHED),
        ((E, X), Support.DISPUTED),
        ((S, O), Support.DISPUTED),
        ((S, X), Support.EXCLUDED),
        ((O, X), Support.EXCLUDED),
        ((E, S, O), Support.ESTABLISHED),
        ((E, S, X), Support.DISPUTED),
        ((E, O, X), Support.DISPUTED),
        ((S, O, X), Support.EXCLUDED),
        ((E, S, O, X), Support.DISPUTED),
    ],
)
def test_all_combinations_of_effects(effects: tuple[Effect, ...], level: Support) -> None:
    waiting = Support.UNDETERMINED if level is Support.NOT_SUGGESTED else level

    assert (support(frozenset(effects)), support(frozenset(effects), waits=True)) == (level, waiting)


@pytest.mark.parametrize(
    ("level", "leads"),
    [
        (Support.ESTABLISHED, 2),
        (Support.SUPPORTED, 2),
        (Support.DISPUTED, 1),
        (Support.OPPOSED, 0),
        (Support.EXCLUDED, 0),
        (Support.UNDETERMINED, 0),
        (Support.NOT_SUGGESTED, 0),
    ],
)
def test_a_state_leads_if_it_is_supported_and_for_want_of_a_better_if_disputed(
    level: Support, leads: int
) -> None:
    assert leading(level) == leads


SETS = [frozenset(some) for some in chain.from_iterable(combinations(Effect, n) for n in range(5))]


@pytest.mark.parametrize(("sure", "may"), list(product(SETS, SETS)))
def test_an_effect_is_pivotal_if_some_way_of_the_others_lets_it_change_the_support(
    sure: frozenset[Effect], may: frozenset[Effect]
) -> None:
    turned = {
        effect
        for effect in may - sure
        for others in SETS
        if others <= may - {effect} and support(sure | others) != support(sure | others | {effect})
    }

    assert pivotal(sure, may) == turned


def rules(**criteria: str) -> Knowledge:
    """Knowledge with rules on pernicious anaemia: ``supports="glossitis is present unless pregnancy is present"``."""
    made = {}
    for name, text in criteria.items():
        when, _, unless = text.partition(" unless ")
        made[name] = {
            "condition": "pernicious_anaemia",
            "effect": name.rstrip("0123456789"),
            "when": when,
            "says": "…",
            **({"unless": unless} if unless else {}),
            **CITED,
        }
    return read_document(document(rules=made, recommendations=None, cases=None))


def judged(
    knowledge: Knowledge, known: Known, conditional: dict[str, frozenset[str]] | None = None
) -> Opinion:
    plan = plan_of(knowledge)
    facts = plan.facts()
    facts.learn_all(known)
    return opinion("pernicious_anaemia", plan.rules["pernicious_anaemia"], facts, known, conditional or {})


GLOSSITIS = {"glossitis": of("present")}


def test_an_opinion_keeps_what_holds_what_is_set_aside_and_what_waits() -> None:
    knowledge = rules(
        supports1="glossitis is present",
        supports2="glossitis is present unless tongue_or_mouth is present",
        opposes1="pregnancy is present",
        opposes2="glossitis is present and pregnancy is present",
        excludes="glossitis is absent",
    )
    known = {**GLOSSITIS, "tongue_or_mouth": of("present")}

    said = judged(knowledge, known)

    assert said.support is Support.SUPPORTED
    assert said.firm
    assert [(r.rule.slug, r.outcome) for r in (*said.reasons, *said.set_aside, *said.waiting)] == [
        ("supports1", Outcome(Status.HOLDS, of("glossitis"))),
        ("supports2", Outcome(Status.SET_ASIDE, of("glossitis"), spoilt_by=of("tongue_or_mouth"))),
        ("opposes1", Outcome(Status.WAITS, missing=of("pregnancy"))),
        ("opposes2", Outcome(Status.WAITS, missing=of("pregnancy"))),
    ]
    assert said.missing == {"pregnancy"}
    assert [asked.part.slug for asked in said.met_in_part] == ["opposes2"]


def test_a_rule_is_set_aside_even_while_what_it_needs_is_not_known() -> None:
    said = judged(rules(supports="pregnancy is present unless glossitis is present"), GLOSSITIS)

    assert (said.support, [r.outcome for r in said.set_aside]) == (
        Support.NOT_SUGGESTED,
        [Outcome(Status.SET_ASIDE, spoilt_by=of("glossitis"))],
    )


def test_support_is_on_condition_only_if_the_condition_could_change_it() -> None:
    on_condition = "glossitis is present unless pregnancy is present"

    alone = judged(rules(supports=on_condition), GLOSSITIS)
    beside_a_firm_one = judged(rules(supports1=on_condition, supports2="glossitis is present"), GLOSSITIS)
    beside_a_stronger = judged(rules(opposes=on_condition, establishes="glossitis is present"), GLOSSITIS)

    assert [o.depends_on for o in (alone, beside_a_firm_one, beside_a_stronger)] == [
        of("pregnancy"),
        of(),
        of(),
    ]


INHERITED = {"@b12_deficiency": of("pregnancy")}
DEFICIENT = {"@b12_deficiency": of("established")}


def test_a_cause_that_rests_on_a_conditional_state_inherits_its_condition() -> None:
    knowledge = rules(supports="b12_deficiency is established and glossitis is present")

    said = judged(knowledge, {**GLOSSITIS, **DEFICIENT}, INHERITED)

    assert (said.firm, said.depends_on) == (False, of("pregnancy"))


def test_a_cause_that_holds_without_the_conditional_state_is_firm() -> None:
    knowledge = rules(supports="b12_deficiency is established or glossitis is present")

    said = judged(knowledge, {**GLOSSITIS, **DEFICIENT}, INHERITED)

    assert (said.firm, said.reasons[0].outcome.because) == (True, of("glossitis"))


def test_an_outcome_that_rests_on_no_opinion_inherits_nothing() -> None:
    held = Outcome(Status.HOLDS, of("a"), depends_on=of("c"))

    assert inheriting(held, WHEN, TRUE, INHERITED) is held
    assert inheriting(held, WHEN, TRUE, {}) is held


def test_only_conditions_that_something_known_speaks_of_are_judged() -> None:
    knowledge = rules(supports="glossitis is present and pregnancy is present")
    plan = plan_of(knowledge)

    def tried(**known: str) -> tuple[list[str], list[str]]:
        facts = plan.facts()
        facts.learn_all(states := {name: frozenset({state}) for name, state in known.items()})
        spoken_of, ruled_out = opinions(plan.causes, plan, facts, states, {})
        return [one.condition for one in spoken_of], ruled_out

    assert tried() == ([], [])
    assert tried(glossitis="present") == (["pernicious_anaemia"], [])
    assert tried(glossitis="absent") == ([], ["pernicious_anaemia"])


def test_a_condition_some_of_whose_rules_failed_is_not_ruled_out_while_another_waits() -> None:
    knowledge = rules(supports="glossitis is present", opposes="pregnancy is present")
    plan = plan_of(knowledge)
    facts = plan.facts()
    facts.learn_all(known := {"glossitis": of("absent")})

    assert opinions(plan.causes, plan, facts, known, {}) == ([], [])


def test_pitfall_1_an_undetermined_opinion_is_left_out_of_what_later_strata_read() -> None:
    given = [
        Opinion("a", Support.UNDETERMINED),
        Opinion("b", Support.NOT_SUGGESTED),
        Opinion("c", Support.DISPUTED),
    ]

    assert as_known(given, ["d"]) == {
        opinion_of("b"): of("not_suggested"),
        opinion_of("c"): of("disputed"),
        opinion_of("d"): of("not_suggested"),
    }
