"""Pages beside the admin's own: the draft, its impact, change sets and their decisions, and the history."""

from functools import lru_cache
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from b12site.page_or_part import render_page_or_part
from conditions.curation import change_sets as actions
from conditions.curation.access import curating
from conditions.curation.impact import Impact, impact
from conditions.curation.rows_history import history_of
from conditions.curation.typed import checked
from conditions.curation.work import problems_of_draft
from conditions.models import ChangeSet, Release
from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import Knowledge
from conditions.releases import PublicationRefused, knowledge_of, last_release
from conditions.schema import SECTIONS

REFUSED = 409


def _person(request: HttpRequest) -> User:
    return cast(User, request.user)


def _page(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200, **how: Any
) -> HttpResponse:
    whole = {**admin.site.each_context(request), **context}
    return render_page_or_part(request, f"curation/{name}.html", whole, status=status, no_store=True, **how)


@curating
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """What the rows say otherwise than the current release, and the way to submit it."""
    refused: list[str] = []
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            change_set = actions.submit(by=_person(request), reason=reason)
        except PublicationRefused as error:
            refused = error.problems
        else:
            messages.success(request, "Submitted. A second person now accepts its cases and approves it.")
            return redirect("change_set", pk=change_set.pk)
    context = {
        "title": "The draft",
        "differences": actions.draft_differences(),
        "release": last_release(),
        "open": ChangeSet.objects.without_document().open(),
        "refused": refused,
        "reason": reason,
    }
    return _page(request, "draft", context, REFUSED if refused else 200)


@curating
@require_safe
def draft_impact(request: HttpRequest) -> HttpResponse:
    """What the draft would change in what is said of patients."""
    context: dict[str, Any] = {"title": "Impact of the draft"}
    try:
        context["impact"] = impact(knowledge_of(last_release().digest), actions.draft_knowledge())
    except PublicationRefused as error:
        context["refused"] = error.problems
    return _page(request, "impact", context, part="impact")


@curating
@require_safe
def draft_problems(request: HttpRequest) -> HttpResponse:
    """What is wrong with the draft: what cannot be read, and cases that fail."""
    return _page(
        request, "problems", {"title": "Failing cases", "problems": problems_of_draft()}, part="problems"
    )


@curating
@require_safe
def change_set_list(request: HttpRequest) -> HttpResponse:
    """Every change set, the last first."""
    listed = ChangeSet.objects.without_document().select_related("base", "release", "rolls_back_to")
    return _page(request, "change_sets", {"title": "Change sets", "change_sets": listed})


@curating
@require_safe
def change_set(request: HttpRequest, pk: int) -> HttpResponse:
    """One change set: what differs, which cases change, and what this person may decide."""
    return _change_set(request, get_object_or_404(ChangeSet, pk=pk))


def _change_set(request: HttpRequest, shown: ChangeSet, refused: list[str] | None = None) -> HttpResponse:
    person = _person(request)
    context = {
        "title": f"Change set {shown.pk}",
        "change_set": shown,
        "differences": actions.change_set_differences(shown),
        "cases": shown.changed_cases.select_related("acceptance__accepted_by"),
        "waiting": len(actions.waiting_cases(shown)),
        "may_not": actions.may_decide(shown, person),
        "may_approve": person.has_perm("conditions.approve_changeset"),
        "is_own": person == shown.submitted_by,
        "refused": refused,
        "comment": request.POST.get("comment", ""),
    }
    return _page(request, "change_set", context, REFUSED if refused else 200)


@curating
@require_safe
def change_set_impact(request: HttpRequest, pk: int) -> HttpResponse:
    """What a change set changes in what is said of patients."""
    shown = get_object_or_404(ChangeSet.objects.select_related("base"), pk=pk)
    found = _impact(shown.base.digest, shown.digest, pk)
    return _page(request, "impact", {"title": f"Impact of change set {pk}", "impact": found}, part="impact")


@lru_cache(maxsize=4)
def _impact(base: str, digest: str, pk: int) -> Impact:
    return impact(knowledge_of(base), _knowledge(pk))


def _knowledge(pk: int) -> Knowledge:
    return read_document(ChangeSet.objects.get(pk=pk).document)


DECISIONS: dict[str, str] = {
    "approve": "Published. It is in use from the next request on.",
    "return": "Returned to its curators.",
    "withdraw": "Withdrawn. The draft stays as it is.",
    "accept": "Accepted.",
    "accept_all": "Accepted, each by name.",
}


@curating
@require_POST
def decide(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Accept a changed case, approve, return or withdraw a change set."""
    if what not in DECISIONS:
        raise Http404(what)
    shown = get_object_or_404(ChangeSet, pk=pk)
    try:
        _decide(request, shown, what)
    except PublicationRefused as error:
        return _change_set(request, shown, error.problems)
    messages.success(request, DECISIONS[what])
    return redirect("change_set", pk=pk)


def _decide(request: HttpRequest, shown: ChangeSet, what: str) -> None:
    person = _person(request)
    comment = request.POST.get("comment", "")
    if what == "approve":
        actions.approve(change_set=shown, by=person, comment=comment)
    elif what == "return":
        actions.return_to_draft(change_set=shown, by=person, comment=comment)
    elif what == "withdraw":
        actions.withdraw(change_set=shown, by=person, comment=comment)
    else:
        for case in request.POST.getlist("case"):
            actions.accept_case(change_set=shown, case=case, by=person)


@curating
@require_http_methods(["GET", "HEAD", "POST"])
def roll_back(request: HttpRequest, version: str) -> HttpResponse:
    """Propose that an older release is published again."""
    release = get_object_or_404(Release, version=version)
    refused: list[str] = []
    if request.method == "POST":
        try:
            made = actions.roll_back_to(
                release=release, by=_person(request), reason=request.POST.get("reason", "")
            )
        except PublicationRefused as error:
            refused = error.problems
        else:
            messages.success(request, "Submitted. A second person approves it as any other change.")
            return redirect("change_set", pk=made.pk)
    context = {
        "title": f"Back to {version}",
        "release": release,
        "current": last_release(),
        "refused": refused,
    }
    return _page(request, "roll_back", context, REFUSED if refused else 200)


@curating
@require_safe
def row_history(request: HttpRequest, section: str, slug: str) -> HttpResponse:
    """Who changed one part of the knowledge, when, what and why."""
    if section not in SECTIONS and section != "unit_aliases":
        raise Http404(section)
    context = {
        "title": f"History of {slug}",
        "edits": history_of(section, slug),
        "slug": slug,
        "section": section,
    }
    return _page(request, "history", context)


@curating
@require_POST
def check_criterion(request: HttpRequest) -> HttpResponse:
    """What is wrong with a criterion at which character, or what it says; and the words there are."""
    text = request.POST.get(request.headers.get("HX-Trigger-Name", "text"), "")
    return _page(
        request,
        "criterion",
        {"checked": checked(text[:5000], knowledge_of(last_release().digest))},
        part="criterion",
    )
