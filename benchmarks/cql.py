"""Microseconds of processor time for one patient: ours and the reference engine of CQL, on the same release in one run.

.venv/bin/python benchmarks/cql.py [PATIENTS [TIMES]]

Ours goes from the picture as it was told, amounts and all, to the interpretation with every reason; and then on to
all that is missing, the investigations and what may change the headline. The reference engine goes from the states,
already classified, to the verdicts of every expression of the exported library. Both are warmed up; reading, and
translating the library, are not counted. It is processor time of the one thread that works, so that whatever else the
machine does counts for neither.
"""

import platform
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import thread_time_ns

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.interpret import explained
from conditions.exports.cql import library_of
from conditions.files import read_files
from conditions.reasoning.cases import interpret_case
from conditions.reasoning.document import read_document
from conditions.reasoning.interpret import Interpretation, interpret
from tests.cql.engine import findings_of, lacking, microseconds, node

AIM = 10


def ours(patients: list[Interpretation], times: int, work: Callable[..., object]) -> list[float]:
    """What one patient took, once for each time the work was done for all of them."""
    took = []
    for _ in range(times):
        start = thread_time_ns()
        for said in patients:
            work(said.picture, said.knowledge)
        took.append((thread_time_ns() - start) / 1000 / len(patients))
    return took


def main(count: int, times: int) -> None:
    program = node()
    if program is None or lacking():
        sys.exit(lacking())
    knowledge = read_document(read_files())
    cases = list(knowledge.cases.values())
    patients = [interpret_case(case, knowledge) for case in cases[:: max(1, len(cases) // count)]]
    library = library_of(knowledge, "1")
    version = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    print(
        f"{len(knowledge.rules)} rules, {len(knowledge.recommendations)} recommendations,"
        f" {library.count('define ')} expressions; {len(patients)} patients, {times} times"
    )
    print(
        f"Python {platform.python_version()}, Node {version}, {platform.machine()}; microseconds of processor time a patient"
    )
    theirs = microseconds(library, map(findings_of, patients), times + 1)[1:]
    print(f"{'':32} {'median':>8} {'least':>8} {'most':>8}  ratio (aim: {AIM})")
    for name, took in (
        ("cql-execution, verdicts", theirs),
        ("ours, verdicts and their reasons", ours(patients, times + 1, interpret)[1:]),
        ("ours, and all that is missing", ours(patients, times + 1, explained)[1:]),
    ):
        ratio = median(theirs) / median(took)
        print(f"{name:32} {median(took):8.0f} {min(took):8.0f} {max(took):8.0f}  {ratio:.1f}")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [100, 5][len(given) :]))
