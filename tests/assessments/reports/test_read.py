"""What a report's lines are taken for: found, asked, refused, or left unread."""

import os
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.reports.read import LONGEST, read_report
from assessments.reports.reading import Found, Reading
from assessments.reports.score import reports_in
from assessments.reports.vocabulary import is_laboratory, unit_key, vocabulary
from conditions.reasoning.quantities import Interval
from tests.make.shipped import shipped

DATA = Path(__file__).parent / "data"


def read(text: str) -> Reading:
    return read_report(text, shipped())


def said(reading: Reading) -> list[str]:
    return [" ".join(filter(None, (r.finding, r.amount, r.unit, r.state))) for r in reading.found]


def test_a_line_gives_amount_unit_interval_and_flag_beside_itself() -> None:
    line = "Vitamin B12 ....... 150 ng/L (180 - 914) L"

    assert read(f"Patient: Jane Smith\n{line}").found == (
        Found(
            1,
            line,
            "total_b12",
            "150",
            "ng/L",
            "",
            Interval(Decimal(180), Decimal(914)),
            "180 - 914",
            "ng/L",
            "L",
        ),
    )


@pytest.mark.parametrize(
    "line",
    [
        "Vitamin B12 150 ng/L",
        "Vitamin B12: 150ng/L",
        "Serum B12 level = 150 NG/L",
        "B12\t150\tng/L\t180-914",
        "Vitamin B12 L 150 ng/L 180-914",
        "Vitamin B12 *150 ng/L",
        "Vitamin B12 150* ng/L",
        "Vitamin B12 (ng/L) 150 180-914",
        "Vitamin B12 180-914 150 ng/L",
        "1. Vitamin B12 - 150 ng/L",
        "2132-9 Vitamin B12 150 ng/L",
        "12/11/2026 09:14 Vitamin B12 150 ng/L",
        "Vitamin B12\n150 ng/L",
        "Vitamin B12\nResult\n150\nUnits\nng/L\nReference range: 180 - 914",
        "vit. B-12 150 ng/l Final",
        "S-Vitamin B12 150 ng/L",
    ],
)
def test_columns_may_stand_in_any_order(line: str) -> None:
    assert said(read(line)) == ["total_b12 150 ng/L"]


@pytest.mark.parametrize(
    "line",
    [
        "B12 150-200 ng/L is indeterminate",
        "Ferritin 15 ug/L or less indicates iron deficiency.",
        "Vitamin B12 below 150 ng/L: deficiency likely.",
        "Ferritin levels under 30 ug/L",
        "Intrinsic factor antibodies are positive in half of patients",
        "Vitamin B12 injection 1000 ug",
        "Creatinine, 24h urine 8.1 mmol/L",
        "Creatinine (urine) 88 umol/L",
        "Plasma haemoglobin 30 g/L",
        "CA 125 12 mg/dL",
        "Hb A2 2.6 %",
        "MCHC 330 g/L",
        "Albumin/creatinine ratio 3.1 mg/mmol",
        "Vitamin B12 binding 150 ng/L",
        "Glucose in CSF 3.1 mmol/L",
    ],
)
def test_prose_and_other_tests_are_left_unread(line: str) -> None:
    reading = read(line)

    assert (reading.found, reading.questions) == ((), ())
    assert len(reading.unmatched) + len(reading.refusals) == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (
            "RDW 45.2 fL",
            "“fL” is not a unit of red cell distribution width (CV); it is given in % or no unit.",
        ),
        ("Haemoglobin 1310 g/L", "Haemoglobin 1310 g/L is not possible: the number or the unit is wrong."),
        ("Vitamin B12 UNABLE TO REPORT ng/L", "No result was reported: “UNABLE TO REPORT”."),
        ("INR 250", "INR"),
    ],
)
def test_what_cannot_be_used_is_refused_with_a_sentence(line: str, says: str) -> None:
    reading = read(line)

    assert (reading.found, reading.questions) == ((), ())
    assert says in reading.refusals[0].says or says == "INR"


@pytest.mark.parametrize(
    ("line", "kind", "offers"),
    [
        ("Vitamin B12 186 ng/ml", "unit_doubtful", ["186 ng/L", "186 pg/mL", "186 ng/mL"]),
        ("Haemoglobin 13.5 g/L", "unit_doubtful", ["13.5 g/dL"]),
        ("Platelets 2.5 lakh/mm3", "unit_doubtful", ["250000 /mm3"]),
        ("MCV 99", "unit_missing", ["99 fL", "99 um3"]),
        ("Haematocrit 0.40", "unit_missing", ["0.40 L/L"]),
        ("eGFR 71 mL/min", "unit_doubtful", ["71 mL/min/{1.73_m2}"]),
        ("Ferritin 20 ug/L\nCRP 4,5 mg/L\nALT 20.5 U/L", "number_doubtful", ["4.5 mg/L"]),
        ("Ferritin 150 197 ug/L", "several_numbers", ["150 ug/L", "197 ug/L"]),
        ("Intrinsic factor antibody weak positive", "word_doubtful", ["positive", "equivocal"]),
        ("URINE\nGlucose 1.1 mmol/L", "other_specimen", ["1.1 mmol/L"]),
        ("Ferritin 20 ug/L\nFerritin 30 ug/L", "given_twice", ["20 ug/L", "30 ug/L"]),
    ],
)
def test_what_is_doubtful_is_asked_with_its_readings(line: str, kind: str, offers: list[str]) -> None:
    (question,) = read(line).questions

    assert question.kind == kind
    assert [" ".join(filter(None, (o.amount, o.unit, o.state))) for o in question.offers] == offers


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("ANA 1:80", ["ana 80 {titer}"]),
        ("ANA <1:40", ["ana <40 {titer}"]),
        ("ANA Positive 1:320 speckled", ["ana 320 {titer} positive"]),
        ("ANA Negative at 1:80", ["ana negative"]),
        ("IgA anti-tTG", []),
        ("tTG IgA 1.2 U/mL (<7)", ["ttg_iga 1.2 [arb'U]/mL"]),
        ("H. pylori stool antigen: NOT DETECTED", ["h_pylori negative"]),
        ("No blasts seen", ["film_blasts absent"]),
        ("B12 188 ng/L (180-914) folate 3.1 ug/L (3-20)", ["total_b12 188 ng/L", "folate_serum 3.1 ug/L"]),
        ("T.S.H. 2.1 mU/L", ["tsh 2.1 m[IU]/L"]),
        ("CRP 1.8 mg/dL", ["crp 1.8 mg/dL"]),
        ("CRP 18 mg/L", ["crp 18 mg/L"]),
        ("WBC 5,600 /mm³", ["white_cell_count 5600 /mm3"]),
        ("Plt 250 x10⁹/L", ["platelets 250 10*9/L"]),
        ("WBC 5.6 K/µL", ["white_cell_count 5.6 10*3/uL"]),
        ("Haematocrit 33 %", ["haematocrit 33 %"]),
        ("Hb 98 g/L, MCV 121 fL; B12 87 ng/L.", ["haemoglobin 98 g/L", "mcv 121 fL", "total_b12 87 ng/L"]),
        ("Reticulocytes 1.1 %", ["reticulocytes_percent 1.1 %"]),
        ("Ferritin &lt;20 ug/L", ["ferritin <20 ug/L"]),
        ("Vitamin B12 150 ng/L\nVitamin B12 150 pg/mL", ["total_b12 150 ng/L"]),
    ],
)
def test_oddities_are_read_as_they_are_meant(line: str, found: list[str]) -> None:
    reading = read(line)

    assert (said(reading), reading.questions) == (found, ())


def test_an_interval_in_another_unit_is_shown_and_not_used() -> None:
    (found,) = read("Vitamin B12 150 pmol/L (197-771 ng/L)").found

    assert (found.printed_interval, found.interval) == ("197-771 ng/L", None)


def test_an_interval_of_one_sex_is_shown_and_not_used() -> None:
    (found,) = read("Ferritin 12 ng/mL (M: 30-400, F: 13-150)").found

    assert (found.printed_interval, found.interval) == ("M: 30-400", None)


def test_a_scale_behind_the_result_is_no_flag() -> None:
    (found,) = read("Vitamin B12 300 pg/mL Normal >300 Borderline 200-300 Low <200").found

    assert (found.amount, found.flag) == ("300", "")


def test_headings_tell_an_earlier_result_from_this_one() -> None:
    text = "Test         Previous     Result     Units\nFerritin     88           20         ug/L"

    assert said(read(text)) == ["ferritin 20 ug/L"]


def test_every_unit_is_taken_for_itself_or_not_at_all() -> None:
    words = vocabulary(shipped())
    codes = sorted({unit.code for finding in shipped().findings.values() for unit in finding.units} - {"1"})
    wrong = []
    for finding in shipped().findings.values():
        if not (is_laboratory(finding) and finding.units and words.named(finding.label) == finding.slug):
            continue
        for code in codes:
            for number in ("0.4", "5", "140", "2500"):
                for found in read(f"{finding.label}: {number} {code}").found:
                    meant = words.finding(found.finding)
                    same = unit_key(found.unit) == unit_key(code) or found.unit in words.units_of(meant, code)
                    if not same or found.amount != number:
                        wrong.append((finding.slug, number, code, found.amount, found.unit))

    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\x00" * 5000,
        os.urandom(3000).decode("latin1") + "\x00" * 200,
        "a" * (LONGEST + 1),
        "<?xml version='1.0'?><Bundle/>",
        "<html><body>Vitamin B12 150 ng/L</body></html>",
        "{\\rtf1 Vitamin B12}",
        "%PDF-1.7",
        '{"resourceType": "Bundle", "entry": [',
        '{"a":' * 50_000,
        "x\n" * 6_000,
        "MSH|^~\\&|\r" + "OBX|1|NM|2132-9||1|ng/L\r" * 3_000,
    ],
    ids=range(13),
)
def test_what_is_no_report_is_refused_as_a_whole(text: str) -> None:
    reading = read(text)

    assert reading.cannot.endswith(".")
    assert (reading.found, reading.unmatched) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "Vitamin B12 " + "." * 900_000 + "150",
        "Vitamin B12" + " " * 900_000 + "150 ng/L",
        "1" * 1_000_000,
        "B12 " + "1,1" * 600,
        "B12 " + "1-" * 900,
        "B12 " + "<" * 1_900,
        "Ferritin " + "(<" * 900,
        "Ferritin " + "negative " * 200,
        "B12 " + "10^" * 600,
        ("a" * 60 + ".") * 30,
        "Hb 1 " * 390,
        "[" * 900_000,
        "|" * 1_000_000,
        "\n".join(f"Patient: Smith{i} Jane{i}" for i in range(4_900)),
        "MSH|\rOBX|",
        "MSH|^^^^|\rOBX|1|NM|2132-9^^&~^^|a|1^2~3&4",
        "MSH^^^^^\rOBX^1^NM^2132-9^^5",
        '{"resourceType": "Observation", "code": [1], "valueQuantity": "x", "component": {"a": 1}, "note": ["x"]}',
        '{"resourceType": "Observation", "code": {"coding": [{"code": {}}]}, "valueQuantity": {"value": 1e99999}}',
        "B12 \ud800 5",
    ],
    ids=range(20),
)
def test_hostile_text_is_answered(text: str) -> None:
    assert read(text).found == ()


def test_reports_that_were_garbled_on_the_way_are_answered() -> None:
    chance = random.Random(2026)
    reports = [path.read_text(encoding="utf-8")[:1500] for path, _ in reports_in(DATA)]
    for _ in range(400):
        letters = list(chance.choice(reports))
        for _ in range(chance.randint(1, 25)):
            letters[chance.randrange(len(letters))] = chance.choice([*' \n\t|^~&<>(9.,-%\x00é"{}H/', ""])

        assert isinstance(read("".join(letters)), Reading)


PIECES = st.lists(
    st.sampled_from(
        [
            *" \n\t|^~:.,<>=()-*%/",
            "Vitamin B12",
            "Hb",
            "ANA",
            "150",
            "1,5",
            "1:80",
            "ng/L",
            "g/dL",
            "Name",
            "DOB",
            "OBX|1|NM|",
            "{",
            "}",
            '"',
            "Test,Result",
            "Negative",
            "1-2",
        ]
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(PIECES | st.text(max_size=200))
def test_nothing_is_ever_raised(text: str) -> None:
    assert isinstance(read(text), Reading)
