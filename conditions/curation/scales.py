"""What differs between the scales of a finding: “Total B12, NICE NG239: grey zone, upper edge 350 → 400 ng/L”."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from conditions.curation.words import Vocabulary, clause_or_text, stopped, title_of, value_words
from conditions.presenters.words import capital, joined, state_words, unit_words

Part = Mapping[str, Any]
BESIDES = ("bands", "unit", "scheme", "when", "source", "basis")
GUIDELINE = re.compile(r"guideline is \w+")
"""What is meant for those under one guideline bears its name already."""
GREY = {"indeterminate": "grey zone"}
BASIS = {
    "decision": "fixed edges",
    "report": "multiples of the printed interval",
    "fallback": "used only when no interval is printed",
}


def scales_changed(slug: str, old: list[Part], new: list[Part], words: Vocabulary) -> Iterator[str]:
    """A sentence for each scale that is new or gone, and for each edge, state and word that changed in one."""
    for before, after in _pairs(old, new):
        name = f"{title_of('findings', slug, words)}, {_scale_words(after or before or {}, words)}"
        if after is None:
            yield f"{name}: this scale is gone."
        elif before is None:
            bands = "; ".join(_bands_words(slug, after, words))
            yield f"{name}: a new scale. {capital(bands)}."
        else:
            yield from (f"{name}: {what}" for what in _changed(slug, before, after, words))


def _pairs(old: list[Part], new: list[Part]) -> list[tuple[Part | None, Part | None]]:
    """Each scale beside what it was: the same, else the most alike that is left, else none."""
    left = [one for one in old if one not in new]
    pairs: list[tuple[Part | None, Part | None]] = []
    for after in [one for one in new if one not in old]:
        alike = max(left, key=lambda before: _likeness(before, after), default=None)
        if alike is not None and _likeness(alike, after) >= ENOUGH:
            left.remove(alike)
            pairs.append((alike, after))
        else:
            pairs.append((None, after))
    return pairs + [(before, None) for before in left]


ENOUGH = 3
"""Of unit, source, scheme, when and basis, how many make two scales the same one."""


def _likeness(one: Part, other: Part) -> int:
    return sum(
        one.get(key, "") == other.get(key, "") for key in ("unit", "source", "scheme", "when", "basis")
    )


def _scale_words(scale: Part, words: Vocabulary) -> str:
    name = scale.get("scheme") or words.name(scale.get("source", ""))
    when = scale.get("when")
    if not when or GUIDELINE.fullmatch(when):
        return str(name)
    return f"{name} ({clause_or_text(when, words.knowledge)})"


def _changed(slug: str, old: Part, new: Part, words: Vocabulary) -> Iterator[str]:
    unit = unit_words(new.get("unit", ""))
    if old.get("unit") != new.get("unit"):
        yield f"unit {unit_words(old.get('unit', ''))} → {unit}."
    if old.get("basis") != new.get("basis"):
        yield f"{BASIS.get(old.get('basis', ''), 'nothing')} → {BASIS.get(new.get('basis', ''), 'nothing')}."
    for key in ("scheme", "source"):
        if old.get(key) != new.get(key):
            yield stopped(f"{key} {value_words(old.get(key), words)} → {value_words(new.get(key), words)}")
    if old.get("when") != new.get("when"):
        before, after = (
            clause_or_text(one.get("when", ""), words.knowledge) if one.get("when") else "everyone"
            for one in (old, new)
        )
        yield stopped(f"meant for {before} → {after}")
    yield from _bands_changed(slug, old.get("bands", []), new.get("bands", []), unit, words)
    for key in dict.fromkeys([*new, *old]):
        if key not in BESIDES and old.get(key) != new.get(key):
            before, after = value_words(old.get(key), words), value_words(new.get(key), words)
            yield stopped(f"{key.replace('_', ' ')} {before} → {after}")


def _bands_changed(
    slug: str, old: list[Part], new: list[Part], unit: str, words: Vocabulary
) -> Iterator[str]:
    if [band.get("states") for band in old] != [band.get("states") for band in new]:
        before, after = (
            "; ".join(_band_words(slug, band, unit, words) for band in bands) for bands in (old, new)
        )
        yield stopped(f"other steps: {before} → {after}")
        return
    for before_band, after_band in zip(old, new, strict=True):
        name = _states(slug, after_band, words)
        before, after = (_edge(band) for band in (before_band, after_band))
        if before != after:
            yield stopped(f"{name}, upper edge {before} → {after} {unit}".rstrip())
        if before_band.get("inclusive") != after_band.get("inclusive"):
            belongs = "belongs to it now" if after_band.get("inclusive") else "no longer belongs to it"
            yield f"{name}: the edge itself ({after} {unit}) {belongs}."
        if before_band.get("says") != after_band.get("says"):
            yield stopped(
                f"{name}, the source's word: {_quoted(before_band.get('says'))} → {_quoted(after_band.get('says'))}"
            )


def _quoted(text: str | None) -> str:
    return f"“{text}”" if text else "none"


def _edge(band: Part) -> str:
    upper = band.get("upper")
    if upper is None:
        return "none"
    ends = {"low": "lower", "high": "upper"}
    return f"{upper} × the printed {ends[band['of']]} limit" if band.get("of") else str(upper)


def _states(slug: str, band: Part, words: Vocabulary) -> str:
    finding = words.knowledge.findings.get(slug)
    states = [
        GREY.get(state) or (state_words(finding, state) if finding else state.replace("_", " "))
        for state in band.get("states", [])
    ]
    return joined(states, "or")


def _bands_words(slug: str, scale: Part, words: Vocabulary) -> list[str]:
    unit = unit_words(scale.get("unit", ""))
    return [_band_words(slug, band, unit, words) for band in scale.get("bands", [])]


def _band_words(slug: str, band: Part, unit: str, words: Vocabulary) -> str:
    if band.get("upper") is None:
        return f"{_states(slug, band, words)} above that"
    upto = "up to" if band.get("inclusive") else "below"
    return f"{_states(slug, band, words)} {upto} {_edge(band)} {unit}".rstrip()
