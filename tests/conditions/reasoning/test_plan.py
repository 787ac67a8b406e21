from hypothesis import given

from conditions.reasoning.criteria import Criterion
from conditions.reasoning.document import read_document
from conditions.reasoning.plan import Facts, _Bits, plan_of
from tests.conditions.reasoning.test_criteria import KNOWN, SMALL
from tests.make.knowledge import CITED, document


@given(SMALL, KNOWN)
def test_law_counting_bits_says_the_same_as_the_criterion(
    criterion: Criterion, known: dict[str, frozenset[str]]
) -> None:
    bits = _Bits()
    test = bits.test(criterion)
    facts = Facts(bits.by_state())
    facts.learn_all(known)

    assert test.holds(facts) is criterion.evaluate(known).holds


@given(SMALL, KNOWN)
def test_law_what_is_open_is_what_is_missing(criterion: Criterion, known: dict[str, frozenset[str]]) -> None:
    bits = _Bits()
    test = bits.test(criterion)
    subjects = [subject for subject, _, _ in bits.places]
    facts = Facts(bits.by_state())
    facts.learn_all(known)
    verdict = criterion.evaluate(known)

    if verdict.holds is None:
        open_ = test.open(facts)
        assert {subjects[place] for place in range(len(subjects)) if open_ >> place & 1} == verdict.missing


@given(SMALL)
def test_law_of_a_patient_of_whom_nothing_is_known_nothing_is_decided(criterion: Criterion) -> None:
    bits = _Bits()
    test = bits.test(criterion)

    assert test.holds(Facts(bits.by_state())) is None
    assert not test.is_met_in_part(Facts(bits.by_state()))


def test_a_subject_no_criterion_speaks_of_is_no_fact() -> None:
    facts = Facts({})

    facts.learn("glossitis", {"present"})

    assert (facts.true, facts.false) == (0, 0)


def test_the_arrangement_is_made_once_for_one_knowledge() -> None:
    knowledge = read_document(document())

    assert plan_of(knowledge) is plan_of(knowledge)


def test_causes_shown_under_another_share_its_line_and_lines_are_in_order_of_name() -> None:
    rule = {"effect": "supports", "when": "glossitis is present", "says": "…", **CITED}
    knowledge = read_document(
        document(
            conditions__metformin={"name": "Metformin", "kind": "exposure", "shown_under": "absorption"},
            conditions__absorption={"name": "Absorption, impaired", "kind": "disease"},
            rules={
                "deficiency": {**rule, "condition": "b12_deficiency"},
                "anaemia": {**rule, "condition": "pernicious_anaemia"},
                "metformin": {**rule, "condition": "metformin"},
            },
            recommendations=None,
            cases=None,
        )
    )

    lines = plan_of(knowledge).lines

    assert {slug: (place, leader.slug) for slug, (place, leader) in lines.items()} == {
        "pernicious_anaemia": (1, "pernicious_anaemia"),
        "metformin": (0, "absorption"),
    }
