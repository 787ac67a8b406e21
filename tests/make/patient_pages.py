"""Every public page that takes something of a patient. A new one is added here, and nowhere else.

``ABOUT_PATIENTS`` says what a person sends to each; ``NOT_ABOUT_PATIENTS`` lists the public addresses that take a post
and nothing of a patient. The test that walks all addresses fails for one that stands in neither.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

TRACES = ("151.73", "113.37", "zqxword", "zqexample", "445.713")
"""Values and words that stand nowhere but in what the tests send."""

TYPED = {
    "age": "54",
    "age-unit": "a",
    "sex": "female",
    "glossitis": "present",
    "total_b12": "151.73",
    "total_b12-unit": "ng/L",
    "total_b12-low": "113.37",
    "total_b12-high": "445.713",
    "find-symptoms": "zqxword",
    "find-anywhere": "zqxword",
}
NOTE = "Seen today: Zqexample. cobalt1 2026.11.1;total_b12=151.73,ng/L;#00000000"
REPORT = "Name: Zqexample\nVitamin B12 151.73 ng/L (113.37 - 445.713)\nComment zqxword\n"


@dataclass(frozen=True)
class Sent:
    """One way in which a page is sent something; ``htmx`` if for a part of it. ``query`` names a form of the answer."""

    fields: Mapping[str, str]
    htmx: bool = False
    query: str = ""


FORM = (
    Sent(TYPED),
    Sent(TYPED | {"at": "check"}, htmx=True),
    Sent(TYPED | {"total_b12": "151.73 zqxword"}),
    Sent({"find-symptoms": "zqxword", "part": "found", "at": "symptoms"}, htmx=True),
    Sent(TYPED | {"read": "earlier", "earlier": NOTE}),
    Sent(TYPED | {"read": "report", "result-0": "total_b12=151.73,ng/L"}),
)
UNPRINTABLE = Sent(TYPED | {"total_b12": "zqxword"})

ABOUT_PATIENTS: Mapping[str, tuple[Sent, ...]] = {
    "new_assessment": FORM,
    "quick_assessment": FORM,
    "paste_report": (Sent({"text": REPORT}), Sent({"text": REPORT}, htmx=True), Sent({"text": NOTE})),
    "print_summary": (Sent(TYPED | {"format": "pdf"}),),
    "print_handout": (Sent(TYPED), UNPRINTABLE),
    "save_assessment": (Sent(TYPED | {"reference": "zqxword", "save": "yes"}),),
}
NOT_ABOUT_PATIENTS = {
    "teaching_case": "an answer to a published case, which is no patient's",
}
APART = ("admin/", "accounts/")
"""The addresses of accounts and of the admin, whose forms have no field for a patient."""


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the site with its name, made-up parts filled in."""
    yield from _within(get_resolver().url_patterns, "", {})


def _within(
    patterns: list[URLPattern | URLResolver], before: str, parts: dict[str, str]
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern).removeprefix("^")
        filled = {
            **parts,
            **{name: MADE_UP[type(kind).__name__] for name, kind in pattern.pattern.converters.items()},
        }
        if route.startswith(APART):
            continue
        if isinstance(pattern, URLResolver):
            yield from _within(pattern.url_patterns, route, filled)
        elif pattern.name:
            yield pattern.name, reverse(pattern.name, kwargs=filled)


MADE_UP = {
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
    "IntConverter": "1",
    "SlugConverter": "nothing-of-this-name",
    "PathConverter": "nothing-of-this-name",
    "StringConverter": "nothing-of-this-name",
}
