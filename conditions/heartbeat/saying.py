"""What a heartbeat found, for programs that watch and for people."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from conditions.models import Heartbeat

OK, WRONG, NOT_LOOKED = "ok", "not as published", "not looked at yet"


def as_json(beat: Heartbeat | None) -> dict[str, Any]:
    """What ``/health/`` answers. ``ledger`` is the last link of the ledger: noted elsewhere, it tells a rewritten one."""
    if beat is None:
        return {"status": NOT_LOOKED}
    return {
        "status": WRONG if beat.wrong else OK,
        "release": beat.release.version,
        "digest": beat.digest,
        "ledger": beat.link,
        "cases": beat.cases,
        "looked_at": beat.at.isoformat(timespec="seconds"),
        "seconds_ago": max(0, int((timezone.now() - beat.at).total_seconds())),
        "wrong": beat.wrong,
        "noted": beat.noted,
    }


def as_lines(beat: Heartbeat) -> Iterator[str]:
    """The same for a person, one line each."""
    yield f"Release {beat.release}, digest {beat.digest}, ledger {beat.link}."
    if beat.wrong:
        yield "It is not what was published, or no longer says what its cases demand. Nothing is answered from it:"
        yield from (f"  {what}" for what in beat.wrong)
    else:
        yield f"It is what was published, and each of its {beat.cases} cases is interpreted as it demands."
    yield from (f"Elsewhere: {what}" for what in beat.noted)
