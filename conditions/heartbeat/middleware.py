"""What a person sees while the current release is not what was published."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from b12site.given_back import posted_fields
from b12site.page_or_part import as_page_or_part, template_of
from conditions.releases import NotAsPublished

RETRY_AFTER_SECONDS = 300
log = logging.getLogger(__name__)


class AnswersAreWithheld:
    """Answers 503 in plain words and gives back what was posted, in a form that sends it again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The 503 page if the exception says that the release is not as it was published, else None."""
        if not isinstance(exception, NotAsPublished):
            return None
        log.error("The current release is not what was published", exc_info=exception)
        context = {
            "address": request.get_full_path(),
            "csrf_token": get_token(request),
            "fields": posted_fields(request),
            "method": request.method,
            "version": exception.release.version,
        }
        content = render_to_string(template_of(request, "withheld.html", "panel"), context, request)
        response = as_page_or_part(content, 503, no_store=True)
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
        return response
