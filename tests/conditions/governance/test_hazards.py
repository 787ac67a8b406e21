"""The hazard log can be read, and every control is held by tests that exist."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from conditions.governance import hazards as module
from conditions.governance.hazards import HazardLogError, absent, named_tests, read_hazards


@pytest.fixture
def log(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a hazard log of one hazard with a given last line."""

    def write(last: str) -> Path:
        path = tmp_path / "hazards.yaml"
        path.write_text(f"wrong_unit:\n  title: T\n  cause: C\n  harm: H\n{last}\n")
        return path

    return write


def test_every_test_that_controls_a_hazard_exists_and_is_not_skipped() -> None:
    assert absent(named_tests(read_hazards()), settings.BASE_DIR) == ()


@pytest.mark.parametrize(
    ("last", "says"),
    [
        ("  risk: 3", "wrong_unit: there is nothing called risk in a hazard."),
        ("  left: People.", "wrong_unit: controls is not filled in."),
        ("  controls: [{says: It asks., tests: []}]", "wrong_unit: no test holds “It asks.”."),
    ],
)
def test_a_log_that_is_wrong_says_where(log: Callable[[str], Path], last: str, says: str) -> None:
    with pytest.raises(HazardLogError) as error:
        read_hazards(log(last))
    assert str(error.value) == says


def test_a_log_that_is_no_yaml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hazards.yaml"
    path.write_text("a: [")
    with pytest.raises(HazardLogError, match=r"^hazards\.yaml: "):
        read_hazards(path)


def test_a_test_that_is_gone_or_skipped_is_named(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_runs(): ...\n@pytest.mark.skip\ndef test_rests(): ...\n"
        "@pytest.mark.xfail\ndef test_fails(): ...\n"
    )
    names = ("runs", "rests", "fails", "is_gone")
    named = (*(f"test_it.py::test_{name}" for name in names), "test_other.py::test_runs")
    assert absent(named, tmp_path) == named[1:]


def test_the_command_counts_what_is_there_and_refuses_what_is_not(
    log: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("check_hazards")
    assert capsys.readouterr().out.endswith(": all are there.\n")
    wrong = read_hazards(log("  controls: [{says: It asks., tests: [tests/no.py::test_no]}]"))
    monkeypatch.setattr("conditions.management.commands.check_hazards.read_hazards", lambda: wrong)
    with pytest.raises(CommandError, match=r"^tests/no\.py::test_no: there is no such test\.$"):
        call_command("check_hazards")
    assert module.LOG.is_file()
