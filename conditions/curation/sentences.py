"""What differs in one part of the knowledge, one clinical sentence for each key: never JSON."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from conditions.curation.scales import scales_changed
from conditions.curation.words import (
    SECTION_WORDS,
    Vocabulary,
    clause_or_text,
    stopped,
    title_of,
    value_words,
)
from conditions.presenters.words import EFFECT, URGENCY, capital, joined
from conditions.reasoning.criteria import AtLeast, Criterion, CriterionError, parse

Part = Mapping[str, Any]

LABELS = {
    "says": "What it says",
    "source": "Source",
    "also": "Further sources",
    "grade": "Evidence grade",
    "verification": "How far it was checked",
    "place": "Place in the source",
    "checked_by": "Checked by",
    "checked_on": "Checked on",
    "review_by": "Review by",
    "rows": "Rows of the evidence",
    "doi": "DOI",
    "pmid": "PubMed number",
    "url": "Address",
    "order": "Place in the order",
    "asked": "Asked",
    "red_flag": "Calls for action in time",
    "suspicion": "Findings that raise suspicion",
    "confirmed_by": "Investigations that confirm it",
    "shown_under": "Shown under",
    "urgency": "Urgency",
    "expects": "What must be said",
    "published": "What its readers expect",
    "picture": "The patient",
    "about": "Conditions it explains",
    "about_findings": "Findings it explains",
    "codes": "Codes",
    "as": "The state implied",
    "from": "From",
    "to": "To",
    "attribute": "Attribute of the patient",
}
CRITERIA = {
    "when": ("needs", "Now also needs", "No longer needs"),
    "unless": ("is set aside if", "Now also set aside if", "No longer set aside if"),
    "defined_as": ("means", "Now also needs", "No longer needs"),
}
SLUGS = ("suspicion", "confirmed_by", "about", "about_findings", "also", "sources", "measures", "includes")
PICTURE = ("measured", "stated")
PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "effects": ("effect on B12", ("direction",)),
    "associations": ("association", ("condition",)),
    "described_by": ("source of the text", ("part",)),
    "steps": ("step", ("from", "to")),
    "units": ("unit", ("unit",)),
    "implies": ("what it implies", ("state", "finding")),
}


def sentences_of(section: str, slug: str, old: Any, new: Any, words: Vocabulary) -> tuple[str, ...]:
    """What differs in a part: all that a new one says, that one is gone, or each key that changed."""
    kind = SECTION_WORDS.get(section, section.replace("_", " "))
    title = title_of(section, slug, words)
    if new is None:
        return (f"Removed: the {kind} “{title}”." if section != "rules" else f"Removed: {title}.",)
    if not isinstance(new, Mapping):
        before = "" if old is None else f"{value_words(old, words)} → "
        return (f"{title} means {before}{value_words(new, words)}.",)
    if old is None:
        lead = "New:" if section in ("rules", "recommendations") else f"New {kind}:"
        return (f"{lead} {stopped(title)}", *_keys({}, new, slug, words))
    return tuple(_keys(old, new, slug, words))


def _keys(old: Part, new: Part, slug: str, words: Vocabulary) -> Iterator[str]:
    """A sentence for each key that differs, in the order of the parts themselves."""
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if before != after:
            yield from _key(key, before, after, slug, words)


def _key(key: str, old: Any, new: Any, slug: str, words: Vocabulary) -> Iterator[str]:
    if key in CRITERIA:
        yield from _criterion(key, old or "", new or "", words)
    elif key == "limits":
        yield from scales_changed(slug, old or [], new or [], words)
    elif key in PARTS:
        yield from _listed_parts(key, old or [], new or [], slug, words)
    elif isinstance(old or new, Mapping):
        yield from _mapping(label_of(key), old or {}, new or {}, words)
    elif isinstance(old or new, list):
        yield from _names(key, old or [], new or [], words)
    else:
        yield _value(key, old, new, words)


def label_of(key: str) -> str:
    """What a key is called."""
    return LABELS.get(key, capital(key.replace("_", " ")))


def _value(key: str, old: Any, new: Any, words: Vocabulary) -> str:
    text = any(isinstance(value, str) and " " in value for value in (old, new))

    def said(value: Any) -> str:
        if key == "effect" and value in EFFECT:
            return EFFECT[value]
        if key == "urgency" and value in URGENCY:
            return URGENCY[value]
        if text and key not in ("place", "published_in"):
            return f"“{value}”"
        if isinstance(value, str) and key in (
            "source",
            "condition",
            "shown_under",
            "target",
            "reads",
            "group",
        ):
            return words.name(value) if key != "group" else words.part("groups", value).get("label", value)
        return value_words(value, words)

    if old is None:
        return stopped(f"{label_of(key)}: {said(new)}")
    if new is None:
        return f"{label_of(key)} is gone; it was {stopped(said(old))}"
    return stopped(f"{label_of(key)}: {said(old)} → {said(new)}")


def _criterion(key: str, old: str, new: str, words: Vocabulary) -> Iterator[str]:
    needs, more, less = CRITERIA[key]
    if not old or not new:
        said = clause_or_text(new or old, words.knowledge)
        yield stopped(f"{capital(needs)} {said}" if new else f"No longer {needs} {said}")
        return
    try:
        before, after = _conjuncts(key, parse(old)), _conjuncts(key, parse(new))
    except CriterionError:
        before = after = []
    added = [part for part in after if part not in before]
    gone = [part for part in before if part not in after]
    if len(before) - len(gone) and (not added or not gone):
        for lead, parts in ((more, added), (less, gone)):
            if parts:
                said = joined(clause_or_text(str(part), words.knowledge) for part in parts)
                yield stopped(f"{lead} {said}")
        return
    if before and not added and not gone:
        yield f"{capital(needs)} the same, written in another order."
        return
    yield (
        f"{capital(needs)} {clause_or_text(old, words.knowledge)}"
        f" → {stopped(clause_or_text(new, words.knowledge))}"
    )


def _conjuncts(key: str, criterion: Criterion) -> Sequence[Criterion]:
    """The parts of a criterion each of which adds a demand; of an exception, each of which adds one."""
    if isinstance(criterion, AtLeast):
        whole = 1 if key == "unless" else len(criterion.parts)
        if criterion.count == whole:
            return criterion.parts
    return [criterion]


def _names(key: str, old: list[Any], new: list[Any], words: Vocabulary) -> Iterator[str]:
    label, said = label_of(key), words.name if key in SLUGS else lambda item: value_words(item, words)
    added = [said(item) for item in new if item not in old]
    gone = [said(item) for item in old if item not in new]
    if added:
        yield stopped(f"{label}: {'added ' if old else ''}{', '.join(added)}")
    if gone:
        yield stopped(f"{label}: removed {', '.join(gone)}")
    if not added and not gone:
        yield stopped(f"{label}, in another order: {', '.join(map(said, new))}")


def _mapping(label: str, old: Part, new: Part, words: Vocabulary) -> Iterator[str]:
    for key in dict.fromkeys([*new, *old]):
        before, after = old.get(key), new.get(key)
        if before == after:
            continue
        name = label if key in PICTURE else f"{label}, {words.name(str(key))}"
        inner = before or after
        if isinstance(inner, Mapping) and "value" not in inner:
            yield from _mapping(name, before or {}, after or {}, words)
        elif before is None:
            yield stopped(f"{name}: {value_words(after, words)}")
        else:
            yield stopped(f"{name}: {value_words(before, words)} → {value_words(after, words)}")


def _listed_parts(key: str, old: list[Part], new: list[Part], slug: str, words: Vocabulary) -> Iterator[str]:
    what, known_by = PARTS[key]
    before, after = _by(known_by, old), _by(known_by, new)
    if list(before) != list(after) and sorted(before) == sorted(after):
        yield f"The order of {what}s changes."
    for place in [*after, *(place for place in before if place not in after)]:
        name = f"{capital(what)} ({_place_words(place, words)})"
        if place not in after:
            yield f"{name} is gone."
        elif place not in before:
            said = _keys({}, _besides(known_by, after[place]), slug, words)
            yield " ".join([f"New: {name[0].lower()}{name[1:]}.", *said])
        elif before[place] != after[place]:
            yield from (f"{name}: {sentence}" for sentence in _keys(before[place], after[place], slug, words))


def _besides(keys: Sequence[str], part: Part) -> Part:
    return {key: value for key, value in part.items() if key not in keys}


def _by(keys: Sequence[str], parts: list[Part]) -> dict[tuple[str, ...], Part]:
    """The parts by what they are known by; those that share it, by their place among these too."""
    found: dict[tuple[str, ...], Part] = {}
    for part in parts:
        place = tuple(str(part.get(key, "")) for key in keys)
        again = sum(known[: len(keys)] == place for known in found)
        found[(*place, str(again + 1)) if again else place] = part
    return found


def _place_words(place: Sequence[str], words: Vocabulary) -> str:
    return " → ".join(words.name(one) for one in place)
