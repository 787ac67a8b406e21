"""Cases as they are offered, told, moved and shown."""

import pytest

from assessments.teaching.lessons import lessons_of, line_of, shelf_of
from assessments.teaching.moves import Move, moved_table, steps_of
from assessments.teaching.present import presented
from assessments.teaching.told import picture_of, told_of
from conditions.reasoning.cases import interpret_case
from conditions.reasoning.interpret import interpret
from conditions.reasoning.knowledge import LEVELS, Case, Knowledge
from tests.make.shipped import shipped

DIRECTIONS = ("low", "falsely_normal", "functional", "raised", "mimics")
LESSONS = lessons_of(shipped())


@pytest.fixture
def knowledge() -> Knowledge:
    return shipped()


@pytest.fixture
def case(knowledge: Knowledge) -> Case:
    return knowledge.cases["published_n2o_01"]


def test_at_least_24_lessons_ship_and_each_direction_and_level_has_some(knowledge: Knowledge) -> None:
    shelf = shelf_of(knowledge, [], [])
    assert shelf.total >= 24
    numbers = {one.slug: one.number for one in (*shelf.levels, *shelf.topics)}
    assert min(numbers[slug] for slug in (*DIRECTIONS, *LEVELS)) >= 3


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda case: case.slug)
def test_a_lesson_comes_from_a_published_case_with_its_source(lesson: Case) -> None:
    assert lesson.published
    assert lesson.source


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda case: case.slug)
def test_title_and_opening_say_nothing_of_the_answer(lesson: Case) -> None:
    assert lesson.lesson
    told = f"{lesson.lesson.title} {lesson.lesson.opening}".casefold()
    names = [
        name.replace("_", " ")
        for any_of in lesson.published.get("causes", ())
        for name in any_of
        if name not in lesson.picture.get("stated", {})
    ]
    assert [name for name in names if name in told] == []


def test_the_shelf_is_narrowed_to_any_of_the_levels_and_any_of_the_topics(knowledge: Knowledge) -> None:
    shelf = shelf_of(knowledge, ["foundation", "hard"], ["raised", "low"])
    assert shelf.lessons == tuple(
        line
        for line in map(line_of, LESSONS)
        if line.level == "foundation" and not {"raised", "low"}.isdisjoint(line.topics)
    )
    assert [one.slug for one in shelf.levels if one.chosen] == ["foundation"]
    assert shelf_of(knowledge, ["hard"], []).lessons == shelf_of(knowledge, [], []).lessons


def test_a_case_that_does_not_teach_has_no_line(knowledge: Knowledge) -> None:
    other = next(case for case in knowledge.cases.values() if not case.lesson)
    with pytest.raises(ValueError, match="does not teach"):
        line_of(other)


def test_findings_are_told_in_the_order_of_a_visit(case: Case, knowledge: Knowledge) -> None:
    told = told_of(picture_of(case, knowledge), knowledge)
    steps = list(dict.fromkeys(one.step for one in told))
    assert steps == [
        "Patient",
        "Symptoms and signs",
        "History, diet and medicines",
        "Laboratory values",
    ]
    implied = {"nitrous_oxide"}
    assert {one.finding for one in told} == {*case.picture["measured"], *case.picture["stated"]} - implied
    assert {one.label: one.words for one in told}["Mean cell volume"] == "105 fL"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda case: case.slug)
def test_the_moves_lead_from_nothing_to_what_is_said_of_the_whole(lesson: Case, knowledge: Knowledge) -> None:
    picture = picture_of(lesson, knowledge)
    levels: dict[str, str] = {}
    for step in steps_of(picture, knowledge):
        for move in step.moves:
            assert levels.get(move.name, "not suggested") == move.before
            levels[move.name] = move.after
    said = interpret_case(lesson, knowledge)
    shown = {knowledge.conditions[cause.condition].name for cause in said.causes}
    assert {name for name, level in levels.items() if level != "not suggested"} <= shown


def test_a_presenter_shows_as_many_findings_as_asked_for(case: Case, knowledge: Knowledge) -> None:
    picture = picture_of(case, knowledge)
    every = told_of(picture, knowledge)
    shown = presented(picture, knowledge, "3")
    assert (shown.told, shown.before, shown.after) == (every[:3], 2, 4)
    assert shown.said
    assert set(shown.said.picture.stated) | set(shown.said.picture.measured) == {
        "guideline",
        *[one.finding for one in every[:3]],
    }
    end = presented(picture, knowledge, "9999")
    assert (end.told, end.after) == (every, None)
    assert end.said
    assert end.said.headline.state == interpret(picture, knowledge).headline.state


@pytest.mark.parametrize("nonsense", ["", "-1", "x", "³", "99999999999999999999"])
def test_what_is_no_number_shows_none(case: Case, knowledge: Knowledge, nonsense: str) -> None:
    shown = presented(picture_of(case, knowledge), knowledge, nonsense)
    assert (shown.number, shown.said, shown.before, shown.after) == (0, None, None, 1)


def test_findings_stand_against_the_first_causes_and_the_others_beside(
    case: Case, knowledge: Knowledge
) -> None:
    picture = picture_of(case, knowledge)
    steps = steps_of(picture, knowledge)
    table = moved_table(steps, interpret(picture, knowledge))
    name = "Nitrous oxide-related B12 failure"
    assert table.causes == (name,)
    assert [(row.told.finding, row.named) for row in table.rows] == [
        ("nitrous_oxide_recreational", ((name, "supported"),)),
        ("total_b12", ((name, ""),)),
        ("mma", ((name, "from supported to established"),)),
        ("folate_serum", ((name, ""),)),
    ]
    assert table.any_others
    assert len(table.rows) + len(table.unmoved) == len(steps)


def test_a_cause_that_came_and_went_is_no_longer_suggested() -> None:
    assert Move("a", "A", "supported", "not suggested").words == "no longer suggested"
