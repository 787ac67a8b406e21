"""Serve the site, once for each port, and stop it again.

``python -m b12site.serving`` serves, ``python -m b12site.serving stop`` stops. That a site is being
served is a lock held by its processes, so that a killed server leaves nothing behind to clean up.
"""

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from django.conf import settings

from b12site.embedded_postgresql import server
from b12site.embedded_postgresql.places import Cluster

SECONDS_TO_END = 20
"""A little more than gunicorn grants its workers."""


def serve() -> int:
    """Become the server; the exit code if there is nothing to do or nowhere to serve."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with open(settings.VAR / f"serving-{settings.PORT}.pid", "a+") as record:
        # The processes of a killed server notice within a second or two.
        if not _within(SECONDS_TO_END, lambda: _hold(record) or _alive(_pid(record))):
            return _say("A server that was killed has not ended yet: try again in a moment.")
        if not _hold(record):
            print(f"Cobalt is already running at http://127.0.0.1:{settings.PORT}/")
            return 0
        if _port_is_taken():
            return _say(f"Port {settings.PORT} is taken by another program: try `PORT=8001 ./run`.")
        record.truncate(0)
        record.write(str(os.getpid()))
        record.flush()
        os.set_inheritable(record.fileno(), True)
        gunicorn = ["-m", "gunicorn", "-c", "python:b12site.gunicorn_conf", "b12site.wsgi"]
        return os.execv(sys.executable, [sys.executable, *gunicorn])  # noqa: S606


def stop() -> int:
    """Stop every site served from here and the embedded databases; the exit code."""
    records = sorted(settings.VAR.glob("serving-*.pid"))
    stopped = [
        f"the site on port {record.stem.removeprefix('serving-')}" for record in records if _stop_site(record)
    ]
    for data in ("pg18", "pg18-tests"):
        if server.stop(Cluster(settings.VAR / data)):
            stopped.append(f"the embedded database in {data}")
    return _say("Stopped " + ", ".join(stopped) + "." if stopped else "Nothing was running.", code=0)


def _stop_site(path: Path) -> bool:
    with open(path, "a+") as record:
        if _hold(record):
            return False
        _within(1, lambda: _pid(record) != 0)
        if pid := _pid(record):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        return _within(SECONDS_TO_END, lambda: _hold(record))


def _hold(record: IO[str]) -> bool:
    try:
        fcntl.flock(record, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _pid(record: IO[str]) -> int:
    record.seek(0)
    return int(record.read() or 0)


def _alive(pid: int) -> bool:
    if pid == 0:  # its server is just starting
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _within(seconds: float, happens: Callable[[], bool]) -> bool:
    end = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


def _port_is_taken() -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", settings.PORT))
        except OSError:
            return True
    return False


def _say(text: str, *, code: int = 1) -> int:
    print(text, file=sys.stderr)
    return code


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "b12site.settings")
    sys.exit(stop() if sys.argv[1:] == ["stop"] else serve())
