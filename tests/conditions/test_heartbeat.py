"""The heartbeat: what was changed behind the application's back is found, and nothing is answered from it."""

import json
import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from conditions.heartbeat import beating
from conditions.heartbeat.beating import beat, recent_beat
from conditions.heartbeat.looking import look
from conditions.models import Heartbeat, LedgerEntry, Release
from conditions.reasoning.document import canonical, digest_of
from conditions.releases import (
    NotAsPublished,
    current_knowledge,
    current_release,
    knowledge_of,
    last_release,
    publish,
    publish_shipped_if_changed,
)
from tests.make.curation import published_here
from tests.make.knowledge import document

pytestmark = pytest.mark.django_db
# ruff: noqa: S608

NO_CHECK = "ALTER TABLE conditions_release DROP CONSTRAINT release_digest_is_that_of_its_document"


@pytest.fixture
def release(small_release: Release) -> Release:
    """The small document, published; nothing of it is cached."""
    knowledge_of.cache_clear()
    return small_release


def behind_our_back(*statements: str) -> None:
    """SQL past the triggers, as a superuser of the database could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


def moved(release: Release) -> str:
    """The release's document with another upper edge of the grey zone."""
    changed = json.loads(json.dumps(release.document))
    changed["findings"]["total_b12"]["limits"][0]["bands"][1]["upper"] = "900"
    return canonical(changed)


def corrupt_document(release: Release) -> None:
    """The document alone, its check dropped: it no longer comes to its digest."""
    behind_our_back(NO_CHECK, f"UPDATE conditions_release SET document = $doc${moved(release)}$doc$")


def corrupt_both(release: Release) -> None:
    """Document and digest together: each fits the other."""
    text = moved(release)
    behind_our_back(
        f"UPDATE conditions_release SET document = $doc${text}$doc$, digest = '{digest_of(json.loads(text))}'"
    )


def test_a_release_as_it_was_published_is_found_to_be_so(release: Release) -> None:
    found = beat()
    entry = LedgerEntry.objects.get()
    assert (entry.sequence, entry.version, entry.digest) == (release.pk, release.version, release.digest)
    assert (found.digest, found.link, found.cases) == (release.digest, entry.link, 1)
    assert (found.wrong, found.noted) == ([], [])
    assert current_release() == release


@pytest.mark.parametrize("corrupt", [corrupt_document, corrupt_both])
def test_a_threshold_changed_past_the_application_is_found_by_the_next_run(
    corrupt: Callable[[Release], None], release: Release
) -> None:
    warm = current_knowledge()
    beat()
    corrupt(release)
    assert beat().wrong[0].startswith(("The stored text of release", f"Release {release} was published with"))
    with pytest.raises(NotAsPublished) as refused:
        current_release()
    assert refused.value.release == release
    assert knowledge_of(release.digest) is warm, "what is cached in a worker does not keep it answering"


def test_a_release_that_no_longer_comes_to_its_digest_is_not_read_even_before_the_next_run(
    release: Release,
) -> None:
    corrupt_document(release)
    with pytest.raises(NotAsPublished):
        current_knowledge()


def test_a_case_that_is_interpreted_otherwise_is_found(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conditions.heartbeat.looking.failures", lambda _: ["cases one: it fails."] * 22)
    assert beat().wrong == ["cases one: it fails."] * 20 + ["And 2 more of the kind."]


def test_a_document_that_cannot_be_read_is_found(release: Release) -> None:
    behind_our_back(NO_CHECK, "UPDATE conditions_release SET document = 'gone'")
    found = look()
    assert found.cases == 0
    assert [what.partition(":")[0] for what in found.wrong][-1] == "The stored document cannot be read"


def test_a_release_that_was_removed_is_missed(release: Release) -> None:
    later = publish(document=document(rules__grey_total__says="Better."), origin="shipped", notes="Better.")
    behind_our_back(f"DELETE FROM conditions_release WHERE sequence = {later.pk}")
    assert look().wrong == (f"Release {later} was published after {release} and is gone.",)


def test_a_release_that_was_slipped_in_is_not_in_the_ledger(release: Release) -> None:
    columns = "format, document, digest, origin, notes, published_at, engine_version"
    behind_our_back(
        f"INSERT INTO conditions_release (version, {columns}) SELECT '2026.1.9', {columns}"
        " FROM conditions_release"
    )
    assert look().wrong == ("Release 2026.1.9 does not stand in the ledger of what was published.",)


def test_older_releases_are_told_of_and_do_not_silence_the_site(release: Release) -> None:
    publish(document=document(rules__grey_total__says="Better."), origin="shipped", notes="Better.")
    behind_our_back(
        NO_CHECK, f"UPDATE conditions_release SET document = '{{}}' WHERE sequence = {release.pk}"
    )
    assert (look().wrong, look().noted) == ((), ())
    found = beat(every_release=True)
    assert (found.wrong, found.noted) == ([], [f"Release {release} is no longer what was published."])
    assert current_release() != release


def test_what_two_people_approved_is_compared_as_well(release: Release, person: Any) -> None:
    ours = published_here(person("curator"), person("approver"))
    assert look().wrong == ()
    text = moved(ours)
    digest = digest_of(json.loads(text))
    behind_our_back(
        f"UPDATE conditions_release SET document = $doc${text}$doc$, digest = '{digest}'"
        f" WHERE sequence = {ours.pk}",
        f"UPDATE conditions_ledgerentry SET digest = '{digest}',"
        f" link = conditions_link(before, sequence, version, '{digest}') WHERE sequence = {ours.pk}",
    )
    change_set = ours.change_set.pk
    assert look().wrong == (f"Release {ours} is not what was approved as change set {change_set}.",)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "INSERT INTO conditions_ledgerentry VALUES (99, '1', '2', '3', '4', now())",
            "written by the database",
        ),
        ("UPDATE conditions_ledgerentry SET digest = ''", "never changed or removed"),
        ("DELETE FROM conditions_ledgerentry", "never changed or removed"),
        ("TRUNCATE conditions_ledgerentry", "never changed or removed"),
        ("UPDATE conditions_heartbeat SET wrong = '{}'", "never changed or removed"),
        ("DELETE FROM conditions_heartbeat", "never changed or removed"),
    ],
)
def test_the_ledger_and_what_was_found_only_grow(statement: str, said: str, release: Release) -> None:
    beat()
    with pytest.raises(IntegrityError, match=said), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "constraint"),
    [
        (
            "UPDATE conditions_ledgerentry SET digest = repeat('0', 64)",
            "ledger_entry_is_linked_to_the_one_before",
        ),
        (
            (
                "INSERT INTO conditions_ledgerentry SELECT 99, '1', '2', before,"
                " conditions_link(before, 99, '1', '2'), now() FROM conditions_ledgerentry"
            ),
            "ledger_does_not_fork",
        ),
    ],
)
def test_the_ledger_holds_together_even_without_its_triggers(
    statement: str, constraint: str, release: Release
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        behind_our_back(statement)


def test_publishing_again_answers_again(release: Release) -> None:
    corrupt_both(release)
    beat()
    better = publish(document=document(rules__grey_total__says="Mended."), origin="shipped", notes="Mended.")
    assert current_release() == better
    assert last_release() == better


def test_a_release_that_was_mended_is_answered_from_after_the_next_run(release: Release) -> None:
    before = canonical(release.document)
    corrupt_both(release)
    beat()
    behind_our_back(
        f"UPDATE conditions_release SET document = $doc${before}$doc$, digest = '{release.digest}'"
    )
    assert beat().wrong == []
    assert current_release() == release


def test_bringing_an_installation_up_to_date_does_not_publish_over_what_was_changed(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conditions.releases.read_files", document)
    corrupt_both(release)
    assert publish_shipped_if_changed() == f"The shipped knowledge is release {release}."
    assert beat().wrong != []


def test_the_verdict_costs_no_query_of_its_own(release: Release, django_assert_num_queries: Any) -> None:
    beat()
    current_knowledge()
    with django_assert_num_queries(1):
        current_knowledge()


def withheld(release: Release) -> None:
    corrupt_both(release)
    beat()


PICTURE = {"age": "54", "total_b12": "150", "total_b12_unit": "ng/L", "note": "<b>mine</b>"}


def test_a_page_says_so_and_gives_back_what_was_typed(release: Release, client: Client) -> None:
    withheld(release)
    answer = client.post("/assess/", PICTURE)
    said = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], "no-store" in answer["Cache-Control"]) == (
        503,
        "300",
        True,
    )
    assert "Cobalt does not answer at the moment" in said
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', said)
    assert ("total_b12", "150") in fields
    assert ("note", "&lt;b&gt;mine&lt;/b&gt;") in fields


def test_a_part_of_a_page_says_so_in_the_place_of_the_answer(release: Release, client: Client) -> None:
    withheld(release)
    answer = client.post("/assess/", PICTURE, headers={"HX-Request": "true"})
    assert answer.status_code == 503
    assert answer.content.decode().strip().startswith('<section id="report"')


@pytest.mark.parametrize("path", ["/", "/conditions/", "/sources/", "/assess/"])
def test_no_page_answers_from_it(path: str, release: Release, client: Client) -> None:
    withheld(release)
    assert client.get(path).status_code == 503


def test_curators_still_reach_what_they_mend_it_by(release: Release, client: Client, person: Any) -> None:
    withheld(release)
    client.force_login(person("curator"))
    assert [client.get(path).status_code for path in ("/admin/", "/curation/draft/")] == [200, 200]


def test_health_says_what_the_last_run_found_and_when(
    release: Release, client: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-21 12:00", tick=False)
    answer = client.get("/health/")
    entry = LedgerEntry.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "release": release.version,
        "digest": release.digest,
        "ledger": entry.link,
        "cases": 1,
        "looked_at": timezone.now().isoformat(timespec="seconds"),
        "seconds_ago": 0,
        "wrong": [],
        "noted": [],
    }
    withheld(release)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["status"]) == (503, "not as published")


def test_health_looks_again_only_after_a_while(release: Release, client: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-11-21 12:00", tick=False)
    for moment in ("12:00", "12:14", "12:16"):
        time_machine.move_to(f"2026-11-21 {moment}", tick=False)
        client.get("/health/")
    assert [f"{at:%H:%M}" for at in Heartbeat.objects.values_list("at", flat=True)] == ["12:16", "12:00"]


def test_health_does_not_look_while_somebody_else_does(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [beating.LOOKING])
        monkeypatch.setattr(beating, "beat", lambda: pytest.fail("It looked."))
        assert recent_beat() is None
    finally:
        other.close()


def test_health_without_a_release_is_not_well(nothing_published: None, client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"status": "not looked at yet"})


def ran(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("heartbeat", *arguments, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_command_says_it_and_ends_accordingly(release: Release) -> None:
    link = LedgerEntry.objects.get().link
    status, said = ran("--ledger", link)
    assert status == 0
    assert said.splitlines() == [
        f"Release {release}, digest {release.digest}, ledger {link}.",
        "It is what was published, and each of its 1 cases is interpreted as it demands.",
    ]
    assert ran("--ledger", "0" * 64)[0] == 4
    corrupt_both(release)
    status, said = ran()
    assert status == 1
    assert "Nothing is answered from it:" in said


def test_the_command_ends_with_3_where_something_older_differs(release: Release) -> None:
    publish(document=document(rules__grey_total__says="Better."), origin="shipped", notes="Better.")
    behind_our_back(f"DELETE FROM conditions_release WHERE sequence = {release.pk}")
    status, said = ran()
    assert (status, said.splitlines()[-1]) == (3, f"Elsewhere: Release {release} was published and is gone.")


def test_the_command_without_a_release_says_so(nothing_published: None) -> None:
    with pytest.raises(CommandError, match="No knowledge has been published yet"):
        ran()


@pytest.mark.parametrize("command", [("interpret", "-"), ("read_report", "-"), ("export_cql",)])
def test_commands_refuse_to_answer_from_it_with_the_reason(
    command: tuple[str, ...], release: Release
) -> None:
    withheld(release)
    with pytest.raises(CommandError, match="is not answered from"):
        call_command(*command)
