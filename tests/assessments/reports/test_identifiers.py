"""What identifies a person is dropped before anything else is read, wherever it stands."""

import json
import logging
import re
from pathlib import Path

import pytest

from assessments.reports.identifiers import LIST, not_names
from assessments.reports.read import read_report, without_identifiers
from assessments.reports.score import reports_in
from assessments.reports.vocabulary import listed
from tests.make.shipped import shipped

DATA = Path(__file__).parent / "data"
B12 = "Vitamin B12 150 ng/L (180-914)"


@pytest.mark.parametrize(
    "line",
    [
        "Name: Jane Smith",
        "NAME   Smith, Jane",
        "Name\tJane Smith",
        "Name Jane Smith",
        "Patient: Jane Smith",
        "Patient Jane Smith",
        "patient name . . . . Jane Smith",
        "   * Patient's name is Jane Smith",
        "Surname: Smith   Forename: Jane",
        "Date of Birth 01/02/1960 Smith",
        "D.O.B.: 01/02/1960 (Smith)",
        "dob 1 Feb 1960 Smith",
        "Smith DOB 01/02/1960",
        "N.H.S. No 999 123 4567 Smith",
        "nhs-number: 9991234567 Smith",
        "MRN# 445566 Smith",
        "Hospital Number K772110 Smith",
        "Hosp. No: K772110 Smith",
        "Address: 12 High Street, Smith House",
        "Postcode LS1 4AB Smith",
        "Smith House, LS1 4AB",
        "Tel: 0113 496 0000 Smith",
        "Smith +44 7700 900123",
        "Smith (512) 555-0142",
        "Smith 07700 900123",
        "jane.smith@example.org",
        "Consultant: Smith",
        "Requested by Smith",
        "Ordering Physician: SMITH",
        "Sample No: 26B1234 Smith",
        "Accession 26-118-4402 Smith",
        "Validated by: J. Smith",
        "Mrs Smith",
        "DR SMITH",
        "J Smith, MD",
        "SMITH, Jane",
        "Smith Jane 56y F",
        "SMITH, JANE (F) 01/02/1960",
        "Result phoned to Nurse Smith",
        "SSN 555-12-9876 Smith",
        "555-12-9876 Smith",
        "Geburtsdatum: 01.02.1960 Smith",
        "Nom de naissance : Smith",
        "Paciente: Smith",
        "Cognome: Smith",
        "Vitamin B12 140 ng/L DOB 01/02/1960 Smith",
        "Vitamin B12 140 ng/L Patient: Smith",
        "Na\u200bme: Smith",
        "Name:\u00a0Smith",
    ],
)
def test_a_line_that_identifies_is_dropped_whole(line: str) -> None:
    for text in (f"{line}\n{B12}", f"{B12}\n{line}"):
        reading = read_report(text, shipped())

        assert [result.amount for result in reading.found] == ["150"]
        assert "smith" not in repr(reading).casefold()
        assert reading.dropped == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["Patient name", "Jane Smith"],
        ["Name:", "", "Smith, Jane"],
        ["Name:", "DOB:", "Jane Smith", "01/02/1960"],
        ["Jane Smith", "01/02/1960 (66 yrs)"],
        ["Jane Smith", "NHS No 999 123 4567"],
        ["Address: 1 Smith Road", "         Smithton", "         North Smithshire"],
        ["Patient: SMITH, Jane", "Page 2 of 3     Jane Smith"],
        ["Patient: SMITH, Jane", "Spoke to Jane; repeat in a month"],
        ["MRN: SMITH4477", "copy of smith4477"],
    ],
)
def test_what_identifies_may_stand_on_another_line_than_its_label(lines: list[str]) -> None:
    reading = read_report("\n".join([*lines, "", B12]), shipped())

    assert [result.amount for result in reading.found] == ["150"]
    assert "smith" not in repr(reading).casefold()


@pytest.mark.parametrize(
    "line",
    [
        "IRON, SERUM 12 umol/L",
        "Total Protein 70 g/L",
        "White cell count 5.6 10*9/L",
        "Free T4 12 pmol/L (9-23)",
    ],
)
def test_names_of_tests_are_no_names_of_persons(line: str) -> None:
    reading = read_report(f"Patient: WHITE, Irona\n{line}", shipped())

    assert len(reading.found) == 1


def test_columns_of_persons_are_emptied_and_their_names_looked_for() -> None:
    text = 'Name,MRN,Test,Result,Units\n"Smith, Jane",445566,Vitamin B12,150,ng/L\n\nDiscussed with Jane'

    cleaned = without_identifiers(text)

    assert cleaned.text == ",,Test,Result,Units\n,,Vitamin B12,150,ng/L\n"
    assert cleaned.kinds == {"column “name”": 1, "column “mrn”": 1, "a name or number met elsewhere": 1}


def test_a_row_that_does_not_fit_columns_of_persons_is_dropped() -> None:
    reading = read_report("Name,Test,Result,Units\nSmith, Jane,Vitamin B12,150,ng/L", shipped())

    assert reading.found == ()
    assert reading.kinds == {"column “name”": 1, "a row that does not fit its columns": 1}
    assert "Smith" not in repr(reading)


def test_of_hl7_only_listed_fields_are_kept() -> None:
    text = (
        "MSH|^~\\&|LAB|ROYAL|EPR|ROYAL|2026||ORU^R01|77120|P|2.4\rPID|1||445566||SMITH^JANE||19600201|F|||1 HIGH ST\r"
        "NK1|1|SMITH^PETER\rZXY|SMITH\rOBR|1|445566|26B1|FBC^Count|||2026|||SMITH\r"
        "OBX|1|NM|718-7^Hb^LN||105|g/L|120-160|L|||F|||2026|SMITH|SMITH^P\rNTE|1||Mrs Smith phoned~Slightly haemolysed"
    )

    assert without_identifiers(text).text.splitlines() == [
        "MSH|^~\\&",
        "OBR|1|||^Count|||2026",
        "OBX|1|NM|718-7^Hb^LN||105|g/L|120-160|L|||F|||2026",
        "NTE|1||Slightly haemolysed",
    ]


def test_of_fhir_only_listed_keys_are_kept() -> None:
    patient = {
        "resourceType": "Patient",
        "name": [{"family": "Smith", "given": ["Jane"]}],
        "birthDate": "1960-02-01",
    }
    observation = {
        "resourceType": "Observation",
        "id": "smith-1",
        "subject": {"display": "Jane Smith"},
        "performer": [{"display": "P Smith"}],
        "code": {"text": "Ferritin"},
        "valueQuantity": {"value": 12, "unit": "ug/L"},
        "note": [{"text": "Smith told"}, {"text": "Slightly clotted"}],
    }
    text = json.dumps({"resourceType": "Bundle", "entry": [{"resource": patient}, {"resource": observation}]})

    cleaned = json.loads(without_identifiers(text).text)

    kept = {
        "resourceType": "Observation",
        "code": {"text": "Ferritin"},
        "valueQuantity": {"value": "12", "unit": "ug/L"},
        "note": [{"text": "Slightly clotted"}],
    }
    assert cleaned == [{"resourceType": "Bundle", "entry": [{"resource": kept}]}]


@pytest.mark.parametrize(
    "text",
    [
        '{"resourceType": "Patient", "name": [{"family": "Smith"',
        "[{'family': 'Smith'}]",
        '{"family": "Smith"}',
    ],
)
def test_json_that_cannot_be_read_shows_nothing_of_itself(text: str) -> None:
    reading = read_report(text, shipped())

    assert "Smith" not in repr(reading)
    assert reading.found == ()


@pytest.mark.parametrize("path", [path for path, _ in reports_in(DATA)], ids=lambda path: path.name)
def test_what_the_browser_dropped_the_server_leaves(path: Path) -> None:
    once = without_identifiers(path.read_text(encoding="utf-8"))

    assert once.cannot or without_identifiers(once.text).text == once.text


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> None:
    caplog.set_level(logging.DEBUG)
    for path, _ in reports_in(DATA):
        read_report(path.read_text(encoding="utf-8"), shipped())

    assert (caplog.text, *capsys.readouterr()) == ("", "", "")


def test_words_of_reports_are_no_ones_name() -> None:
    names = [name for names in listed()["names"].values() for name in names]
    words = {word.casefold() for name in names for word in re.findall(r"[^\W\d_]{3,}", name)}

    assert words - not_names() - {"the", "and"} == set()


def test_the_list_is_plain_json_that_a_page_can_serve() -> None:
    assert {"labels", "patterns", "columns", "hl7", "fhir", "not_names"} <= json.loads(
        LIST.read_text()
    ).keys()
