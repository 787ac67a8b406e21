"""Every result beside its line, what is certain ticked, what is doubtful asked, the rest listed."""

import pytest

from assessments.notes.line import write_line
from assessments.pasting.shown import Row, shown_of
from assessments.reports.reading import Unmatched
from tests.make.shipped import patient, shipped

B12 = "Vitamin B12 150 ng/L (180-914) L"
NOTE = write_line(patient("sex female", "metformin present", total_b12=("150", "ng/L")), "2026.11.1")
CREATININE = (
    "MSH|^~\\&|L|R|E|R|2026||ORU^R01|1|P|2.4\rPID|1||445566||SMITH^JANE\r"
    "OBX|1|NM|38483-4^Creat^LN||1.1|mg/dL|0.5-1.2||||F"
)


def ticked(text: str) -> list[tuple[str, str]]:
    return [(row.slug, row.says) for row in shown_of(text, shipped()).rows if not row.why]


def test_a_result_stands_beside_its_line_with_value_interval_flag_and_the_other_unit() -> None:
    shown = shown_of(f"Patient: Jane Smith\n{B12}", shipped())

    assert shown.rows == (
        Row(
            slug="total_b12",
            label="Vitamin B12, total (serum cobalamin)",
            says="150 ng/L",
            converted="= 111 pmol/L",
            interval="180-914",
            flag="L",
            line=1,
            source=B12,
            value="total_b12=150,ng/L,180..914",
        ),
    )
    assert (shown.dropped, shown.text, shown.certain) == ((("patient", 1),), B12, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Vitamin B12 GREATER THAN 2000 ng/L", ("total_b12", ">2000 ng/L")),
        ("Ferritin <20 ug/L", ("ferritin", "<20 µg/L")),
        ("CRP 3 mg/L", ("crp", "3 mg/L")),
        ("CRP 0.3 mg/dL", ("crp", "0.3 mg/dL")),
        ("Intrinsic factor antibody POSITIVE", ("intrinsic_factor_antibody", "Positive")),
        (CREATININE, ("creatinine", "1.1 mg/dL")),
    ],
)
def test_an_oddity_that_is_certain_is_read_as_it_is_printed(text: str, says: tuple[str, str]) -> None:
    assert ticked(text) == [says]


@pytest.mark.parametrize(
    ("text", "slug", "offers"),
    [
        ("Vitamin B12 186 ng/ml (180-914)", "total_b12", ["186 ng/L", "186 ng/mL"]),
        ("Ferritin 15", "ferritin", ["15 µg/L", "15 pmol/L"]),
    ],
)
def test_a_doubtful_unit_is_asked_and_no_reading_is_chosen(text: str, slug: str, offers: list[str]) -> None:
    shown = shown_of(text, shipped())

    assert (shown.rows, [choice.slug for choice in shown.choices]) == ((), [slug])
    assert [offer.says for offer in shown.choices[0].offers] == offers
    assert shown.choices[0].says.endswith("?")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Active B12 UNABLE TO REPORT", "No result was reported: “UNABLE TO REPORT”."),
        (
            "RDW 45.2 fL",
            "“fL” is not a unit of red cell distribution width (CV); it is given in % or no unit.",
        ),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_line(text: str, says: str) -> None:
    (one,) = shown_of(text, shipped()).unusable

    assert (one.says, one.source) == (says, text)


def test_what_is_unusual_is_not_ticked_and_says_why() -> None:
    (row,) = shown_of("Creatinine 1310 umol/L (45-84)", shipped()).rows

    assert "unusual" in row.why


def test_what_is_not_understood_is_listed() -> None:
    shown = shown_of(f"{B12}\nFilm to follow.", shipped())

    assert shown.unread == (Unmatched(2, "Film to follow."),)


def test_a_note_is_known_by_its_line_and_what_stands_above_is_left_unread() -> None:
    shown = shown_of(f"Jane Example, seen today\nVitamin B12 1 ng/L\n{NOTE}\n{B12}", shipped())

    assert shown.note is not None
    assert {(told.label, told.says) for told in shown.note.told} == {
        ("Vitamin B12, total (serum cobalamin)", "150 ng/L"),
        ("Sex", "female"),
        ("Guideline in use", "NICE NG239 (2024)"),
        ("Metformin", "present"),
    }
    assert [row.says for row in shown.rows] == ["150 ng/L"]
    assert (shown.around_note, shown.dropped) == (2, ())
    assert "Example" not in repr(shown)


def test_a_note_alone_needs_no_report() -> None:
    shown = shown_of(NOTE, shipped())

    assert (shown.cannot, shown.form, shown.rows, shown.can_be_used) == ("", "", (), True)


def test_a_damaged_note_is_said_to_be_and_the_report_below_is_read() -> None:
    shown = shown_of(f"{NOTE.replace('150', '151')}\n{B12}", shipped())

    assert shown.note is not None
    assert (shown.note.line, len(shown.rows)) == ("", 1)
    assert "damaged" in shown.note.problem


def test_where_everything_tells_of_a_person_that_is_said() -> None:
    shown = shown_of("Name: Jane Smith\nDOB: 01/02/1960", shipped())

    assert shown.cannot == "Nothing is left to read: all of it tells of a person and not of a result."
    assert "Smith" not in repr(shown)
