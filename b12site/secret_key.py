"""The secret of an installation that is reached over loopback only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def kept_secret_key(path: Path) -> str:
    """The random secret kept in ``path``, readable by its owner alone; made on first use.

    Processes that start at once all get the same one.
    """
    with suppress(FileNotFoundError):
        return path.read_text()
    path.parent.mkdir(parents=True, exist_ok=True)
    complete = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(complete, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(50))
    # A link appears whole or, if another process was first, not at all.
    with suppress(FileExistsError):
        os.link(complete, path)
    complete.unlink()
    return path.read_text()
