"""What the page says of itself: what it was tested against, and where a problem is reported."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings

from conditions.agreement import agreements
from conditions.presenters.release import Release
from conditions.reasoning.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Validation:
    """How many published cases there are, and with how many of them every expectation is met."""

    published: int
    agreeing: int
    own: int


@lru_cache(maxsize=8)
def validation_of(knowledge: Knowledge) -> Validation:
    """Agreement with the release's published cases; its other cases are the software's own tests."""
    found = agreements(knowledge)
    return Validation(len(found), sum(not one.differs for one in found), len(knowledge.cases) - len(found))


def problem_address(release: Release) -> str:
    """Where a problem is reported; it names the release and carries nothing of a patient. Empty if nowhere."""
    address = settings.COBALT_PROBLEM_ADDRESS
    if address and "@" in address and "://" not in address:
        subject = urlencode({"subject": f"Cobalt release {release.version}"}).replace("+", "%20")
        return f"mailto:{address.removeprefix('mailto:')}?{subject}"
    return address if address.startswith(("https://", "http://", "/")) else ""
