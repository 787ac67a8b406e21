"""What should be read again by a day: every sourced statement of the draft, by section and by who checked it last."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail

from conditions.curation.publishable import statements
from conditions.curation.words import SECTION_WORDS, Vocabulary, title_of
from conditions.workspace import document_of_rows

NOBODY = "nobody named"
UNDATED = ""


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A statement to be read again: in the order of the document, by checker and day. ``by`` is empty without a day."""

    section: str
    checker: str
    by: str
    title: str
    place: str


def due_by(day: date) -> tuple[Due, ...]:
    """Statements to be read again by the day, and those that name none."""
    document = document_of_rows()
    words = Vocabulary(document, document)
    return tuple(
        sorted(
            Due(
                section=section,
                checker=statement.get("checked_by") or NOBODY,
                by=statement.get("review_by", UNDATED),
                title=title_of(section, slug, words),
                place=what.removeprefix(", "),
            )
            for section, slug, what, statement in statements(document)
            if statement.get("review_by", UNDATED) <= day.isoformat()
        )
    )


def as_lines(due: tuple[Due, ...], day: date, today: date) -> Iterator[str]:
    """The list for a person: a heading for each section, below it one for each checker."""
    many = "statement is" if len(due) == 1 else "statements are"
    yield (
        f"{len(due)} {many} to be read again by {day.isoformat()}."
        if due
        else (f"Nothing is to be read again by {day.isoformat()}.")
    )
    for section, of_section in groupby(due, lambda one: one.section):
        yield ""
        yield f"{SECTION_WORDS[section].capitalize()}"
        for checker, of_checker in groupby(of_section, lambda one: one.checker):
            yield f"  Checked by {checker}"
            for one in of_checker:
                when = (
                    (one.by + (", past" if one.by <= today.isoformat() else "")) if one.by else "no day named"
                )
                yield f"    {one.title}{one.place and f', {one.place}'} ({when})"


def remind_curators(due: tuple[Due, ...], day: date, today: date) -> int:
    """Send the list to every active curator with an address; how many got it. Without a server nothing is sent."""
    if not settings.SENDS_MAIL or not due:
        return 0
    curators = User.objects.filter(is_active=True, groups__name="curator").exclude(email="")
    addresses = sorted(set(curators.values_list("email", flat=True)))
    subject = f"Cobalt: {len(due)} statement{'' if len(due) == 1 else 's'} to be read again"
    body = "\n".join([*as_lines(due, day, today), "", f"{settings.SITE_ADDRESS}/admin/", ""])
    for address in addresses:  # one by one: nobody sees the others' addresses
        send_mail(subject, body, None, [address])
    return len(addresses)
