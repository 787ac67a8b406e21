"""Every constraint is provoked: the database refuses, naming what does not hold."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models, transaction

from conditions.models import (
    Association,
    Band,
    Case,
    ChangedCase,
    ChangeSet,
    Condition,
    Description,
    Developer,
    Effect,
    Finding,
    Group,
    Implication,
    Investigation,
    Limits,
    Note,
    Notice,
    Recommendation,
    Release,
    Rule,
    Source,
    Step,
    Task,
    Unit,
)
from tests.make.knowledge import document

pytestmark = pytest.mark.django_db

CHECKED = date(2026, 11, 20)
DECIDED: dict[str, Any] = {"decided_by_id": 1002, "decided_at": datetime(2026, 11, 21, tzinfo=UTC)}

LESSON = {
    "lesson": "Numb feet",
    "level": "foundation",
    "topics": ["functional"],
    "opening": "She came with numb feet.",
    "in_reality": "The gas was stopped.",
    "points": ["A raised level excludes nothing."],
}
WRONG: dict[str, tuple[type[models.Model], dict[str, Any]]] = {
    "source_slug_is_a_word": (Source, {"slug": "Two words"}),
    "source_year_is_a_year": (Source, {"year": 24}),
    "source_doi_has_the_form_of_one": (Source, {"doi": "https://doi.org/10.5555/1"}),
    "source_pmid_has_the_form_of_one": (Source, {"pmid": "PMID 1"}),
    "source_url_has_the_form_of_one": (Source, {"url": "javascript:alert(1)"}),
    "group_slug_is_a_word": (Group, {"slug": "2nd"}),
    "group_step_is_known": (Group, {"step": "later"}),
    "finding_slug_is_a_word": (Finding, {"slug": "Total-B12"}),
    "finding_asked_is_known": (Finding, {"asked": "sometimes"}),
    "finding_is_worked_out_in_one_way": (Finding, {"derived": "egfr", "reads_id": "total_b12"}),
    "finding_defined_as_something_is_present_or_absent": (
        Finding,
        {"defined_as": "pregnancy is present", "states": ["yes", "no"]},
    ),
    "finding_reads_another_finding": (Finding, {"reads_id": "glossitis"}),
    "finding_bounds_have_a_unit": (Finding, {"bounds_warn_above": "100"}),
    "finding_bounds_rise": (
        Finding,
        {"bounds_unit": "ng/L", "bounds_reject_below": "10", "bounds_warn_above": "5"},
    ),
    "finding_molar_mass_is_positive": (Finding, {"molar_mass_value": "0", "molar_mass_of": "water"}),
    "finding_molar_mass_is_of_a_molecule": (Finding, {"molar_mass_value": "18"}),
    "finding_state_labels_are_an_object": (Finding, {"state_labels": []}),
    "finding_codes_are_an_object": (Finding, {"codes": ["1"]}),
    "unit_factor_is_positive": (Unit, {"factor": "0"}),
    "unit_is_given_once_for_a_finding": (Unit, {"unit": "pmol/L"}),
    "implication_is_of_another_finding": (Implication, {"finding_id": "glossitis"}),
    "implication_is_said_once": (Implication, {}),
    "limits_basis_is_known": (Limits, {"basis": "habit"}),
    "band_of_an_end_that_is_known": (Band, {"of": "middle"}),
    "band_names_a_state": (Band, {"states": []}),
    "band_is_inclusive_only_with_an_edge": (Band, {"upper": None, "inclusive": True}),
    "band_is_relative_only_with_an_edge": (Band, {"upper": None, "of": "low"}),
    "band_edge_is_unique_within_limits": (Band, {"upper": "350"}),
    "band_open_at_the_top_is_the_only_one": (Band, {"upper": None}),
    "condition_slug_is_a_word": (Condition, {"slug": "PA"}),
    "condition_kind_is_known": (Condition, {"kind": "syndrome"}),
    "condition_urgency_is_known": (Condition, {"urgency": "now"}),
    "condition_has_a_rank_if_it_is_a_b12_state": (Condition, {"rank": 3}),
    "condition_says_a_headline_only_as_a_b12_state": (Condition, {"says": "Anaemia"}),
    "condition_is_shown_under_another": (Condition, {"shown_under_id": "pernicious_anaemia"}),
    "condition_rank_is_its_own": (Condition, {"kind": "b12_state", "rank": 2}),
    "condition_codes_are_an_object": (Condition, {"codes": []}),
    "effect_direction_is_known": (Effect, {"direction": "sideways"}),
    "association_is_with_another_condition": (Association, {"condition_id": "pernicious_anaemia"}),
    "association_is_given_once": (Association, {}),
    "description_part_is_known": (Description, {"part": "name"}),
    "description_of_a_text_is_one": (Description, {}),
    "rule_slug_is_a_word": (Rule, {"slug": "rule-1"}),
    "rule_effect_is_known": (Rule, {"effect": "suggests"}),
    "investigation_slug_is_a_word": (Investigation, {"slug": "MMA"}),
    "investigation_cost_is_1_to_5": (Investigation, {"cost": 6}),
    "investigation_codes_are_an_object": (Investigation, {"codes": "1"}),
    "recommendation_slug_is_a_word": (Recommendation, {"slug": "MMA"}),
    "recommendation_kind_is_known": (Recommendation, {"kind": "order"}),
    "recommendation_stance_is_known": (Recommendation, {"stance": "maybe"}),
    "recommendation_urgency_is_known": (Recommendation, {"urgency": "now"}),
    "note_slug_is_a_word": (Note, {"slug": "note 1"}),
    "note_topic_is_known": (Note, {"topic": "gossip"}),
    "note_figure_is_known": (Note, {"figure": "cartoon"}),
    "step_leads_elsewhere": (Step, {"end": "Deficiency"}),
    "step_is_given_once": (Step, {}),
    "case_slug_is_a_word": (Case, {"slug": "case 1"}),
    "case_picture_is_an_object": (Case, {"picture": []}),
    "case_expects_is_an_object": (Case, {"expects": ["x"]}),
    "case_published_is_an_object": (Case, {"published": ["x"]}),
    "case_expects_something": (Case, {"expects": {}}),
    "case_level_is_known": (Case, {**LESSON, "level": "hard"}),
    "case_teaches_with_all_that_a_lesson_needs": (Case, {**LESSON, "points": []}),
    "release_is_shipped_or_answered_for_by_two_people": (Release, {"origin": "installation"}),
    "release_digest_is_that_of_its_document": (Release, {"digest": "0" * 64}),
    "release_version_is_year_month_and_number": (Release, {"version": "v1"}),
    "change_set_state_is_known": (ChangeSet, {"state": "shelved", **DECIDED}),
    "change_set_says_why": (ChangeSet, {"reason": ""}),
    "change_set_digest_is_that_of_its_document": (ChangeSet, {"digest": "0" * 64}),
    "change_set_is_decided_by_someone_at_a_time": (ChangeSet, {"decided_at": DECIDED["decided_at"]}),
    "change_set_is_published_as_a_release_by_a_second_person": (ChangeSet, {"state": "published", **DECIDED}),
    "change_set_is_withdrawn_by_whoever_submitted_it": (ChangeSet, {"state": "withdrawn", **DECIDED}),
    "change_set_is_returned_with_a_comment": (ChangeSet, {"state": "returned", **DECIDED}),
    "change_set_of_the_rows_is_open_once": (ChangeSet, {}),
    "change_set_that_rolls_back_is_open_once": (ChangeSet, {}),
    "finding_attributes_are_known": (Finding, {"attributes": ["shoe_size"]}),
    "developer_slug_is_a_word": (Developer, {"slug": "Two words"}),
    "developer_that_is_usual_is_one": (Developer, {"slug": "others"}),
    "changed_case_is_listed_once": (ChangedCase, {}),
    "notice_kind_is_known": (Notice, {"kind": "gossip"}),
    "notice_matched_by_is_known": (Notice, {"matched_by": "ear"}),
    "notice_is_kept_once": (Notice, {}),
    "task_is_done_by_someone_with_a_note": (Task, {"note": "Done.", "slug": "y"}),
    "task_is_opened_once": (Task, {}),
}
for cited in (Limits, Effect, Association, Description, Rule, Investigation, Recommendation, Note, Step):
    name = cited._meta.model_name
    WRONG |= {
        f"{name}_grade_is_known": (cited, {"grade": "E"}),
        f"{name}_verification_is_known": (cited, {"verification": "hearsay"}),
        f"{name}_is_checked_by_someone_on_a_day": (cited, {"checked_on": CHECKED}),
        f"{name}_is_reviewed_after_it_was_checked": (
            cited,
            {"checked_by": "Somebody", "checked_on": CHECKED, "review_by": CHECKED},
        ),
    }

EXAMPLES: dict[type[models.Model], str] = {Finding: "glossitis", Condition: "pernicious_anaemia"}
BY_THE_DATABASE_ALONE = {"ledger_entry_is_linked_to_the_one_before", "ledger_does_not_fork"}
"""Of rows that no one else can add: provoked in tests/conditions/test_heartbeat.py."""
LIKE = {"change_set_that_rolls_back_is_open_once": {"rolls_back_to__isnull": False}}


@pytest.fixture
def rows(small_release: Release) -> None:
    """The small document, and one of each kind of row that it lacks."""
    Implication.objects.create(
        of_finding_id="glossitis", state="present", finding_id="pregnancy", as_state="absent"
    )
    Association.objects.create(
        of_condition_id="pernicious_anaemia",
        condition_id="b12_deficiency",
        source_id="textbook",
        grade="D",
        verification="inference",
    )
    Description.objects.create(
        condition_id="pernicious_anaemia",
        part="caution",
        source_id="textbook",
        grade="D",
        verification="inference",
    )
    Developer.objects.create(slug="us", name="Ourselves", funding="none stated", usual=True)
    User.objects.bulk_create([User(pk=1001, username="one"), User(pk=1002, username="another")])
    release = Release.objects.get()
    proposed = {
        "reason": "Why.",
        "base": release,
        "document": release.document,
        "digest": release.digest,
        "submitted_by_id": 1001,
    }
    change_set = ChangeSet.objects.create(**proposed)
    ChangeSet.objects.create(**proposed, rolls_back_to=release)
    notice = Notice.objects.create(source="textbook", kind="retraction", record="1", matched_by="doi")
    Task.objects.create(notice=notice, section="rules", slug="x", title="X")
    ChangedCase.objects.create(change_set=change_set, slug="x", title="X", says=["X."])


def another(model: type[models.Model], changes: dict[str, Any], **like: Any) -> models.Model:
    """A row like one that is there, with changes; a new one unless its whole key is kept, or it is decided on."""
    rows = model._default_manager.filter(**like)
    row = rows.get(pk=EXAMPLES[model]) if model in EXAMPLES else rows.order_by("pk")[0]
    if (model._meta.auto_field and "decided_at" not in changes) or "slug" in changes:
        row.pk = None
        row._state.adding = True
    for field, value in changes.items():
        setattr(row, field, value)
    return row


@transaction.atomic
def save(row: models.Model) -> None:
    row.save()
    connection.check_constraints()


def said_by(error: IntegrityError) -> str | None:
    return error.__cause__.diag.constraint_name  # type: ignore[union-attr]


@pytest.mark.parametrize("name", WRONG)
def test_the_database_refuses(name: str, rows: None) -> None:
    model, changes = WRONG[name]
    row = another(model, changes, **LIKE.get(name, {}))
    if model is Release and "version" not in changes:
        row.version = "2026.1.99"  # type: ignore[attr-defined]
    with pytest.raises(IntegrityError) as refused:
        save(row)
    assert said_by(refused.value) == name


def test_every_constraint_is_provoked() -> None:
    named = {
        c.name for model in apps.get_app_config("conditions").get_models() for c in model._meta.constraints
    }
    assert named == WRONG.keys() | BY_THE_DATABASE_ALONE


def test_the_rows_that_are_made_wrong_are_right_before(rows: None) -> None:
    for model in {model for model, _ in WRONG.values()} - {Release}:
        another(model, {}).clean_fields(exclude=["id"])
    assert document()["cases"]
