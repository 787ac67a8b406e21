"""What always holds of saved assessments, however they are written."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment, Version
from assessments.saved.keeping import NotThere, Overtaken, save_next
from assessments.saved.words import said_again
from conditions.models import Release
from tests.make.saved import FIELDS, added_to, saved, saying
from tests.make.tables import tables_with

pytestmark = pytest.mark.django_db


def test_the_same_engine_and_release_give_it_again_byte_for_byte(ann: User, release: Release) -> None:
    version = saved(
        ann,
        release,
        total_b12=("<150", "ng/L", "197-771"),
        haemoglobin=("9.40", "g/dL"),
        creatinine=("5", "umol/L"),
    ).versions.get()

    again = said_again(Version.objects.get(pk=version.pk), release)

    assert (again.answer.encode(), again.text.encode()) == (version.answer.encode(), version.text.encode())
    assert '"questions": [{' in version.answer


def test_a_finding_that_a_release_no_longer_has_is_named_and_left_out(ann: User, release: Release) -> None:
    version = saved(ann, release).versions.get()
    version.picture["stated"]["given_up"] = "present"

    again = said_again(version, release)

    assert again.lost == ("given_up",)
    assert again.text == version.text


def test_of_two_that_add_to_the_same_version_the_second_is_told(ann: User, release: Release) -> None:
    assessment = saved(ann, release)
    added_to(assessment, release, mma=("0.9", "umol/L"))

    with pytest.raises(Overtaken):
        added_to(assessment, release, mma=("0.1", "umol/L"))


def test_the_same_sending_is_added_once(ann: User, release: Release) -> None:
    assessment, key = saved(ann, release), uuid4()

    for _ in range(2):
        added_to(assessment, release, key)

    assert sorted(assessment.versions.values_list("number", flat=True)) == [1, 2]


def test_nobody_adds_to_what_is_somebody_elses(ann: User, bob: User, release: Release) -> None:
    of_ann = saved(ann, release)

    with pytest.raises(NotThere):
        save_next(
            owner=bob,
            key=uuid4(),
            assessment_id=of_ann.pk,
            version=1,
            reference="Mine now",
            said=saying(release),
        )


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_make_one_row(ann: User, release: Release) -> None:
    fields = FIELDS | {
        "reference": "Blue folder",
        "key": str(uuid4()),
        "digest": release.digest,
        "save": "yes",
    }
    browsers = [Client() for _ in range(8)]
    for browser in browsers:
        browser.force_login(ann)
    together = Barrier(8)

    def send(browser: Client) -> str:
        try:
            together.wait()
            return str(browser.post("/assessments/save/", fields).headers.get("Location"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        places = list(threads.map(send, browsers))

    assert places == [f"/assessments/{Assessment.objects.get().pk}/"] * 8
    assert Version.objects.count() == 1


# Deleted means gone


def test_after_deletion_no_table_holds_anything_of_it(ann: User, release: Release, client: Client) -> None:
    assessment = saved(ann, release, "Zqx reference", total_b12=("151.73", "ng/L"))
    added_to(assessment, release, total_b12=("152.37", "ng/L"))
    client.force_login(ann)
    traces = ("Zqx reference", "151.73", "152.37", str(assessment.pk))
    assert tables_with(*traces) == {"assessments_assessment", "assessments_version"}

    client.post(f"/assessments/{assessment.pk}/delete/")

    assert tables_with(*traces) == set()


def test_only_what_nothing_was_added_to_for_so_long_is_deleted(
    ann: User, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    for days, reference in ((400, "Old"), (400, "Added to"), (10, "New")):
        with monkeypatch.context() as then:
            then.setattr(timezone, "now", lambda days=days: now - timedelta(days=days))
            assessment = saved(ann, release, reference)
        if reference == "Added to":
            added_to(assessment, release)

    said = told_by_the_command(days=365)

    assert said == "Deleted 1 assessment older than 365 days.\n"
    assert set(Assessment.objects.values_list("reference", flat=True)) == {"Added to", "New"}


def test_by_default_nothing_is_deleted_by_age(ann: User, release: Release, settings: Any) -> None:
    saved(ann, release)
    settings.COBALT_KEEP_DAYS = 0

    assert "until their owner deletes them" in told_by_the_command()
    assert Assessment.objects.exists()


def test_a_negative_number_of_days_is_refused() -> None:
    with pytest.raises(CommandError):
        told_by_the_command(days=-1)


def told_by_the_command(**options: Any) -> str:
    out = StringIO()
    call_command("delete_old_assessments", stdout=out, **options)
    return out.getvalue()


# What the database refuses

VERSION = "UPDATE assessments_version SET "
ASSESSMENT = "UPDATE assessments_assessment SET "


@pytest.mark.parametrize(
    ("statement", "because"),
    [
        (ASSESSMENT + "owner_id = NULL", "null value in column"),
        (ASSESSMENT + "reference = ''", "assessment_reference_is_one_line_of_text"),
        (ASSESSMENT + "reference = E'two\\nlines'", "assessment_reference_is_one_line_of_text"),
        (ASSESSMENT + "version = 0", "assessment_version_counts_from_one"),
        (ASSESSMENT + "version = 7; SET CONSTRAINTS ALL IMMEDIATE", "number of its newest version"),
        ("DELETE FROM assessments_version; SET CONSTRAINTS ALL IMMEDIATE", "number of its newest version"),
        ("DELETE FROM assessments_assessment; SET CONSTRAINTS ALL IMMEDIATE", "is not present in table"),
        (VERSION + "text = 'otherwise'", "never changed"),
    ],
)
def test_a_row_cannot_become_untrue(ann: User, release: Release, statement: str, because: str) -> None:
    saved(ann, release)

    with pytest.raises(IntegrityError, match=because), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"picture": []}, "version_picture"),
        (
            {"picture": {"measured": {}, "name": "Ann"}},
            "version_picture_holds_what_was_told_and_nothing_else",
        ),
        ({"picture": {"measured": {"age": {"value": "31", "unit": "mo"}}}}, "version_age_is_in_whole_years"),
        ({"picture": {"measured": {"age": {"value": "54.5", "unit": "a"}}}}, "version_age_is_in_whole_years"),
        ({"digest": "0" * 64}, "The digest is not that of the release"),
        ({"release_id": 0}, "The digest is not that of the release"),
        ({"answer": ""}, "version_says_something"),
        ({"number": 1}, "version_number_stands_once"),
        ({"number": 0}, "version_number_counts_from_one"),
        ({"number": 3}, "number of its newest version"),
    ],
)
def test_a_version_cannot_be_written_untrue(
    ann: User, release: Release, changes: dict[str, Any], because: str
) -> None:
    version = saved(ann, release).versions.get()

    with pytest.raises(IntegrityError, match=because):
        write_another(version, **changes)


def test_a_key_stands_once(ann: User, release: Release) -> None:
    version = saved(ann, release).versions.get()

    with pytest.raises(IntegrityError, match="key"):
        write_another(version, key=version.key)


def write_another(version: Version, **changes: Any) -> None:
    kept = {field.attname: getattr(version, field.attname) for field in Version._meta.fields}
    with transaction.atomic(), connection.cursor() as cursor:
        Version.objects.create(**kept | {"id": None, "number": 2, "key": uuid4()} | changes)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
