"""The sheets about one patient: made of the form that is posted, and forgotten."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from assessments.forms import PictureForm
from assessments.presenters.report import Report
from b12site.page_or_part import render_page_or_part
from conditions.printing.output import as_response
from conditions.printing.sheets import Printout, Version
from conditions.reasoning.interpret import interpret
from conditions.releases import current_release, knowledge_of

from .handout import handout_sheets
from .summary import summary_sheets


@require_http_methods(["GET", "HEAD", "POST"])
def print_summary(request: HttpRequest) -> HttpResponse:
    """The summary for the clinician."""
    return _printed(request, summary_sheets, 2, "Vitamin B12: summary for the clinician", "cobalt-summary")


@require_http_methods(["GET", "HEAD", "POST"])
def print_handout(request: HttpRequest) -> HttpResponse:
    """The page for the patient."""
    return _printed(request, handout_sheets, 1, "Vitamin B12: page for the patient", "cobalt-for-the-patient")


def _printed(
    request: HttpRequest,
    sheets: Callable[[Report], Iterable[Version]],
    most_pages: int,
    title: str,
    file_name: str,
) -> HttpResponse:
    """The sheets of the picture that was posted. Without one there is nothing to print, and the form is led to."""
    if request.method != "POST":
        return redirect("new_assessment")
    release = current_release()
    form = PictureForm(request.POST, knowledge=knowledge_of(release.digest))
    if not form.is_valid() or form.tells_nothing:
        context = {"form": form, "release": release}
        return render_page_or_part(request, "printing/nothing.html", context, status=422, no_store=True)
    report = Report(interpret(form.picture(), form.knowledge), release)
    return as_response(
        request, Printout(title, file_name, sheets(report), most_pages=most_pages, of_a_patient=True)
    )
