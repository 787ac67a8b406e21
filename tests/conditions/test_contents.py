"""The table of contents in the README is written from the knowledge, never typed."""

from pathlib import Path

import pytest

from conditions.contents import contents_table
from conditions.files import read_files
from conditions.management.commands.contents import BEGIN, END, with_table
from conditions.reasoning.document import read_document
from tests.make import knowledge as make

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_holds_the_table_of_the_shipped_knowledge() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_table(text, contents_table(read_document(read_files()))) == text


def test_the_table_counts_statements_by_how_far_they_were_checked() -> None:
    table = contents_table(read_document(make.document()))
    assert "| rules |" in table
    assert "agreement with published cases: state | 0 of 0 |" in table


def test_the_table_replaces_what_stands_between_its_marks() -> None:
    assert with_table(f"a\n{BEGIN}\nold\n{END}\nz", "new") == f"a\n{BEGIN}\nnew\n{END}\nz"


def test_a_text_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        with_table("no marks", "table")
