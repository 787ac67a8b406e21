"""Sheets of what is known: public, the same for everybody, with a code that leads back to their page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from conditions.presenters.release import review_of
from conditions.releases import current_release, knowledge_of

from .condition import condition_sheets
from .output import as_response
from .qr import QrCode, qr_code
from .sheets import Printout


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


def _code(request: HttpRequest, page: str) -> QrCode:
    return qr_code(request.build_absolute_uri(page))
