"""Answers for browsers and for whoever watches over the installation."""

from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conditions.heartbeat.beating import recent_beat
from conditions.heartbeat.saying import as_json


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look for the icon on pages that name none, such as the admin's."""
    return redirect(static("images/cobalt.svg"))


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers within a second, 503 when it does not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '1s'")
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """What the last look at the published knowledge found, as JSON: 200 if all is well, else 503.

    The cases run again when the last look is long ago, for one visitor at a time.
    """
    try:
        said = as_json(recent_beat())
    except Error:
        said = {"status": "the database does not answer"}
    return JsonResponse(said, status=200 if said["status"] == "ok" else 503)
