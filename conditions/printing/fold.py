"""Long lists kept short on paper: some of them shown, the others counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
ALL = 10_000


@dataclass(frozen=True, slots=True)
class Folded(Generic[T]):
    """The first of a list, and those that follow."""

    shown: tuple[T, ...]
    rest: tuple[T, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return len(self.rest)

    def __bool__(self) -> bool:
        return bool(self.shown or self.rest)


def folded(items: Iterable[T], most: int = ALL) -> Folded[T]:
    """The first ``most`` of the items; all of them where only one would be left over."""
    given = tuple(items)
    most = len(given) if 0 < most == len(given) - 1 else most
    return Folded(given[:most], given[most:])
