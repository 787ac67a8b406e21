"""What a person sees while the database cannot be reached, and what no cache may keep."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

from b12site.given_back import posted_fields
from b12site.page_or_part import as_page_or_part, template_of

RETRY_AFTER_SECONDS = 10
log = logging.getLogger(__name__)


class DatabaseGone:
    """Answers 503 in plain words and gives back what was posted, in a form that sends it again.

    Pages that ask nothing of the database are not touched by its absence.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The 503 page if the exception is the database's absence, else None."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        log.error("The database did not answer", exc_info=exception)
        context = {
            "address": request.get_full_path(),
            "csrf_token": get_token(request),
            "fields": posted_fields(request),
            "method": request.method,
        }
        # Without the request: what looks up who is signed in would ask the database again.
        content = render_to_string(template_of(request, "503.html", "panel"), context)
        response = as_page_or_part(content, 503, no_store=True)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response


class PostsAreNotKept:
    """Forbids every cache to keep the answer to what was posted, and any page that says what went wrong."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in ("GET", "HEAD") or response.status_code >= 400:
            add_never_cache_headers(response)
        return response
