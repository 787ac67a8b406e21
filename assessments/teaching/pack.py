"""Which cases an educator has chosen for a pack, and why there is none where there is none."""

from collections.abc import Iterable
from dataclasses import dataclass

from conditions.reasoning.knowledge import Case, Knowledge

from .lessons import Shelf, lessons_of, shelf_of

MOST = 12
"""So many cases a pack holds: about two pages each, as much as a course of some sessions works through."""
LONGEST_NAME = 60


class NoPackError(ValueError):
    """There is no pack of what was chosen; the text says why, for the page."""


@dataclass(frozen=True, slots=True)
class PackChoice:
    """The cases that a pack can be made of. ``ticked`` go into it as it stands; ``says`` what is to be known of that."""

    shelf: Shelf
    ticked: tuple[str, ...]
    says: str


def pack_choice(
    knowledge: Knowledge, levels: Iterable[str], topics: Iterable[str], cases: Iterable[str] = ()
) -> PackChoice:
    """The cases of these levels and topics, all of them ticked, or the first of them where they are too many.

    Where ``cases`` are named, those are ticked, however many.
    """
    shelf = shelf_of(knowledge, levels, topics)
    fit = [line.slug for line in shelf.lessons]
    named = set(cases)
    if named:
        return PackChoice(shelf, tuple(slug for slug in fit if slug in named), "")
    if len(fit) <= MOST:
        return PackChoice(shelf, tuple(fit), "")
    says = f"{len(fit)} cases fit, and a pack holds up to {MOST}: the first {MOST} are ticked, and {len(fit) - MOST} are not."
    return PackChoice(shelf, tuple(fit[:MOST]), says)


def cases_of_pack(knowledge: Knowledge, slugs: Iterable[str]) -> tuple[Case, ...]:
    """The cases of these names, easiest first. Raises NoPackError where there are none, too many or strange ones."""
    wanted = dict.fromkeys(slugs)
    chosen = tuple(case for case in lessons_of(knowledge) if case.slug in wanted)
    strange = [slug for slug in wanted if slug not in {case.slug for case in chosen}]
    if strange:
        raise NoPackError(f"This release has no teaching case called “{strange[0][:LONGEST_NAME]}”.")
    if not chosen:
        raise NoPackError("No case is ticked: a pack needs one at least.")
    if len(chosen) > MOST:
        raise NoPackError(
            f"{len(chosen)} cases are ticked, and a pack holds up to {MOST}: with {len(chosen) - MOST} fewer it can be made."
        )
    return chosen
