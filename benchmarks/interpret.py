"""Microseconds for one interpretation with its whole explanation, on the shipped knowledge.

.venv/bin/python benchmarks/interpret.py [TIMES]
"""

import platform
import sys
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter_ns
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from conditions.files import read_files
from conditions.reasoning.document import read_document
from conditions.reasoning.interpret import interpret
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PatientPicture, read_picture

SPARSE: dict[str, Any] = {
    "measured": {"age": {"value": "45", "unit": "a"}, "total_b12": {"value": "250", "unit": "ng/L"}},
    "stated": {"guideline": "nice_ng239", "sex": "female"},
}
TYPICAL: dict[str, Any] = {
    "measured": {
        "age": {"value": "54", "unit": "a"},
        "total_b12": {"value": "150", "unit": "ng/L", "interval": {"low": "197", "high": "771"}},
        "haemoglobin": {"value": "101", "unit": "g/L", "interval": {"low": "115", "high": "165"}},
        "mcv": {"value": "112", "unit": "fL", "interval": {"low": "80", "high": "100"}},
        "platelets": {"value": "230", "unit": "10*9/L"},
        "ferritin": {"value": "60", "unit": "ug/L"},
        "folate_serum": {"value": "9", "unit": "ug/L"},
        "creatinine": {"value": "70", "unit": "umol/L"},
        "alt": {"value": "22", "unit": "U/L"},
        "tsh": {"value": "6.2", "unit": "m[IU]/L"},
    },
    "stated": {
        "guideline": "nice_ng239",
        "sex": "female",
        "pregnancy": "absent",
        "fatigue": "present",
        "glossitis": "present",
        "paraesthesia": "present",
        "numbness": "absent",
        "gait_ataxia": "absent",
        "metformin": "present",
        "known_thyroid_disease": "present",
        "b12_injection": "absent",
        "b12_oral": "absent",
        "intrinsic_factor_antibody": "positive",
    },
}


def rich(knowledge: Knowledge) -> PatientPicture:
    """The typical patient, of whom everything else that can be told in words was asked and is absent."""
    typical = read_picture(TYPICAL, knowledge)
    told = {
        finding.slug: "absent"
        for finding in knowledge.findings.values()
        if "absent" in finding.states and finding.asked != "never" and not finding.defined_as
    }
    return PatientPicture(typical.measured, told | dict(typical.stated))


def explained(picture: PatientPicture, knowledge: Knowledge) -> int:
    """Interpret, and ask for every part that is worked out only when it is wanted."""
    said = interpret(picture, knowledge)
    return (
        len(said.causes)
        + len(said.missing)
        + len(said.if_advice)
        + len(said.investigations)
        + len(said.questions)
        + len(said.headline.may_change)
    )


def timed(picture: PatientPicture, knowledge: Knowledge, times: int) -> list[float]:
    """Microseconds, one for each time."""
    took = []
    for _ in range(times):
        start = perf_counter_ns()
        explained(picture, knowledge)
        took.append((perf_counter_ns() - start) / 1000)
    return took


def main(times: int) -> None:
    start = perf_counter_ns()
    knowledge = read_document(read_files())
    loaded = (perf_counter_ns() - start) / 1e6
    parts = ("findings", "conditions", "rules", "recommendations")
    print(
        ", ".join(f"{len(getattr(knowledge, part))} {part}" for part in parts), f"(read in {loaded:.0f} ms)"
    )
    print(f"Python {platform.python_version()}, {platform.machine()}, {times} times each; microseconds")
    print(f"{'picture':8} {'findings':>8} {'known':>6} {'median':>8} {'p95':>8}")
    pictures = {
        "sparse": read_picture(SPARSE, knowledge),
        "typical": read_picture(TYPICAL, knowledge),
        "rich": rich(knowledge),
    }
    for name, picture in pictures.items():
        timed(picture, knowledge, times // 10)
        took = timed(picture, knowledge, times)
        told, known = len(picture.measured) + len(picture.stated), len(interpret(picture, knowledge).known)
        print(f"{name:8} {told:8} {known:6} {median(took):8.0f} {quantiles(took, n=20)[-1]:8.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
