"""What a reader gets at the address of something that the release does not hold."""

from django.http import HttpRequest, HttpResponse

from b12site.page_or_part import render_page_or_part
from conditions.reasoning.knowledge import Knowledge

from .search import grouped, search

MOST = 3


def not_held(request: HttpRequest, slug: str, knowledge: Knowledge) -> HttpResponse:
    """404, with what may have been meant."""
    asked = slug.replace("_", " ").replace("-", " ")
    context = {"asked": asked, "found": grouped(search(asked, knowledge), MOST)}
    return render_page_or_part(request, "conditions/library/unknown.html", context, status=404)
