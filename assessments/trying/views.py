"""The page on which a curator tries the draft on any case or typed patient."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from assessments.forms import PictureForm
from assessments.saved.pictures import form_of
from b12site.page_or_part import render_page_or_part
from conditions.curation.access import curating
from conditions.curation.change_sets import draft_knowledge
from conditions.reasoning.cases import interpret_case
from conditions.reasoning.knowledge import Knowledge
from conditions.releases import PublicationRefused, current_release, knowledge_of

from .compared import compared

TEMPLATE = "assessments/trying/try.html"


@curating
@require_http_methods(["GET", "HEAD", "POST"])
def try_draft(request: HttpRequest) -> HttpResponse:
    """What the draft says of a patient beside what the current release says; nothing of it is kept."""
    release = current_release()
    try:
        draft = draft_knowledge()
    except PublicationRefused as refused:
        return render_page_or_part(
            request, "assessments/trying/unreadable.html", {"refused": refused.problems}, status=409
        )
    form = _form(request, draft)
    context: dict[str, Any] = {"form": form, "release": release, "cases": draft.cases.values()}
    if form.part == "report" and form.is_valid() and not form.tells_nothing:
        context["compared"] = compared(form.picture(), draft, knowledge_of(release.digest))
    return render_page_or_part(request, TEMPLATE, context, part=form.part, no_store=True)


def _form(request: HttpRequest, draft: Knowledge) -> PictureForm:
    """The form as posted, or filled with the case that the address names."""
    if request.method == "POST":
        return PictureForm(request.POST, knowledge=draft)
    slug = request.GET.get("case")
    if not slug:
        return PictureForm(None, knowledge=draft)
    if slug not in draft.cases:
        raise Http404(slug)
    picture = interpret_case(draft.cases[slug], draft).picture
    return form_of(picture, current_release().version, draft, {})
