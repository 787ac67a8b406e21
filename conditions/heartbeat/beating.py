"""Looking at the current release, and keeping what came of it."""

from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from conditions.heartbeat.looking import look
from conditions.models import Heartbeat, Release

LOOKING = 1_213_001
"""The advisory lock under which a visitor's question makes the site look; one look at a time."""


def beat(*, every_release: bool = False) -> Heartbeat:
    """Look now and keep what came of it: from then on all workers answer, or do not, by this.

    Raises DoesNotExist where nothing is published.
    """
    found = look(every_release=every_release)
    return Heartbeat.objects.create(
        release=found.release,
        digest=found.digest,
        link=found.link,
        cases=found.cases,
        wrong=list(found.wrong),
        noted=list(found.noted),
    )


def last_beat() -> Heartbeat | None:
    """What the last look at the current release found; nothing if nobody has looked yet."""
    current = Release.objects.order_by("-sequence").values("sequence")[:1]
    return (
        Heartbeat.objects.filter(release__in=current)
        .select_related("release")
        .defer("release__document")
        .first()
    )


def recent_beat() -> Heartbeat | None:
    """What the last look found, after another one if that is long ago and nobody else is looking now.

    However often it is asked, the cases run once in ``COBALT_HEARTBEAT_MINUTES``.
    """
    if _is_recent(last := last_beat()):
        return last
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOOKING])
        (alone,) = cursor.fetchone()
        if not alone:
            return last
        if not _is_recent(last := last_beat()):
            with suppress(Release.DoesNotExist):
                last = beat()
        return last


def _is_recent(last: Heartbeat | None) -> bool:
    return bool(last and timezone.now() - last.at < timedelta(minutes=settings.COBALT_HEARTBEAT_MINUTES))
