"""The library: one search over all that is known, and a page for each part of it."""

from collections.abc import Callable, Container
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from b12site.page_or_part import render_page_or_part
from conditions.presenters.autoimmune_map import map_of
from conditions.presenters.findings import finding_page, findings_index
from conditions.presenters.guidelines import UNITS, disagreement_of
from conditions.presenters.investigations import investigation_page, investigations_index
from conditions.presenters.map_drawing import pictures_of
from conditions.presenters.medicines import medicine_page, medicines_index, medicines_of
from conditions.presenters.notices import notices_on
from conditions.presenters.sources import cited_sources, source_page
from conditions.reasoning.knowledge import Knowledge
from conditions.releases import current_release, knowledge_of

from .contents import contents_of
from .search import LONGEST, grouped, search
from .unknown import not_held


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The search, what it found, and the parts of the library. What is sought is no patient's value."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    typed = request.GET.get("q", "").strip()[:LONGEST]
    context = {
        "typed": typed,
        "found": grouped(search(typed, knowledge), 40 if request.GET.get("all") else 8),
        "contents": contents_of(knowledge),
        "release": release,
    }
    return render_page_or_part(request, "conditions/library/index.html", context, part="found")


@require_safe
def autoimmune_map(request: HttpRequest) -> HttpResponse:
    """Autoimmune disease and B12 in both directions: two drawings, and tables that say the same."""
    release = current_release()
    knowledge = knowledge_of(release.digest)
    context = {"map": map_of(knowledge), "pictures": pictures_of(knowledge), "release": release}
    return render_page_or_part(request, "conditions/library/map.html", context)


@require_safe
def guideline_table(request: HttpRequest) -> HttpResponse:
    """Where guidelines put their edges, and what each says of the same amounts."""
    release = current_release()
    unit, at = request.GET.get("unit", UNITS[0]), request.GET.get("at", "")
    problem = ""
    try:
        table = disagreement_of(knowledge_of(release.digest), unit, at)
    except ValueError:
        problem = "The address asks for an amount or a unit that this table does not have."
        table = disagreement_of(knowledge_of(release.digest), unit if unit in UNITS else UNITS[0])
    context = {"table": table, "at": at, "problem": problem, "release": release}
    return render_page_or_part(request, "conditions/library/guidelines.html", context)


@require_safe
def investigation_list(request: HttpRequest) -> HttpResponse:
    """Every investigation of the current release, by kind."""
    return _list(request, "investigations", investigations_index)


@require_safe
def medicine_list(request: HttpRequest) -> HttpResponse:
    """Every medicine and supplement, by what it does to B12."""
    return _list(request, "medicines", medicines_index)


@require_safe
def finding_list(request: HttpRequest) -> HttpResponse:
    """Every finding that may be known of a patient, by its part of the form."""
    return _list(request, "findings", findings_index)


@require_safe
def investigation_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All that the current release says of one investigation."""
    return _page(request, slug, "investigation", investigation_page, lambda k: k.investigations)


@require_safe
def medicine_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All that the current release says of one medicine or supplement."""
    return _page(request, slug, "medicine", medicine_page, medicines_of)


@require_safe
def finding_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """All that the current release says of one finding."""
    return _page(request, slug, "finding", finding_page, lambda k: k.findings)


@require_safe
def source_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One source, and every statement that leans on it."""
    return _page(request, slug, "source", source_page, cited_sources, notices=notices_on(slug))


def _list(request: HttpRequest, kind: str, index: Callable[[Knowledge], Any]) -> HttpResponse:
    release = current_release()
    context = {"groups": index(knowledge_of(release.digest)), "release": release}
    return render_page_or_part(request, f"conditions/library/{kind}.html", context)


def _page(
    request: HttpRequest,
    slug: str,
    kind: str,
    page: Callable[[str, Knowledge], Any],
    held: Callable[[Knowledge], Container[str]],
    **more: Any,
) -> HttpResponse:
    release = current_release()
    knowledge = knowledge_of(release.digest)
    if slug not in held(knowledge):
        return not_held(request, slug, knowledge)
    context = {"page": page(slug, knowledge), "release": release, **more}
    return render_page_or_part(request, f"conditions/library/{kind}.html", context)
