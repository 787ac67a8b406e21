"""The form filled from the line of an earlier note."""

from typing import Any

import pytest
from django.utils.datastructures import MultiValueDict

from assessments.forms import PictureForm
from assessments.forms.earlier import with_earlier
from assessments.notes.line import _checksum, write_line
from conditions.reasoning.cases import interpret_case
from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PatientPicture
from tests.make.knowledge import document
from tests.make.shipped import patient, shipped


def pasted(line: str, knowledge: Knowledge | None = None, **answers: str) -> PictureForm:
    data = {"read": "earlier", "earlier": line, "guideline": "nice_ng239", "at": "patient"} | answers
    return with_earlier(MultiValueDict({name: [told] for name, told in data.items()}), knowledge or shipped())


def line_of(*told: str, **measured: Any) -> str:
    return write_line(patient(*told, **measured), "2026.11.1")


def signed(body: str) -> str:
    return f"cobalt1 {body}#{_checksum(1, body)}"


def told_by(form: PictureForm) -> tuple[dict[str, Any], dict[str, str]]:
    assert form.is_valid(), form.errors
    picture: PatientPicture = form.picture()
    return dict(picture.measured), dict(picture.stated)


@pytest.mark.parametrize("start", range(5))
def test_the_form_tells_what_the_note_told(start: int) -> None:
    for case in list(shipped().cases.values())[start::5]:
        picture = interpret_case(case, shipped()).picture

        form = pasted(write_line(picture, "2026.11.1"))

        assert form.is_valid(), (case.slug, form.errors)
        if not form.earlier.lost:
            assert told_by(form) == (
                dict(picture.measured),
                {"guideline": "nice_ng239"} | dict(picture.stated),
            )


def test_censored_amounts_units_and_intervals_stand_in_their_fields() -> None:
    form = pasted(line_of("sex female", total_b12=("<150", "ng/L", "197-771")))

    value = form["total_b12"].value()
    assert (value.value, value.unit, value.low, value.high) == ("<150", "ng/L", "197", "771")
    assert form["sex"].value() == "female"
    assert (form.earlier.release, form.earlier.filled, form.earlier.problem) == ("2026.11.1", 3, "")


def test_what_was_asked_of_all_comes_back_as_one_tick() -> None:
    first = PictureForm(
        MultiValueDict({"none": ["mouth"], "glossitis": ["present"], "guideline": ["nice_ng239"]}),
        knowledge=shipped(),
    )
    assert first.is_valid()
    form = pasted(write_line(first.picture(), "2026.11.1"))

    assert form.none_of_the_others == {"mouth"}
    assert told_by(form) == told_by(first)
    assert set(form.fields) == set(PictureForm(knowledge=shipped()).fields)


def test_what_was_answered_before_stays_and_is_named() -> None:
    form = pasted(line_of("sex female", age=("54", "a")), age="61", **{"age-unit": "a"})

    assert form["age"].value().value == "61"
    assert form.earlier.kept == ("Age",)


def test_the_guideline_of_the_note_is_used_unless_another_was_chosen() -> None:
    line = write_line(patient("sex male", guideline="mayo"), "2026.11.1")

    assert pasted(line)["guideline"].value() == "mayo"
    assert pasted(line, guideline="arup")["guideline"].value() == "arup"


def test_what_the_release_no_longer_knows_is_said_and_nothing_of_it_is_lost() -> None:
    line = signed(
        "2020.1.1;serum_moonlight=lt3.5,lux;total_b12=150,furlong;present:glossitis,moonstruck;purple:sex;"
    )

    form = pasted(line)

    assert form.is_valid()
    assert form.earlier.lost == (
        "Serum moonlight: <3.5 lux",
        "Vitamin B12, total (serum cobalamin): 150 furlong (a unit that it is no longer given in)",
        "Moonstruck: present",
        "Sex: purple",
    )
    assert told_by(form) == ({}, {"guideline": "nice_ng239", "glossitis": "present"})


def test_what_another_release_works_out_itself_is_said_too() -> None:
    form = pasted(signed("2026.11.1;present:tongue_or_mouth;absent:glossitis;"), read_document(document()))

    assert form.earlier.lost == ("Tongue or mouth: present",)


def test_a_word_in_place_of_a_number_stands_where_the_form_has_room_for_it() -> None:
    form = pasted(line_of("total_b12 deficient", "intrinsic_factor_antibody positive"))

    assert told_by(form)[1] == {
        "guideline": "nice_ng239",
        "total_b12": "deficient",
        "intrinsic_factor_antibody": "positive",
    }


@pytest.mark.parametrize("line", ["", "cobalt1 2026.11.1;age=54,a;#00000000", "cobalt9 x"])
def test_where_nothing_can_be_read_the_answers_stay_as_they_were(line: str) -> None:
    form = pasted(line, sex="female")

    assert form.earlier.problem.endswith(".")
    assert told_by(form) == ({}, {"guideline": "nice_ng239", "sex": "female"})


def test_what_was_posted_is_not_changed() -> None:
    data = MultiValueDict({"read": ["earlier"], "earlier": [line_of("sex female")], "none": ["mouth"]})

    with_earlier(data, shipped())

    assert data.getlist("none") == ["mouth"]
    assert "sex" not in data


def from_report(*parts: str, note: str = "", **answers: str) -> PictureForm:
    data = {"read": ["report"], "result": list(parts), "earlier": [note] if note else []}
    return with_earlier(MultiValueDict(data | {name: [told] for name, told in answers.items()}), shipped())


def test_confirmed_results_of_a_report_stand_in_their_fields() -> None:
    form = from_report(
        "total_b12=lt150,ng/L,180..914",
        "intrinsic_factor_antibody=7,[arb'U]/mL",
        "positive:intrinsic_factor_antibody",
    )

    value, antibody = form["total_b12"].value(), form["intrinsic_factor_antibody"].value()
    assert (value.value, value.unit, value.low, value.high) == ("<150", "ng/L", "180", "914")
    assert antibody.word == "positive"
    assert form.earlier.results == 2


def test_an_amount_measured_anew_makes_the_one_of_the_note_an_earlier_result() -> None:
    note = line_of("sex female", "metformin present", total_b12=("150", "ng/L", "180-914"), age=("54", "a"))

    form = from_report("total_b12=420,ng/L", note=note)

    measured, stated = told_by(form)
    assert (measured["total_b12"].text, measured["previous_total_b12"].text) == ("420", "150")
    assert stated == {"guideline": "nice_ng239", "sex": "female", "metformin": "present"}
    assert form.earlier.became == ("Vitamin B12, total (serum cobalamin)",)
    assert (form.earlier.kept, form.earlier.results) == ((), 1)


NOTE_WITH_RESULTS = line_of(
    "metformin present",
    "intrinsic_factor_antibody positive",
    age=("54", "a"),
    mcv=("112", "fL"),
    ferritin=("9", "ug/L"),
)


def test_results_of_another_day_are_not_mixed_unasked_with_those_of_the_report() -> None:
    form = from_report("total_b12=420,ng/L", note=NOTE_WITH_RESULTS)

    measured, stated = told_by(form)
    assert {slug: quantity.text for slug, quantity in measured.items()} == {
        "total_b12": "420",
        "age": "54",
        "previous_mcv": "112",
    }
    assert stated["intrinsic_factor_antibody"] == "positive"
    assert (form.earlier.became, form.earlier.left) == (("Mean cell volume",), ("Ferritin 9 µg/L",))


def test_results_of_another_day_are_taken_for_those_of_today_if_that_is_ticked() -> None:
    form = from_report("total_b12=420,ng/L", note=NOTE_WITH_RESULTS, old_results="used")

    assert set(told_by(form)[0]) == {"total_b12", "age", "mcv", "ferritin"}


def test_without_a_new_amount_the_note_fills_the_form_as_it_was() -> None:
    form = from_report("positive:intrinsic_factor_antibody", note=NOTE_WITH_RESULTS)

    assert set(told_by(form)[0]) == {"age", "mcv", "ferritin"}


def test_the_same_amount_again_is_no_earlier_result() -> None:
    form = from_report("total_b12=150,ng/L", note=line_of("sex female", total_b12=("150", "ng/L")))

    assert form.earlier.became == ()
    assert "previous_total_b12" not in told_by(form)[0]


@pytest.mark.parametrize("part", ["<script>", "total_b12=150", "total_b12=150,ng/L;sex=1"])
def test_what_no_page_of_ours_sends_is_refused_in_a_sentence(part: str) -> None:
    form = from_report(part)

    assert form.earlier.problem.endswith(".")
    assert told_by(form) == ({}, {"guideline": "nice_ng239"})
