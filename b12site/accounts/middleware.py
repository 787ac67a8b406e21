"""What every request of a signed-in person passes: sessions end, and the second factor comes first."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode

from b12site.accounts.second_factor import Step, next_step
from b12site.given_back import posted_fields
from b12site.middleware import DatabaseGone
from b12site.page_or_part import lead_to, render_page_or_part

SINCE, SEEN = "signed_in_since", "last_seen"
SECONDS_UNNOTED = 60
"""So long a request does not write again when the session was last used."""

LED_FROM = "led_from"
"""Where in the session stands what a person asked for before being led to the second factor."""

ENDED = "session_has_ended"
"""Set on a request whose session ended before it came."""

ALWAYS_THERE = {"account_logout", "logout", "favicon", "livez", "healthz"}
PAGES = {
    Step.ENROL: {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"},
    Step.USE: {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"},
}
"""What can be reached before a step is done, by the names of the addresses."""


class OfSignedIn:
    """Middleware that looks at requests of signed-in people only, and asks nothing of the database for others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """An answer instead of the view's, or None."""
        name = request.resolver_match.url_name if request.resolver_match else None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or name in ALWAYS_THERE:
            return None
        try:
            return self.look_at(request, name) if request.user.is_authenticated else None
        except (OperationalError, InterfaceError) as absence:
            # Django asks for exceptions of views only.
            return DatabaseGone(self.get_response).process_exception(request, absence)

    def look_at(self, request: HttpRequest, name: str | None) -> HttpResponse | None:
        """An answer for the address of this name instead of the view's, or None."""
        raise NotImplementedError


class SessionsEnd(OfSignedIn):
    """Signs people out after a time without use, and after the longest time in any case.

    The request goes on without them: pages that need no account answer, the others lead to sign in. What
    was sent too late is given back, to be sent again after signing in.
    """

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        ended = getattr(request, ENDED, False) and request.method == "POST"
        return sent_too_late(request) if ended and _leads_to_sign_in(response) else response

    def look_at(self, request: HttpRequest, name: str | None) -> HttpResponse | None:
        now, session = int(time.time()), request.session
        since, seen = session.get(SINCE, now), session.get(SEEN, now)
        idle = settings.SESSION_ENDS_IDLE_STAFF if request.user.is_staff else settings.SESSION_ENDS_IDLE
        if now - since > settings.SESSION_ENDS_AFTER.total_seconds() or now - seen > idle.total_seconds():
            logout(request)
            setattr(request, ENDED, True)
        elif SINCE not in session or now - seen > SECONDS_UNNOTED:
            session[SINCE], session[SEEN] = since, now
        return None


class SecondFactorFirst(OfSignedIn):
    """Leads whose role needs a second factor, or who has one, to it before anything else."""

    def look_at(self, request: HttpRequest, name: str | None) -> HttpResponse | None:
        step = next_step(request)
        if step is Step.NOTHING or name in PAGES[step]:
            return None
        asked_for = request.get_full_path() if request.method == "GET" else reverse("home")
        if step is Step.USE:
            return lead_to(request, f"{reverse('mfa_reauthenticate')}?{urlencode({'next': asked_for})}")
        request.session.setdefault(LED_FROM, asked_for)
        return lead_to(request, reverse("mfa_index"))


def sent_too_late(request: HttpRequest) -> HttpResponse:
    """What was posted, in a form that sends it again: kept in the page and nowhere else."""
    context = {"address": request.get_full_path(), "fields": posted_fields(request)}
    return render_page_or_part(request, "account/session_ended.html", context, status=403, no_store=True)


def _leads_to_sign_in(response: HttpResponse) -> bool:
    there = response.headers.get("Location", "").partition("?")[0]
    return there in (resolve_url(settings.LOGIN_URL), reverse("admin:login"))
