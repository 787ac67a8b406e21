"""Pages on which a case teaches: the list, the case with its reveal, and the presenter's way through it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from assessments.presenters.report import Report
from b12site.page_or_part import render_page_or_part
from conditions.reasoning.interpret import interpret
from conditions.releases import current_release, knowledge_of

from .forms import CommitForm
from .found import lesson_or_404
from .lessons import line_of, shelf_of
from .moves import moved_table, steps_of
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
    release, knowledge, case = lesson_or_404(slug)
    picture = picture_of(case, knowledge)
    form = CommitForm(request.POST if request.method == "POST" else None, knowledge=knowledge)
    context = {"case": line_of(case), "told": told_of(picture, knowledge), "form": form, "release": release}
    if form.is_valid():
        said = interpret(picture, knowledge)
        context |= {
            "reveal": reveal_of(case, form, said),
            "moved": moved_table(steps_of(picture, knowledge), said),
            "report": Report(said, release),
        }
    return render_page_or_part(request, "assessments/teaching/case.html", context, no_store=True)


@require_safe
def teaching_present(request: HttpRequest, slug: str) -> HttpResponse:
    """The same case finding by finding, with what Cobalt says of those shown so far."""
    release, knowledge, case = lesson_or_404(slug)
    shown = presented(picture_of(case, knowledge), knowledge, request.GET.get("shown", ""))
    report = Report(shown.said, release, full=False) if shown.said else None
    context = {"case": line_of(case), "shown": shown, "report": report, "release": release}
    return render_page_or_part(request, "assessments/teaching/present.html", context, part="presented")
