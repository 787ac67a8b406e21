"""What was posted and could not be taken is given back, in a form that sends it again."""

from itertools import chain
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from b12site.page_or_part import as_page_or_part, template_of

TOKEN = "csrfmiddlewaretoken"  # noqa: S105


def posted_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values as posted and in order, without passwords and the token of the form."""
    values = chain.from_iterable(((name, value) for value in found) for name, found in request.POST.lists())
    return [(name, str(value)) for name, value in values if name != TOKEN and not _is_password(name)]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, with what was posted and a fresh token; for htmx a panel, for there the page still holds it all.

    Only what a page of this site posted comes back: what another site made a browser post is not offered again.
    """
    template = template_of(request, "403_csrf.html", "panel")
    context = {
        "address": request.get_full_path(),
        "csrf_token": get_token(request),
        "fields": posted_fields(request) if is_from_here(request) else [],
        "is_sign_in": any(map(_is_password, request.POST)),
        "has_files": bool(request.FILES),
    }
    try:
        content = render_to_string(template, context, request)
    except (OperationalError, InterfaceError):  # who is signed in cannot be asked
        content = render_to_string(template, context)
    return as_page_or_part(content, 403, no_store=True)


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site sent the request; silence is no such saying."""
    said = request.headers.get("Origin") or request.headers.get("Referer", "")
    sender = urlsplit(said)
    return (sender.scheme, sender.netloc) == (request.scheme, request.get_host())


def _is_password(name: str) -> bool:
    return "password" in name.lower()
