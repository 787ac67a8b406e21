"""Curators' pages: what each shows, who may do what there, and what is said to the others."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from conditions.models import ChangeSet, Edit, Limits, Release, Rule
from conditions.releases import current_release

pytestmark = pytest.mark.django_db

Edits = Callable[..., None]
PAGES = ("/curation/draft/", "/curation/draft/impact/", "/curation/draft/problems/", "/curation/change-sets/")


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def curator(client: Client, people: SimpleNamespace) -> Client:
    client.force_login(people.curator)
    return client


@pytest.fixture
def approver(people: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(people.approver)
    return client


@pytest.fixture
def submitted(curator: Client, people: SimpleNamespace, widen: Edits, reword: Edits) -> ChangeSet:
    """A change set that the curator submitted on the page."""
    widen(by=people.curator)
    reword(by=people.curator)
    curator.post("/curation/draft/", {"reason": "A wider grey zone."})
    return ChangeSet.objects.get()


@pytest.mark.parametrize("address", PAGES)
def test_who_is_not_signed_in_is_led_there_and_others_are_refused(
    client: Client, small_release: Release, person: Callable[[str], Any], address: str
) -> None:
    assert client.get(address).status_code == 302
    client.force_login(person("clinician"))
    assert client.get(address).status_code == 403


def test_the_draft_says_what_differs_in_clinical_words_and_who_edited_it(
    curator: Client, people: SimpleNamespace, widen: Edits
) -> None:
    assert "Nothing differs." in text(curator.get("/curation/draft/"))
    widen(by=people.curator)
    page = text(curator.get("/curation/draft/"))
    assert "350 → 400" in page
    assert "Edited by a_curator" in page


def test_the_impact_is_a_part_and_a_page(curator: Client, people: SimpleNamespace, widen: Edits) -> None:
    widen(by=people.curator)
    assert "pictures were compared" in text(curator.get("/curation/draft/impact/"))
    part = text(curator.get("/curation/draft/impact/", headers={"HX-Request": "true"}))
    assert part.strip().startswith('<div id="impact"')


def test_without_a_reason_nothing_is_submitted_and_it_says_so(
    curator: Client, people: SimpleNamespace, widen: Edits
) -> None:
    widen(by=people.curator)
    response = curator.post("/curation/draft/", {"reason": " "})
    assert response.status_code == 409
    assert "Say why the knowledge should change." in text(response)
    assert not ChangeSet.objects.exists()


def test_two_people_publish_on_the_pages(submitted: ChangeSet, approver: Client) -> None:
    address = f"/curation/change-sets/{submitted.pk}/"
    page = text(approver.get(address))
    assert "A wider grey zone." in page
    assert 'name="case"' in page
    refused = approver.post(f"{address}approve/")
    assert refused.status_code == 409
    assert "Nobody has accepted" in text(refused)
    cases = list(submitted.changed_cases.values_list("slug", flat=True))
    approver.post(f"{address}accept/", {"case": cases})
    approver.post(f"{address}approve/")
    submitted.refresh_from_db()
    assert submitted.state == "published"
    assert current_release() == submitted.release


def test_who_submitted_it_cannot_decide_and_can_withdraw(submitted: ChangeSet, curator: Client) -> None:
    address = f"/curation/change-sets/{submitted.pk}/"
    assert "Approve and publish" not in text(curator.get(address))
    for what in ("accept", "approve", "return"):
        given = {"case": submitted.changed_cases.values_list("slug", flat=True)[0], "comment": "No."}
        assert curator.post(f"{address}{what}/", given).status_code == 409
    curator.post(f"{address}withdraw/")
    submitted.refresh_from_db()
    assert submitted.state == "withdrawn"


def test_what_is_returned_needs_a_comment_which_is_kept_in_the_form(
    submitted: ChangeSet, approver: Client
) -> None:
    address = f"/curation/change-sets/{submitted.pk}/"
    assert "Say what should be different." in text(approver.post(f"{address}return/", {"comment": ""}))
    approver.post(f"{address}return/", {"comment": "Name the study."})
    assert "Name the study." in text(approver.get(address))


def test_there_is_no_other_decision(submitted: ChangeSet, approver: Client) -> None:
    assert approver.post(f"/curation/change-sets/{submitted.pk}/publish/").status_code == 404
    assert approver.get(f"/curation/change-sets/{submitted.pk}/approve/").status_code == 405


def test_going_back_is_proposed_like_any_other_change(
    submitted: ChangeSet, curator: Client, approver: Client
) -> None:
    first = submitted.base
    address = f"/curation/change-sets/{submitted.pk}/"
    approver.post(f"{address}accept/", {"case": list(submitted.changed_cases.values_list("slug", flat=True))})
    approver.post(f"{address}approve/")
    back = f"/curation/releases/{first.version}/back/"
    assert curator.post(back, {"reason": ""}).status_code == 409
    curator.post(back, {"reason": "It was better."})
    assert ChangeSet.objects.first().rolls_back_to == first  # type: ignore[union-attr]


def test_the_history_shows_before_beside_after_with_the_reason(
    curator: Client, people: SimpleNamespace, reword: Edits
) -> None:
    before = Rule.objects.get(slug="grey_total").says
    reword("Said better.", by=people.curator)
    page = text(curator.get("/curation/history/rules/grey_total/"))
    assert f"<del>{before}</del>" in page
    assert "<ins>Said better.</ins>" in page
    assert "by a_curator" in page
    assert "Clearer." in page
    assert curator.get("/curation/history/nothing/grey_total/").status_code == 404


def test_the_admin_leads_to_this_history_from_a_row_and_from_its_parts(
    curator: Client, small_release: Release
) -> None:
    limits = Limits.objects.first()
    assert limits
    response = curator.get(f"/admin/conditions/limits/{limits.pk}/history/")
    assert response["Location"] == f"/curation/history/findings/{limits.finding_id}/"


def test_an_edit_in_the_admin_is_remembered_with_its_reason(
    curator: Client, people: SimpleNamespace, small_release: Release
) -> None:
    page = curator.get("/admin/conditions/rule/grey_total/change/")
    given = {
        name: "" if value is None else value for name, value in page.context["adminform"].form.initial.items()
    }
    given["rows"] = ""
    curator.post(
        "/admin/conditions/rule/grey_total/change/",
        {**given, "says": "Said in the admin.", "history_reason": "A typing error."},
    )
    edit = Edit.objects.filter(section="rules", slug="grey_total").first()
    assert edit
    assert (edit.person, edit.why) == (people.curator, "A typing error.")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("total_b12 is deficient", "Says:"),
        ("total_b12 deficient", "At character 11: expected “is”"),
        ("total_b12 is low", "total_b12 is never low"),
        ("totl_b12", 'data-insert="total_b12"'),
        ("total_b12", 'data-insert="total_b12 is deficient"'),
    ],
)
def test_a_criterion_is_checked_while_it_is_typed(
    curator: Client, small_release: Release, typed: str, said: str
) -> None:
    answer = text(
        curator.post(
            "/curation/criterion/",
            {"limits-0-when": typed},
            headers={"HX-Request": "true", "HX-Trigger-Name": "limits-0-when"},
        )
    )
    if said == "Says:":
        assert 'class="criterion-right"' in answer
    else:
        assert said in answer


def test_the_landing_page_shows_what_waits_for_its_reader(submitted: ChangeSet, approver: Client) -> None:
    page = text(approver.get("/admin/"))
    for heading in (
        "My drafts",
        "Awaiting my review",
        "Review due",
        "Unverified statements",
        "Failing cases",
    ):
        assert heading in page
    assert f'href="/curation/change-sets/{submitted.pk}/"' in page
    assert current_release().version in page


def test_failing_cases_of_the_draft_are_named(curator: Client, people: SimpleNamespace, widen: Edits) -> None:
    assert "None: every case" in text(curator.get("/curation/draft/problems/"))
    Rule.objects.filter(slug="grey_total").update(when="total_b12 is nonsense")
    assert "total_b12 is never nonsense" in text(curator.get("/curation/draft/problems/"))
