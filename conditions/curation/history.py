"""What the history is told of an edit beside what it sees: who, why, and on which page.

The triggers of the database write the history; they read these words from the setting that django-pghistory sends
along with each statement.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpRequest, HttpResponse

EDITED_UNDER = ("/admin/", "/curation/")
"""Pages on which knowledge is edited; all others pay nothing for the history."""
REASON = "history_reason"
"""The field of a form in which its sender says why."""


@contextmanager
def because(why: str, *, by: User | None = None, url: str = "") -> Iterator[None]:
    """Edits within are recorded with this reason; ``by`` and ``url`` replace those known from the request."""
    with _told({"why": why, **({"user": by.pk} if by else {}), **({"url": url} if url else {})}, keep=True):
        yield


@contextmanager
def by_nobody(why: str) -> Iterator[None]:
    """Edits within are recorded with this reason and without a person: rows that a command or a release writes."""
    with _told({"why": why}, keep=False):
        yield


@contextmanager
def _told(words: dict[str, Any], *, keep: bool) -> Iterator[None]:
    with pghistory.context() as tracked:
        before = dict(tracked.metadata)
        if not keep:
            tracked.metadata.clear()
        tracked.metadata.update(words)
        try:
            yield
        finally:
            tracked.metadata.clear()
            tracked.metadata.update(before)
    if not before and connection.in_atomic_block and not connection.needs_rollback:
        # What was sent lasts for the transaction, and would speak for edits that follow.
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_metadata', '', true)")


class HistoryMiddleware:
    """Tells the history who is asking, on which page, and why if the form says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(EDITED_UNDER):
            return self.get_response(request)
        person = request.user if isinstance(request.user, User) else None
        with because(request.POST.get(REASON, ""), by=person, url=request.path):
            return self.get_response(request)
