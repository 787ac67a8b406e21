"""The form asks what a release knows, and ends in the picture that the command would read."""

from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from assessments.forms import PictureForm
from assessments.forms.catalogue import catalogue_of
from assessments.forms.search import found
from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PatientPicture, PictureError, read_picture
from conditions.reasoning.quantities import Interval, Quantity
from tests.make.knowledge import document

YES_NO = ["present", "absent"]


def finding(label: str, group: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "group": group, "states": YES_NO, **more}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """The small release, with medicines, a second scale, and amounts of each kind."""
    return read_document(
        document(
            groups__patient={"label": "Patient", "step": "patient"},
            groups__medicines={"label": "Medicines", "step": "history", "none_of_the_others": True},
            findings__glossitis=finding(
                "Sore, smooth tongue", "mouth", asked="everyone", synonyms=["red tongue"]
            ),
            findings__mouth_ulcers=finding("Mouth ulcers", "mouth"),
            findings__pregnancy=finding("Pregnancy", "patient", asked="everyone"),
            findings__guideline={
                "label": "Guideline in use",
                "group": "patient",
                "asked": "everyone",
                "states": ["nice_ng239", "arup"],
            },
            findings__metformin=finding("Metformin", "medicines", asked="everyone"),
            findings__hydroxocobalamin=finding(
                "Hydroxocobalamin",
                "medicines",
                implies=[{"state": "present", "finding": "b12_injection", "as": "present"}],
            ),
            findings__b12_injection=finding("B12 by injection", "medicines"),
            findings__entonox=finding("Gas and air", "medicines"),
            findings__nitrous_oxide=finding(
                "Nitrous oxide", "medicines", defined_as="entonox is present", synonyms=["laughing gas"]
            ),
            findings__haemoglobin={
                "label": "Haemoglobin",
                "group": "b12",
                "asked": "everyone",
                "units": [{"unit": "g/L"}, {"unit": "g/dL", "factor": "10"}],
                "bounds": {"unit": "g/L", "warn_above": "200", "reject_above": "270"},
            },
            findings__antibody={
                "label": "Intrinsic factor antibody",
                "group": "b12",
                "order": 9,
                "states": ["negative", "positive"],
                "units": [{"unit": "[arb'U]/mL"}],
            },
        )
    )


def form(knowledge: Knowledge, **answers: Any) -> PictureForm:
    """The form as posted; two underscores stand for the hyphen in the names of its parts."""
    data = QueryDict(mutable=True)
    for name, answer in answers.items():
        data.setlist(name.replace("__", "-"), answer if isinstance(answer, list) else [answer])
    return PictureForm(data, knowledge=knowledge)


def picture(knowledge: Knowledge, **answers: Any) -> PatientPicture:
    posted = form(knowledge, **answers)
    assert posted.errors == {}
    return posted.picture()


def stated(knowledge: Knowledge, **answers: Any) -> dict[str, str]:
    """What the form states, apart from the guideline."""
    given = dict(picture(knowledge, **answers).stated)
    assert given.pop("guideline") == "nice_ng239"
    return given


# What is asked


def test_everyone_is_asked_what_the_release_asks_of_everyone(knowledge: Knowledge) -> None:
    assert set(PictureForm(knowledge=knowledge).fields) == {
        "total_b12",
        "haemoglobin",
        "glossitis",
        "guideline",
        "pregnancy",
        "metformin",
    }


def test_what_was_picked_is_asked_too(knowledge: Knowledge) -> None:
    posted = form(knowledge, picked=["mouth_ulcers", "no_such_finding"], add="antibody")

    assert {"mouth_ulcers", "antibody"} <= set(posted.fields)
    assert "no_such_finding" not in posted.fields


def test_an_answer_is_read_even_if_nobody_said_that_it_was_picked(knowledge: Knowledge) -> None:
    assert stated(knowledge, mouth_ulcers="absent") == {"mouth_ulcers": "absent"}


@pytest.mark.parametrize("worked_out", ["tongue_or_mouth", "nitrous_oxide"])
def test_what_is_worked_out_is_never_asked(knowledge: Knowledge, worked_out: str) -> None:
    posted = form(knowledge, **{"picked": [worked_out], worked_out: "present"})

    assert worked_out not in posted.fields


@pytest.mark.parametrize("typed", ["tongue", "SORE", "smooth ton", "red tong", "glossi"])
def test_a_finding_is_found_by_any_of_its_names(knowledge: Knowledge, typed: str) -> None:
    assert [finding.slug for finding in found(typed, "symptoms", catalogue_of(knowledge))] == ["glossitis"]


def test_a_finding_is_found_by_the_name_of_what_only_repeats_it(knowledge: Knowledge) -> None:
    assert [f.slug for f in found("laughing", "history", catalogue_of(knowledge))] == ["entonox"]


def test_findings_of_the_step_at_hand_come_first(knowledge: Knowledge) -> None:
    first = found("m", "history", catalogue_of(knowledge))[:2]

    assert [finding.slug for finding in first] == ["metformin", "mouth_ulcers"]


@pytest.mark.parametrize("typed", ["", "   ", "zzz", "tongue zzz", "§$%"])
def test_nothing_is_found_for_what_nothing_is_called(knowledge: Knowledge, typed: str) -> None:
    assert found(typed, "symptoms", catalogue_of(knowledge)) == ()


# Three answers


def test_present_absent_and_not_known_are_three_answers(knowledge: Knowledge) -> None:
    assert stated(knowledge, glossitis="present", pregnancy="absent", metformin="") == {
        "glossitis": "present",
        "pregnancy": "absent",
    }


def test_none_of_the_others_is_written_for_all_that_was_not_answered(knowledge: Knowledge) -> None:
    assert stated(knowledge, none="mouth", glossitis="present") == {
        "glossitis": "present",
        "mouth_ulcers": "absent",
    }


def test_none_of_the_others_does_not_deny_what_an_answer_implies(knowledge: Knowledge) -> None:
    assert stated(knowledge, none="medicines", hydroxocobalamin="present") == {
        "hydroxocobalamin": "present",
        "metformin": "absent",
        "entonox": "absent",
    }


def test_none_of_the_others_is_said_only_of_groups_that_offer_it(knowledge: Knowledge) -> None:
    assert stated(knowledge, none=["patient", "no_such_group"]) == {}


def test_the_guideline_of_the_site_is_written_into_the_picture(knowledge: Knowledge) -> None:
    assert picture(knowledge).stated == {"guideline": "nice_ng239"}
    assert picture(knowledge, guideline="arup").stated == {"guideline": "arup"}


def test_a_state_that_there_is_not_is_refused_beside_its_question(knowledge: Knowledge) -> None:
    posted = form(knowledge, glossitis="maybe")

    assert posted.errors == {"glossitis": ["It is never “maybe”; it is one of: present, absent."]}


# Amounts


def test_an_amount_is_a_number_with_its_unit_and_the_printed_interval(knowledge: Knowledge) -> None:
    answers = {"total_b12": " 1,200 ", "total_b12__unit": "pmol/L"}
    interval = {"total_b12__low": "138", "total_b12__high": "652"}

    assert picture(knowledge, **answers, **interval).measured == {
        "total_b12": Quantity(Decimal("1200"), "pmol/L", "", Interval(Decimal("138"), Decimal("652")))
    }


def test_an_amount_may_be_censored(knowledge: Knowledge) -> None:
    assert picture(knowledge, total_b12="<150", total_b12__unit="ng/L").measured == {
        "total_b12": Quantity(Decimal("150"), "ng/L", "<")
    }


def test_a_unit_as_printed_is_known_by_its_alias(knowledge: Knowledge) -> None:
    assert picture(knowledge, total_b12="150", total_b12__unit="pg/ml").measured == {
        "total_b12": Quantity(Decimal("150"), "ng/L")
    }


def test_a_unit_alone_tells_nothing(knowledge: Knowledge) -> None:
    posted = form(knowledge, total_b12="", total_b12__unit="ng/L")

    assert posted.is_valid()
    assert posted.tells_nothing


def test_no_unit_is_presumed_where_mass_and_moles_could_be_mistaken(knowledge: Knowledge) -> None:
    fields = PictureForm(knowledge=knowledge)

    assert (fields["total_b12"].value().unit, fields["haemoglobin"].value().unit) == ("", "g/L")


@pytest.mark.parametrize(
    ("answers", "part", "says"),
    [
        ({"total_b12": "150"}, "unit", "The unit is missing; it is given in: ng/L, pmol/L."),
        (
            {"total_b12": "150", "total_b12__unit": "stone"},
            "unit",
            "“stone” is not a unit of it; it is given in: ng/L, pmol/L.",
        ),
        ({"total_b12": "4 x", "total_b12__unit": "ng/L"}, "", "“4 x” is not a number."),
        (
            {"total_b12": "1,5", "total_b12__unit": "ng/L"},
            "",
            "“1,5” can be read in two ways: write a point for decimals.",
        ),
        ({"total_b12__unit": "ng/L", "total_b12__low": "180"}, "", "The value is missing."),
        (
            {
                "total_b12": "150",
                "total_b12__unit": "ng/L",
                "total_b12__low": "900",
                "total_b12__high": "200",
            },
            "low",
            "The lower end of the interval is not below the upper end.",
        ),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_control_in_the_words_of_the_command(
    knowledge: Knowledge, answers: dict[str, str], part: str, says: str
) -> None:
    posted = form(knowledge, **answers)

    assert posted.errors == {"total_b12": [says]}
    assert (posted.notes["total_b12"].kind, posted.notes["total_b12"].part) == ("error", part)
    with pytest.raises(PictureError) as refused:
        read_picture(posted.given(), knowledge)
    assert [problem.says for problem in refused.value.problems] == [says]


def test_an_impossible_amount_is_refused_with_a_sentence(knowledge: Knowledge) -> None:
    posted = form(knowledge, haemoglobin="1200", haemoglobin__unit="g/L")

    assert posted.errors == {
        "haemoglobin": ["Haemoglobin 1200 g/L is not possible: check the number and the unit."]
    }
    with pytest.raises(ValueError, match="valid"):
        posted.picture()


def test_an_improbable_amount_is_asked_about_and_answered(knowledge: Knowledge) -> None:
    posted = form(knowledge, haemoglobin="250", haemoglobin__unit="g/L")

    assert posted.is_valid()
    assert posted.notes["haemoglobin"].kind == "question"
    assert "unusual: is the number right, and the unit?" in posted.notes["haemoglobin"].says


@pytest.mark.parametrize(
    ("value", "unit", "says"),
    [("150", "ng/L", "= 111 pmol/L"), ("111", "pmol/L", "= 150 ng/L"), ("<150", "ng/L", "= <111 pmol/L")],
)
def test_an_amount_is_shown_in_the_other_kind_of_unit(
    knowledge: Knowledge, value: str, unit: str, says: str
) -> None:
    assert form(knowledge, total_b12=value, total_b12__unit=unit).notes["total_b12"].says == says


def test_an_amount_is_shown_in_the_usual_unit_if_it_was_given_in_another(knowledge: Knowledge) -> None:
    assert (
        form(knowledge, haemoglobin="12.1", haemoglobin__unit="g/dL").notes["haemoglobin"].says == "= 121 g/L"
    )
    assert form(knowledge, haemoglobin="121", haemoglobin__unit="g/L").notes == {}


@pytest.mark.parametrize(
    "answers", [{"antibody__word": "positive"}, {"antibody": "Positive", "antibody__unit": "[arb'U]/mL"}]
)
def test_a_report_may_give_a_word_and_no_number(knowledge: Knowledge, answers: dict[str, str]) -> None:
    told = picture(knowledge, **answers)

    assert (told.measured, told.stated["antibody"]) == ({}, "positive")


def test_a_word_and_a_number_may_stand_together(knowledge: Knowledge) -> None:
    told = picture(knowledge, antibody="12", antibody__unit="[arb'U]/mL", antibody__word="positive")

    assert (told.measured["antibody"].value, told.stated["antibody"]) == (Decimal(12), "positive")


# The steps


def shown(posted: PictureForm) -> str:
    return next(step.slug for step, is_shown in posted.steps if is_shown)


def test_the_form_begins_with_the_patient(knowledge: Knowledge) -> None:
    assert shown(PictureForm(knowledge=knowledge)) == "patient"


def test_the_step_asked_for_is_shown(knowledge: Knowledge) -> None:
    assert shown(form(knowledge, at="patient", step="history")) == "history"
    assert shown(form(knowledge, at="history")) == "history"
    assert shown(form(knowledge, step="no_such_step")) == "patient"


def test_what_must_be_put_right_is_shown_before_the_step_asked_for(knowledge: Knowledge) -> None:
    posted = form(knowledge, at="laboratory", step="check", total_b12="150")
    posted.is_valid()

    assert shown(posted) == "laboratory"


def test_a_question_just_added_is_shown_in_its_step(knowledge: Knowledge) -> None:
    assert shown(form(knowledge, at="patient", step="patient", add="mouth_ulcers")) == "symptoms"


def test_all_that_was_told_can_be_looked_over(knowledge: Knowledge) -> None:
    posted = form(
        knowledge,
        glossitis="present",
        none=["mouth", "medicines"],
        total_b12="150",
        total_b12__unit="ng/L",
        total_b12__low="197",
        antibody__word="positive",
    )

    looked_over = {
        part.step.slug: ([(answer.label, answer.says) for answer in part.answers], part.open)
        for part in posted.told
    }

    assert looked_over == {
        "patient": ([("Guideline in use", "nice ng239")], 1),
        "symptoms": ([("Sore, smooth tongue", "Yes"), ("Mouth and tongue", "Asked: not the other")], 0),
        "history": ([("Medicines", "Asked: none of 4 others")], 0),
        "laboratory": (
            [
                ("Total B12", "150 ng/L (interval 197 to …)"),
                ("Intrinsic factor antibody", "Positive"),
            ],
            1,
        ),
    }
