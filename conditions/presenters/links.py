"""A line that leads to another page of what is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from conditions.reasoning.knowledge import Knowledge

MEDICINES = "medicines"
"""The group of findings that holds medicines, supplements and what is taken like them."""
YES_NO = frozenset({"present", "absent"})


@dataclass(frozen=True, slots=True)
class Link:
    """A name and where it leads: ``page`` is the name of an address, ``quiet`` what stands beside it."""

    page: str
    slug: str
    name: str
    quiet: str = ""


def is_medicine(slug: str, knowledge: Knowledge) -> bool:
    """Whether there is a page of it among the medicines: a cause, or a finding that is told as taken or not.

    Its years and doses are findings of their own and stand on its page.
    """
    finding = knowledge.findings.get(slug)
    if finding is None or finding.group != MEDICINES or finding.reads:
        return False
    return slug in knowledge.conditions or set(finding.states) == YES_NO


def link_to_condition(slug: str, knowledge: Knowledge, quiet: str = "") -> Link:
    """To the page of a condition, or of the medicine that it is."""
    page = "medicine_detail" if is_medicine(slug, knowledge) else "condition_detail"
    return Link(page, slug, knowledge.conditions[slug].name, quiet)


def link_to_finding(slug: str, knowledge: Knowledge, quiet: str = "") -> Link:
    """To the page of a finding, or of the medicine whose taking it is."""
    page = "medicine_detail" if is_medicine(slug, knowledge) else "finding_detail"
    return Link(page, slug, knowledge.findings[slug].label, quiet)


def link_to_investigation(slug: str, knowledge: Knowledge, quiet: str = "") -> Link:
    """To the page of an investigation."""
    return Link("investigation_detail", slug, knowledge.investigations[slug].name, quiet)


def links_to_findings(slugs: Iterable[str], knowledge: Knowledge) -> tuple[Link, ...]:
    """To each of them, in the order given."""
    return tuple(link_to_finding(slug, knowledge) for slug in slugs)
