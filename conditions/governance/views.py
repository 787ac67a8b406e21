"""What the public may check: releases, what is not verified, and the hazard log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from b12site.page_or_part import render_page_or_part
from conditions.models import Release
from conditions.presenters.release import reviewers_words
from conditions.releases import current_release, knowledge_of

from .hazards import read_hazards
from .history import changes_of
from .unverified import verified_of


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Cobalt is, who answers for what it says, and where all of it can be checked."""
    release = current_release()
    context = {
        "release": release,
        "answers": reviewers_words(release),
        "verified": verified_of(knowledge_of(release.digest)),
        "hazards": read_hazards(),
    }
    return render_page_or_part(request, "conditions/governance/about.html", context)


@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    """Every release, the latest first: when, by whom, and why."""
    releases = Release.objects.without_document().select_related("submitted_by", "approved_by")
    listed = [(one, reviewers_words(one)) for one in releases]
    return render_page_or_part(
        request, "conditions/governance/releases.html", {"releases": listed, "release": current_release()}
    )


@require_safe
def release_detail(request: HttpRequest, version: str) -> HttpResponse:
    """One release, and what it changed."""
    release = get_object_or_404(
        Release.objects.select_related("submitted_by", "approved_by"), version=version
    )
    context = {"release": release, "answers": reviewers_words(release), "changes": changes_of(release)}
    return render_page_or_part(request, "conditions/governance/release.html", context)


@require_safe
def unverified(request: HttpRequest) -> HttpResponse:
    """How far the statements of the current release were checked, and which of them were not."""
    release = current_release()
    context = {"verified": verified_of(knowledge_of(release.digest)), "release": release}
    return render_page_or_part(request, "conditions/governance/unverified.html", context)


@require_safe
def hazard_log(request: HttpRequest) -> HttpResponse:
    """What could harm a patient, what controls it, and which tests hold each control."""
    context = {"hazards": read_hazards(), "release": current_release()}
    return render_page_or_part(request, "conditions/governance/hazards.html", context)
