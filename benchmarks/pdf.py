"""Milliseconds for the sheets as PDF: laid out, tagged and written, and with the whole request around them.

.venv/bin/python benchmarks/pdf.py [--times N]

Asks this installation's own pages without a server in between. The promise is a PDF of two pages in half a second (median);
the time of the processor, beside it, shows how much of it a busy machine adds.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).parents[1]
ASKED = {"paper": "a4", "format": "pdf"}
PICTURE = {
    "age": "54",
    "age-unit": "a",
    "sex": "female",
    "pregnancy": "absent",
    "glossitis": "present",
    "paraesthesia": "present",
    "metformin": "present",
    "total_b12": "150",
    "total_b12-unit": "ng/L",
    "mcv": "112",
    "mcv-unit": "fL",
    "haemoglobin": "101",
    "haemoglobin-unit": "g/L",
}
MUCH = PICTURE | {
    "total_b12": "260",
    "mma": "420",
    "mma-unit": "nmol/L",
    "creatinine": "70",
    "creatinine-unit": "umol/L",
    "proton_pump_inhibitor": "present",
    "known_autoimmune_disease": "present",
    "alt": "95",
    "alt-unit": "U/L",
}


def measured(do: Callable[[], Any], times: int) -> tuple[list[float], list[float], bytes]:
    """Milliseconds of each call after one that is not counted, those of the processor, and what the last one gave."""
    given, taken, worked = do().content, [], []
    for _ in range(times):
        start, begun = time.perf_counter(), time.process_time()
        given = do().content
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - begun) * 1000)
    return taken, worked, given


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=20, help="measurements of each sheet")
    chosen = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "b12site.settings")

    import django

    django.setup()
    from django.conf import settings
    from django.test import Client
    from pypdfium2 import PdfDocument

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    sheets: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("summary for the clinician", lambda: client.post("/assess/print/summary/", PICTURE | ASKED)),
        ("the same, much told: folded", lambda: client.post("/assess/print/summary/", MUCH | ASKED)),
        ("page for the patient", lambda: client.post("/assess/print/handout/", PICTURE | ASKED)),
        ("a condition", lambda: client.get("/conditions/metformin/print/", ASKED)),
        ("a long condition: folded", lambda: client.get("/conditions/pernicious_anaemia/print/", ASKED)),
        ("poster of limits", lambda: client.get("/print/limits/", ASKED)),
        ("worksheet", lambda: client.get("/print/worksheet/", ASKED)),
    )
    print(f"{'milliseconds':34}{'pages':>6}{'n':>5}{'median':>9}{'p95':>9}{'processor':>11}{'KiB':>8}")
    for name, do in sheets:
        taken, worked, content = measured(do, chosen.times)
        pages = len(PdfDocument(content))
        p95 = quantiles(taken, n=20)[18]
        print(
            f"{name:34}{pages:6}{len(taken):5}{median(taken):9.0f}{p95:9.0f}"
            f"{median(worked):11.0f}{len(content) / 1024:8.1f}"
        )


if __name__ == "__main__":
    main()
