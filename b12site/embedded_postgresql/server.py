"""Start, recover and stop the embedded PostgreSQL. Knows nothing of Django.

The package that brings the programs has a launcher of its own; it is not used, because it trusts the
process id in a left-over lock file, opens up the folders above a root checkout and gives up on a long
crash recovery after ten seconds.
"""

import os
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from b12site.alone import alone

from .places import PORT, Cluster, EmbeddedPostgreSQLError, server_environment

CONFIGURATION = """
# written when the cluster was made
listen_addresses = ''
max_connections = 60
shared_buffers = 128MB
logging_collector = off
log_timezone = 'UTC'
timezone = 'UTC'
# An error's statement and detail carry values: they stay out of the log.
log_min_error_statement = panic
log_error_verbosity = terse
"""
DISPOSABLE = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_wal_size = 4GB
"""


def ensure(cluster: Cluster, *, wait: float = 60) -> Path:
    """The socket folder of a running server: made, started or recovered if need be.

    Safe to call from many processes at once. Raises EmbeddedPostgreSQLError when the server does not
    answer within about ``wait`` seconds.
    """
    if not answers(cluster):
        with alone(cluster.data.with_name(f".{cluster.data.name}.lock")):
            if not answers(cluster):
                if not (cluster.data / "PG_VERSION").exists():
                    _make(cluster)
                _make_socket_folder(cluster)
                _start(cluster, wait=wait)
    return cluster.socket


def answers(cluster: Cluster) -> bool:
    """Whether the cluster's server takes connections now."""
    import psycopg.pq  # not at the top: stopping a server should not need the driver

    where = f"host='{cluster.socket}' port={PORT} dbname=postgres user=postgres connect_timeout=2"
    return psycopg.pq.PGconn.ping(where.encode()) == psycopg.pq.Ping.OK


def stop(cluster: Cluster) -> bool:
    """Whether there was a server to stop; it has ended when this returns."""
    pid = _recorded_pid(cluster)
    if pid is None or not _is_server(pid, cluster):
        return False
    done = cluster.run(cluster.programs() / "pg_ctl", "-D", cluster.data, "-m", "fast", "-w", "stop")
    if done.returncode:
        raise EmbeddedPostgreSQLError(f"The embedded PostgreSQL did not stop:\n{done.stdout}")
    return True


def _make(cluster: Cluster) -> None:
    """A half-made cluster never carries the final name: it is renamed when complete."""
    data = cluster.data
    for abandoned in data.parent.glob(f".{data.name}.new*"):
        shutil.rmtree(abandoned)
    new = data.with_name(f".{data.name}.new{os.getpid()}")
    new.mkdir(mode=0o700)
    account = cluster.run_as()
    if account:
        os.chown(new, account["user"], account["group"])
        if not cluster.can_run("test", "-w", new):
            raise EmbeddedPostgreSQLError(
                f"The account PostgreSQL runs as cannot reach {new}: set COBALT_VAR to a folder it can"
                " reach, use an ordinary account, or set DATABASE_URL."
            )
    done = cluster.run(
        *(cluster.programs() / "initdb", "-D", new, "-U", "postgres", "--auth=trust"),
        # The same order of text on every platform; the site sorts for people itself.
        *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
        *(["--no-sync"] if cluster.disposable else []),
    )
    if done.returncode:
        raise EmbeddedPostgreSQLError(f"The embedded PostgreSQL could not be made:\n{done.stdout}")
    with open(new / "postgresql.conf", "a") as configuration:
        configuration.write(CONFIGURATION + (DISPOSABLE if cluster.disposable else ""))
    new.rename(data)


def _make_socket_folder(cluster: Cluster) -> None:
    socket = cluster.socket
    if socket == cluster.data:
        return
    socket.mkdir(mode=0o700, exist_ok=True)
    account = cluster.run_as()
    owner = account.get("user", os.geteuid())
    if account and not socket.is_symlink() and socket.stat().st_uid == 0:
        os.chown(socket, account["user"], account["group"])
    if socket.is_symlink() or socket.stat().st_uid != owner:
        raise EmbeddedPostgreSQLError(f"{socket} belongs to somebody else: set COBALT_VAR to a shorter path.")


def _start(cluster: Cluster, *, wait: float) -> None:
    end, patience = time.monotonic() + wait, 0.3
    while time.monotonic() < end:
        recorded = _recorded_pid(cluster)
        if recorded is None:
            _set_torn_pid_file_aside(cluster)
        if recorded is None or not _is_server(recorded, cluster):
            _launch(cluster, ignore=recorded)
        if _answers_before(end, cluster, patience):
            return
        patience *= 2
    log = cluster.data / "server.log"
    last = log.read_text(errors="replace")[-2000:] if log.exists() else ""
    raise EmbeddedPostgreSQLError(f"The embedded PostgreSQL did not start. Its log ends:\n{last}")


def _answers_before(end: float, cluster: Cluster, patience: float) -> bool:
    """Whether it answers: a recovery is waited for to the end, an absent process only with patience."""
    absent_from = time.monotonic() + patience
    while time.monotonic() < end:
        if answers(cluster):
            return True
        time.sleep(0.05)
        if time.monotonic() > absent_from:
            pid = _recorded_pid(cluster)
            if pid is None or not _is_server(pid, cluster):
                return False
    return False


def _launch(cluster: Cluster, *, ignore: int | None) -> None:
    """Start the server detached: it outlives its starter and is init's child.

    The process id left behind by a crash may by now be another process. PostgreSQL ignores the one
    named by PG_GRANDPARENT_PID, so that its lock file is never deleted by hand.
    """
    environment = server_environment() | ({"PG_GRANDPARENT_PID": str(ignore)} if ignore else {})
    server: list[str | Path] = [
        cluster.programs() / "postgres",
        "-D",
        cluster.data,
        "-k",
        cluster.socket,
        "-p",
        str(PORT),
    ]
    detach = 'log=$1; shift; umask 077; "$@" >>"$log" 2>&1 </dev/null &'
    subprocess.run(
        ["sh", "-c", detach, "sh", cluster.data / "server.log", *server],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd="/",
        start_new_session=True,
        timeout=20,
        check=True,
        **cluster.run_as(),
    )


def _recorded_pid(cluster: Cluster) -> int | None:
    with suppress(FileNotFoundError, ValueError, IndexError):
        return abs(int((cluster.data / "postmaster.pid").read_text().splitlines()[0])) or None
    return None


def _is_server(pid: int, cluster: Cluster) -> bool:
    """Whether that process is this cluster's server, and not merely waiting to be reaped."""
    try:
        listed = subprocess.run(
            ["ps", "-ww", "-o", "stat=", "-o", "args=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.strip()
    except FileNotFoundError:  # a container without ps
        listed = ""
        with suppress(OSError):
            listed = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return not listed.startswith("Z") and "postgres" in listed and f"-D {cluster.data} " in f"{listed} "


def _set_torn_pid_file_aside(cluster: Cluster) -> None:
    """PostgreSQL refuses to start on a lock file emptied by a power cut."""
    with suppress(FileNotFoundError):
        (cluster.data / "postmaster.pid").rename(cluster.data / f"postmaster.pid.torn.{time.time_ns()}")
