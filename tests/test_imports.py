"""Imports run one way: assessments, conditions, conditions.reasoning, the standard library."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def imported(package: str) -> Iterator[tuple[str, str]]:
    """Each module file below the package, with the full name of everything it imports."""
    for path in (ROOT / package).rglob("*.py"):
        here = [*path.relative_to(ROOT).with_suffix("").parts][:-1]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from ((path.name, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = here[: len(here) - node.level + 1] if node.level else []
                yield path.name, ".".join([*base, *filter(None, [node.module])])


def test_the_reasoning_uses_the_standard_library_and_itself() -> None:
    strangers = {
        (path, name)
        for path, name in imported("conditions/reasoning")
        if name.split(".")[0] not in sys.stdlib_module_names
        and not f"{name}.".startswith("conditions.reasoning.")
    }

    assert strangers == set()


def test_conditions_do_not_know_of_assessments() -> None:
    assert {pair for pair in imported("conditions") if pair[1].split(".")[0] == "assessments"} == set()
