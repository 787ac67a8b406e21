"""The command that writes a release for other programs."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from conditions.exports.cql import library_of
from conditions.exports.vocabulary import vocabulary_of
from conditions.models import Release
from conditions.releases import current_knowledge

pytestmark = pytest.mark.django_db


def test_the_current_release_becomes_a_library_and_its_words(
    small_release: Release, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "not" / "there yet"
    call_command("export_cql", "--to", str(folder))

    knowledge, version = current_knowledge(), small_release.version
    assert (folder / "Cobalt.cql").read_text() == library_of(knowledge, version)
    assert json.loads((folder / "Cobalt.json").read_text()) == vocabulary_of(knowledge, version)
    assert capsys.readouterr().out == f"Written to {folder}: Cobalt.cql, Cobalt.json.\n"


def test_a_rule_reads_as_it_was_written(small_release: Release) -> None:
    library = library_of(current_knowledge(), small_release.version)

    assert (
        """\
// Deficiency with a sore tongue.
define "rule deficiency_with_glossitis: when":
  "b12_deficiency is established"
    and "glossitis is present"

define "rule deficiency_with_glossitis: outcome":
  Outcome("rule deficiency_with_glossitis: when", false)

// Pernicious anaemia
define "condition pernicious_anaemia":
  Support(
    List<String>{},
    {"rule deficiency_with_glossitis: outcome"},
    List<String>{},
    List<String>{})
"""
        in library
    )


def test_the_words_say_what_an_expression_is_about(small_release: Release) -> None:
    words = vocabulary_of(current_knowledge(), small_release.version)

    assert words["release"] == {"version": small_release.version, "digest": small_release.digest}
    assert words["findings"]["total_b12"] == {
        "label": "Total B12",
        "states": {"deficient": "", "indeterminate": "", "sufficient": "", "high": ""},
        "codes": {"loinc": ["2132-9"]},
        "expression": None,
    }
    assert words["findings"]["tongue_or_mouth"]["expression"] == "finding tongue_or_mouth"
    assert words["rules"]["deficient_total"] == {
        "condition": "b12_deficiency",
        "effect": "establishes",
        "says": "Total B12 is below the limit.",
        "when": {"expression": "rule deficient_total: when", "text": "total_b12 is deficient"},
        "unless": {"expression": "rule deficient_total: unless", "text": "pregnancy is present"},
        "outcome": "rule deficient_total: outcome",
        "source": "nice_ng239",
        "also": [],
        "grade": "A",
        "verification": "primary",
    }


def test_before_the_first_release_there_is_nothing_to_write(nothing_published: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No knowledge has been published yet"):
        call_command("export_cql", "--to", str(tmp_path))


def test_a_folder_that_cannot_be_made_is_named(small_release: Release, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")

    with pytest.raises(CommandError, match="taken: "):
        call_command("export_cql", "--to", str(taken))
