"""Publishing, and what is published."""

import threading
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from conditions import releases
from conditions.models import Release, Rule
from conditions.reasoning import ENGINE
from conditions.reasoning.document import digest_of
from conditions.releases import (
    PublicationRefused,
    current_knowledge,
    current_release,
    knowledge_of,
    publish,
    publish_shipped,
    publish_shipped_if_changed,
)
from conditions.workspace import document_of_rows, replace_rows
from tests.make.curation import published_here
from tests.make.knowledge import document

pytestmark = pytest.mark.django_db

BETTER = {"rules__grey_total__says": "Said better."}


@pytest.fixture(autouse=True)
def _empty(nothing_published: None) -> None:
    """Every test starts without a release."""


@pytest.fixture
def ship(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Makes a small document what is shipped."""

    def ship(**changes: Any) -> dict[str, Any]:
        shipped = document(**changes)
        monkeypatch.setattr(releases, "read_files", lambda: shipped)
        return shipped

    return ship


def shipped(**changes: Any) -> Release:
    return publish(document=document(**changes), origin="shipped", notes="Why.")


def test_a_release_keeps_the_document_its_digest_and_the_engine() -> None:
    release = Release.objects.get(pk=shipped().pk)
    assert release.document == document()
    assert release.digest == digest_of(document())
    assert (release.format, release.origin, release.engine_version) == (1, "shipped", ENGINE)


def test_versions_count_within_the_month(time_machine: Any) -> None:
    time_machine.move_to("2026-11-30 12:00")
    versions = [shipped().version, shipped(**BETTER).version]
    time_machine.move_to("2026-12-01 12:00")
    assert [*versions, shipped().version] == ["2026.11.1", "2026.11.2", "2026.12.1"]


def test_equal_knowledge_is_not_published_twice() -> None:
    release = shipped()
    assert shipped(findings__glossitis__asked="on_request") == release
    assert Release.objects.count() == 1


def test_going_back_publishes_the_older_document_again() -> None:
    first, _, third = shipped(), shipped(**BETTER), shipped()
    assert third.digest == first.digest
    assert current_release() == third


def test_a_rule_that_names_what_is_not_there_is_refused_with_its_name() -> None:
    states = "deficient, indeterminate, sufficient, high"
    with pytest.raises(PublicationRefused) as refused:
        shipped(rules__grey_total__when="mma is high", rules__deficient_total__when="total_b12 is low")
    assert refused.value.problems == [
        f"rules deficient_total: total_b12 is never low; it is one of: {states}.",
        "rules grey_total: There is no finding called mma.",
    ]
    assert not Release.objects.exists()


def test_a_failing_case_refuses_publication() -> None:
    with pytest.raises(PublicationRefused) as refused:
        shipped(cases__plainly_deficient__expects={"headline": "b12_indeterminate"})
    assert refused.value.problems == [
        "cases plainly_deficient: the headline is b12_deficiency, not b12_indeterminate."
    ]


def test_a_document_of_another_format_is_refused() -> None:
    with pytest.raises(PublicationRefused, match="has format 2"):
        shipped(format=2)


@pytest.mark.parametrize("people", [(), ("curator",), ("curator", "curator")])
def test_an_installation_does_not_publish_with_fewer(
    people: tuple[str, ...], person: Callable[[str], User]
) -> None:
    made = {role: person(role) for role in set(people)}
    names = dict(zip(("submitted_by", "approved_by"), (made[role] for role in people), strict=False))
    with pytest.raises(PublicationRefused) as refused:
        publish(document=document(), origin="installation", notes="Ours.", **names)
    assert refused.value.problems == [
        "A release is shipped, or submitted by one person and approved by another."
    ]


def test_the_next_request_reads_the_new_release() -> None:
    first = shipped()
    assert current_knowledge().digest == first.digest
    second = shipped(**BETTER)
    assert current_knowledge().rules["grey_total"].says == "Said better."
    assert knowledge_of(first.digest).rules["grey_total"].says != "Said better."
    assert current_knowledge().digest == second.digest


def test_every_worker_reads_the_new_release_whatever_it_had_read_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workers = [lru_cache(maxsize=8)(knowledge_of.__wrapped__) for _ in range(2)]

    def said() -> list[str]:
        found = []
        for worker in workers:
            monkeypatch.setattr(releases, "knowledge_of", worker)
            found.append(current_knowledge().rules["grey_total"].says)
        return found

    shipped()
    assert len(set(said())) == 1
    shipped(**BETTER)
    assert said() == ["Said better."] * 2


def test_known_knowledge_costs_one_light_query(django_assert_num_queries: Any) -> None:
    shipped()
    current_knowledge()
    with django_assert_num_queries(1) as queries:
        current_knowledge()
    assert '"document"' not in queries[0]["sql"]


def test_without_a_release_there_is_no_knowledge() -> None:
    with pytest.raises(Release.DoesNotExist):
        current_knowledge()


def test_the_shipped_knowledge_is_loaded_and_published_once(ship: Callable[..., Any]) -> None:
    given = ship()
    said = publish_shipped_if_changed()
    release = current_release()
    assert said == f"Published the shipped knowledge as release {release.version}."
    assert document_of_rows() == given == release.document
    assert publish_shipped_if_changed() == f"The shipped knowledge is release {release.version}."
    assert Release.objects.count() == 1


def test_changed_files_are_published_where_nobody_edited(ship: Callable[..., Any]) -> None:
    ship()
    publish_shipped_if_changed()
    given = ship(**BETTER)
    publish_shipped_if_changed()
    assert document_of_rows() == given == current_release().document


def test_edited_rows_are_not_overwritten(ship: Callable[..., Any]) -> None:
    ship()
    publish_shipped_if_changed()
    Rule.objects.filter(slug="grey_total").update(says="Edited here.")
    ship(**BETTER)
    assert publish_shipped_if_changed() == (
        "The shipped knowledge differs in 1 part; it is offered and not published,"
        " because it was edited here (1 part). `load_knowledge` takes over what was not edited."
    )
    assert Rule.objects.get(slug="grey_total").says == "Edited here."
    assert Release.objects.count() == 1
    with pytest.raises(PublicationRefused, match="edited here"):
        publish_shipped()


def test_an_installation_that_publishes_its_own_is_left_alone(
    ship: Callable[..., Any], person: Callable[[str], User]
) -> None:
    ship()
    publish_shipped_if_changed()
    own = published_here(person("curator"), person("approver"))
    ship(rules__grey_total__says="Shipped anew.")
    assert "because this installation publishes its own" in publish_shipped_if_changed()
    assert current_release() == own


def test_files_that_make_no_document_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("- a list")
    read_files = releases.read_files
    monkeypatch.setattr(releases, "read_files", lambda: read_files(tmp_path))
    with pytest.raises(PublicationRefused, match=r"sources.yaml: this is not a mapping"):
        publish_shipped_if_changed()


def test_what_the_database_refuses_is_said_by_the_name_of_the_constraint(ship: Callable[..., Any]) -> None:
    ship(sources__textbook__year=99)
    with pytest.raises(PublicationRefused, match="source_year_is_a_year"):
        publish_shipped_if_changed()


@pytest.mark.django_db(transaction=True)
def test_two_starts_at_once_publish_once(ship: Callable[..., Any]) -> None:
    ship()
    together = threading.Barrier(2)
    said: list[str] = []

    def start() -> None:
        try:
            together.wait(timeout=10)
            said.append(publish_shipped_if_changed())
        finally:
            connection.close()

    threads = [threading.Thread(target=start) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    version = current_release().version
    assert sorted(said) == [
        f"Published the shipped knowledge as release {version}.",
        f"The shipped knowledge is release {version}.",
    ]
    assert Release.objects.count() == 1
    assert document_of_rows() == document()


def test_rows_are_what_was_published_after_loading_by_hand(ship: Callable[..., Any]) -> None:
    replace_rows(ship())
    publish_shipped_if_changed()
    assert document_of_rows() == current_release().document
