"""When each rule was first released and when a release changed it, from the releases themselves."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from conditions.models import Release
from conditions.presenters.attributes import Dates
from conditions.reasoning.document import digest_of

SECTIONS = ("rules", "recommendations")


def dates_of_rules(release: Release) -> Mapping[str, Dates]:
    """The dates of every rule and recommendation up to this release, by slug."""
    return _until(release.sequence)


@lru_cache(maxsize=4)
def _until(sequence: int) -> Mapping[str, Dates]:
    """Releases never change, so that what was read of them stays true."""
    found: dict[str, Dates] = {}
    said: dict[str, str] = {}
    releases = Release.objects.filter(sequence__lte=sequence).order_by("sequence")
    for number, day in releases.values_list("sequence", "published_at__date"):
        now = _rules_in(number)
        for slug, words in now.items():
            if slug not in found:
                found[slug] = Dates(released=day)
            elif said.get(slug) != words and day not in _days(found[slug]):
                found[slug] = Dates(found[slug].released, (*found[slug].revised, day))
        said = dict(now)
    return MappingProxyType(found)


def _days(dates: Dates) -> tuple[date | None, ...]:
    return (dates.released, *dates.revised)


@lru_cache(maxsize=256)
def _rules_in(sequence: int) -> Mapping[str, str]:
    """What each rule of a release said, as a digest."""
    document = Release.objects.only("document").get(sequence=sequence).document
    return {slug: digest_of(part) for section in SECTIONS for slug, part in document.get(section, {}).items()}
