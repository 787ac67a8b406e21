"""Releases only grow, whoever asks."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from conditions.models import Release
from conditions.releases import publish
from tests.make.curation import published_here
from tests.make.knowledge import document

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE conditions_release SET notes = 'Never said.'",
        "DELETE FROM conditions_release",
        "TRUNCATE conditions_release CASCADE",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_release(statement: str, small_release: Release) -> None:
    connection.check_constraints()
    with (
        pytest.raises(DatabaseError, match="A release is never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Release.objects.get() == small_release


def test_the_document_is_kept_as_the_text_that_was_digested(small_release: Release) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest = encode(sha256(convert_to(document, 'UTF8')), 'hex') FROM conditions_release"
        )
        assert cursor.fetchone() == (True,)


def test_signs_beyond_ascii_have_the_same_digest_in_the_database(nothing_published: None) -> None:
    release = publish(
        document=document(findings__glossitis__label="Zunge – ≥ 1 µm 🩸"), origin="shipped", notes="µ"
    )
    assert (
        Release.objects.get(pk=release.pk).document["findings"]["glossitis"]["label"] == "Zunge – ≥ 1 µm 🩸"
    )


def test_the_current_release_is_the_one_with_the_highest_sequence(small_release: Release) -> None:
    newer = publish(document=document(rules__grey_total__says="Newer."), origin="shipped", notes="Newer.")
    assert Release.objects.current() == newer
    assert newer.sequence > small_release.sequence
    assert str(newer) == newer.version


def test_people_who_answer_for_a_release_stay(small_release: Release, person: object) -> None:
    assert callable(person)
    curator, approver = person("curator"), person("approver")
    published_here(curator, approver)
    with pytest.raises(ProtectedError):
        curator.delete()
    assert Release.objects.by_people().count() == 1
