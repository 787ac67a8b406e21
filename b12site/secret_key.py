"""The secret of an installation that is reached over loopback only."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile


def kept_secret_key(path: Path) -> str:
    """The random secret kept in ``path``, readable by its owner alone; made on first use.

    Processes that start at once all get the same one.
    """
    with suppress(FileNotFoundError):
        return path.read_text()
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent) as complete:
        complete.write(secrets.token_urlsafe(50))
        complete.flush()
        # A link appears whole or, if another process was first, not at all.
        with suppress(FileExistsError):
            os.link(complete.name, path)
    return path.read_text()
