"""What was brought about last time, so that it is not brought about again."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file that holds the state last reached; a lost or torn one only costs the work again."""

    path: Path

    def is_at(self, state: str) -> bool:
        """Whether ``state`` was reached and not lost since."""
        return self.path.exists() and self.path.read_text() == state

    def lift(self) -> None:
        """Say that work has begun which leaves the old state."""
        self.path.unlink(missing_ok=True)

    def put(self, state: str) -> None:
        """Say that ``state`` is reached."""
        self.path.write_text(state)


def state_of(*parts: object) -> str:
    """One word for what the parts say."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def state_of_files(files: Iterable[Path]) -> str:
    """One word that changes when a file is written, added or removed."""
    seen = [(str(file), found.st_size, found.st_mtime_ns) for file in files for found in [file.stat()]]
    return state_of(*sorted(seen))
