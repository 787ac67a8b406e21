"""Sheets of what is known: public, the same for everybody, with a code that leads back to their page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from b12site import pdf
from b12site.page_or_part import render_page_or_part
from conditions.presenters.release import review_of
from conditions.releases import current_release, knowledge_of

from .condition import condition_sheets
from .investigation import investigation_sheets
from .output import as_response
from .poster import threshold_posters
from .qr import QrCode, qr_code
from .sheets import Printout, printout
from .worksheet import worksheet

PRINT_SET = "To the print set"


@require_safe
def print_condition(request: HttpRequest, slug: str) -> HttpResponse:
    """One condition on one page."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    if slug not in knowledge.conditions:
        raise Http404(slug)
    name = knowledge.conditions[slug].name
    page = reverse("condition_detail", args=[slug])
    review = review_of(knowledge, timezone.localdate())
    versions = condition_sheets(slug, knowledge, release, review, _code(request, page))
    return as_response(
        request,
        Printout(
            name, f"cobalt-{slug}", versions, most_pages=1, back=page, back_words=f"To the page on {name}"
        ),
    )


@require_safe
def print_investigation(request: HttpRequest, slug: str) -> HttpResponse:
    """One investigation on one page."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    if slug not in knowledge.investigations:
        raise Http404(slug)
    name = knowledge.investigations[slug].name
    page = reverse("investigation_detail", args=[slug])
    versions = investigation_sheets(slug, knowledge, release, _code(request, page))
    return as_response(
        request,
        Printout(
            name, f"cobalt-{slug}", versions, most_pages=1, back=page, back_words=f"To the page on {name}"
        ),
    )


@require_safe
def print_thresholds(request: HttpRequest) -> HttpResponse:
    """The poster of limits."""
    release = current_release()
    versions = threshold_posters(knowledge_of(release.digest), release, _code(request, request.path))
    poster = Printout("Limits for vitamin B12", "cobalt-limits", versions, most_pages=1, **_to_the_set())
    return as_response(request, poster)


@require_safe
def print_worksheet(request: HttpRequest) -> HttpResponse:
    """The blank worksheet."""
    release = current_release()
    sheet = worksheet(knowledge_of(release.digest), release, _code(request, request.path))
    return as_response(
        request, printout(sheet, title="Worksheet", file_name="cobalt-worksheet", **_to_the_set())
    )


@require_safe
def print_set(request: HttpRequest) -> HttpResponse:
    """Everything that can be printed, and from where."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    context = {
        "release": release,
        "conditions": sorted(knowledge.conditions.values(), key=lambda one: one.name.casefold()),
        "investigations": sorted(knowledge.investigations.values(), key=lambda one: one.name.casefold()),
        "can_write_pdf": pdf.can_write(),
    }
    return render_page_or_part(request, "printing/set.html", context)


def _to_the_set() -> dict[str, Any]:
    return {"back": reverse("print_set"), "back_words": PRINT_SET}


def _code(request: HttpRequest, page: str) -> QrCode:
    return qr_code(request.build_absolute_uri(page))
