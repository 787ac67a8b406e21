"""The commands of the knowledge."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from conditions import releases
from conditions.files import read_files, write_files
from conditions.models import Release, Rule
from conditions.schema import tidied
from conditions.workspace import document_of_rows
from tests.make.knowledge import document

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., Path]:
    """Writes a small document as files."""

    def files(**changes: Any) -> Path:
        folder = tmp_path / "knowledge"
        write_files(document(**changes), folder)
        return folder

    return files


def test_files_become_rows(
    nothing_published: None, files: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_knowledge", "--from", str(files()))
    assert document_of_rows() == document()
    assert capsys.readouterr().out == "Loaded. Changed: 19; kept as edited here: 0.\n"


def test_loading_keeps_and_lists_what_was_edited(
    small_release: Release, files: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    Rule.objects.filter(slug="grey_total").update(says="Edited here.")
    folder = files(rules__grey_total__says="Shipped anew.", rules__deficient_total__says="Shipped anew.")
    call_command("load_knowledge", "--from", str(folder))
    assert capsys.readouterr().out == "Loaded. Changed: 1; kept as edited here: 1.\nkept rules grey_total\n"
    assert Rule.objects.get(slug="grey_total").says == "Edited here."
    assert Rule.objects.get(slug="deficient_total").says == "Shipped anew."


def test_loading_overwrites_when_asked(small_release: Release, files: Callable[..., Path]) -> None:
    Rule.objects.filter(slug="grey_total").update(says="Edited here.")
    call_command("load_knowledge", "--from", str(files()), "--overwrite")
    assert document_of_rows() == document()


def test_loading_refuses_files_that_name_what_is_not_there(
    small_release: Release, files: Callable[..., Path]
) -> None:
    folder = files(rules__grey_total__when="mma is high", rules__deficient_total__source="nobody")
    with pytest.raises(CommandError) as refused:
        call_command("load_knowledge", "--from", str(folder))
    assert sorted(str(refused.value).splitlines()) == [
        "rules deficient_total: there is no source called nobody.",
        "rules grey_total: There is no finding called mma.",
    ]
    assert document_of_rows() == document()


def test_loading_says_what_the_database_refuses(small_release: Release, files: Callable[..., Path]) -> None:
    with pytest.raises(CommandError, match="source_year_is_a_year"):
        call_command("load_knowledge", "--from", str(files(sources__textbook__year=24)))


def test_rows_become_files_in_place_of_those_that_were_there(
    small_release: Release, tmp_path: Path, files: Callable[..., Path]
) -> None:
    folder = files(conditions__gone={"name": "Gone", "kind": "disease"})
    (folder / "notes.txt").write_text("kept")
    call_command("dump_knowledge", "--to", str(folder))
    assert tidied(read_files(folder)) == document()
    assert not (folder / "conditions" / "gone.yaml").exists()
    assert (folder / "notes.txt").exists()


def test_the_shipped_release_is_published_with_notes(
    nothing_published: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(releases, "read_files", document)
    call_command("publish_release", "--notes", "First.")
    release = Release.objects.current()
    assert (release.notes, release.document) == ("First.", document_of_rows())
    assert capsys.readouterr().out == f"Release {release.version}, {release.digest}\n"


def test_a_release_that_is_refused_says_all_that_is_wrong_one_a_line(
    nothing_published: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = {
        "cases__plainly_deficient__expects": {"headline": "b12_indeterminate", "firm": False},
    }
    monkeypatch.setattr(releases, "read_files", lambda: document(**changes))
    with pytest.raises(CommandError) as refused:
        call_command("publish_release", "--notes", "Wrong.")
    assert refused.value.returncode == 1
    assert len(str(refused.value).splitlines()) == 2
    assert document_of_rows() == {"format": 1}
