"""The pages of saved assessments: for their owner, for strangers, with faults."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments.models import Assessment, Version
from conditions.models import Release
from tests.make.saved import FIELDS, added_to, saved

pytestmark = pytest.mark.django_db


def fields_of(response: HttpResponse) -> dict[str, str]:
    """What the form of a page would send, but for its buttons."""
    inputs = re.findall(r"<input[^>]*>", response.content.decode())
    found = {}
    for one in inputs:
        name, value = (re.search(rf'\b{part}="([^"]*)"', one) for part in ("name", "value"))
        if name and name[1] != "csrfmiddlewaretoken":
            found[unescape(name[1])] = unescape(value[1]) if value else ""
    return found


def looked_over(browser: Client, **fields: str) -> dict[str, str]:
    """The fields of the page on which a reference is asked for."""
    return fields_of(browser.post("/assessments/save/", FIELDS | fields))


def sent(browser: Client, fields: dict[str, str], reference: str = "Blue folder") -> HttpResponse:
    return browser.post("/assessments/save/", fields | {"reference": reference, "save": "yes"})


# Saving


def test_what_was_told_and_said_is_kept_under_a_reference(anns: Client, ann: User, release: Release) -> None:
    answer = sent(anns, looked_over(anns, picked="jaundice", jaundice="absent", **{"find-symptoms": "jaun"}))

    version = Version.objects.get()
    assert answer.headers["Location"] == f"/assessments/{version.assessment_id}/"
    assert (version.assessment.owner, version.assessment.reference, version.number) == (ann, "Blue folder", 1)
    assert version.told == {
        "measured": {
            "age": {"value": "54", "unit": "a"},
            "mcv": {"value": "112", "unit": "fL"},
            "total_b12": {"value": "150", "unit": "ng/L"},
        },
        "stated": {
            "glossitis": "present",
            "guideline": "nice_ng239",
            "jaundice": "absent",
            "metformin": "present",
            "sex": "female",
        },
    }
    assert (version.release, version.digest, version.engine_version) == (release, release.digest, "1")
    assert version.text.startswith("Vitamin B12\n- B12 deficiency: total B12 150 ng/L is below 180 ng/L")


def test_nothing_is_kept_before_it_was_looked_over(anns: Client, release: Release) -> None:
    page = anns.post("/assessments/save/", FIELDS).content.decode()

    assert "B12 deficiency: total B12 150 ng/L is below 180 ng/L" in page
    assert "must not identify" in page
    assert not Assessment.objects.exists()


def test_an_age_in_months_is_kept_in_whole_years_and_said_to_be(anns: Client, release: Release) -> None:
    told = {"age": "31", "age-unit": "mo"}
    page = anns.post("/assessments/save/", FIELDS | told)
    sent(anns, fields_of(page))

    assert "31 months becomes 2" in page.content.decode()
    assert Version.objects.get().picture["measured"]["age"] == {"value": "2", "unit": "a"}


@pytest.mark.parametrize("reference", ["943 476 5919", "born 3/2/1956", "Jane Example", " ", "x" * 61])
def test_a_reference_that_could_name_the_patient_is_refused_and_nothing_lost(
    anns: Client, release: Release, reference: str
) -> None:
    answer = sent(anns, looked_over(anns), reference)

    assert "Something needs putting right" in answer.content.decode()
    assert fields_of(answer).items() >= (FIELDS | {"reference": reference}).items()
    assert not Assessment.objects.exists()


def test_a_page_sent_twice_is_saved_once(anns: Client, release: Release) -> None:
    fields = looked_over(anns)

    first, second = sent(anns, fields), sent(anns, fields)

    assert first.headers["Location"] == second.headers["Location"]
    assert Version.objects.count() == 1


def test_the_same_answers_saved_twice_are_said_to_be(anns: Client, ann: User, release: Release) -> None:
    sent(anns, looked_over(anns), "First time")

    said = anns.post("/assessments/save/", FIELDS).content.decode()
    other = anns.post("/assessments/save/", FIELDS | {"total_b12": "151"}).content.decode()

    assert "The same answers are saved already" in said
    assert "First time" in said
    assert "First time" not in other


def test_two_patients_in_two_tabs_do_not_mix(anns: Client, release: Release) -> None:
    one, other = looked_over(anns), looked_over(anns, total_b12="400", glossitis="absent")
    sent(anns, other, "Second tab")
    sent(anns, one, "First tab")

    kept = {
        v.assessment.reference: v.picture["measured"]["total_b12"]["value"] for v in Version.objects.all()
    }
    assert kept == {"First tab": "150", "Second tab": "400"}


def test_a_release_published_meanwhile_is_shown_before_anything_is_saved(
    anns: Client, release: Release
) -> None:
    answer = sent(anns, looked_over(anns) | {"digest": "0" * 64})

    assert "A new knowledge release was published just now" in answer.content.decode()
    assert fields_of(answer)["digest"] == release.digest
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("fields", [{"total_b12": "150 x"}, {}])
def test_what_cannot_be_interpreted_leads_back_to_the_form(
    anns: Client, release: Release, fields: dict[str, str]
) -> None:
    answer = anns.post("/assessments/save/", FIELDS | fields if fields else {"age": ""})

    said = answer.content.decode()
    assert 'formaction="/assess/"' in said
    assert 'name="save"' not in said


# Who may


def test_who_is_not_signed_in_keeps_what_was_typed_and_goes_on_after_it(
    client: Client, ann: User, release: Release
) -> None:
    stopped = client.post("/assessments/save/", FIELDS | {"reference": "Blue folder"})

    assert stopped.status_code == 403
    assert "Sign in to save" in stopped.content.decode()
    assert fields_of(stopped) == FIELDS | {"reference": "Blue folder"}
    client.force_login(ann)
    went_on = client.post("/assessments/save/", fields_of(stopped))
    sent(client, fields_of(went_on))
    assert Version.objects.get().assessment.reference == "Blue folder"


def test_a_session_that_ended_before_the_last_click_loses_nothing(
    anns: Client, ann: User, release: Release
) -> None:
    fields = looked_over(anns)
    anns.logout()

    stopped = sent(anns, fields)
    anns.force_login(ann)
    saved_after_all = anns.post("/assessments/save/", fields_of(stopped))

    assert (stopped.status_code, saved_after_all.status_code) == (403, 302)
    assert Version.objects.count() == 1


def test_who_may_not_save_is_told_so_and_gets_everything_back(client: Client, release: Release) -> None:
    client.force_login(User.objects.create_user("educator@example.invalid"))

    answer = client.post("/assessments/save/", FIELDS)

    assert answer.status_code == 403
    assert "Your account cannot save assessments" in answer.content.decode()
    assert fields_of(answer) == FIELDS


def test_to_a_stranger_it_is_not_there(client: Client, ann: User, bob: User, release: Release) -> None:
    of_ann = saved(ann, release)
    client.force_login(bob)

    for path in ("", "1/", "1/replay/", "add/", "delete/"):
        assert client.get(f"/assessments/{of_ann.pk}/{path}").status_code == 404
    assert client.post(f"/assessments/{of_ann.pk}/delete/").status_code == 404
    assert "Blue folder" not in client.get("/assessments/").content.decode()
    carried = {"saved": str(of_ann.pk), "saved_version": "1"}
    sent(client, looked_over(client) | carried)
    assert list(of_ann.versions.values_list("number", flat=True)) == [1]


def test_without_signing_in_every_page_leads_there_and_back(
    client: Client, ann: User, release: Release
) -> None:
    of_ann = saved(ann, release)

    for path in ("", f"{of_ann.pk}/", f"{of_ann.pk}/1/replay/", f"{of_ann.pk}/add/", f"{of_ann.pk}/delete/"):
        answer = client.get(f"/assessments/{path}")
        assert (answer.status_code, answer.headers["Location"].partition("?")[2]) == (
            302,
            f"next=/assessments/{path}",
        )


def test_a_signed_in_person_without_the_right_is_told_so(client: Client, release: Release) -> None:
    client.force_login(User.objects.create_user("educator@example.invalid"))

    assert client.get("/assessments/").status_code == 403


# Reading again


def test_the_list_shows_ones_own_and_what_was_said(
    anns: Client, ann: User, bob: User, release: Release
) -> None:
    saved(ann, release)
    saved(bob, release, "Of Bob")
    anns.get("/assessments/")

    with CaptureQueriesContext(connection) as for_one:
        one = anns.get("/assessments/").content.decode()
    added_to(saved(ann, release, "Second"), release, mma=("0.9", "umol/L"))
    with CaptureQueriesContext(connection) as for_two:
        two = anns.get("/assessments/").content.decode()

    assert len(for_one) == len(for_two)
    assert "Blue folder" in one
    assert "B12 deficiency: total B12 150 ng/L is below 180 ng/L" in one
    assert "Of Bob" not in one + two
    assert two.index("Second") < two.index("Blue folder")


def test_an_opened_assessment_shows_the_words_of_then(anns: Client, ann: User, release: Release) -> None:
    page = unescape(anns.get(f"/assessments/{saved(ann, release).pk}/").content.decode())

    version = Version.objects.get()
    assert f"Said by knowledge release {release.version}" in page
    assert version.text in page
    for line in version.text.split("\n"):
        if line.startswith("- "):
            assert line[2:] in page


def test_a_second_version_shows_what_changed_since_the_first(
    anns: Client, ann: User, release: Release
) -> None:
    assessment = added_to(saved(ann, release), release, total_b12=("400", "ng/L"))

    page = anns.get(f"/assessments/{assessment.pk}/").content.decode()

    assert "What changed since version 1" in page
    changes = page.partition("What changed since")[2].partition("</details>")[0]
    assert "150 ng/L" in changes
    assert "400 ng/L" in changes
    assert "A later version was saved" in anns.get(f"/assessments/{assessment.pk}/1/").content.decode()


@pytest.mark.parametrize("under", ["then", "now", "elsewhen"])
def test_under_the_same_release_it_is_word_for_word_the_same(
    anns: Client, ann: User, release: Release, under: str
) -> None:
    page = anns.get(f"/assessments/{saved(ann, release).pk}/1/replay/?under={under}").content.decode()

    assert "Nothing: word for word what was said then." in page
    assert "B12 deficiency" in page


# Adding a result


def test_the_form_comes_back_filled_in_and_is_saved_as_the_next_version(
    anns: Client, ann: User, release: Release
) -> None:
    assessment = saved(ann, release, mcv=("112", "fL"))
    form = anns.get(f"/assessments/{assessment.pk}/add/").content.decode()
    assert 'name="total_b12" value="150"' in form
    assert 'name="glossitis" value="present" checked' in form
    assert f'name="saved" value="{assessment.pk}"' in form
    assert 'action="/assess/"' in form
    carried = {"saved": str(assessment.pk), "saved_version": "1", "reference": "Blue folder"}
    assert f'name="saved" value="{assessment.pk}"' in anns.post("/assess/", FIELDS | carried).content.decode()

    page = looked_over(anns, mma="0.9", **carried, **{"mma-unit": "umol/L"})
    sent(anns, page)

    assessment.refresh_from_db()
    assert (assessment.version, assessment.versions.count()) == (2, 2)
    assert Version.objects.newest().get().picture["measured"]["mma"] == {"value": "0.9", "unit": "umol/L"}


def test_the_second_tab_is_shown_both_and_can_still_save(anns: Client, ann: User, release: Release) -> None:
    assessment = saved(ann, release)
    carried = {"saved": str(assessment.pk), "saved_version": "1"}
    first, second = looked_over(anns, **carried), looked_over(anns, total_b12="400", **carried)
    sent(anns, first)

    overtaken = sent(anns, second, "Renamed")

    assert overtaken.status_code == 409
    page = overtaken.content.decode()
    assert "Version 2 was saved in the meantime" in page
    assert "150 ng/L" in page
    assert "400 ng/L" in page
    assert fields_of(overtaken)["total_b12"] == "400"
    assert fields_of(overtaken)["reference"] == "Renamed"
    assert Version.objects.count() == 2
    sent(anns, fields_of(overtaken), "Renamed")
    kept = [v.picture["measured"]["total_b12"]["value"] for v in Version.objects.order_by("number")]
    assert kept == ["150", "150", "400"]


def test_what_was_deleted_meanwhile_can_be_saved_anew(anns: Client, ann: User, release: Release) -> None:
    assessment = saved(ann, release)
    page = looked_over(anns, saved=str(assessment.pk), saved_version="1")
    assessment.delete()

    told = sent(anns, page)

    assert told.status_code == 409
    assert "no longer there" in told.content.decode()
    sent(anns, fields_of(told))
    assert Version.objects.get().number == 1


def test_a_key_of_somebody_else_reveals_nothing(anns: Client, bob: User, release: Release) -> None:
    of_bob = saved(bob, release).versions.get()

    answer = sent(anns, looked_over(anns) | {"key": str(of_bob.key)})

    assert answer.status_code == 409
    assert fields_of(answer)["key"] != str(of_bob.key)
    assert Version.objects.count() == 1


# Deleting


def test_deleting_asks_first(anns: Client, ann: User, release: Release) -> None:
    assessment = saved(ann, release)

    asked = anns.get(f"/assessments/{assessment.pk}/delete/")
    assert "Delete for good" in asked.content.decode()
    assert Assessment.objects.exists()
    done = anns.post(f"/assessments/{assessment.pk}/delete/", follow=True)
    assert "The assessment is deleted" in done.content.decode()
    assert not Assessment.objects.exists()


def test_no_page_of_a_saved_assessment_is_kept_by_a_cache(anns: Client, ann: User, release: Release) -> None:
    pk = saved(ann, release).pk
    pages = ["/assessments/", *(f"/assessments/{pk}/{path}" for path in ("", "1/replay/", "add/", "delete/"))]

    for page in pages:
        assert "no-store" in anns.get(page)["Cache-Control"]


def test_what_is_not_there_is_not_there(anns: Client, ann: User, release: Release) -> None:
    pk = saved(ann, release).pk

    assert anns.get(f"/assessments/{uuid4()}/").status_code == 404
    assert anns.get(f"/assessments/{pk}/2/").status_code == 404
