"""The script that everything starts with."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[1]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Runs the script on an installation of its own, from another folder than the script's."""
    with TemporaryDirectory(prefix="cobalt-test-") as name:
        Path(name).chmod(0o755)
        environment = os.environ | {"COBALT_VAR": name}

        def run(*words: str) -> "subprocess.CompletedProcess[str]":
            return subprocess.run(
                [ROOT / "run", *words], env=environment, cwd=name, capture_output=True, text=True, check=False
            )

        yield run
        run("stop")


def test_it_tells_its_words(run: Run) -> None:
    told = run("--help")

    assert told.stdout.startswith("./run                  prepare everything and serve the site")
    assert (told.returncode, told.stderr) == (0, "")


def test_stopping_where_nothing_runs_is_no_mistake(run: Run) -> None:
    stopped = run("stop")

    assert (stopped.returncode, stopped.stderr) == (0, "Nothing was running.\n")


def test_a_word_is_prepared_for_and_only_its_answer_is_on_standard_output(run: Run) -> None:
    answered = run("diffsettings", "--output=unified")

    assert "shipped knowledge" in answered.stderr
    assert {line[0] for line in answered.stdout.splitlines()} <= {"+", "-", " "}
    assert answered.returncode == 0


def test_a_command_keeps_its_exit_status_and_its_own_words(run: Run) -> None:
    refused = run("nonsense")

    assert "Unknown command: 'nonsense'" in refused.stderr
    assert (refused.returncode, refused.stdout) == (1, "")
