"""Retractions, from the table of Retraction Watch to a task that somebody has done. Every work named here is made up."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from conditions.models import Notice, Release, Source, Task
from conditions.releases import current_release, publish
from conditions.sources.retractions import finish, open_tasks
from conditions.workspace import replace_rows
from tests.make.knowledge import document

pytestmark = pytest.mark.django_db

HEADER = [
    *("Record ID", "Title", "Subject", "Institution", "Journal", "Publisher", "Country", "Author", "URLS"),
    *("ArticleType", "RetractionDate", "RetractionDOI", "RetractionPubMedID", "OriginalPaperDate"),
    *("OriginalPaperDOI", "OriginalPaperPubMedID", "RetractionNature", "Reason", "Paywalled", "Notes"),
]


@pytest.fixture
def release(nothing_published: None) -> Release:
    """The small document, its textbook with identifiers that are made up."""
    made = document(sources__textbook__doi="10.5555/Made.Up", sources__textbook__pmid="99999999")
    made["cases"]["plainly_deficient"]["source"] = "textbook"
    made["findings"]["glossitis"]["sources"] = ["textbook"]
    replace_rows(made)
    return publish(document=made, origin="shipped", notes="Small.")


def listed(**cells: str) -> dict[str, str]:
    usual = {
        "Record ID": "70001",
        "Title": "A work that nobody wrote",
        "RetractionDate": "3/1/2026 0:00",
        "RetractionDOI": "10.5555/made.up.notice",
        "OriginalPaperDOI": "10.5555/made.up",
        "OriginalPaperPubMedID": "0",
        "RetractionNature": "Retraction",
        "Reason": "+Error in Data;+Unreliable Results;",
    }
    return dict.fromkeys(HEADER, "") | usual | cells


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., str]:
    """Writes the table; the name of its file."""

    def write(*rows: dict[str, str], header: list[str] = HEADER) -> str:
        with open(tmp_path / "table.csv", "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, header, extrasaction="ignore")
            writer.writeheader()
            writer.writerows([listed(OriginalPaperDOI="10.5555/another", OriginalPaperPubMedID="1"), *rows])
        return file.name

    return write


def ran(*arguments: str) -> tuple[int, list[str]]:
    out = StringIO()
    try:
        call_command("check_retractions", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()


LEANING = {
    ("findings", "total_b12", "its scale 1"),
    ("findings", "total_b12", "its molar mass"),
    ("findings", "glossitis", ""),
    ("notes", "the_loop", ""),
    ("cases", "plainly_deficient", ""),
}


def test_a_retraction_marks_the_source_and_opens_a_task_on_all_that_leans_on_it(
    release: Release, table: Callable[..., str]
) -> None:
    status, said = ran(table(listed()))
    assert (status, said) == (
        1,
        [
            (
                "Retraction: textbook (record 70001, 2026-03-01): Error in Data; Unreliable Results."
                " 5 tasks opened."
            ),
            "1 notice on our sources, 1 new; 5 tasks open.",
        ],
    )
    assert set(Task.objects.values_list("section", "slug", "place")) == LEANING
    assert Notice.objects.retracted() == {"textbook"}
    assert open_tasks() == 5
    assert current_release() == release, "what was published stays as it was"


def test_running_it_again_changes_nothing(release: Release, table: Callable[..., str]) -> None:
    file = table(listed())
    ran(file)
    before = list(Task.objects.order_by("pk").values())
    assert ran(file) == (0, ["1 notice on our sources, 0 new; 5 tasks open."])
    assert list(Task.objects.order_by("pk").values()) == before


def test_a_task_that_was_done_is_not_opened_again(
    release: Release, table: Callable[..., str], person: Callable[[str], User]
) -> None:
    file = table(listed())
    ran(file)
    finish(task=Task.objects.get(slug="the_loop"), by=person("curator"), note="Another source says it.")
    assert ran(file)[0] == 0
    assert open_tasks() == 4


def test_a_statement_that_leans_on_it_later_gets_its_task(
    release: Release, table: Callable[..., str]
) -> None:
    file = table(listed())
    ran(file)
    changed = {**release.document}
    changed["rules"]["grey_total"]["source"] = "textbook"
    replace_rows(changed)
    assert ran(file)[1][-1] == "1 notice on our sources, 1 new; 6 tasks open."


def test_a_source_is_recognised_by_its_pubmed_number(release: Release, table: Callable[..., str]) -> None:
    ran(table(listed(OriginalPaperDOI="unavailable", OriginalPaperPubMedID="99999999")))
    assert list(Notice.objects.values_list("source", "matched_by")) == [("textbook", "pmid")]


@pytest.mark.parametrize(
    ("nature", "kind", "tasks"),
    [
        ("Expression of concern", "concern", 5),
        ("Correction", "correction", 5),
        ("Reinstatement", "reinstatement", 0),
    ],
)
def test_other_notices_are_told_from_retractions(
    nature: str, kind: str, tasks: int, release: Release, table: Callable[..., str]
) -> None:
    ran(table(listed(RetractionNature=nature)))
    assert Notice.objects.get().kind == kind
    assert Notice.objects.retracted() == frozenset()
    assert open_tasks() == tasks


def test_a_source_that_was_reinstated_is_not_called_retracted(
    release: Release, table: Callable[..., str]
) -> None:
    back = listed(
        **{"Record ID": "70002", "RetractionNature": "Reinstatement", "RetractionDate": "4/1/2026 0:00"}
    )
    ran(table(back, listed()))
    assert Notice.objects.retracted() == frozenset()


def test_a_notice_of_a_nature_without_a_name_or_a_day_breaks_nothing(
    release: Release, table: Callable[..., str]
) -> None:
    ran(table(listed(RetractionNature="Removal"), listed(RetractionDate="soon")))
    assert list(Notice.objects.values_list("kind", "on")) == [("retraction", None)]


def test_another_table_is_refused_by_the_columns_it_lacks(
    release: Release, table: Callable[..., str]
) -> None:
    file = table(header=["Record ID", "Title", "OriginalPaperDOI"])
    with pytest.raises(CommandError) as refused:
        ran(file)
    assert str(refused.value) == (
        f"{file}: The first line names no column RetractionDate, RetractionDOI, OriginalPaperPubMedID,"
        " RetractionNature, Reason: this is not the table of Retraction Watch."
    )
    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_is_refused(release: Release) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv: No such file or directory"):
        ran("nowhere.csv")


def test_the_public_page_of_the_source_says_so(
    release: Release, table: Callable[..., str], client: Client
) -> None:
    ran(table(listed()))
    page = client.get("/sources/textbook/").content.decode()
    assert "This source was retracted on 1 March 2026." in page
    assert "Error in Data; Unreliable Results." in page
    assert "record 70001" in page
    assert ">Retracted<" in client.get("/sources/").content.decode()


@pytest.fixture
def task(release: Release, table: Callable[..., str]) -> Task:
    ran(table(listed()))
    return Task.objects.get(slug="the_loop")


def address(task: Task) -> str:
    return f"/admin/conditions/task/{task.pk}/change/"


def test_a_curator_closes_a_task_with_a_note_and_in_their_name(
    task: Task, client: Client, person: Any
) -> None:
    curator = person("curator")
    client.force_login(curator)
    page = client.get(address(task))
    assert "/admin/conditions/note/the_loop/change/" in page.content.decode()
    empty = client.post(address(task), {"note": " "})
    assert empty.context["adminform"].form.errors["note"]
    assert client.post(address(task), {"note": "Stands by the other source."}).status_code == 302
    task.refresh_from_db()
    assert (task.done_by, task.note) == (curator, "Stands by the other source.")
    assert task.done_at is not None
    assert client.post(address(task), {"note": "Otherwise."}).status_code == 403
    assert open_tasks() == 4


def test_a_task_is_done_once(task: Task, person: Any) -> None:
    curator = person("curator")
    finish(task=task, by=curator, note="Done.")
    with pytest.raises(ValidationError, match="This task was done meanwhile"):
        finish(task=task, by=curator, note="Again.")
    with pytest.raises(ValidationError, match="Say what came of it"):
        finish(task=task, by=curator, note=" ")


def test_tasks_are_listed_and_filtered(task: Task, client: Client, person: Any) -> None:
    curator = person("curator")
    client.force_login(curator)
    finish(task=task, by=curator, note="Done.")

    def found(**query: str) -> int:
        return int(client.get("/admin/conditions/task/", query).context["cl"].queryset.count())

    assert [found(state="open"), found(state="done"), found(q="loop"), found(section="cases")] == [4, 1, 1, 1]
    assert client.get("/admin/conditions/source/", {"retracted": "yes"}).context["cl"].queryset.get() == (
        Source.objects.get(pk="textbook")
    )


@pytest.mark.parametrize(("role", "statuses"), [("approver", (200, 403)), ("administrator", (403, 403))])
def test_others_read_tasks_at_most(
    role: str, statuses: tuple[int, int], task: Task, client: Client, person: Any
) -> None:
    client.force_login(person(role))
    answers = client.get(address(task)), client.post(address(task), {"note": "Mine."})
    assert tuple(answer.status_code for answer in answers) == statuses
