"""A release that two people of an installation made."""

from django.contrib.auth.models import User

from conditions.curation.change_sets import accept_case, approve, submit, waiting_cases
from conditions.models import Release, Rule


def published_here(curator: User, approver: User, says: str = "Said better.") -> Release:
    """The release of a rule in other words, submitted by one person and approved by another."""
    Rule.objects.filter(slug="grey_total").update(says=says)
    change_set = submit(by=curator, reason="Ours.")
    for case in waiting_cases(change_set):
        accept_case(change_set=change_set, case=case.slug, by=approver)
    return approve(change_set=change_set, by=approver)
