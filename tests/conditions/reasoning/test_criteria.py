from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.reasoning.criteria import (
    DEEPEST,
    RESERVED,
    AtLeast,
    Criterion,
    CriterionError,
    Is,
    Not,
    Verdict,
    mergeable,
    opinion_of,
    parse,
    subjects,
)

A, B, C = Is("a", ("x",)), Is("b", ("x",)), Is("c", ("x", "y"))
VOCABULARY = {"a": ("x", "y"), "b": ("x",), "c": ("x", "y", "z")}


def of(*names: str) -> frozenset[str]:
    return frozenset(names)


def known(**states: str) -> dict[str, frozenset[str]]:
    """``a="x/y"``: a is known to be in x or in y."""
    return {name: frozenset(some.split("/")) for name, some in states.items()}


@pytest.mark.parametrize(
    ("text", "criterion"),
    [
        ("a is x", A),
        ("  a   is\n x ", A),
        ("c is x/y", C),
        ("c is x / y", C),
        ("not a is x", Not(A)),
        ("not not a is x", Not(Not(A))),
        ("a is x and b is x", AtLeast(2, (A, B))),
        ("a is x or b is x", AtLeast(1, (A, B))),
        ("a is x or b is x and c is x/y", AtLeast(1, (A, AtLeast(2, (B, C))))),
        ("(a is x or b is x) and c is x/y", AtLeast(2, (AtLeast(1, (A, B)), C))),
        ("at least 2 of (a is x, b is x, c is x/y)", AtLeast(2, (A, B, C))),
        ("not at least 2 of (a is x, b is x or c is x/y)", Not(AtLeast(2, (A, AtLeast(1, (B, C)))))),
        ("((a is x))", A),
        ("d is established/supported", Is("d", ("established", "supported"))),
    ],
)
def test_text_is_read_as_a_criterion(text: str, criterion: Criterion) -> None:
    assert parse(text) == criterion


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("", 0, "the text stops too early"),
        ("a", 1, "expected “is”"),
        ("a is", 4, "the text stops too early"),
        ("a is x y", 7, "expected “and”, “or” or the end"),
        ("a is x and", 10, "the text stops too early"),
        ("a is not", 5, "expected a state"),
        ("is is x", 0, "expected the name of a finding"),
        ("2 is x", 0, "expected the name of a finding"),
        ("a is x/", 7, "the text stops too early"),
        ("(a is x", 7, "expected “)”"),
        ("a is x & b is x", 7, "expected “and”, “or” or the end"),
        ("a is x or & b is x", 10, "this sign is not used here"),
        ("A is x", 0, "this sign is not used here"),
        ("at least two of (a is x, b is x)", 9, "expected a number"),
        ("at least 3 of (a is x, b is x)", 30, "cannot have 3 of 2"),
        ("at least 0 of (a is x, b is x)", 30, "cannot have 0 of 2"),
        ("at least 1 of (a is x)", 22, "cannot have 1 of 1"),
        ("at least 1 (a is x, b is x)", 11, "expected “of”"),
        ("at least 1 of a is x", 14, "expected “(”"),
        ("a is x/established", 5, "levels of support and states of a finding cannot be mixed"),
        ("a is undetermined", 5, "expected a state"),
        ("(" * (DEEPEST + 1) + "a is x" + ")" * (DEEPEST + 1), DEEPEST, "nested too deeply"),
        ("not " * (DEEPEST + 1) + "a is x", 4 * (DEEPEST + 1), "nested too deeply"),
    ],
)
def test_what_is_no_criterion_is_refused_with_its_place(text: str, position: int, message: str) -> None:
    with pytest.raises(CriterionError) as refused:
        parse(text)

    assert (str(refused.value), refused.value.position) == (message, position)


def test_pitfall_6_a_state_with_a_space_does_not_parse() -> None:
    with pytest.raises(CriterionError):
        parse("a is not high")


@pytest.mark.parametrize("count", [0, 3])
def test_no_more_parts_can_be_demanded_than_there_are(count: int) -> None:
    with pytest.raises(ValueError, match=f"cannot have {count} of 2"):
        AtLeast(count, (A, B))


@pytest.mark.parametrize(
    ("text", "states", "verdict"),
    [
        ("a is x", {}, Verdict(None, missing=of("a"))),
        ("a is x", known(a="x"), Verdict(True, of("a"))),
        ("a is x", known(a="y"), Verdict(False, of("a"))),
        ("a is x", known(a="x/y"), Verdict(None, missing=of("a"))),
        ("c is x/y", known(c="x/y"), Verdict(True, of("c"))),
        ("c is x/y", known(c="y/z"), Verdict(None, missing=of("c"))),
        ("not a is x", known(a="y"), Verdict(True, of("a"))),
        ("not a is x", {}, Verdict(None, missing=of("a"))),
        ("a is x and b is x", known(a="x", b="x"), Verdict(True, of("a", "b"))),
        ("a is x and b is x", known(a="y"), Verdict(False, of("a"))),
        ("a is x and b is x", known(a="x"), Verdict(None, missing=of("b"))),
        ("a is x and b is x", {}, Verdict(None, missing=of("a", "b"))),
        ("a is x or b is x", known(a="x"), Verdict(True, of("a"))),
        ("a is x or b is x", known(a="x", b="x"), Verdict(True, of("a", "b"))),
        ("a is x or b is x", known(a="y", b="y"), Verdict(False, of("a", "b"))),
        ("at least 2 of (a is x, b is x, c is x)", known(a="y", b="x"), Verdict(None, missing=of("c"))),
        ("at least 2 of (a is x, b is x, c is x)", known(a="y", c="z"), Verdict(False, of("a", "c"))),
    ],
)
def test_a_verdict_names_what_decided_it_or_what_it_waits_for(
    text: str, states: dict[str, frozenset[str]], verdict: Verdict
) -> None:
    assert parse(text).evaluate(states) == verdict


def test_pitfall_1_undetermined_left_out_of_what_is_known_makes_no_negation_true() -> None:
    assert Not(Is("d", ("established",))).evaluate({}).holds is None


def test_pitfall_5_an_opinion_on_a_condition_and_a_finding_of_its_name_are_two_subjects() -> None:
    both = parse("metformin is present and metformin is supported")

    assert subjects(both) == {"metformin", opinion_of("metformin")}
    assert both.evaluate({"metformin": of("present")}) == Verdict(None, missing=of("@metformin"))


def test_pitfall_7_one_statement_of_two_states_decides_more_than_two_statements() -> None:
    apart, merged = parse("a is x or a is y"), parse("a is x/y")

    assert (apart.evaluate(known(a="x/y")).holds, merged.evaluate(known(a="x/y")).holds) == (None, True)
    assert mergeable(apart) == ["a is x/y"]


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("a is x and a is y", []),
        ("not (a is x or a is y)", ["a is x/y"]),
        ("b is x and (c is x or c is y/z or a is x)", ["c is x/y/z"]),
        ("a is x", []),
        ("a is x or (b is x and a is y)", []),
        ("at least 2 of (a is x, a is y, a is x or a is y)", ["a is x/y"]),
    ],
)
def test_what_could_be_one_statement_is_found_at_any_depth(text: str, merged: list[str]) -> None:
    assert mergeable(parse(text)) == merged


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a is x and c is y/z", []),
        ("d is x", ["There is no finding called d."]),
        ("a is x/z", ["a is never z; it is one of: x, y."]),
        ("not d is x", ["There is no finding called d."]),
        ("e is established", []),
        ("f is established", ["There is no condition called f to speak of here."]),
        ("a is x and not e is supported", ["A criterion may not negate a condition (e)."]),
    ],
)
def test_a_criterion_tells_which_of_its_words_mean_nothing(text: str, problems: list[str]) -> None:
    assert parse(text).problems(VOCABULARY, {"e"}) == problems


def test_no_criterion_speaks_of_nothing() -> None:
    assert subjects(None) == frozenset()


NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True).filter(lambda word: word not in RESERVED)
STATES = ("x", "y", "z")


def criteria(names: st.SearchStrategy[str], states: st.SearchStrategy[str]) -> st.SearchStrategy[Criterion]:
    """Random criteria about ``names`` in ``states``."""
    statements: st.SearchStrategy[Criterion] = st.builds(
        Is, names, st.lists(states, min_size=1, max_size=3, unique=True).map(tuple)
    )

    def larger(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        several = st.lists(parts, min_size=2, max_size=4).map(tuple)
        at_least = several.flatmap(lambda p: st.integers(1, len(p)).map(lambda count: AtLeast(count, p)))
        return st.builds(Not, parts) | at_least

    return st.recursive(statements, larger, max_leaves=8)


SMALL = criteria(st.sampled_from("abcde"), st.sampled_from(STATES))
KNOWN = st.dictionaries(
    st.sampled_from("abcde"), st.frozensets(st.sampled_from(STATES), min_size=1, max_size=3)
)


@given(criteria(NAMES, NAMES))
def test_law_a_criterion_written_and_read_again_is_the_same(criterion: Criterion) -> None:
    assert parse(str(criterion)) == criterion


@given(SMALL, KNOWN, st.data())
def test_law_learning_more_never_overturns_a_verdict(
    criterion: Criterion, before: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    after = {
        name: data.draw(st.frozensets(st.sampled_from(sorted(before.get(name, STATES))), min_size=1))
        for name in data.draw(st.permutations("abcde"))
        if name in before or data.draw(st.booleans())
    }

    verdict = criterion.evaluate(before)

    assert verdict.holds in (None, criterion.evaluate(after).holds)


@given(SMALL, KNOWN)
def test_law_what_is_in_because_suffices(criterion: Criterion, states: dict[str, frozenset[str]]) -> None:
    verdict = criterion.evaluate(states)

    alone = criterion.evaluate({name: states[name] for name in verdict.because})

    assert alone.holds is verdict.holds


@given(SMALL, KNOWN, st.data())
def test_law_a_verdict_that_waits_changes_only_through_what_is_missing(
    criterion: Criterion, states: dict[str, frozenset[str]], data: st.DataObject
) -> None:
    verdict = criterion.evaluate(states)
    others = sorted(set("abcde") - verdict.missing - states.keys())
    learnt = {name: frozenset({data.draw(st.sampled_from(STATES))}) for name in others}

    assert criterion.evaluate({**states, **learnt}).holds is verdict.holds


@given(SMALL, KNOWN)
def test_law_a_verdict_is_decided_by_something_or_waits_for_something(
    criterion: Criterion, states: dict[str, frozenset[str]]
) -> None:
    verdict = criterion.evaluate(states)

    assert (bool(verdict.because), bool(verdict.missing)) == (
        verdict.holds is not None,
        verdict.holds is None,
    )
