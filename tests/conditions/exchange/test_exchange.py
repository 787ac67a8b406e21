"""Import and export of every part: what goes out comes back, and what comes in is looked at first."""

import csv
import io
import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
import yaml
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from conditions.exchange.cells import FORMULA, READERS, guarded, unguarded, written
from conditions.exchange.formats import CSV, YAML
from conditions.exchange.resources import resource_of
from conditions.files import text_of
from conditions.models import Edit, Finding, Limits, Release, Rule, Source, UnitAlias
from conditions.schema import ALIASES, SECTIONS
from conditions.workspace import document_of_rows, replace_rows
from tests.make.curation import dated_document

pytestmark = pytest.mark.django_db

MODELS = [*SECTIONS.values(), Limits, ALIASES]
FORMATS = [YAML, CSV]


@pytest.fixture
def rows(nothing_published: None) -> dict[str, Any]:
    """The small document in the rows, with texts that a spreadsheet would take for formulas."""
    made = dated_document()
    made["sources"]["textbook"] |= {
        "note": "=HYPERLINK(\"x\")\r\n+1, '-2'",
        "authors": "@someone",
        "year": 1999,
    }
    made["findings"]["glossitis"]["synonyms"] = ["-red, smooth", "two\nlines", " spaced"]
    made["rules"]["grey_total"] |= {"also": ["textbook"], "rows": ["R1", "H2"], "place": "1.2; table 3"}
    made["unit_aliases"]["=sum"] = "ng/L"
    replace_rows(made)
    return document_of_rows()


def taken(model: Any, form: Any, data: bytes, **options: Any) -> Any:
    return resource_of(model)().import_data(
        form().create_dataset(data), rollback_on_validation_errors=True, **options
    )


def out(model: Any, form: Any) -> bytes:
    return bytes(form().export_data(resource_of(model)().export()))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("model", MODELS)
def test_what_is_exported_and_imported_changes_nothing(model: Any, form: Any, rows: dict[str, Any]) -> None:
    data = out(model, form)
    edits = Edit.objects.count()
    result = taken(model, form, data)
    assert (result.wrong(), result.base_errors) == ([], [])
    assert (result.totals["skip"], result.total_rows) == (result.total_rows, result.total_rows)
    assert document_of_rows() == rows
    assert Edit.objects.count() == edits


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("model", MODELS)
def test_what_is_taken_out_can_be_brought_into_empty_rows(
    model: Any, form: Any, rows: dict[str, Any]
) -> None:
    """From another installation: the part is made anew, as far as nothing else hangs on it."""
    data = out(model, form)
    sheet = resource_of(model).sheet
    without = deepcopy(rows)
    for slug, part in list(without[sheet.section].items()):
        if model is Limits:
            part.pop("limits", None)
        elif model.__name__ in ("Rule", "Recommendation", "Note", "Case", "UnitAlias"):
            del without[sheet.section][slug]
    replace_rows(without)
    result = taken(model, form, data)
    assert (result.wrong(), [str(one.error) for one in result.base_errors]) == ([], [])
    assert document_of_rows() == rows


def test_the_shipped_knowledge_comes_back_as_it_went(release: Release) -> None:
    before = document_of_rows()
    for model in MODELS:
        for form in FORMATS:
            result = taken(model, form, out(model, form), dry_run=True)
            assert (result.wrong(), result.totals["skip"]) == ([], result.total_rows), (model, form)
    assert document_of_rows() == before


def test_the_yaml_of_a_part_is_that_of_the_files(rows: dict[str, Any]) -> None:
    assert yaml.safe_load(out(Limits, YAML)) == {"total_b12": rows["findings"]["total_b12"]["limits"]}
    assert yaml.safe_load(out(UnitAlias, YAML)) == rows["unit_aliases"]
    assert "limits" not in yaml.safe_load(out(Finding, YAML))["total_b12"]
    assert yaml.safe_load(out(Rule, YAML)) == rows["rules"]


@pytest.mark.parametrize("model", MODELS)
def test_no_cell_begins_as_a_formula(model: Any, rows: dict[str, Any]) -> None:
    cells = [cell for row in csv.reader(io.StringIO(out(model, CSV).decode("utf-8-sig"))) for cell in row]
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []


@given(st.text())
def test_a_guarded_text_comes_back_and_begins_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA)


@given(st.lists(st.text(), min_size=1))
def test_a_list_in_a_cell_comes_back(items: list[str]) -> None:
    assert READERS["items"](unguarded(guarded(written(items)))) == items


# What comes in


def rule(**changes: Any) -> bytes:
    part = document_of_rows()["rules"]["grey_total"] | changes
    return text_of({"grey_total": {key: value for key, value in part.items() if value is not None}}).encode()


def sheet_of_text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_a_column_that_is_missing_stays_as_it_is_and_an_empty_cell_empties(rows: dict[str, Any]) -> None:
    assert taken(Rule, CSV, sheet_of_text("slug,place,says", "grey_total,,Said better.")).wrong() == []
    rows["rules"]["grey_total"]["says"] = "Said better."
    del rows["rules"]["grey_total"]["place"]
    assert document_of_rows() == rows


def test_a_spreadsheet_that_parts_its_cells_by_semicolons_is_read(rows: dict[str, Any]) -> None:
    assert taken(Rule, CSV, sheet_of_text("slug;says", "grey_total;Now, then.")).wrong() == []
    assert Rule.objects.get(pk="grey_total").says == "Now, then."


def test_one_edge_moves_and_nothing_else(rows: dict[str, Any]) -> None:
    data = out(Limits, CSV).replace(b'""upper"": ""350""', b'""upper"": ""360""')
    assert taken(Limits, CSV, data).wrong() == []
    rows["findings"]["total_b12"]["limits"][0]["bands"][1]["upper"] = "360"
    assert document_of_rows() == rows


def test_only_what_changes_stands_in_the_history(rows: dict[str, Any]) -> None:
    edits = Edit.objects.count()
    assert taken(Finding, CSV, sheet_of_text("slug,label", "total_b12,B12")).wrong() == []
    new = Edit.objects.all()[: Edit.objects.count() - edits]
    assert [(edit.table, edit.action) for edit in new] == [("conditions_finding", "update")]


def test_limits_are_added_at_the_place_behind_the_last(rows: dict[str, Any]) -> None:
    first, line = list(csv.reader(io.StringIO(out(Limits, CSV).decode("utf-8-sig"))))
    added = dict(zip(first, line, strict=True)) | {"number": "2", "when": "pregnancy is present"}
    text = io.StringIO()
    csv.writer(text).writerows([first, [added[name] for name in first]])
    result = taken(Limits, CSV, text.getvalue().encode(), dry_run=True)
    # They overlap with the first, which holds for everyone: said at the finding that is imported.
    assert {slug for _, slug, *_ in result.wrong()} == {"total_b12"}


def test_an_import_never_removes_a_part(rows: dict[str, Any]) -> None:
    assert taken(Rule, YAML, rule(says="Said better.")).wrong() == []
    assert set(document_of_rows()["rules"]) == set(rows["rules"])


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"says": None}, "says", "Says is missing."),
        ({"grade": "E"}, "grade", "“E” is none of: A, B, C, D."),
        ({"colour": "red"}, "", "There is no key called colour."),
        ({"when": "total_b12 deficient"}, "when", "At character 11: expected “is”."),
        ({"when": "mma is high"}, "", "There is no finding called mma."),
        ({"source": "hearsay"}, "", "There is no source called hearsay."),
        ({"rows": "R1"}, "rows", "Rows is 'R1', which is not written as a list."),
        (
            {"checked_on": "21/11/2026"},
            "checked_on",
            "Checked_on is '21/11/2026', which is not a day as 2026-11-21.",
        ),
        ({"checked_by": "A. Reader"}, "", "Say both who checked it and when, or neither."),
    ],
)
def test_what_is_wrong_is_said_with_line_and_field(
    changes: dict[str, Any], field: str, sentence: str, rows: dict[str, Any]
) -> None:
    result = taken(Rule, YAML, b"# a line before\n" + rule(**changes))
    assert (2, "grey_total", field, sentence) in result.wrong()
    assert document_of_rows() == rows


def test_all_bad_rows_are_listed_and_none_is_imported(rows: dict[str, Any]) -> None:
    lines = (
        "slug,title,doi,year",
        "fine,A fine source,10.5555/1,2020",
        '"Bad name","A title',
        'on two lines",,',
        "another,,doi:10.5555/2,MMXX",
        "fine,Again,,",
    )
    result = taken(Source, CSV, sheet_of_text(*lines))
    assert result.wrong() == [
        (3, "Bad name", "slug", "Write small letters, digits and _, with a letter first."),
        (5, "another", "year", "“MMXX” is not a whole number."),
        (6, "fine", "slug", "It stands in the file twice."),
    ]
    assert document_of_rows() == rows


def test_a_name_that_stands_twice_in_yaml_is_told_by_its_second_line(rows: dict[str, Any]) -> None:
    assert taken(UnitAlias, YAML, b"pg: ng\nng/l: ng/L\npg: pg\n").wrong() == [
        (3, "pg", "text", "It stands in the file twice.")
    ]


def test_what_stands_within_a_part_is_named(rows: dict[str, Any]) -> None:
    limits = deepcopy(rows["findings"]["total_b12"]["limits"])
    limits[0]["grade"] = "Z"
    limits[0]["bands"][1] |= {"states": [], "of": "middle"}
    wrong = taken(Limits, YAML, text_of({"total_b12": limits, "nothing": []}).encode()).wrong()
    assert {(slug, field) for _, slug, field, _ in wrong} == {
        ("total_b12", "limits 1, grade"),
        ("total_b12", "limits 1, bands 2, of"),
        ("total_b12", "limits 1, bands 2, states"),
        ("nothing", "finding"),
    }


def test_what_the_database_refuses_is_said_in_its_sentence(rows: dict[str, Any]) -> None:
    data = text_of({"other": {"name": "Others", "funding": "none stated", "usual": True}}).encode()
    result = taken(SECTIONS["developers"], YAML, data, dry_run=True)
    assert [str(one.error) for one in result.base_errors] == [
        "developer: Another developer is the usual one."
    ]
    assert document_of_rows() == rows


def test_what_it_breaks_elsewhere_is_said(rows: dict[str, Any]) -> None:
    part = rows["findings"]["glossitis"] | {"states": ["sore", "smooth"]}
    del part["group"]
    result = taken(Finding, YAML, text_of({"glossitis": {**part, "group": "mouth"}}).encode())
    assert [str(one.error) for one in result.base_errors] != []
    assert document_of_rows() == rows


def test_a_draft_that_was_wrong_before_can_still_be_imported_into(rows: dict[str, Any]) -> None:
    Rule.objects.filter(pk="deficient_total").update(when="mma is high")
    assert taken(Rule, YAML, rule(says="Said better.")).wrong() == []
    assert Rule.objects.get(pk="grey_total").says == "Said better."


@pytest.mark.parametrize(
    ("form", "data", "sentence"),
    [
        (YAML, b"a: {b: 1, b: 2}\n", None),
        (YAML, b"- a\n", "This is not a mapping of names to parts."),
        (YAML, b"a: &x [1]\nb: *x\n", "An alias (*name) is not read: write out what it stands for."),
        (YAML, b"a: !!python/object:os.system {}\n", None),
        (YAML, b"{}", "It holds no parts."),
        (YAML, b"\xff\xfe", "It is not UTF-8 text, at byte 1: save it as UTF-8."),
        (CSV, b"name\nx\n", "The first line names no column slug (finding for limits, text for units)."),
        (CSV, b"slug,says,says\nx,y,z\n", "The first line names a column twice: says."),
        (CSV, b"slug,says\nx,y,z\n", "Line 2 has 3 cells, and the first line 2."),
        (CSV, b'slug,says\nx,"y\n', None),
    ],
)
def test_a_file_that_is_none_is_refused(form: Any, data: bytes, sentence: str | None) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence or "cannot be read")):
        form().create_dataset(data)


# In the admin

WHY = "A newer edition."


@pytest.fixture
def enter(person: Callable[[str], User], small_release: Release) -> Callable[[str], Client]:
    def enter(role: str) -> Client:
        client = Client()
        client.force_login(person(role))
        return client

    return enter


def address(model: Any, what: str) -> str:
    return reverse(f"admin:conditions_{model._meta.model_name}_{what}")


def looked_at(client: Client, data: bytes, name: str = "rules.yaml", model: Any = Rule) -> Any:
    return client.post(
        address(model, "import"), {"import_file": SimpleUploadedFile(name, data), "format": ""}
    )


def meant(client: Client, answer: Any, **changes: str) -> Any:
    data = {**answer.context["confirm_form"].initial, "history_reason": WHY}
    return client.post(
        address(Rule, "process_import"), {key: value for key, value in (data | changes).items() if value}
    )


def test_a_curator_looks_at_the_difference_says_why_and_imports(enter: Callable[[str], Client]) -> None:
    curator, before = enter("curator"), document_of_rows()
    answer = looked_at(curator, rule(says="Total B12 proves nothing."))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<del class="exchange-gone">neither</del><ins class="exchange-came">proves</ins>' in page
    assert "style=" not in page
    assert document_of_rows() == before, "looking at it writes nothing"
    edits = Edit.objects.count()
    assert meant(curator, answer).status_code == 302
    assert Rule.objects.get(pk="grey_total").says == "Total B12 proves nothing."
    new = Edit.objects.all()[: Edit.objects.count() - edits]
    assert {(edit.section, edit.slug, edit.why, str(edit.person)) for edit in new} == {
        ("rules", "grey_total", WHY, "a_curator")
    }


def test_without_a_reason_nothing_is_imported(enter: Callable[[str], Client]) -> None:
    curator, before = enter("curator"), document_of_rows()
    answer = meant(curator, looked_at(curator, rule(says="Better.")), history_reason="")
    assert answer.context["confirm_form"].errors == {"history_reason": ["This field is required."]}
    assert document_of_rows() == before


def test_a_difference_that_moved_meanwhile_is_shown_again(enter: Callable[[str], Client]) -> None:
    curator = enter("curator")
    answer = looked_at(curator, rule(says="Better."))
    Rule.objects.filter(pk="grey_total").update(says="Edited by another.")
    again = meant(curator, answer)
    assert again.status_code == 409
    assert again.context["refused"] == [
        "The draft was edited since you looked at the difference. This is the difference now."
    ]
    assert Rule.objects.get(pk="grey_total").says == "Edited by another."
    assert meant(curator, again).status_code == 302
    assert Rule.objects.get(pk="grey_total").says == "Better."


def test_sending_it_twice_changes_nothing_more(enter: Callable[[str], Client]) -> None:
    curator = enter("curator")
    answer = looked_at(curator, rule(says="Better."))
    assert meant(curator, answer).status_code == 302
    edits = Edit.objects.count()
    assert meant(curator, answer).status_code == 302
    assert Edit.objects.count() == edits


@pytest.mark.parametrize("changes", [{"import_file_name": "/etc/passwd"}, {"format": "7"}, {"format": "x"}])
def test_another_file_than_the_one_looked_at_is_not_taken(
    changes: dict[str, str], enter: Callable[[str], Client]
) -> None:
    curator, before = enter("curator"), document_of_rows()
    answer = meant(curator, looked_at(curator, rule(says="Better.")), **changes)
    assert answer.status_code == 409
    assert answer.context["refused"][0].startswith("The file did not come back as it was looked at")
    assert document_of_rows() == before


def test_bad_rows_are_shown_in_a_table(enter: Callable[[str], Client]) -> None:
    answer = looked_at(enter("curator"), rule(grade="E", says="<b>Bold</b>"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "confirm_form" not in answer.context
    assert re.search(r"<td>1</td>\s*<th scope=\"row\">grey_total</th>\s*<td>grade</td>", page)


def test_a_name_with_another_ending_needs_a_format(enter: Callable[[str], Client]) -> None:
    answer = looked_at(enter("curator"), b"x", name="rules.txt")
    assert answer.context["form"].errors == {
        "format": ["The name ends in neither .yaml nor .csv: choose the format."]
    }


def test_a_file_that_cannot_be_read_is_said_at_its_field(enter: Callable[[str], Client]) -> None:
    answer = looked_at(enter("curator"), b"- a\n")
    assert answer.context["form"].errors == {"import_file": ["This is not a mapping of names to parts."]}


@pytest.mark.parametrize(
    ("place", "begins"), [("0", b"deficiency_with_glossitis:"), ("1", b"\xef\xbb\xbfslug,")]
)
def test_a_list_is_exported_as_it_was_filtered(
    place: str, begins: bytes, enter: Callable[[str], Client]
) -> None:
    answer = enter("curator").post(
        address(Rule, "export") + "?grade__exact=C", {"format": place, "resource": "0"}
    )
    assert answer.content.startswith(begins)
    assert b"grey_total" not in answer.content
    assert answer["Content-Disposition"].startswith('attachment; filename="Rule')


@pytest.mark.parametrize(
    ("role", "statuses"),
    [("curator", (200, 200)), ("approver", (403, 200)), ("administrator", (403, 403))],
)
def test_curators_import_and_who_reads_exports(
    role: str, statuses: tuple[int, int], enter: Callable[[str], Client]
) -> None:
    client = enter(role)
    for model in MODELS:
        got = tuple(client.get(address(model, what)).status_code for what in ("import", "export"))
        assert got == statuses, model
    if role != "curator":
        assert client.post(address(Rule, "process_import"), {}).status_code == 403


def test_every_model_of_a_part_is_exchanged() -> None:
    exchanged = {model for model, page in admin.site._registry.items() if hasattr(page, "import_action")}
    assert exchanged == set(MODELS)
