"""Serving the site: once for each port, and again after anything."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


class Installation:
    """A folder and a port to serve from. Only pages that need no database are asked for."""

    def __init__(self, var: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (var / "static").mkdir()
        self.address = f"http://127.0.0.1:{self.port}"
        self.record = var / f"serving-{self.port}.pid"
        self.environment = os.environ | {
            "COBALT_VAR": str(var),
            "PORT": str(self.port),
            "DATABASE_URL": "postgres://u:p@127.0.0.1:1/x",
        }
        self.started: list[subprocess.Popen[str]] = []

    def start(self) -> "subprocess.Popen[str]":
        """Start it as `./run` does; returns at once."""
        command = [sys.executable, "-m", "b12site.serving"]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def stop(self) -> str:
        """Stop it as `./run stop` does; what is said."""
        command = [sys.executable, "-m", "b12site.serving", "stop"]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True
        ).stderr

    def serves(self, within: float = 20) -> bool:
        """Whether the site answers in time."""
        end = time.monotonic() + within
        while time.monotonic() < end:
            with suppress(URLError, ConnectionError), urlopen(f"{self.address}/livez"):  # noqa: S310
                return True
            time.sleep(0.05)
        return False


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(tmp_path)
    yield installation
    installation.stop()
    for process in installation.started:
        process.communicate(timeout=30)


def test_it_serves_says_where_and_stops(installation: Installation) -> None:
    served = installation.start()
    assert installation.serves()

    assert installation.stop() == f"Stopped the site on port {installation.port}.\n"
    assert served.communicate(timeout=10)[0].startswith(f"Cobalt is at {installation.address}/ ")
    assert not installation.serves(within=0.2)
    assert installation.stop() == "Nothing was running.\n"


def test_a_second_start_says_that_it_is_running(installation: Installation) -> None:
    installation.start()
    assert installation.serves()

    second = installation.start()

    assert second.communicate(timeout=10)[0] == f"Cobalt is already running at {installation.address}/\n"
    assert second.returncode == 0


def test_of_two_starts_at_once_one_serves(installation: Installation) -> None:
    both = [installation.start(), installation.start()]
    assert installation.serves()

    end = time.monotonic() + 10
    while time.monotonic() < end and all(process.poll() is None for process in both):
        time.sleep(0.05)

    assert sorted(str(process.poll()) for process in both) == ["0", "None"]


def test_a_killed_server_is_no_obstacle(installation: Installation) -> None:
    killed = installation.start()
    assert installation.serves()
    os.kill(int(installation.record.read_text()), signal.SIGKILL)
    killed.communicate(timeout=10)

    installation.start()

    assert installation.serves()


def test_a_record_left_by_a_power_cut_is_no_obstacle(installation: Installation) -> None:
    installation.record.write_text(str(os.getpid()))

    installation.start()

    assert installation.serves()
    assert int(installation.record.read_text()) != os.getpid()


def test_a_port_that_is_taken_is_named(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()

        refused = installation.start()
        said = refused.communicate(timeout=10)[0]

    assert refused.returncode == 1
    assert said == f"Port {installation.port} is taken by another program: try `PORT=8001 ./run`.\n"
