"""Whether the second factor was used in this session, and what is still to be done."""

import time
from enum import Enum
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from b12site.accounts.roles import needs_second_factor

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
"""What is a second factor in itself; recovery codes only stand in for one."""


class Step(Enum):
    """What a signed-in person has to do before anything else."""

    NOTHING = "nothing"
    USE = "use"
    ENROL = "enrol"


def factors_of(user: Any) -> set[int]:
    """The keys of this person's second factors."""
    return set(Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).values_list("pk", flat=True))


def next_step(request: HttpRequest) -> Step:
    """Who has a second factor must have used it in this session; whose role needs one must enrol it."""
    factors = factors_of(request.user)
    if factors:
        return Step.NOTHING if _used(request, factors) else Step.USE
    return Step.ENROL if needs_second_factor(request.user) else Step.NOTHING


def used_recently(request: HttpRequest) -> bool:
    """Whether this person showed who they are a moment ago, by the second factor if there is one."""
    factors = factors_of(request.user)
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = [record for record in _records(request) if record["at"] > since]
    return any(_by_factor(record, factors) for record in records) if factors else bool(records)


def is_last_needed(authenticator: Authenticator) -> bool:
    """Whether this is the only second factor of somebody whose role needs one."""
    others = factors_of(authenticator.user) - {authenticator.pk}
    return authenticator.type in FACTORS and not others and needs_second_factor(authenticator.user)


def _used(request: HttpRequest, factors: set[int]) -> bool:
    return any(_by_factor(record, factors) for record in _records(request))


def _by_factor(record: dict[str, Any], factors: set[int]) -> bool:
    # What a factor did that is no longer there counts for nothing.
    return record["method"] == "mfa" and (
        record["id"] in factors or record["type"] == Authenticator.Type.RECOVERY_CODES
    )


def _records(request: HttpRequest) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = get_authentication_records(request, request.user)
    return records
