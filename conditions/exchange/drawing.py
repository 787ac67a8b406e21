"""What an import changes in a part, value by value and word by word, for the template to draw."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
SAME, GONE, CAME = "same", "gone", "came"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stays, goes or comes."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One value that differs, before and after in pieces of one text."""

    name: str
    pieces: tuple[Piece, ...]


class Drawn:
    """The difference of a part, in the shape in which django-import-export asks for it."""

    def __init__(self, _resource: Any, instance: Any, new: bool) -> None:
        self.before: Mapping[str, Any] = {} if new else instance.part
        self.after: Mapping[str, Any] = {}

    def compare_with(self, _resource: Any, instance: Any) -> None:
        """Take what the part will be."""
        self.after = instance.part

    def as_html(self) -> tuple[FieldDifference, ...]:
        """What differs. No HTML: that is the template's."""
        before, after = dict(_values(self.before)), dict(_values(self.after))
        return tuple(
            FieldDifference(name, pieces_of(before.get(name, ""), after.get(name, "")))
            for name in dict.fromkeys([*before, *after])
            if before.get(name) != after.get(name)
        )


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as one, in whole words."""
    old, new = WORDS.findall(before), WORDS.findall(after)
    pieces = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece(SAME, "".join(old[a:b])))
            continue
        pieces += [Piece(GONE, "".join(old[a:b]))] if a < b else []
        pieces += [Piece(CAME, "".join(new[c:d]))] if c < d else []
    return tuple(pieces)


def _values(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every value in a part as text, under a name that says where it stands: “limits 1, bands 2, upper”."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _values(inner, f"{name}, {key}" if name else str(key))
    elif isinstance(value, list) and not all(isinstance(item, str) for item in value):
        for place, inner in enumerate(value, 1):
            yield from _values(inner, f"{name} {place}")
    elif isinstance(value, list):
        yield name, "; ".join(value)
    elif isinstance(value, bool):
        yield name, "yes" if value else "no"
    else:
        yield name, "" if value is None else str(value)
