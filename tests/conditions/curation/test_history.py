"""Every change of every row of knowledge is written down by the database, and stays."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, models, transaction
from django.test import Client

from conditions.curation.history import because, by_nobody
from conditions.models import Band, Edit, Finding, Release, Rule
from conditions.schema import ALIASES, SECTIONS, Shape, shape_of, through_of
from conditions.workspace import replace_rows
from tests.make.curation import dated_document

from .conftest import sql

pytestmark = pytest.mark.django_db

WRITTEN_BY_HAND = (
    'INSERT INTO conditions_edit (at, action, section, slug, "table", row, why, url)'
    " VALUES (now(), 'update', 'rules', 'x', 'conditions_rule', 'x', '', '')"
)


def tables(shape: Shape) -> set[str]:
    lists = {through_of(field)._meta.db_table for field in shape.names}
    return {shape.model._meta.db_table, *lists}.union(*(tables(part) for part in shape.parts.values()))


def told(edit: Edit) -> tuple[str, str, str, str]:
    return edit.action, edit.section, edit.slug, edit.table


def newest(count: int = 1) -> list[Edit]:
    return list(Edit.objects.all()[:count])


def test_the_history_of_every_table_of_the_knowledge_is_kept_and_of_nothing_else() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname IN ('history_of_added', 'history_of_changed', 'history_of_removed',"
            " 'history_is_not_evaded') GROUP BY 1"
        )
        kept = dict(cursor.fetchall())
    knowledge = set().union(*(tables(shape_of(model)) for model in (*SECTIONS.values(), ALIASES)))
    assert kept == dict.fromkeys(knowledge, 4)


def test_no_table_of_patients_is_followed() -> None:
    of_patients = {model._meta.db_table for model in apps.get_app_config("assessments").get_models()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = 'conditions_note_edits'"
        )
        assert not of_patients & {name for (name,) in cursor.fetchall()}


def test_raw_sql_is_seen_with_the_row_before_and_after(small_release: Release) -> None:
    sql("UPDATE conditions_rule SET says = 'Past everybody.' WHERE slug = 'grey_total'")
    (edit,) = newest()
    assert told(edit) == ("update", "rules", "grey_total", "conditions_rule")
    assert edit.before["says"] == "Total B12 neither confirms nor excludes deficiency."
    assert edit.after["says"] == "Past everybody."
    assert (edit.person, edit.why, edit.url) == (None, "", "")


def test_bulk_writes_are_seen_row_by_row_under_the_part_they_belong_to(small_release: Release) -> None:
    before = Edit.objects.count()
    Band.objects.filter(upper__gt=180).update(says="Ours.")
    made = newest(Edit.objects.count() - before)
    assert [told(edit) for edit in made] == [("update", "findings", "total_b12", "conditions_band")] * 2


def test_an_update_that_changes_nothing_leaves_no_trace(small_release: Release) -> None:
    before = Edit.objects.count()
    Rule.objects.update(says=models.F("says"))
    assert Edit.objects.count() == before


def test_a_list_of_names_and_a_removed_part_are_seen(small_release: Release) -> None:
    Rule.objects.get(slug="grey_total").also.add("textbook")
    assert told(newest()[0]) == ("insert", "rules", "grey_total", "conditions_rule_also")
    Finding.objects.get(slug="total_b12").limits.get().also.clear()
    assert told(newest()[0]) == ("delete", "findings", "total_b12", "conditions_limits_also")
    sql("DELETE FROM conditions_limits_also; DELETE FROM conditions_limits; DELETE FROM conditions_band")
    assert {told(edit) for edit in newest(5)} == {
        ("delete", "findings", "total_b12", "conditions_limits"),
        ("delete", "findings", "total_b12", "conditions_band"),
    }


def test_who_why_and_where_are_kept_and_speak_for_nothing_that_follows(
    small_release: Release, people: SimpleNamespace
) -> None:
    with because("A new assay.", by=people.curator, url="/admin/x/"):
        Rule.objects.filter(slug="grey_total").update(says="One.")
        with because("Within."):
            Rule.objects.filter(slug="grey_total").update(says="Two.")
        with by_nobody("Loaded."):
            Rule.objects.filter(slug="grey_total").update(says="Three.")
        Rule.objects.filter(slug="grey_total").update(says="Four.")
    Rule.objects.filter(slug="grey_total").update(says="Five.")
    kept = [(edit.after["says"], edit.person, edit.why, edit.url) for edit in reversed(newest(5))]
    assert kept == [
        ("One.", people.curator, "A new assay.", "/admin/x/"),
        ("Two.", people.curator, "Within.", "/admin/x/"),
        ("Three.", None, "Loaded.", ""),
        ("Four.", people.curator, "A new assay.", "/admin/x/"),
        ("Five.", None, "", ""),
    ]


def test_a_page_of_the_admin_says_who_and_where(
    small_release: Release, people: SimpleNamespace, client: Client
) -> None:
    client.force_login(people.curator)
    edited = {"text": "ng/l", "code": "ng/L", "history_reason": "As our laboratory prints it."}
    assert client.post("/admin/conditions/unitalias/add/", edited).status_code == 302
    (edit,) = newest()
    assert told(edit) == ("insert", "unit_aliases", "ng/l", "conditions_unitalias")
    assert (edit.person, edit.why, edit.url) == (
        people.curator,
        "As our laboratory prints it.",
        "/admin/conditions/unitalias/add/",
    )


@pytest.mark.parametrize(
    "statement",
    [
        WRITTEN_BY_HAND,
        "UPDATE conditions_edit SET person_id = NULL",
        "DELETE FROM conditions_edit",
        "TRUNCATE conditions_edit",
        "TRUNCATE conditions_rule CASCADE",
    ],
)
def test_history_is_neither_changed_nor_evaded(statement: str, small_release: Release) -> None:
    connection.check_constraints()
    with (
        pytest.raises(DatabaseError, match=r"never changed or removed|database alone|at a stroke"),
        transaction.atomic(),
    ):
        sql(statement)


def test_rows_that_are_replaced_say_by_what(small_release: Release) -> None:

    with by_nobody("Loaded from files."):
        replace_rows(dated_document(rules__grey_total__says="Loaded."))
    assert {edit.why for edit in newest()} == {"Loaded from files."}


def test_whoever_edited_stays(small_release: Release, people: SimpleNamespace) -> None:
    with because("Why.", by=people.curator):
        Rule.objects.filter(slug="grey_total").update(says="One.")
    with pytest.raises(models.ProtectedError):
        User.objects.get(pk=people.curator.pk).delete()
