"""Milliseconds and weight of both forms and the live panel beside them, alone and with clinicians typing at once.

.venv/bin/python benchmarks/pages.py [--times N] [--clinicians N] [--pause SECONDS]

Serves the site as production does on a free port, over this installation's database, and measures over kept
connections. The trivial page is measured in the same run, so that a slow machine shows in the first line.
"""

import argparse
import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import quantiles
from threading import Barrier, Thread
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).parents[1]
PICTURE = {
    "at": "laboratory",
    "age": "54",
    "age-unit": "a",
    "sex": "female",
    "guideline": "nice_ng239",
    "glossitis": "present",
    "paraesthesia": "present",
    "none": "mouth",
    "metformin": "present",
    "total_b12": "150",
    "total_b12-unit": "ng/L",
    "mcv": "112",
    "mcv-unit": "fL",
    "haemoglobin": "101",
    "haemoglobin-unit": "g/L",
}


FORMS = {"step by step": "/assess/", "quick page": "/assess/quick/"}
ASKED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script src|img src)="([^"]+)"')


class Answer:
    """What came for one request: its text, and its weight on the wire and unpacked."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        sent = response.read()
        packed = response.getheader("Content-Encoding") == "gzip"
        unpacked = gzip.decompress(sent) if packed else sent
        self.on_the_wire, self.unpacked = len(sent), len(unpacked)
        self.text = unpacked.decode(errors="replace")
        self.is_kept = "immutable" in (response.getheader("Cache-Control") or "")
        self.cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
        if response.status != 200:
            raise RuntimeError(f"The site answered {response.status}: {self.text[:200]}")


class Clinician:
    """One browser on one of the forms: a connection that is kept, and the token of its form."""

    def __init__(self, port: int, path: str = "/assess/") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.path = path
        self.page = self.get(path)
        self.cookie = self.page.cookie
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.page.text)
        self.token = found[1] if found else ""

    def get(self, path: str) -> Answer:
        """The page; anything but 200 stops the measurement."""
        return Answer(self._ask("GET", path, None, {"Accept-Encoding": "gzip"}))

    def panel(self, **answers: str) -> Answer:
        """The answer to the picture, as the form asks for it while one types."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **PICTURE, **answers})
        headers = {
            "HX-Request": "true",
            "Accept-Encoding": "gzip",
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        return Answer(self._ask("POST", self.path, body, headers))

    def _ask(self, *request: Any) -> http.client.HTTPResponse:
        """The response; as in a browser, over a new connection if the server has closed the kept one."""
        try:
            self.connection.request(*request)
            return self.connection.getresponse()
        except (ConnectionError, http.client.RemoteDisconnected):
            self.connection.close()
            self.connection.request(*request)
            return self.connection.getresponse()


@contextmanager
def served() -> Iterator[int]:
    """The port of the site under its production server."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PORT": str(port), "DJANGO_SETTINGS_MODULE": "b12site.settings"}
    python = [sys.executable, "-m", "gunicorn", "-c", "python:b12site.gunicorn_conf", "b12site.wsgi"]
    server = subprocess.Popen(python, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_until_it_answers(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_until_it_answers(port: int, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 30
    while server.poll() is None and time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The site did not start: `./run` once prepares what it needs.")


def timed(do: Callable[[], object], times: int) -> list[float]:
    """Milliseconds of each of so many calls, after a few that are not counted."""
    for _ in range(max(times // 10, 4)):
        do()
    return [_milliseconds(do) for _ in range(times)]


def _milliseconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return (time.perf_counter() - start) * 1000


def typing(port: int, path: str, clinicians: int, times: int, pause: float) -> list[float]:
    """Milliseconds of every panel while so many clinicians type, each pausing as the form waits for them."""
    everyone_ready = Barrier(clinicians)
    taken: list[float] = []

    def one(number: int) -> None:
        clinician = Clinician(port, path)
        clinician.panel()
        everyone_ready.wait()
        time.sleep(pause * number / clinicians)
        for turn in range(times):
            taken.append(_milliseconds(lambda: clinician.panel(total_b12=str(100 + turn))))  # noqa: B023
            time.sleep(pause)

    threads = [Thread(target=one, args=(number,)) for number in range(clinicians)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(taken) != clinicians * times:
        raise RuntimeError("Some clinicians got no answer.")
    return taken


def line(name: str, taken: list[float], answer: Answer | None = None) -> str:
    """Median and 95th percentile, in milliseconds."""
    cuts = quantiles(taken, n=20)
    weight = f"{answer.on_the_wire / 1024:10.1f}{answer.unpacked / 1024:10.1f}" if answer else ""
    return f"{name:44}{len(taken):6}{cuts[9]:9.1f}{cuts[18]:9.1f}{weight}"


def visit(port: int, path: str) -> str:
    """What a first visit loads, and what a later one has to ask for again."""
    one = Clinician(port, path)
    parts = [one.get(address) for address in dict.fromkeys(ASKED.findall(one.page.text))]
    first = sum(part.on_the_wire for part in (one.page, *parts)) / 1024
    again = 1 + sum(not part.is_kept for part in parts)
    return f"{path:24}first visit {first:6.1f} KiB in {1 + len(parts):2} requests; later {again} with a warm cache"


def form_lines(port: int, name: str, path: str, chosen: argparse.Namespace) -> Iterator[str]:
    """The form, its panel alone and with everyone typing."""
    one = Clinician(port, path)
    yield line(f"{name}: the form", timed(lambda: one.get(path), chosen.times), one.page)
    one = Clinician(port, path)
    yield line(f"{name}: the panel, alone", timed(one.panel, chosen.times), one.panel())
    taken = typing(port, path, chosen.clinicians, max(chosen.times // 10, 5), chosen.pause)
    yield line(f"{name}: the panel, {chosen.clinicians} typing", taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=100, help="measurements of each kind")
    parser.add_argument("--clinicians", type=int, default=20, help="how many type at once")
    parser.add_argument(
        "--pause", type=float, default=1.0, help="seconds between two inputs of one clinician"
    )
    chosen = parser.parse_args()
    with served() as port:
        one = Clinician(port)
        print(f"{'milliseconds':44}{'n':>6}{'p50':>9}{'p95':>9}{'KiB sent':>10}{'unpacked':>10}")
        print(line("a trivial page (/livez)", timed(lambda: one.get("/livez"), chosen.times)))
        for name, path in FORMS.items():
            for measured in form_lines(port, name, path, chosen):
                print(measured, flush=True)
        taken = timed(lambda: one.panel(at="check"), chosen.times)
        print(line("the whole answer (last step), alone", taken, one.panel(at="check")))
        for path in FORMS.values():
            print(visit(port, path))


if __name__ == "__main__":
    main()
