"""The list of investigations where some cannot be had."""

from django.http import QueryDict

from assessments.advice import not_available_in, ranked
from conditions.reasoning.interpret import Interpretation
from tests.make.reports import small
from tests.make.said import said_of
from tests.make.shipped import shipped

GREY = {"total_b12": "300 ng/L", "age": "54 a"}
RAISED = {"total_b12": "1250 ng/L", "age": "54 a"}


def order(said: Interpretation, *not_available: str) -> list[str]:
    return [offer.investigation.slug for offer in ranked(said, not_available).offers]


def test_with_everything_available_the_list_is_that_of_the_interpretation() -> None:
    said = said_of(measured=GREY, paraesthesia="present")

    assert ranked(said).offers == said.investigations
    assert ranked(said, ("thyroid_panel",)).offers == said.investigations
    assert ranked(said, ("thyroid_panel",)).lacking == ()


def test_what_cannot_be_had_leaves_the_list_and_what_could_flip_the_headline_as_well_is_named() -> None:
    said = said_of(measured=GREY, paraesthesia="present")

    without = ranked(said, ("mma_test",))

    assert "mma_test" not in [offer.investigation.slug for offer in without.offers]
    (lacking,) = without.lacking
    assert lacking.investigation.slug == "mma_test"
    assert [(one.investigation.slug, one.offered) for one in lacking.instead] == [("active_b12_test", False)]


def test_what_stands_in_moves_up_within_its_urgency() -> None:
    second = {"name": "Aardvark", "cost": 1, "measures": ["glossitis"], **_cited()}
    third = {"name": "Third", "cost": 2, "measures": ["other"], **_cited()}
    wants = {
        "kind": "investigation",
        "when": "b12_deficiency is established",
        "says": "It helps.",
        **_cited(),
    }
    said = small(
        {"measured": {"total_b12": {"value": "150", "unit": "ng/L"}}},
        investigations__a_test=second | {"measures": []},
        investigations__mma_test__measures=["glossitis"],
        investigations__third=third | {"measures": ["pregnancy"]},
        rules__deficient_total__unless="pregnancy is present or glossitis is present",
        recommendations__measure_mma=wants | {"target": "mma_test"},
        recommendations__a=wants | {"target": "a_test"},
        recommendations__third=wants | {"target": "third"},
    )

    assert order(said) == ["a_test", "third", "mma_test"]
    assert order(said, "mma_test") == ["third", "a_test"]
    assert [i.offered for i in ranked(said, ("mma_test",)).lacking[0].instead] == [True]
    assert ranked(said, ("a_test",)).lacking[0].instead == ()


def test_of_a_panel_that_cannot_be_had_the_parts_asked_for_by_themselves_stay() -> None:
    said = said_of(measured=RAISED, jaundice="present")

    without = ranked(said, ("raised_b12_first_panel",))

    assert "raised_b12_first_panel" in order(said)
    assert order(said, "raised_b12_first_panel")[0] == "lft_panel"
    assert "Liver" in [part.name for part in without.lacking[0].parts][1]
    assert order(said, "raised_b12_first_panel", "lft_panel") == ["repeat_b12_interval"]


def test_the_interpretation_does_not_change_with_what_is_available() -> None:
    said = said_of(measured=GREY, paraesthesia="present")
    before = (said.headline.state, said.investigations, said.missing)

    ranked(said, ("mma_test", "fbc_film"))

    assert (said.headline.state, said.investigations, said.missing) == before


def test_what_is_marked_is_read_from_what_was_sent_and_can_be_taken_back() -> None:
    sent = QueryDict(
        "not_available=mma_test&not_available=mma_test&not_available=no_such&not_available=fbc_film"
    )

    assert not_available_in(sent, shipped()) == ("mma_test", "fbc_film")
    again = QueryDict("not_available=mma_test&not_available=fbc_film&available=mma_test")
    assert not_available_in(again, shipped()) == ("fbc_film",)


def _cited() -> dict[str, str]:
    return {"source": "nice_ng239", "grade": "A", "verification": "primary"}
