"""From draft to release by two people; whoever cheats is refused, by the functions and by the database."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from conditions.curation.change_sets import (
    accept_case,
    approve,
    change_set_differences,
    draft_differences,
    may_decide,
    return_to_draft,
    roll_back_to,
    submit,
    waiting_cases,
    withdraw,
)
from conditions.models import AcceptedCase, Case, ChangedCase, ChangeSet, Edit, Release, Rule
from conditions.releases import (
    PublicationRefused,
    current_knowledge,
    current_release,
    publish,
    publish_shipped,
)
from conditions.workspace import document_of_rows
from tests.make.curation import dated_document

from .conftest import sql

pytestmark = pytest.mark.django_db

Edits = Callable[..., None]


def refusal(does: Callable[..., Any], **arguments: Any) -> str:
    with pytest.raises(PublicationRefused) as refused, transaction.atomic():
        does(**arguments)
    return str(refused.value)


def refused_by_the_database(statement: str, *parameters: object) -> str:
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        sql(f"{statement}; SET CONSTRAINTS ALL IMMEDIATE", *parameters)
    return str(refused.value).splitlines()[0]


def accepted_and_approved(change_set: ChangeSet, by: Any) -> Release:
    for case in waiting_cases(change_set):
        accept_case(change_set=change_set, case=case.slug, by=by)
    return approve(change_set=change_set, by=by)


def test_two_people_publish_what_one_of_them_edited(people: SimpleNamespace, widen: Edits) -> None:
    widen(by=people.curator)
    (difference,) = draft_differences()
    assert (difference.says, difference.editors) == (
        ("Total B12, Vitamin B12 deficiency in over 16s: grey zone, upper edge 350 → 400 ng/L.",),
        ("a_curator",),
    )
    change_set = submit(by=people.curator, reason="Wider for our assay.")
    assert change_set_differences(change_set) == (difference,)
    release = accepted_and_approved(change_set, people.approver)
    change_set.refresh_from_db()
    assert (change_set.state, change_set.decided_by, change_set.release) == (
        "published",
        people.approver,
        release,
    )
    assert (release.notes, release.submitted_by, release.approved_by) == (
        "Wider for our assay.",
        people.curator,
        people.approver,
    )
    assert current_knowledge().digest == release.digest
    assert draft_differences() == ()


def test_a_changed_case_is_accepted_by_name_before_anything_is_published(
    people: SimpleNamespace, small_release: Release
) -> None:
    Case.objects.create(
        slug="at_380",
        title="Just above",
        picture={"measured": {"total_b12": {"value": "380", "unit": "ng/L"}}},
        expects={"headline": None},
    )
    change_set = submit(by=people.curator, reason="A case.")
    assert [(case.slug, case.says) for case in waiting_cases(change_set)] == [
        ("at_380", ["A new case: none."])
    ]
    assert refusal(approve, change_set=change_set, by=people.approver) == (
        "Nobody has accepted what changes in the case “Just above”."
    )
    assert "does not change the case" in refusal(
        accept_case, change_set=change_set, case="plainly_deficient", by=people.approver
    )
    first = accept_case(change_set=change_set, case="at_380", by=people.approver)
    assert accept_case(change_set=change_set, case="at_380", by=people.approver) == first
    assert approve(change_set=change_set, by=people.approver) == current_release()


def test_nobody_approves_or_accepts_what_they_submitted_or_edited(
    people: SimpleNamespace, widen: Edits, reword: Edits
) -> None:
    widen(by=people.curator)
    reword(by=people.both)
    change_set = submit(by=people.curator, reason="Both.")
    ChangedCase.objects.create(change_set=change_set, slug="x", title="X", says=["X."])
    edited = "You edited a part of this change set; a second person decides."
    assert may_decide(change_set, people.both) == edited
    assert refusal(approve, change_set=change_set, by=people.both) == edited
    assert refusal(accept_case, change_set=change_set, case="x", by=people.both) == edited
    withdraw(change_set=change_set, by=people.curator)
    own = submit(by=people.both, reason="Mine.")
    assert "You submitted this change set" in refusal(approve, change_set=own, by=people.both)


def test_the_database_refuses_the_same_person_twice(
    people: SimpleNamespace, widen: Edits, reword: Edits
) -> None:
    widen(by=people.curator)
    reword(by=people.both)
    change_set = submit(by=people.curator, reason="Both.")
    insert = (
        "INSERT INTO conditions_release (version, format, document, digest, origin, notes, published_at,"
        " submitted_by_id, approved_by_id, engine_version) SELECT '2026.11.99', 1, document, digest,"
        " 'installation', 'Cheated.', now(), %s, %s, '1' FROM conditions_changeset WHERE id = %s"
    )
    by = people.curator.pk, people.both.pk, people.approver.pk
    assert "Nobody has accepted what changes in the case plainly_deficient" in refused_by_the_database(
        insert, by[0], by[2], change_set.pk
    )
    accept_case(change_set=change_set, case="plainly_deficient", by=people.approver)
    assert "A second person approves" in refused_by_the_database(insert, by[0], by[1], change_set.pk)
    assert "release_is_shipped_or_answered_for_by_two_people" in refused_by_the_database(
        insert, by[0], by[0], change_set.pk
    )
    assert "comes of a change set submitted" in refused_by_the_database(insert, by[1], by[2], change_set.pk)
    assert "says of which change set it came" in refused_by_the_database(insert, by[0], by[2], change_set.pk)
    accept = (
        "INSERT INTO conditions_acceptedcase (changed_id, accepted_by_id, accepted_at)"
        " SELECT id, %s, now() FROM conditions_changedcase"
    )
    assert "A second person accepts the cases" in refused_by_the_database(accept, by[0])
    assert "A second person accepts the cases" in refused_by_the_database(accept, by[1])


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE conditions_changeset SET reason = 'Other.'", "What was submitted is never changed"),
        ("UPDATE conditions_changeset SET submitted_by_id = submitted_by_id + 1", "never changed"),
        ("DELETE FROM conditions_changeset", "A change set is never removed"),
        ("TRUNCATE conditions_changeset CASCADE", "never removed"),
        (
            "INSERT INTO conditions_editedpart (change_set_id, section, slug) VALUES (1, 'a', 'b')",
            "database alone",
        ),
        ("UPDATE conditions_editedpart SET person_id = NULL", "never changed or removed"),
        ("DELETE FROM conditions_editedpart", "never changed or removed"),
        ("TRUNCATE conditions_editedpart", "never changed or removed"),
        ("UPDATE conditions_changedcase SET says = '{}'", "never changed or removed"),
        ("DELETE FROM conditions_changedcase", "never changed or removed"),
        ("TRUNCATE conditions_changedcase CASCADE", "never changed or removed"),
        ("UPDATE conditions_acceptedcase SET accepted_at = now()", "never changed or removed"),
        ("DELETE FROM conditions_acceptedcase", "never changed or removed"),
        ("TRUNCATE conditions_acceptedcase", "never changed or removed"),
    ],
)
def test_what_was_submitted_and_accepted_never_changes(
    statement: str, said: str, people: SimpleNamespace, widen: Edits
) -> None:
    widen(by=people.curator)
    change_set = submit(by=people.curator, reason="Wider.")
    changed = ChangedCase.objects.create(change_set=change_set, slug="x", title="X", says=["X."])
    AcceptedCase.objects.create(changed=changed, accepted_by=people.approver)
    connection.check_constraints()
    assert said in refused_by_the_database(statement)


def test_a_change_set_is_decided_on_once(people: SimpleNamespace, widen: Edits) -> None:
    widen(by=people.curator)
    change_set = submit(by=people.curator, reason="Wider.")
    assert refusal(withdraw, change_set=change_set, by=people.approver) == (
        "Only the person who submitted a change set can withdraw it."
    )
    assert refusal(return_to_draft, change_set=change_set, by=people.approver, comment=" ") == (
        "Say what should be different."
    )
    return_to_draft(change_set=change_set, by=people.approver, comment="Which assay?")
    assert "was returned meanwhile" in refusal(approve, change_set=change_set, by=people.approver)
    assert "decided on once" in refused_by_the_database(
        "UPDATE conditions_changeset SET state = 'submitted', decided_by_id = NULL, decided_at = NULL"
    )
    assert len(draft_differences()) == 1


def test_what_is_edited_after_submission_is_not_published(people: SimpleNamespace, widen: Edits) -> None:
    widen(by=people.curator)
    change_set = submit(by=people.curator, reason="Wider.")
    widen("450", by=people.approver)
    assert "The draft has been edited since" in refusal(approve, change_set=change_set, by=people.approver)


def test_a_change_set_follows_the_release_it_was_made_against(people: SimpleNamespace, widen: Edits) -> None:
    widen(by=people.curator)
    change_set = submit(by=people.curator, reason="Wider.")
    newer = newer_shipped()
    assert current_release() == newer
    said = refusal(approve, change_set=change_set, by=people.approver)
    assert f"Release {newer.version} has been published since" in said


def newer_shipped() -> Release:
    """A newer release, which no person made."""
    return publish(
        document=dated_document(rules__grey_total__says="Newer."), origin="shipped", notes="Newer."
    )


def test_going_back_publishes_the_older_document_under_the_same_rule(
    people: SimpleNamespace, small_release: Release, reword: Edits, widen: Edits
) -> None:
    reword(by=people.curator)
    second = accepted_and_approved(submit(by=people.curator, reason="Clearer."), people.approver)
    widen(by=people.curator)
    back = roll_back_to(release=small_release, by=people.curator, reason="It was wrong.")
    third = accepted_and_approved(back, people.approver)
    assert third.digest == small_release.digest != second.digest
    assert current_release() == third
    assert Rule.objects.get(slug="grey_total").says != "Said better."
    assert [difference.title for difference in draft_differences()] == ["Total B12"]
    assert "already says what" in refusal(
        roll_back_to, release=small_release, by=people.curator, reason="Again."
    )


def test_a_return_with_another_document_is_refused(people: SimpleNamespace, widen: Edits) -> None:
    widen(by=people.curator)
    change_set = submit(by=people.curator, reason="Wider.")
    assert "publishes the older document as it was" in refused_by_the_database(
        "INSERT INTO conditions_changeset (reason, base_id, rolls_back_to_id, document, digest, state,"
        " submitted_by_id, submitted_at, comment) SELECT 'Back.', base_id, base_id, document, digest, 'submitted',"
        " submitted_by_id, now(), '' FROM conditions_changeset WHERE id = %s",
        change_set.pk,
    )


@pytest.mark.parametrize(
    ("does", "role", "said"),
    [
        ("submit", "approver", "Your account may not submit change sets."),
        ("approve", "curator", "Your account may not approve change sets."),
        ("return_to_draft", "curator", "Your account may not return change sets."),
        ("accept_case", "curator", "Your account may not accept the cases of change sets."),
    ],
)
def test_each_role_does_its_own_part(
    does: str, role: str, said: str, people: SimpleNamespace, widen: Edits
) -> None:
    widen(by=people.curator)
    by = getattr(people, role)
    if does == "submit":
        assert refusal(submit, by=by, reason="Wider.") == said
        return
    change_set = submit(by=people.both, reason="Wider.")
    functions = {"approve": approve, "return_to_draft": return_to_draft, "accept_case": accept_case}
    further = {"return_to_draft": {"comment": "No."}, "accept_case": {"case": "x"}}.get(does, {})
    assert refusal(functions[does], change_set=change_set, by=by, **further) == said


def test_nothing_is_submitted_without_a_difference_or_a_reason(people: SimpleNamespace, widen: Edits) -> None:
    version = current_release().version
    assert refusal(submit, by=people.curator, reason="Why not.") == f"Nothing differs from release {version}."
    widen(by=people.curator)
    assert refusal(submit, by=people.curator, reason=" ") == "Say why the knowledge should change."
    submit(by=people.curator, reason="Wider.")
    assert (
        refusal(submit, by=people.curator, reason="Again.") == "Another change set is waiting for a decision."
    )


def test_a_draft_whose_case_fails_cannot_be_submitted(
    people: SimpleNamespace, small_release: Release
) -> None:
    Case.objects.update(expects={"headline": "b12_indeterminate"})
    assert refusal(submit, by=people.curator, reason="Wider.") == (
        "cases plainly_deficient: the headline is b12_deficiency, not b12_indeterminate."
    )


def test_edits_without_a_name_are_shown_as_such(people: SimpleNamespace, small_release: Release) -> None:
    sql("UPDATE conditions_rule SET says = 'Past the application.' WHERE slug = 'grey_total'")
    assert [difference.editors for difference in draft_differences()] == [("nobody named",)]
    change_set = submit(by=people.curator, reason="Found.")
    assert change_set.edited_parts.get().person is None


def test_who_edited_a_part_before_it_was_published_may_approve_its_next_change(
    people: SimpleNamespace, reword: Edits
) -> None:
    reword(by=people.both)
    accepted_and_approved(submit(by=people.curator, reason="Clearer."), people.approver)
    reword("Clearer still.", by=people.curator)
    change_set = submit(by=people.curator, reason="Clearer still.")
    assert accepted_and_approved(change_set, people.both) == current_release()


def test_rows_and_release_say_the_same_after_publication(people: SimpleNamespace, widen: Edits) -> None:
    widen(by=people.curator)
    release = accepted_and_approved(submit(by=people.curator, reason="Wider."), people.approver)
    assert document_of_rows() == Release.objects.get(pk=release.pk).document
    assert Edit.objects.first().action == "publish"  # type: ignore[union-attr]
    with pytest.raises(PublicationRefused):
        publish_shipped()
