"""Codes of the shipped knowledge have the form, and where there is one the check digit, of their system."""

import re
from collections.abc import Iterator

import pytest

from tests.make.shipped import shipped

FORMS = {
    "atc": r"[A-Z]\d{2}[A-Z]{2}\d{2}",
    "hpo": r"HP:\d{7}",
    "icd10_cm": r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?",
    "icd10_who": r"[A-Z]\d{2}(\.\d{1,2})?",
    "icd11_foundation": r"\d{6,10}",
    "loinc": r"\d{3,7}-\d",
    "rxnorm": r"\d{1,8}",
    "snomed_ct": r"[1-9]\d{5,17}",
}
DIHEDRAL = (
    "0123456789",
    "1234067895",
    "2340178956",
    "3401289567",
    "4012395678",
    "5987604321",
    "6598710432",
    "7659821043",
    "8765932104",
    "9876543210",
)
"""Multiplication of the symmetries of a pentagon, on which Verhoeff's check rests."""
ONE_PLACE_ON = "1576283094"


def codes() -> Iterator[tuple[str, str, str]]:
    """What is coded, the system, the code."""
    knowledge = shipped()
    for name in ("findings", "conditions", "investigations"):
        for slug, part in getattr(knowledge, name).items():
            for system, given in part.codes.items():
                yield from ((f"{name} {slug}", system, code) for code in given)


def luhn(code: str) -> bool:
    """Whether the digit behind the hyphen of a LOINC code is right (mod 10)."""
    number, _, digit = code.partition("-")
    doubled = [int(n) * (2 - place % 2) for place, n in enumerate(reversed(number))]
    return (sum(n // 10 + n % 10 for n in doubled) + int(digit)) % 10 == 0


def verhoeff(code: str) -> bool:
    """Whether the last digit of a SNOMED CT identifier is right."""
    check = 0
    for place, digit in enumerate(reversed(code)):
        value = int(digit)
        for _ in range(place % 8):
            value = int(ONE_PLACE_ON[value])
        check = int(DIHEDRAL[check][value])
    return check == 0


def test_every_code_has_the_form_of_its_system() -> None:
    wrong = [one for one in codes() if not re.fullmatch(FORMS.get(one[1], "(?!)"), one[2])]

    assert wrong == []


def test_loinc_codes_end_in_their_check_digit() -> None:
    assert [one for one in codes() if one[1] == "loinc" and not luhn(one[2])] == []


def test_snomed_identifiers_end_in_their_check_digit_and_name_concepts() -> None:
    wrong = [one for one in codes() if one[1] == "snomed_ct" and not verhoeff(one[2])]
    not_concepts = [one for one in codes() if one[1] == "snomed_ct" and one[2][-3:-1] not in ("00", "10")]

    assert (wrong, not_concepts) == ([], [])


@pytest.mark.parametrize(("code", "right"), [("2132-9", True), ("2132-8", False), ("718-7", True)])
def test_the_check_of_loinc_tells_right_from_wrong(code: str, right: bool) -> None:
    assert luhn(code) is right


@pytest.mark.parametrize(("code", "right"), [("73211009", True), ("73211008", False), ("37211009", False)])
def test_the_check_of_snomed_tells_right_from_wrong(code: str, right: bool) -> None:
    assert verhoeff(code) is right


def test_a_part_names_a_code_once() -> None:
    found = list(codes())

    assert len(found) == len(set(found))
