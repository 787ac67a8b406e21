"""The script that everything starts with."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


def run(*words: str, var: Path) -> "subprocess.CompletedProcess[str]":
    environment = os.environ | {"COBALT_VAR": str(var)}
    return subprocess.run(
        [ROOT / "run", *words], env=environment, cwd=var, capture_output=True, text=True, check=False
    )


def test_it_tells_its_words(tmp_path: Path) -> None:
    told = run("--help", var=tmp_path)

    assert told.stdout.startswith("./run                  prepare everything and serve the site")
    assert (told.returncode, told.stderr) == (0, "")


def test_stopping_where_nothing_runs_is_no_mistake(tmp_path: Path) -> None:
    stopped = run("stop", var=tmp_path)

    assert (stopped.returncode, stopped.stderr) == (0, "Nothing was running.\n")
