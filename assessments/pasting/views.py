"""The page on which a laboratory report or an earlier note is pasted and looked over."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from assessments.pasting.shown import shown_of
from assessments.reports.identifiers import shared_list
from b12site.page_or_part import render_page_or_part
from conditions.releases import current_release, knowledge_of


@require_http_methods(["GET", "HEAD", "POST"])
def paste_report(request: HttpRequest) -> HttpResponse:
    """A field, and all that was read of what was pasted; nothing is used before it is confirmed, and nothing kept."""
    release = current_release()
    shown = None
    if request.method == "POST":
        shown = shown_of(request.POST.get("text", ""), knowledge_of(release.digest))
    context = {"shown": shown, "release": release, "identifiers": shared_list()}
    return render_page_or_part(
        request, "assessments/pasting/paste.html", context, part="reading", no_store=True
    )
