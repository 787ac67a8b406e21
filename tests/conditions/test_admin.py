"""The admin, as a curator, an approver, an administrator and a clinician meet it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from conditions.models import Band, Condition, Finding, Release, Rule, Source
from conditions.workspace import document_of_rows
from tests.make.knowledge import document

pytestmark = pytest.mark.django_db

PAGES = [
    "case",
    "condition",
    "finding",
    "group",
    "investigation",
    "limits",
    "note",
    "recommendation",
    "release",
    "rule",
    "source",
    "unitalias",
]


@pytest.fixture(autouse=True)
def _published(small_release: Release) -> None:
    """The small document stands in the rows and is published."""


@pytest.fixture
def enter(person: Callable[[str], User]) -> Callable[[str], Client]:
    """A signed-in browser of a person of this role."""

    def enter(role: str) -> Client:
        client = Client()
        client.force_login(person(role))
        return client

    return enter


def address(page: str, what: str, *key: object) -> str:
    return reverse(f"admin:conditions_{page}_{what}", args=key)


def first_key(page: str) -> Any:
    model = next(model for model in admin.site._registry if model._meta.model_name == page)
    return model._default_manager.values_list("pk", flat=True).first()


def form_data(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send if the page were saved as it stands."""
    context = client.get(url).context
    forms = [context["adminform"].form]
    for formset in (inline.formset for inline in context["inline_admin_formsets"]):
        forms += [formset.management_form, *formset.forms]
    data = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = (
                    [getattr(v, "pk", v) for v in value] if isinstance(value, list) else value
                )
    return data


@pytest.mark.parametrize("page", PAGES)
def test_a_curator_opens_every_list_and_every_row(page: str, enter: Callable[[str], Client]) -> None:
    curator = enter("curator")
    assert curator.get(address(page, "changelist"), {"q": "b12"}).status_code == 200
    assert curator.get(address(page, "change", first_key(page))).status_code == 200


@pytest.mark.parametrize("page", sorted({*PAGES} - {"release"}))
def test_a_row_saved_as_it_stands_says_the_same(page: str, enter: Callable[[str], Client]) -> None:
    curator = enter("curator")
    url = address(page, "change", first_key(page))
    answer = curator.post(url, form_data(curator, url))
    assert answer.status_code == 302, answer.context["errors"]
    assert document_of_rows() == document()


@pytest.mark.parametrize("page", PAGES)
def test_every_field_says_what_it_is_for(page: str) -> None:
    model = next(model for model in admin.site._registry if model._meta.model_name == page)
    shown = [
        field
        for field in model._meta.get_fields()
        if not field.auto_created and field.editable and field.name != "sequence"
    ]
    assert [field.name for field in shown if not field.help_text] == []


def test_an_approver_reads_everything_and_changes_nothing(enter: Callable[[str], Client]) -> None:
    approver = enter("approver")
    for page in PAGES:
        url = address(page, "change", first_key(page))
        assert (approver.get(url).status_code, approver.post(url, {}).status_code) == (200, 403), page


@pytest.mark.parametrize("role", ["clinician", "educator", "administrator"])
def test_others_are_refused_everywhere(role: str, enter: Callable[[str], Client]) -> None:
    client = enter(role)
    refused = [client.get(address(page, "changelist")).status_code for page in PAGES]
    assert refused == [403] * len(PAGES)


def test_who_is_not_staff_is_asked_to_sign_in(client: Client, groups: None) -> None:
    client.force_login(User.objects.create_user("somebody"))
    answer = client.get(address("rule", "changelist"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize("what", ["add", "delete"])
def test_nobody_adds_or_deletes_a_release(what: str, enter: Callable[[str], Client]) -> None:
    key = [Release.objects.current().pk] if what == "delete" else []
    client = enter("curator")
    User.objects.update(is_superuser=True)
    assert client.post(address("release", what, *key), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("criterion", "problem"),
    [
        (
            "total_b12 is low",
            "total_b12 is never low; it is one of: deficient, indeterminate, sufficient, high.",
        ),
        ("total_b12 deficient", "At character 11: expected “is”."),
        ("mma is high", "There is no finding called mma."),
        ("b12_deficiency is supported", "There is no condition called b12_deficiency to speak of here."),
        (
            "total_b12 is deficient or total_b12 is indeterminate",
            "Write “total_b12 is deficient/indeterminate” as one statement: apart, its states decide less.",
        ),
    ],
)
def test_a_criterion_says_what_is_wrong_and_where(
    criterion: str, problem: str, enter: Callable[[str], Client]
) -> None:
    curator = enter("curator")
    url = address("rule", "change", "grey_total")
    answer = curator.post(url, form_data(curator, url) | {"when": criterion})
    assert answer.context["adminform"].form.errors == {"when": [problem]}


def test_a_rule_on_a_cause_may_speak_of_b12_states_and_of_the_headline(
    enter: Callable[[str], Client],
) -> None:
    curator = enter("curator")
    url = address("rule", "change", "deficiency_with_glossitis")
    when = "b12_deficiency is supported or b12_state is b12_indeterminate"
    assert curator.post(url, form_data(curator, url) | {"when": when}).status_code == 302
    answer = curator.post(url, form_data(curator, url) | {"when": "pernicious_anaemia is supported"})
    assert answer.context["adminform"].form.errors == {
        "when": ["There is no condition called pernicious_anaemia to speak of here."]
    }


def test_a_band_says_in_which_state_the_finding_never_is(enter: Callable[[str], Client]) -> None:
    curator = enter("curator")
    url = address("limits", "change", first_key("limits"))
    answer = curator.post(url, form_data(curator, url) | {"bands-0-states": "low"})
    (bands,) = (inline.formset for inline in answer.context["inline_admin_formsets"])
    assert bands.errors[0] == {
        "states": ["total_b12 is never low; it is one of: deficient, indeterminate, sufficient, high."]
    }


def test_an_implication_says_in_which_state_a_finding_never_is(enter: Callable[[str], Client]) -> None:
    curator = enter("curator")
    url = address("finding", "change", "glossitis")
    added = {
        "implies-TOTAL_FORMS": "1",
        "implies-0-state": "sore",
        "implies-0-finding": "pregnancy",
        "implies-0-as_state": "sure",
        "implies-0-order": "0",
    }
    answer = curator.post(url, form_data(curator, url) | added)
    *_, implies = (inline.formset for inline in answer.context["inline_admin_formsets"])
    assert implies.errors[0] == {
        "state": ["glossitis is never sore; it is one of: present, absent."],
        "as_state": ["pregnancy is never sure; it is one of: present, absent."],
    }


@pytest.mark.parametrize(
    ("page", "key", "changes", "errors"),
    [
        (
            "recommendation",
            "measure_mma",
            {"target": "scan"},
            {"target": ["There is no investigation called scan."]},
        ),
        (
            "finding",
            "tongue_or_mouth",
            {"defined_as": "tongue is present"},
            {"defined_as": ["There is no finding called tongue."]},
        ),
        (
            "case",
            "plainly_deficient",
            {"picture": '{"stated": {"mood": "low"}}', "expects": '{"head": "x"}'},
            {
                "picture": ["There is no finding called mood."],
                "expects": ["There is no expectation called head."],
            },
        ),
        (
            "case",
            "plainly_deficient",
            {"expects": ""},
            {"__all__": ["A case that expects nothing shows nothing."]},
        ),
        (
            "condition",
            "pernicious_anaemia",
            {"rank": "7"},
            {"__all__": ["B12 states have a rank, and nothing else has one."]},
        ),
        (
            "condition",
            "b12_deficiency",
            {"rank": "4"},
            {"__all__": ["Another B12 state has this rank."]},
        ),
        ("condition", "b12_deficiency", {"codes": "[1]"}, {"__all__": ["Write codes as an object: {…}."]}),
        (
            "rule",
            "grey_total",
            {"checked_by": "Somebody"},
            {"__all__": ["Say both who checked it and when, or neither."]},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    page: str, key: str, changes: dict[str, str], errors: dict[str, list[str]], enter: Callable[[str], Client]
) -> None:
    curator = enter("curator")
    url = address(page, "change", key)
    answer = curator.post(url, form_data(curator, url) | changes)
    assert answer.context["adminform"].form.errors == errors


def test_an_unknown_function_is_named(enter: Callable[[str], Client]) -> None:
    curator = enter("curator")
    url = address("finding", "change", "pregnancy")
    answer = curator.post(url, form_data(curator, url) | {"derived": "guess"})
    (said,) = answer.context["adminform"].form.errors["derived"]
    assert said.startswith("There is no function called guess; it is one of: ")


def test_items_with_commas_stay_one_item(enter: Callable[[str], Client]) -> None:
    curator = enter("curator")
    url = address("finding", "change", "glossitis")
    curator.post(url, form_data(curator, url) | {"synonyms": "red, smooth tongue\r\n\r\nglossitis"})
    assert Finding.objects.get(pk="glossitis").synonyms == ["red, smooth tongue", "glossitis"]


def test_a_new_rule_is_added_and_its_slug_stays(enter: Callable[[str], Client]) -> None:
    curator = enter("curator")
    data = form_data(curator, address("rule", "change", "grey_total"))
    assert curator.post(address("rule", "add"), data | {"slug": "new_rule"}).status_code == 302
    curator.post(address("rule", "change", "new_rule"), data | {"slug": "renamed"})
    assert Rule.objects.filter(slug="new_rule").exists()
    assert not Rule.objects.filter(slug="renamed").exists()


def test_a_source_that_is_named_anywhere_cannot_be_deleted(enter: Callable[[str], Client]) -> None:
    answer = enter("curator").get(address("source", "delete", "textbook"))
    assert answer.context["protected"]
    assert enter_nothing_lost()


def enter_nothing_lost() -> bool:
    return Source.objects.filter(pk="textbook").exists() and document_of_rows() == document()


def test_a_scale_goes_with_its_bands(enter: Callable[[str], Client]) -> None:
    enter("curator").post(address("limits", "delete", first_key("limits")), {"post": "yes"})
    assert not Band.objects.exists()


def test_statements_due_for_review_are_listed(enter: Callable[[str], Client], time_machine: Any) -> None:
    time_machine.move_to("2027-01-01")
    Rule.objects.filter(slug="grey_total").update(review_by=date(2027, 1, 1))
    Rule.objects.filter(slug="deficient_total").update(review_by=date(2027, 1, 2))
    curator = enter("curator")

    def listed(review: str) -> list[str]:
        answer = curator.get(address("rule", "changelist"), {"review": review})
        return [rule.pk for rule in answer.context["cl"].queryset]

    assert listed("due") == ["grey_total"]
    assert listed("undated") == ["deficiency_with_glossitis"]


def test_names_are_found_by_typing(enter: Callable[[str], Client]) -> None:
    answer = enter("curator").get(
        reverse("admin:autocomplete"),
        {"app_label": "conditions", "model_name": "rule", "field_name": "condition", "term": "pernicious"},
    )
    assert [found["id"] for found in answer.json()["results"]] == ["pernicious_anaemia"]


def test_the_header_is_the_product_s(enter: Callable[[str], Client]) -> None:
    assert enter("curator").get(reverse("admin:index")).context["site_header"] == "Cobalt"


def test_conditions_show_their_rules(enter: Callable[[str], Client]) -> None:
    answer = enter("curator").get(address("condition", "change", "b12_deficiency"))
    assert "Total B12 is below the limit." in answer.content.decode()
    assert Condition.objects.b12_states() == ["b12_deficiency", "b12_indeterminate"]
