"""The pages of saved assessments: each is its owner's, and to everybody else it is not there."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from assessments.models import Assessment, Version
from assessments.presenters.report import Report
from b12site.given_back import posted_fields
from b12site.page_or_part import render_page_or_part
from conditions.reasoning.interpret import interpret
from conditions.reasoning.picture import read_picture
from conditions.releases import current_release, knowledge_of

from .draft import Draft
from .keeping import delete_assessment
from .pictures import form_of
from .presenters import Opened, Row
from .replay import UNDER, replay_of

A_PAGE = 50
View = Callable[..., HttpResponse]


def may(action: str) -> Callable[[View], View]:
    """Lets in who is signed in and may do it; others are led to sign in, or told that they may not."""
    allowed = permission_required(f"assessments.{action}_assessment", raise_exception=True)
    return lambda view: login_required(allowed(view))


@require_http_methods(["GET", "HEAD", "POST"])
def save_assessment(request: HttpRequest) -> HttpResponse:
    """Asks for a reference, then keeps what was posted. Who may not gets all of it back, with the way to go on."""
    if request.method != "POST":
        return redirect("saved_list")
    if not request.user.has_perm("assessments.add_assessment"):
        return _not_yet(request)
    release = current_release()
    draft = Draft(request.POST, _person(request), release, knowledge_of(release.digest))
    if draft.is_ready and (saved := draft.save()):
        return redirect("saved_assessment", saved.pk)
    as_it_was = draft.look()
    context = {"draft": draft, "release": release}
    return _page(request, "save", context, status=200 if as_it_was else 409)


def _not_yet(request: HttpRequest) -> HttpResponse:
    after = urlencode({"next": reverse("signed_in_to_save")})
    context = {"fields": posted_fields(request), "sign_in": f"{resolve_url(settings.LOGIN_URL)}?{after}"}
    return _page(request, "not_yet", context, status=403)


@login_required
@require_safe
def signed_in_to_save(request: HttpRequest) -> HttpResponse:
    """Leads back to the tab in which the assessment waits."""
    return _page(request, "signed_in", {})


@may("view")
@require_safe
def saved_list(request: HttpRequest) -> HttpResponse:
    """The assessments of whoever asks, those last added to first."""
    own = (
        Version.objects.newest()
        .filter(assessment__owner=_person(request))
        .select_related("assessment")
        .with_release()
    )
    page = Paginator(own.order_by("-saved_at"), A_PAGE).get_page(request.GET.get("page"))
    rows = [Row(version.assessment, version) for version in page]
    context = {
        "rows": rows,
        "page": page,
        "release": current_release(),
        "keep_days": settings.COBALT_KEEP_DAYS,
    }
    return _page(request, "list", context | {"deleted": "deleted" in request.GET})


@may("view")
@require_safe
def saved_assessment(request: HttpRequest, pk: UUID, number: int | None = None) -> HttpResponse:
    """One version as it was said, by default the newest."""
    assessment, version = _own(request, pk, number)
    before = assessment.versions.filter(number=version.number - 1).first()
    context = {"opened": Opened(assessment, version, before), "versions": assessment.versions.in_short()}
    return _page(request, "detail", context | {"release": current_release()})


@may("view")
@require_safe
def replay_assessment(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """What is said of a version under the release of then or of now, and what differs."""
    assessment, version = _own(request, pk, number)
    under = request.GET.get("under", "")
    replay = replay_of(version, under if under in UNDER else UNDER[0])
    return _page(
        request, "replay", {"assessment": assessment, "version": version, "replay": replay, "under": under}
    )


@may("change")
@require_safe
def add_to_assessment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form with everything filled in as it was told last, to be saved as the next version."""
    assessment, version = _own(request, pk)
    release = current_release()
    knowledge = knowledge_of(release.digest)
    carried = {"saved": str(pk), "saved_version": str(version.number), "reference": assessment.reference}
    picture = read_picture(version.told, knowledge_of(version.digest))
    form = form_of(picture, version.release.version, knowledge, carried)
    report = Report(interpret(form.picture(), knowledge), release, full=False) if form.is_valid() else None
    context = {"form": form, "report": report, "release": release, "address": reverse("new_assessment")}
    return render_page_or_part(request, "assessments/new.html", context, no_store=True)


@may("delete")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_saved_assessment(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Asks once, and then every version is gone."""
    assessment, _ = _own(request, pk)
    if request.method == "POST":
        delete_assessment(assessment=assessment)
        return redirect(f"{reverse('saved_list')}?deleted")
    return _page(request, "delete", {"assessment": assessment})


def _person(request: HttpRequest) -> User:
    assert request.user.is_authenticated  # noqa: S101 - a permission was asked for before
    return request.user


def _own(request: HttpRequest, pk: UUID, number: int | None = None) -> tuple[Assessment, Version]:
    """Raises Http404 for what is not there, and for what is somebody else's."""
    assessment = get_object_or_404(Assessment.objects.owned_by(request.user), pk=pk)
    wanted = assessment.version if number is None else number
    return assessment, get_object_or_404(assessment.versions.with_release(), number=wanted)


def _page(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return render_page_or_part(
        request, f"assessments/saved/{name}.html", context, status=status, no_store=True
    )
