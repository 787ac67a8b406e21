"""Milliseconds and weight of the pages of the library, over this installation's database.

.venv/bin/python benchmarks/library.py [--times N]

Each page is asked for over one kept connection; its weight is what a browser is sent, and the same unpacked.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from pages import Clinician, line, served, timed

PAGES = (
    "/livez",
    "/library/",
    "/library/?q=pernicous+anemia",
    "/library/map/",
    "/library/guidelines/",
    "/conditions/pernicious_anaemia/",
    "/conditions/b12_deficiency/",
    "/investigations/fbc_film/",
    "/medicines/metformin/",
    "/findings/total_b12/",
    "/findings/b12_low_or_grey/",
    "/sources/",
    "/sources/nice_ng239_2024/",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=50, help="measurements of each page")
    chosen = parser.parse_args()
    with served() as port:
        reader = Clinician(port, PAGES[1])
        print(
            f"{'milliseconds, and KiB sent and unpacked':44}{'n':>6}{'p50':>9}{'p95':>9}{'sent':>10}{'unpacked':>10}"
        )
        for path in PAGES:
            taken = timed(lambda: reader.get(path), chosen.times)  # noqa: B023
            print(line(path, taken, reader.get(path)))


if __name__ == "__main__":
    main()
