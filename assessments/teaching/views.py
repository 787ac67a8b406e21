"""Pages on which a case teaches: the list, the case with its reveal, and the presenter's way through it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from assessments.presenters.report import Report
from b12site.page_or_part import render_page_or_part
from conditions.models import Release
from conditions.reasoning.interpret import interpret
from conditions.reasoning.knowledge import Case, Knowledge
from conditions.releases import current_release, knowledge_of

from .forms import CommitForm
from .lessons import line_of, shelf_of
from .moves import steps_of
from .present import presented
from .reveal import reveal_of
from .told import picture_of, told_of


@require_safe
def teaching_list(request: HttpRequest) -> HttpResponse:
    """The cases that teach, by level and topic."""
    release = current_release()
    shelf = shelf_of(knowledge_of(release.digest), request.GET.getlist("level"), request.GET.getlist("topic"))
    context = {"shelf": shelf, "release": release}
    return render_page_or_part(request, "assessments/teaching/list.html", context, part="shelf")


@require_http_methods(["GET", "HEAD", "POST"])
def teaching_case(request: HttpRequest, slug: str) -> HttpResponse:
    """One case; the answer only to who has committed to one. Nothing of it is kept."""
    release, knowledge, case = _lesson(slug)
    picture = picture_of(case, knowledge)
    form = CommitForm(request.POST if request.method == "POST" else None, knowledge=knowledge)
    context = {"case": line_of(case), "told": told_of(picture, knowledge), "form": form, "release": release}
    if form.is_valid():
        said = interpret(picture, knowledge)
        context |= {
            "reveal": reveal_of(case, form, said),
            "steps": steps_of(picture, knowledge),
            "report": Report(said, release),
        }
    return render_page_or_part(request, "assessments/teaching/case.html", context, no_store=True)


@require_safe
def teaching_present(request: HttpRequest, slug: str) -> HttpResponse:
    """The same case finding by finding, with what Cobalt says of those shown so far."""
    release, knowledge, case = _lesson(slug)
    shown = presented(picture_of(case, knowledge), knowledge, request.GET.get("shown", ""))
    report = Report(shown.said, release, full=False) if shown.said else None
    context = {"case": line_of(case), "shown": shown, "report": report, "release": release}
    return render_page_or_part(request, "assessments/teaching/present.html", context, part="presented")


def _lesson(slug: str) -> tuple[Release, Knowledge, Case]:
    """The release in use, its knowledge and one of its cases that teach. Raises Http404."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    case = knowledge.cases.get(slug)
    if case is None or case.lesson is None:
        raise Http404(slug)
    return release, knowledge, case
