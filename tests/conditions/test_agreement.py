"""Agreement with published cases is counted by aspect, and each disagreement keeps its reason."""

from conditions.agreement import agreements, as_lines
from conditions.files import read_files
from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import Knowledge


def shipped(**published: object) -> Knowledge:
    """The shipped knowledge with one published case, of which this is expected."""
    document = read_files()
    picture = {"measured": {"total_b12": {"value": "120", "unit": "ng/L"}}, "stated": {"sex": "male"}}
    case = {"title": "A case", "picture": picture, "published": {"category": "vegan_adult", **published}}
    return read_document({**document, "cases": {"published_one": case}})


def test_what_is_expected_and_said_agrees() -> None:
    found = agreements(shipped(states=["b12_deficiency"]))
    assert [a.met["state"] for a in found] == [(1, 1)]
    assert [a.differs for a in found] == [()]


def test_what_is_expected_and_not_said_is_named_with_its_reason() -> None:
    found = agreements(
        shipped(
            states=["raised_b12"],
            causes=[["alps"]],
            signs=[["severe_anaemia_sign"]],
            disagrees="The report errs.",
        )
    )
    lines = list(as_lines(found))
    assert [a.met for a in found] == [{"state": (0, 1), "causes": (0, 1), "signs": (0, 1)}]
    assert lines[-3:][0] == "published_one: state: b12_deficiency, not raised_b12. The report errs."
    assert "alps not among" in lines[-2]
    assert lines[-1] == "published_one: signs: severe_anaemia_sign not given. The report errs."


def test_aspects_of_which_nothing_is_expected_are_not_counted() -> None:
    lines = list(as_lines(agreements(shipped(states=["b12_deficiency"]))))
    assert lines[1].split() == ["vegan_adult", "1", "1/1", "-", "-"]


def test_every_disagreement_of_the_shipped_cases_is_explained() -> None:
    found = agreements(read_document(read_files()))
    assert [a.case.slug for a in found if a.differs and not a.explained] == []
