"""The hazard log: what could harm a patient, what controls it, and which tests hold each control."""

import ast
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

LOG = settings.BASE_DIR / "docs" / "safety" / "hazards.yaml"
KEYS = ("title", "cause", "harm", "controls", "left")


@dataclass(frozen=True, slots=True)
class Control:
    """Something that the software does against a hazard; ``tests`` are pytest's names of what holds it."""

    says: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hazard:
    """A way in which Cobalt could contribute to harm. ``left`` is what rests on people, or empty."""

    slug: str
    title: str
    cause: str
    harm: str
    controls: tuple[Control, ...]
    left: str = ""


class HazardLogError(ValueError):
    """The hazard log cannot be read; the text says where and why."""


@lru_cache(maxsize=2)
def read_hazards(path: Path = LOG) -> tuple[Hazard, ...]:
    """The hazards in the order of the file. Raises HazardLogError."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise HazardLogError(f"{path.name}: {error}") from error
    return tuple(_hazard(slug, part) for slug, part in content.items())


def _hazard(slug: str, part: Any) -> Hazard:
    if unknown := sorted(set(part) - set(KEYS)):
        raise HazardLogError(f"{slug}: there is nothing called {unknown[0]} in a hazard.")
    if missing := [key for key in KEYS[:-1] if not part.get(key)]:
        raise HazardLogError(f"{slug}: {missing[0]} is not filled in.")
    controls = tuple(Control(one["says"], tuple(one.get("tests") or ())) for one in part["controls"])
    if bare := [control.says for control in controls if not control.tests]:
        raise HazardLogError(f"{slug}: no test holds “{bare[0]}”.")
    return Hazard(slug, part["title"], part["cause"], part["harm"], controls, part.get("left", ""))


def named_tests(hazards: tuple[Hazard, ...]) -> tuple[str, ...]:
    """The tests that the hazards name, each once, by name."""
    return tuple(sorted({test for one in hazards for control in one.controls for test in control.tests}))


def absent(tests: tuple[str, ...], root: Path) -> tuple[str, ...]:
    """Those of the tests that do not exist below ``root``, or are skipped where they stand."""
    return tuple(test for test in tests if not _stands(test, root))


def _stands(test: str, root: Path) -> bool:
    path, _, name = test.partition("::")
    return name in _functions(root / path)


@lru_cache(maxsize=256)
def _functions(path: Path) -> frozenset[str]:
    """The names of the tests in a file that are not marked as skipped or expected to fail."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except OSError:
        return frozenset()
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not any(word in ast.unparse(mark) for mark in node.decorator_list for word in ("skip", "xfail"))
    )
