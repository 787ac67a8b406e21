"""Knowledge that may be published, and a release that two people of an installation made."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import User

from conditions.curation.change_sets import accept_case, approve, submit, waiting_cases
from conditions.curation.publishable import statements
from conditions.models import Developer, Release, Rule
from conditions.models.cited import Cited
from tests.make.knowledge import document

REVIEW_BY = "2027-11-21"


def dated_document(**changes: Any) -> dict[str, Any]:
    """The small document in which every statement says by when it is read again."""
    made = document(**changes)
    made["developers"] = {"us": {"name": "Ourselves", "funding": "none stated", "usual": True}}
    for *_, statement in statements(made):
        statement["review_by"] = REVIEW_BY  # type: ignore[index]
    return made


def published_here(curator: User, approver: User, says: str = "Said better.") -> Release:
    """The release of a rule in other words, submitted by one person and approved by another."""
    Developer.objects.get_or_create(slug="us", name="Ourselves", funding="none stated", usual=True)
    for model in apps.get_app_config("conditions").get_models():
        if issubclass(model, Cited):
            model._default_manager.update(review_by=REVIEW_BY)
    Rule.objects.filter(slug="grey_total").update(says=says)
    change_set = submit(by=curator, reason="Ours.")
    for case in waiting_cases(change_set):
        accept_case(change_set=change_set, case=case.slug, by=approver)
    return approve(change_set=change_set, by=approver)
