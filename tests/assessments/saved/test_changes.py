"""What is said to have changed, in clinical words."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from assessments.saved.changes import Change, Section, changes
from assessments.saved.presenters import parts_of, saying_of
from assessments.saved.replay import replay_of
from conditions.models import Release
from tests.make.saved import added_to, lower_limit, republished, saved

pytestmark = pytest.mark.django_db


def by_title(sections: tuple[Section, ...]) -> dict[str, tuple[Change, ...]]:
    return {section.title: section.changes for section in sections}


def test_a_limit_that_moved_shows_in_headline_reading_and_advice(ann: User, release: Release) -> None:
    version = saved(ann, release).versions.get()
    now = republished(release, lower_limit)

    replay = replay_of(version, "now")

    found = by_title(replay.changes)
    assert (replay.release, replay.word_for_word) == (now, False)
    assert found["How values are read"] == (
        Change("Vitamin B12, total (serum cobalamin)", "deficient", "indeterminate"),
    )
    (headline,) = found["Vitamin B12"]
    assert headline.before.startswith("B12 deficiency: total B12 150 ng/L is below 180 ng/L")
    assert "between 140 and 350 ng/L" in headline.after
    assert (
        Change("", replay_sentence(version.text, "Folic acid alone"), "no longer said") in found["Cautions"]
    )
    assert "What was told" not in found


def replay_sentence(text: str, begins: str) -> str:
    line = next(line for line in text.splitlines() if line.startswith(f"- {begins}"))
    return line.removeprefix("- ").partition(" [")[0]


def test_under_the_release_of_then_nothing_moved(ann: User, release: Release) -> None:
    version = saved(ann, release).versions.get()
    republished(release, lower_limit)

    replay = replay_of(version, "then")

    assert (replay.release.digest, replay.word_for_word, replay.changes) == (release.digest, True, ())


def test_the_page_shows_both_and_the_open_assessment_leads_there(
    client: Client, ann: User, release: Release
) -> None:
    client.force_login(ann)
    assessment = saved(ann, release)
    republished(release, lower_limit)

    opened = client.get(f"/assessments/{assessment.pk}/").content.decode()
    again = client.get(f"/assessments/{assessment.pk}/1/replay/?under=now").content.decode()

    assert "Release 2099.1.1 is in use now" in opened
    assert (
        f"Said by release {release.version}, since replaced" in client.get("/assessments/").content.decode()
    )
    for words in (
        "Said then",
        "Said now",
        "deficient",
        "indeterminate",
        "The whole answer under release 2099.1.1",
    ):
        assert words in again


def test_a_result_that_was_added_shows_what_it_moved(ann: User, release: Release) -> None:
    first = saved(ann, release)
    second = added_to(first, release, total_b12=("240", "ng/L", "197-771"), mma=("<150", "nmol/L"))
    before, after = (saying_of(version) for version in second.versions.order_by("number"))

    found = by_title(changes(before, after))

    assert found["What was told"] == (
        Change("Vitamin B12, total (serum cobalamin)", "150 ng/L", "240 ng/L (interval 197 to 771)"),
        Change("Methylmalonic acid, serum or plasma", "not known", "<150 nmol/L"),
    )
    assert Change("Metformin-related B12 deficiency", "supported", "not suggested") in found["Explanations"]


def test_the_words_said_are_shown_part_by_part() -> None:
    text = "Vitamin B12\n- B12 deficiency.\n\nOptions\n- One.\n- Two.\n\nCobalt, release 1.\n\ncobalt1 1;#00000000"

    assert [(part.title, part.lines) for part in parts_of(text)] == [
        ("Vitamin B12", ("B12 deficiency.",)),
        ("Options", ("One.", "Two.")),
        ("", ("Cobalt, release 1.",)),
    ]
