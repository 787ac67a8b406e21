"""From the rows that curators edit to a release that two people answer for: draft, submit, accept, approve.

Everything here raises ``PublicationRefused`` with the sentences that say why not. What must always hold (two people,
accepted cases, frozen change sets) the database holds as well.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from conditions.curation.case_changes import CaseChange, changed_cases
from conditions.curation.differences import Difference, differences_of
from conditions.curation.editors import edited_in, edited_since_in_step
from conditions.curation.history import by_nobody
from conditions.curation.publishable import unready
from conditions.models import AcceptedCase, ChangedCase, ChangeSet, Release
from conditions.reasoning.cases import failures
from conditions.reasoning.document import digest_of, read_document
from conditions.reasoning.knowledge import Knowledge
from conditions.releases import (
    PublicationRefused,
    knowledge_of,
    last_release,
    one_at_a_time,
    publish,
    refusing,
)
from conditions.workspace import document_of_rows, merged, replace_rows

__all__ = [
    "accept_case",
    "approve",
    "change_set_differences",
    "draft_differences",
    "draft_knowledge",
    "may_decide",
    "return_to_draft",
    "roll_back_to",
    "submit",
    "waiting_cases",
    "withdraw",
]


def draft_differences() -> tuple[Difference, ...]:
    """Where the rows differ from the current release, in words, with who edited each part since."""
    return differences_of(last_release().document, document_of_rows(), edited_since_in_step())


def draft_knowledge() -> Knowledge:
    """The knowledge that the rows make now. Raises PublicationRefused with all that is wrong in it."""
    with refusing():
        return read_document(document_of_rows())


def change_set_differences(change_set: ChangeSet) -> tuple[Difference, ...]:
    """Where what was submitted differs from the release it was to follow, with who edited each part."""
    return differences_of(change_set.base.document, change_set.document, edited_in(change_set))


def submit(*, by: User, reason: str) -> ChangeSet:
    """The change set of all that differs now, frozen, with the cases whose interpretation it changes."""
    _needs(by, "submit_changeset", "submit change sets")
    document, current = document_of_rows(), last_release()
    if digest_of(document) == current.digest:
        raise PublicationRefused([f"Nothing differs from release {current.version}."])
    return _submitted(by=by, reason=reason, document=document, current=current)


def roll_back_to(*, release: Release, by: User, reason: str) -> ChangeSet:
    """A change set whose document is that of an older release; a second person approves it as any other."""
    _needs(by, "submit_changeset", "submit change sets")
    current = last_release()
    if release.digest == current.digest:
        raise PublicationRefused([f"Release {current.version} already says what {release.version} said."])
    return _submitted(by=by, reason=reason, document=release.document, current=current, rolls_back_to=release)


def _submitted(
    *,
    by: User,
    reason: str,
    document: Mapping[str, Any],
    current: Release,
    rolls_back_to: Release | None = None,
) -> ChangeSet:
    if not reason.strip():
        raise PublicationRefused(["Say why the knowledge should change."])
    changed = _checked(document, current, rolls_back_to)
    change_set = ChangeSet(
        reason=reason.strip(),
        base=current,
        rolls_back_to=rolls_back_to,
        document=document,
        digest=digest_of(document),
        submitted_by=by,
    )
    with one_at_a_time(), refusing():
        _unmoved(current)
        if not rolls_back_to:
            _unedited(change_set)
        change_set.full_clean(exclude=["document"])
        change_set.save(force_insert=True)
        ChangedCase.objects.bulk_create(
            ChangedCase(change_set=change_set, slug=case.slug, title=case.title, says=list(case.says))
            for case in changed
        )
    return change_set


def _checked(
    document: Mapping[str, Any], current: Release, rolls_back_to: Release | None
) -> tuple[CaseChange, ...]:
    """The cases that change, after all that can refuse the document has been asked."""
    with refusing():
        knowledge = read_document(document)
    problems = failures(knowledge)
    if not rolls_back_to:
        problems += unready(current.document, document, timezone.localdate())
    if problems:
        raise PublicationRefused(problems)
    return changed_cases(knowledge_of(current.digest), knowledge)


def withdraw(*, change_set: ChangeSet, by: User, comment: str = "") -> None:
    """Take a change set back. Only the person who submitted it can."""
    if by != change_set.submitted_by:
        raise PublicationRefused(["Only the person who submitted a change set can withdraw it."])
    _decide(change_set, "withdrawn", by, comment)


def return_to_draft(*, change_set: ChangeSet, by: User, comment: str) -> None:
    """Give a change set back to its curators with what should be different; the rows stay as they are."""
    _needs(by, "approve_changeset", "return change sets")
    if not comment.strip():
        raise PublicationRefused(["Say what should be different."])
    _decide(change_set, "returned", by, comment)


def waiting_cases(change_set: ChangeSet) -> list[ChangedCase]:
    """The changed cases that nobody has accepted yet."""
    return list(change_set.changed_cases.filter(acceptance=None))


def may_decide(change_set: ChangeSet, person: User) -> str:
    """Why this person cannot accept its cases or approve it, in a sentence; nothing if they can."""
    if person == change_set.submitted_by:
        return "You submitted this change set; a second person decides."
    if change_set.edited_parts.filter(person=person).exists():
        return "You edited a part of this change set; a second person decides."
    return ""


def accept_case(*, change_set: ChangeSet, case: str, by: User) -> AcceptedCase:
    """Record that ``by`` means what changes in the case. Accepting it again changes nothing."""
    _needs(by, "accept_changeset", "accept the cases of change sets")
    with _fresh(change_set):
        changed = ChangedCase.objects.filter(change_set=change_set, slug=case).first()
        if changed is None:
            raise PublicationRefused([f"This change set does not change the case {case}."])
        _second_person(change_set, by)
        accepted, _ = AcceptedCase.objects.get_or_create(changed=changed, defaults={"accepted_by": by})
        return accepted


def approve(*, change_set: ChangeSet, by: User, comment: str = "") -> Release:
    """Publish a change set as the next release; the next request of every worker reads it."""
    _needs(by, "approve_changeset", "approve change sets")
    current = last_release()
    changed = _checked(change_set.document, current, change_set.rolls_back_to)
    with _fresh(change_set):
        _unmoved(change_set.base)
        _second_person(change_set, by)
        if not change_set.rolls_back_to:
            _unedited(change_set)
        _accepted(change_set, changed)
        release = publish(
            document=change_set.document,
            origin="installation",
            notes=change_set.reason,
            submitted_by=change_set.submitted_by,
            approved_by=by,
        )
        _save_decision(change_set, "published", by, comment, release)
        if change_set.rolls_back_to:
            _go_back(change_set)
        return release


def _go_back(change_set: ChangeSet) -> None:
    """Make the rows say the older document, but for what has been edited since the current release."""
    rows, _ = merged(given=change_set.document, base=change_set.base.document, rows=document_of_rows())
    with by_nobody(f"Back to release {change_set.rolls_back_to}: {change_set.reason}"):
        replace_rows(rows)


def _accepted(change_set: ChangeSet, changed: tuple[CaseChange, ...]) -> None:
    listed = {case.slug: tuple(case.says) for case in change_set.changed_cases.all()}
    if listed != {case.slug: case.says for case in changed}:
        raise PublicationRefused(
            ["Other cases change than when this was submitted; return it and submit it again."]
        )
    if waiting := [case.title for case in waiting_cases(change_set)]:
        raise PublicationRefused(
            [f"Nobody has accepted what changes in the case “{title}”." for title in waiting]
        )


def _needs(person: User, permission: str, what: str) -> None:
    if not person.is_active or not person.has_perm(f"conditions.{permission}"):
        raise PublicationRefused([f"Your account may not {what}."])


def _second_person(change_set: ChangeSet, by: User) -> None:
    if sentence := may_decide(change_set, by):
        raise PublicationRefused([sentence])


def _unmoved(base: Release) -> None:
    current = last_release()
    if current != base:
        since = f"Release {current.version} has been published since; this was made against {base.version}."
        raise PublicationRefused([f"{since} Look at the differences again and submit them anew."])


def _unedited(change_set: ChangeSet) -> None:
    if digest_of(document_of_rows()) != change_set.digest:
        raise PublicationRefused(
            [
                "The draft has been edited since this was submitted. Return it and submit what the draft says now."
            ]
        )


@contextmanager
def _fresh(change_set: ChangeSet) -> Iterator[None]:
    """A transaction of its own turn, in which the change set still waits for a decision."""
    with one_at_a_time(), refusing():
        state = ChangeSet.objects.select_for_update().values_list("state", flat=True).get(pk=change_set.pk)
        if state != "submitted":
            raise PublicationRefused([f"This change set was {state} meanwhile."])
        yield


def _decide(change_set: ChangeSet, state: str, by: User, comment: str) -> None:
    with _fresh(change_set):
        _save_decision(change_set, state, by, comment)


def _save_decision(
    change_set: ChangeSet, state: str, by: User, comment: str, release: Release | None = None
) -> None:
    change_set.state, change_set.decided_by, change_set.decided_at = state, by, timezone.now()
    change_set.comment, change_set.release = comment.strip(), release
    change_set.save(update_fields=["state", "decided_by", "decided_at", "comment", "release"])
