"""What must hold of every patient, tried on random ones under the shipped knowledge."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from conditions.reasoning.classify import classify
from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.knowledge import Rule
from conditions.reasoning.opinions import Status, outcome
from conditions.reasoning.picture import PatientPicture
from tests.make.pictures import findings_of_the_b12_states, learning, part_of, whole_truth
from tests.make.shipped import shipped

Told = tuple[PatientPicture, PatientPicture]


@st.composite
def patients(draw: st.DrawFn) -> Told:
    """What was told of a patient so far, and the whole truth about them."""
    random = Random(draw(st.integers(0, 2**32)))
    knowledge = shipped()
    truth = whole_truth(random, findings_of_the_b12_states(knowledge), knowledge)
    return part_of(random, truth), learning(PatientPicture(), truth, ())


def rules_of_states() -> list[Rule]:
    return [rule for rule in shipped().rules.values() if rule.condition in shipped().b12_states]


TRIED = settings(max_examples=300)
FEWER = settings(max_examples=100)


@TRIED
@given(patients())
def test_law_learning_only_ever_shrinks_what_is_possible(patient: Told) -> None:
    told, truth = patient

    before, after = classify(told, shipped()).known, classify(truth, shipped()).known

    assert {name for name, states in before.items() if not after[name] <= states} == set()


@FEWER
@given(patients())
def test_law_a_rule_that_holds_firmly_or_fails_stays_so_and_one_set_aside_stays_without_effect(
    patient: Told,
) -> None:
    before, after = (classify(picture, shipped()).known for picture in patient)
    allowed = {
        Status.HOLDS: {Status.HOLDS},
        Status.FAILS: {Status.FAILS},
        Status.SET_ASIDE: {Status.SET_ASIDE, Status.FAILS},
    }

    changed = []
    for rule in rules_of_states():
        was, is_now = outcome(rule.when, rule.unless, before), outcome(rule.when, rule.unless, after)
        if not was.depends_on and is_now.status not in allowed.get(was.status, set(Status)):
            changed.append((rule.slug, was, is_now))

    assert changed == []


@FEWER
@given(patients())
def test_law_a_rule_on_condition_changes_only_through_what_it_names(patient: Told) -> None:
    told, truth = patient
    said = interpret(told, shipped())

    changed = []
    for one in said.b12_states:
        for reason in one.reasons:
            if reason.outcome.depends_on:
                behind = said.findings_behind(reason.outcome.depends_on)
                known = classify(learning(told, truth, behind), shipped()).known
                if outcome(reason.rule.when, reason.rule.unless, known).status is not Status.HOLDS:
                    changed.append(reason.rule.slug)

    assert changed == []


@TRIED
@given(patients())
def test_law_the_headline_changes_only_through_what_may_change_it(patient: Told) -> None:
    told, truth = patient
    headline = interpret(told, shipped()).headline

    learnt = interpret(learning(told, truth, headline.may_change), shipped())

    assert learnt.headline.state == headline.state


def firm_reasons(said: Interpretation) -> set[str]:
    return {r.rule.slug for one in said.b12_states for r in one.reasons if not r.outcome.depends_on}


@FEWER
@given(patients(), st.data())
def test_law_a_missing_finding_never_adds_a_firm_reason_for_or_against(
    patient: Told, data: st.DataObject
) -> None:
    told, _ = patient
    forgotten = data.draw(
        st.sets(st.sampled_from(sorted({"sex", *told.stated, *told.measured} - {"guideline"})))
    )
    less = PatientPicture(
        {name: quantity for name, quantity in told.measured.items() if name not in forgotten},
        {name: state for name, state in told.stated.items() if name not in forgotten},
    )

    assert firm_reasons(interpret(less, shipped())) <= firm_reasons(interpret(told, shipped()))


@FEWER
@given(patients())
def test_law_the_same_picture_always_gets_the_same_answer(patient: Told) -> None:
    told, _ = patient
    backwards = PatientPicture(
        dict(reversed([*told.measured.items()])), dict(reversed([*told.stated.items()]))
    )

    one, other = interpret(told, shipped()), interpret(backwards, shipped())

    assert (one.b12_states, one.causes, one.advice, one.held_back, one.if_advice, one.missing) == (
        other.b12_states,
        other.causes,
        other.advice,
        other.held_back,
        other.if_advice,
        other.missing,
    )


@FEWER
@given(patients())
def test_law_an_answer_counted_by_bits_is_the_answer_of_the_criteria(patient: Told) -> None:
    said = interpret(patient[0], shipped())
    by_state = {one.condition: one for one in said.b12_states}

    for rule in shipped().rules.values():
        known = said.known if rule.condition in by_state else said.read_by_advice
        one = said.of(rule.condition)
        kept = [*one.reasons, *one.set_aside, *one.waiting]
        status = next((r.outcome.status for r in kept if r.rule.slug == rule.slug), Status.FAILS)
        assert status is outcome(rule.when, rule.unless, known).status, rule.slug
