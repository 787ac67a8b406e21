"""A lesson from the curator's form to the learner's shelf."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from conditions.curation.change_sets import accept_case, approve, submit, waiting_cases
from conditions.models import Case, Release
from conditions.releases import publish
from conditions.workspace import replace_rows
from tests.make.curation import dated_document

pytestmark = pytest.mark.django_db
ADD = "/admin/conditions/case/add/"
LESSON = {
    "slug": "tired_and_pale",
    "title": "A low B12",
    "story": "A woman of 40 is tired; her B12 is 120 ng/L.",
    "picture": json.dumps({"measured": {"total_b12": {"value": "120", "unit": "ng/L"}}, "stated": {}}),
    "expects": json.dumps({"headline": "b12_deficiency"}),
    "published": "",
    "source": "textbook",
    "rows": "",
    "lesson": "Tired and pale",
    "level": "foundation",
    "topics": "low\nblood",
    "opening": "A woman of 40 is tired.",
    "in_reality": "She was treated.",
    "points": "One number, read with its limits, can be enough.",
}


@pytest.fixture
def small_release(nothing_published: None, time_machine: Any) -> Release:
    """The small document with review dates, which stands in the rows as well."""
    time_machine.move_to("2026-11-21 12:00")
    replace_rows(dated_document())
    return publish(document=dated_document(), origin="shipped", notes="Small.")


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_lesson_that_a_curator_adds_is_taught_once_it_is_published(
    client: Client, small_release: Release, person: Callable[[str], User]
) -> None:
    curator, approver = person("curator"), person("approver")
    client.force_login(curator)
    assert client.post(ADD, LESSON).status_code == 302
    assert "Tired and pale" not in text(client.get("/teach/"))

    change_set = submit(by=curator, reason="A first case for our teaching.")
    for case in waiting_cases(change_set):
        accept_case(change_set=change_set, case=case.slug, by=approver)
    approve(change_set=change_set, by=approver)

    learner = Client()
    assert "Tired and pale" in text(learner.get("/teach/?level=foundation&topic=blood"))
    assert "She was treated." in text(learner.post("/teach/tired_and_pale/", {"state": "b12_deficiency"}))
    assert "She was treated." in text(learner.get("/teach/tired_and_pale/print/", {"key": "yes"}))
    assert "Tired and pale" in text(learner.get("/teach/pack/print/", {"case": "tired_and_pale"}))


def test_half_a_lesson_is_sent_back_with_a_sentence(
    client: Client, small_release: Release, person: Callable[[str], User]
) -> None:
    client.force_login(person("curator"))
    page = text(client.post(ADD, LESSON | {"in_reality": ""}))
    assert "A lesson has a title, a level, topics, an opening, what was done and what it teaches" in page
    assert not Case.objects.filter(slug="tired_and_pale").exists()
