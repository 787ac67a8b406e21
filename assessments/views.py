"""The pages on which a clinician works."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from assessments.advice import not_available_in
from assessments.forms import PictureForm
from assessments.forms.earlier import is_pasted, with_earlier
from assessments.presenters.report import Report
from b12site.page_or_part import render_page_or_part
from conditions.reasoning.interpret import interpret
from conditions.releases import current_release, knowledge_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Cobalt is, for whom, and where to begin."""
    return render_page_or_part(request, "assessments/home.html", {"release": current_release()})


@require_http_methods(["GET", "HEAD", "POST"])
def new_assessment(request: HttpRequest) -> HttpResponse:
    """One form, step by step, and what it has told so far; nothing of it is kept."""
    return _asked_and_answered(request, "assessments/new.html", whole_at="check")


@require_http_methods(["GET", "HEAD", "POST"])
def quick_assessment(request: HttpRequest) -> HttpResponse:
    """The same form on one screen."""
    return _asked_and_answered(request, "assessments/quick.html")


def _asked_and_answered(request: HttpRequest, template: str, *, whole_at: str = "") -> HttpResponse:
    """The form as it was posted and the answer beside it: the whole of it at the step ``whole_at`` alone."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    if is_pasted(request.POST):
        form = with_earlier(request.POST, knowledge)
    else:
        form = PictureForm(request.POST if request.method == "POST" else None, knowledge=knowledge)
    report = None
    if form.part == "report" and form.is_valid() and not form.tells_nothing:
        said = interpret(form.picture(), knowledge)
        report = Report(said, release, form.step == whole_at, not_available_in(request.POST, knowledge))
    context = {"form": form, "report": report, "release": release}
    return render_page_or_part(request, template, context, part=form.part, no_store=True)
