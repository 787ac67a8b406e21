"""The embedded PostgreSQL through everything that happens to a server on somebody's machine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from b12site.embedded_postgresql import server
from b12site.embedded_postgresql.places import PORT, Cluster

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def made_cluster() -> Iterator[Cluster]:
    """A cluster that was made, and has rows in a table ``kept``; copying it is quicker than making one."""
    with TemporaryDirectory(prefix="cobalt-test-") as name:
        Path(name).chmod(0o755)
        cluster = Cluster(Path(name) / "pg18", disposable=True)
        server.ensure(cluster)
        with connect(cluster) as connection:
            connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS row")
        server.stop(cluster)
        yield cluster


@pytest.fixture
def cluster(folder: Path, made_cluster: Cluster) -> Iterator[Cluster]:
    cluster = Cluster(folder / "pg18")
    subprocess.run(["cp", "-Rp", made_cluster.data, cluster.data], check=True)
    server.ensure(cluster)
    yield cluster
    server.stop(cluster)


def connect(cluster: Cluster) -> "psycopg.Connection[tuple[int]]":
    where = f"host='{cluster.socket}' port={PORT} dbname=postgres user=postgres"
    return psycopg.connect(where, autocommit=True)


def rows(cluster: Cluster) -> int:
    with connect(cluster) as connection:
        found = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert found
    return found[0]


def pid_of(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def kill_hard(cluster: Cluster) -> None:
    pid = pid_of(cluster)
    os.kill(pid, signal.SIGKILL)
    while Path(f"/proc/{pid}").exists() and server._is_server(pid, cluster):
        time.sleep(0.01)


def test_a_server_is_made_and_started_from_nothing_and_then_left_alone(folder: Path) -> None:
    cluster = Cluster(folder / "pg18")

    socket = server.ensure(cluster)
    first = pid_of(cluster)

    assert server.ensure(cluster) == socket
    assert pid_of(cluster) == first
    with connect(cluster) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    server.stop(cluster)


def test_a_disposable_cluster_does_not_wait_for_the_disk(cluster: Cluster) -> None:
    with connect(cluster) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)


def test_a_stopped_server_is_down_and_comes_back_with_its_rows(cluster: Cluster) -> None:
    assert server.stop(cluster)
    assert not server.answers(cluster)
    assert not server.stop(cluster)

    server.ensure(cluster)
    assert rows(cluster) == 1000


def test_a_killed_server_comes_back_with_its_rows(cluster: Cluster) -> None:
    kill_hard(cluster)

    server.ensure(cluster)

    assert rows(cluster) == 1000


def test_a_lock_file_naming_somebody_elses_process_is_no_obstacle(cluster: Cluster) -> None:
    kill_hard(cluster)
    lock = cluster.data / "postmaster.pid"
    lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    server.ensure(cluster)

    assert rows(cluster) == 1000


@pytest.mark.parametrize("content", ["", "not a number\n"])
def test_a_torn_lock_file_is_set_aside(cluster: Cluster, content: str) -> None:
    server.stop(cluster)
    (cluster.data / "postmaster.pid").write_text(content)

    server.ensure(cluster)

    assert [path.read_text() for path in cluster.data.glob("postmaster.pid.torn.*")] == [content]


def test_a_half_made_cluster_is_made_anew(folder: Path) -> None:
    cluster = Cluster(folder / "pg18", disposable=True)
    half_made = folder / ".pg18.new1"
    half_made.mkdir()
    (half_made / "PG_VERSION").write_text("18\n")

    server.ensure(cluster)

    assert [path.name for path in folder.iterdir() if path.is_dir()] == ["pg18"]
    server.stop(cluster)


def test_many_starts_at_once_make_one_server(cluster: Cluster) -> None:
    server.stop(cluster)
    start = (
        "from pathlib import Path; import sys\n"
        "from b12site.embedded_postgresql import server\n"
        "from b12site.embedded_postgresql.places import Cluster\n"
        "cluster = Cluster(Path(sys.argv[1]))\n"
        "server.ensure(cluster)\n"
        "print((cluster.data / 'postmaster.pid').read_text().split()[0])\n"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", start, str(cluster.wanted)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]

    answers = [start.communicate(timeout=60)[0].strip() for start in starts]

    assert answers == [str(pid_of(cluster))] * 4


def test_a_path_too_long_for_a_socket_gets_one_elsewhere(folder: Path, made_cluster: Cluster) -> None:
    deep = folder / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    cluster = Cluster(deep / "pg18")
    subprocess.run(["cp", "-Rp", made_cluster.data, cluster.data], check=True)

    socket = server.ensure(cluster)

    assert socket != cluster.data
    assert socket.stat().st_mode & 0o777 == 0o700
    assert server.stop(cluster)
    socket.rmdir()


def test_the_log_holds_no_values(cluster: Cluster) -> None:
    with connect(cluster) as connection:
        connection.execute("CREATE TABLE small (value int CHECK (value < 10))")
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute("INSERT INTO small VALUES (98765)")

    log = (cluster.data / "server.log").read_text()
    assert "small_value_check" in log
    assert "98765" not in log


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs under another account")
def test_roots_closed_folders_stay_closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = folder / "elsewhere"
    monkeypatch.setattr("b12site.embedded_postgresql.places.OUT_OF_ROOTS_HOME", elsewhere)
    closed = folder / "home"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "checkout" / "pg18", disposable=True)

    server.ensure(cluster)

    assert cluster.data.is_relative_to(elsewhere)
    assert closed.stat().st_mode & 0o777 == 0o700
    assert server.stop(cluster)
