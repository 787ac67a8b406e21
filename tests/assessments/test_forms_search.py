"""Findings found by typing on the quick page, with spelling forgiven, and answered by being chosen."""

import pytest
from django.http import QueryDict

from assessments.forms import PictureForm
from assessments.forms.catalogue import catalogue_of
from assessments.forms.search import ANYWHERE, Hit, search_in
from tests.make.shipped import shipped


def hits(typed: str) -> tuple[Hit, ...]:
    return search_in(ANYWHERE, typed, catalogue_of(shipped()), {"glossitis", "metformin"}).hits


def first(typed: str) -> str:
    return hits(typed)[0].finding.slug


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("glossitis", "glossitis"),
        ("glositis", "glossitis"),
        ("glosi", "glossitis"),
        ("metfromin", "metformin"),
        ("metf", "metformin"),
        ("omeprazole", "proton_pump_inhibitor"),
        ("omeprazol", "proton_pump_inhibitor"),
        ("parasthesia", "paraesthesia"),
        ("jandice", "jaundice"),
        ("laughing gas", "nitrous_oxide_recreational"),
        ("vegan", "vegan_diet"),
        ("ppi", "proton_pump_inhibitor"),
    ],
)
def test_a_finding_is_found_by_any_name_however_it_is_spelt(typed: str, slug: str) -> None:
    assert first(typed) == slug


@pytest.mark.parametrize("typed", ["", " ", "zzzzzz", "no ", "qwxzv glossitis"])
def test_nothing_is_found_for_what_nothing_is_called(typed: str) -> None:
    assert hits(typed) == ()


def test_a_right_spelling_is_not_mixed_with_wrong_ones() -> None:
    assert {hit.finding.slug for hit in hits("metformin")} <= {
        slug for slug, words in catalogue_of(shipped()).words.items() if "metformin" in words
    }


def test_choosing_says_yes_and_after_no_it_says_no() -> None:
    assert [(hit.finding.slug, hit.answer) for hit in hits("glossitis")] == [("glossitis", "present")]
    assert [(hit.finding.slug, hit.answer) for hit in hits("no glossitis")] == [("glossitis", "absent")]


def test_what_is_measured_has_to_be_told_and_is_never_denied() -> None:
    assert {hit.answer for hit in hits("ferritin") if hit.finding.is_measured} == {""}
    assert [hit for hit in hits("no ferritin") if hit.finding.is_measured] == []


def test_a_hit_is_sure_only_if_no_other_question_begins_so() -> None:
    assert [hit.is_sure for hit in hits("glossi")] == [True]
    assert [hit.finding.slug for hit in hits("metf") if hit.is_sure] == ["metformin"]
    assert not any(hit.is_sure for hit in hits("p"))
    assert not any(hit.is_sure for hit in hits("glositis"))


def form(posted: str) -> PictureForm:
    return PictureForm(QueryDict(posted), knowledge=shipped())


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_button_asks_and_answers_at_once(state: str) -> None:
    posted = form(f"{state}=jaundice")

    assert (posted.added, posted["jaundice"].value()) == ("jaundice", state)
    assert posted.is_valid()
    assert dict(posted.picture().stated) == {"guideline": "nice_ng239", "jaundice": state}


@pytest.mark.parametrize("slug", ["ferritin", "no_such_finding", "sex"])
def test_a_button_answers_nothing_that_is_no_yes_or_no_question(slug: str) -> None:
    posted = form(f"present={slug}")

    assert posted.is_valid()
    assert (posted.added, posted.tells_nothing) == ("", True)


def test_what_was_posted_is_not_changed_by_a_button() -> None:
    data = QueryDict("present=jaundice")

    PictureForm(data, knowledge=shipped())

    assert dict(data.lists()) == {"present": ["jaundice"]}


def test_the_quick_page_asks_the_same_questions_as_the_steps_do() -> None:
    posted = form("picked=jaundice&picked=ferritin&none=mouth")
    quick = [name for block in posted.quick_helper.layout.fields for name in _names(block)]
    walked = [name for step in posted.helper.layout.fields for name in _names(step)]

    assert sorted(quick) == sorted(walked) == sorted(posted.fields)
    assert quick[:6] == ["age", "sex", "pregnancy", "total_b12", "mcv", "haemoglobin"]


def _names(part: object) -> list[str]:
    return [
        name
        for inner in part.fields  # type: ignore[attr-defined]
        for name in ([inner] if isinstance(inner, str) else _names(inner))
    ]
