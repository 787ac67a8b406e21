"""What is printed of the teaching cases: one case, and a pack of several as PDF or as images for slides."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from b12site import pdf
from b12site.page_or_part import render_page_or_part
from conditions.models import Release
from conditions.printing.output import PAPER, as_response, images_of
from conditions.printing.qr import QrCode, qr_code
from conditions.printing.sheets import Paper, Printout
from conditions.releases import current_release, knowledge_of

from .found import lesson_or_404
from .pack import MOST, NoPackError, cases_of_pack, pack_choice
from .sheets import Codes, printed_case, printed_pack
from .slides import DOTS_PER_INCH, zipped

KEY = "key"


@require_safe
def print_case(request: HttpRequest, slug: str) -> HttpResponse:
    """One case with room for a reading, and with its key where that is asked for."""
    release, knowledge, case = lesson_or_404(slug)
    made = printed_case(
        case,
        knowledge,
        release,
        _codes(request),
        key=KEY in request.GET,
        back=reverse("teaching_case", args=[slug]),
    )
    return as_response(request, made)


@require_safe
def teaching_pack(request: HttpRequest) -> HttpResponse:
    """The cases of some levels and topics, to make a pack of."""
    return _choice(request, current_release(), request.GET.getlist("case"))


@require_safe
def print_pack(request: HttpRequest) -> HttpResponse:
    """The pack, or the choice again with a sentence where there is none of that."""
    release = current_release()
    try:
        return as_response(request, _pack(request, release, Paper.of(request.GET.get(PAPER))))
    except NoPackError as error:
        return _choice(request, release, request.GET.getlist("case"), str(error))


@require_safe
def pack_slides(request: HttpRequest) -> HttpResponseBase:
    """The pack's pages as images for slides; where no PDF can be made, its page that prints."""
    release = current_release()
    try:
        pack = _pack(request, release, Paper.SLIDE)
    except NoPackError as error:
        return _choice(request, release, request.GET.getlist("case"), str(error))
    if not pdf.can_write():
        return redirect(f"{reverse('print_pack')}?{request.GET.urlencode()}&format=pdf")
    images = images_of(pack, Paper.SLIDE, DOTS_PER_INCH)
    response = StreamingHttpResponse(zipped(images, pack.file_name), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{pack.file_name}-slides.zip"'
    return response


def _pack(request: HttpRequest, release: Release, paper: Paper) -> Printout:
    knowledge = knowledge_of(release.digest)
    cases = cases_of_pack(knowledge, request.GET.getlist("case"))
    return printed_pack(
        cases,
        knowledge,
        release,
        _codes(request),
        key=KEY in request.GET,
        back=reverse("teaching_pack"),
        paper=paper,
    )


def _choice(request: HttpRequest, release: Release, cases: Iterable[str], problem: str = "") -> HttpResponse:
    asked = request.GET
    choice = pack_choice(knowledge_of(release.digest), asked.getlist("level"), asked.getlist("topic"), cases)
    context = {
        "choice": choice,
        "problem": problem,
        "most": MOST,
        "release": release,
        "can_write_pdf": pdf.can_write(),
    }
    return render_page_or_part(request, "assessments/teaching/pack.html", context)


def _codes(request: HttpRequest) -> Codes:
    def code(name: str, *args: Any) -> QrCode:
        return qr_code(request.build_absolute_uri(reverse(name, args=args)))

    return code
