"""Milliseconds and hit rate of the library's search, over the list of searches that the tests hold.

.venv/bin/python benchmarks/search.py [--times N]

Measured in this process on the shipped knowledge, each search for the first time: what was sought before comes from
memory. ``typing`` is what a person typing each of them letter by letter asks for.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "b12site.settings")
SEARCHES = ROOT / "tests" / "conditions" / "library" / "data" / "searches.yaml"


def milliseconds(texts: list[str], times: int) -> list[float]:
    """How long each search takes when it is asked for the first time."""
    from conditions.files import read_files
    from conditions.library import search
    from conditions.library.index import index_of
    from conditions.reasoning.document import read_document

    knowledge = read_document(read_files())
    start = time.perf_counter()
    index = index_of(knowledge)
    built = (time.perf_counter() - start) * 1000
    print(f"index: {len(index.entries)} entries, {len(index.names)} names, built once in {built:.0f} ms")
    taken = []
    for _ in range(times):
        search._search.cache_clear()
        for text in texts:
            start = time.perf_counter()
            search.search(text, knowledge)
            taken.append((time.perf_counter() - start) * 1000)
    return taken


def hit_rate(wanted: dict[str, str], first: int) -> str:
    """How many of the searches have their target among the first so many."""
    from conditions.files import read_files
    from conditions.library.search import search
    from conditions.reasoning.document import read_document

    knowledge = read_document(read_files())
    found = 0
    for text, target in wanted.items():
        hits = search(text, knowledge)[:first]
        found += target in [f"{hit.entry.kind} {hit.entry.link.slug}" for hit in hits]
    return f"{found} of {len(wanted)}"


def line(name: str, taken: list[float]) -> str:
    """Number, median and 95th percentile."""
    return f"{name:24}{len(taken):7}{median(taken):9.2f}{quantiles(taken, n=20)[18]:9.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=5, help="how often the whole list is sought")
    chosen = parser.parse_args()
    import django
    import yaml

    django.setup()
    searches = yaml.safe_load(SEARCHES.read_text(encoding="utf-8"))
    wanted = {**searches["first"], **searches["top_three"]}
    typed = [text[:end] for text in wanted for end in range(1, len(text) + 1)]
    whole, letters = milliseconds(list(wanted), chosen.times), milliseconds(typed, 1)
    print(f"{'milliseconds':24}{'n':>7}{'p50':>9}{'p95':>9}")
    print(line("whole searches", whole))
    print(line("typing", letters))
    print(f"found first: {hit_rate(wanted, 1)}; among the first three: {hit_rate(wanted, 3)}")


if __name__ == "__main__":
    main()
