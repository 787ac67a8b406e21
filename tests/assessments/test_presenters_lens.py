"""One patient under every guideline: a row each, how far they agree in one sentence, and where each leads next."""

import re

from django.template.loader import render_to_string

from assessments.presenters.lens import Lens, lens_of
from conditions.reasoning.interpret import interpret
from tests.make.reports import LOW, report_of, small
from tests.make.said import said_of
from tests.make.shipped import shipped

GUIDELINES = shipped().findings["guideline"].states
DEFICIENCY = "b12_deficiency"


def lens(guideline: str = "nice_ng239", sex: str = "male", **measured: str) -> Lens:
    amounts = {name: amount.replace("_", " ") for name, amount in measured.items()}
    found = lens_of(said_of(guideline, amounts, sex=sex))
    assert found
    return found


def page(**told: str) -> str:
    said = said_of(measured={"total_b12": "170 ng/L"}, **told)
    return render_to_string("assessments/partials/report.html", {"report": report_of(said)})


def test_every_guideline_has_its_row_and_the_one_in_use_is_marked() -> None:
    rows = lens("mayo", total_b12="170_ng/L").rows

    assert tuple(row.guideline for row in rows) == GUIDELINES
    assert [row.name for row in rows if row.in_use] == ["Mayo ACASM"]


def test_the_rows_say_what_the_pure_function_says_of_each() -> None:
    said = said_of("bsh_2014", {"total_b12": "190 ng/L"}, sex="female", paraesthesia="present")
    found = lens_of(said)

    assert found
    assert {row.guideline: row.state for row in found.rows} == {
        slug: interpret(said.picture.under(slug), shipped()).headline.state for slug in GUIDELINES
    }


def test_a_row_gives_the_band_in_the_sources_own_words_and_what_follows() -> None:
    rows = {row.guideline: row for row in lens(total_b12="170_ng/L").rows}

    assert rows["nice_ng239"].words == (
        "NICE NG239 (2024), in use: total B12 deficient, below 180 ng/L: “deficiency confirmed”;"
        " B12 deficiency. Next: intrinsic factor antibody."
    )
    assert rows["ruh_bath"].total[0].words == "indeterminate, between 145 and 180 ng/L: “possible deficiency”"
    assert rows["gloucestershire"].total[0].quoted == ""
    assert "Methylmalonic acid" in rows["mayo"].next
    assert "Pernicious anaemia antibodies" in rows["labcorp"].next


def test_what_all_of_them_lead_to_is_said_once() -> None:
    found = lens(total_b12="170_ng/L")

    assert "Serum folate" in found.shared
    assert all("Serum folate" not in row.next for row in found.rows)


def test_one_sentence_says_how_far_they_agree() -> None:
    assert lens(total_b12="120_ng/L").sentence == (
        "Six of ten would say “B12 deficiency”, the one in use among them;"
        " four would say “B12 status is not settled”."
    )
    assert lens("arup", total_b12="380_ng/L").sentence == (
        "Seven of ten would say “B12 deficiency is unlikely”;"
        " three would say “B12 status is not settled”, the one in use among them."
    )
    assert lens(total_b12="60_ng/L").sentence.startswith("Eight of ten would say “B12 deficiency”")
    assert lens(active_b12="80_pmol/L").sentence.startswith("All ten would say “")


def test_a_view_that_rests_on_what_was_not_asked_says_so() -> None:
    assert [
        row.conditional for row in lens(sex="female", total_b12="120_ng/L").rows if row.state == DEFICIENCY
    ] == [True] * 6
    assert not any(row.conditional for row in lens(total_b12="120_ng/L").rows if row.state == DEFICIENCY)
    assert "B12 deficiency, on condition" in lens(sex="female", total_b12="120_ng/L").rows[0].words


def test_active_b12_that_all_read_alike_is_said_once() -> None:
    found = lens(total_b12="170_ng/L", active_b12="30_pmol/L")

    assert [one.words for one in found.active] == ["indeterminate, between 25 and 70 pmol/L"]
    assert not found.active_by_row
    assert found.amounts == "total B12 170 ng/L and active B12 30 pmol/L"


def test_without_a_measured_b12_or_a_choice_of_guidelines_there_is_no_lens() -> None:
    assert lens_of(said_of(measured={"mcv": "112 fL"})) is None
    assert lens_of(small(LOW)) is None


def test_only_the_full_report_has_the_lens() -> None:
    said = said_of(measured={"total_b12": "170 ng/L"})

    assert report_of(said).lens == lens_of(said)
    assert report_of(said, full=False).lens is None


def test_the_table_reads_row_by_row_and_the_sources_are_listed() -> None:
    html = page(sex="male")

    assert html.count('<tr role="row" aria-label="') == len(GUIDELINES)
    assert len(re.findall(r'class="lens-used"', html)) == 1
    assert '<span class="badge tone-primary">in use</span>' in html
    assert "of ten would say “B12" in html
    assert "grade C; read where another quotes it" in html
    listed = {source.slug for source in report_of(said_of(measured={"total_b12": "170 ng/L"})).sources}
    assert {"mayo_acasm", "labcorp_141503", "bsh_2014"} <= listed
