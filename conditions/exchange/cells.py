"""Between values of the document and the cells of a spreadsheet: what is written comes back as it was."""

import json
from collections.abc import Callable
from typing import Any

FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula, or passes over before one."""
GUARD = "'"
TRUE, FALSE = ("true", "yes", "1"), ("false", "no", "0")


class Cells(dict[str, str]):
    """A line of a CSV: the text of each cell by its column. Nothing else that is imported is of this type."""


def guarded(text: str) -> str:
    """The text so that no spreadsheet reckons with it: an apostrophe before what could begin a formula."""
    return GUARD + text if text.startswith((*FORMULA, GUARD)) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return text[1:] if text.startswith(GUARD) and text[1:].startswith((*FORMULA, GUARD)) else text


def written(value: Any) -> str:
    """A value as the text of a cell: lists of texts one a line where that can be told apart, other structures as JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return TRUE[0] if value else FALSE[0]
    if isinstance(value, list) and _goes_on_lines(value):
        return "\n".join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _goes_on_lines(items: list[Any]) -> bool:
    if not all(isinstance(item, str) for item in items) or items[:1] == [""]:
        return False
    return not items[0].startswith("[") and all(
        item and item == item.strip() and len(item.splitlines()) == 1 for item in items
    )


def _flag(text: str) -> bool:
    said = text.strip().lower()
    if said not in TRUE + FALSE:
        raise ValueError(f"“{text}” is neither true nor false.")
    return said in TRUE


def _whole(text: str) -> int:
    try:
        return int(text.strip())
    except ValueError:
        raise ValueError(f"“{text}” is not a whole number.") from None


def _items(text: str) -> list[Any]:
    if text.lstrip().startswith("["):
        return list(_structure(text))
    return [line.strip() for line in text.splitlines() if line.strip()]


def _structure(text: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        at = f", at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise ValueError(f"This is not JSON{at}.") from None


READERS: dict[str, Callable[[str], Any]] = {
    "text": str,
    "bare": str.strip,
    "flag": _flag,
    "whole": _whole,
    "items": _items,
    "structure": _structure,
}
"""How a cell of each kind is read; each raises ValueError with a sentence."""
