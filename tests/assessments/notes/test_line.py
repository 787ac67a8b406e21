"""The line that ends a copied note: the same picture out of it, wherever it was pasted, and nothing else in it."""

import re
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.notes.line import LineError, read_line, write_line
from conditions.reasoning.cases import interpret_case
from tests.make.shipped import patient, shipped

PICTURE = patient(
    "glossitis present",
    "metformin present",
    "sex female",
    "pregnancy absent",
    total_b12=("<150", "ng/L", "197-771"),
    alt=("40", "U/L", "-41"),
    age=("54", "a"),
)
LINE = (
    "cobalt1 2026.11.1;age=54,a;alt=40,U/L,..41;total_b12=lt150,ng/L,197..771;absent:pregnancy;female:sex;"
    "nice_ng239:guideline;present:glossitis,metformin;#"
)


def written(release: str = "2026.11.1") -> str:
    return write_line(PICTURE, release)


def test_a_line_holds_each_amount_with_its_unit_and_interval_and_each_state() -> None:
    assert written()[:-8] == LINE
    assert re.fullmatch(r"[0-9a-f]{8}", written()[-8:])


@pytest.mark.parametrize("start", range(5))
def test_every_shipped_picture_comes_back_as_it_was(start: int) -> None:
    for case in list(shipped().cases.values())[start::5]:
        picture = interpret_case(case, shipped()).picture

        line = read_line(f"On the ward today.\n{write_line(picture, '2026.11.1')} Seen by me.")

        assert (dict(line.measured), dict(line.stated)) == (dict(picture.measured), dict(picture.stated))
        assert line.release == "2026.11.1"


def test_equal_pictures_give_equal_lines() -> None:
    again = type(PICTURE)(dict(reversed(PICTURE.measured.items())), dict(reversed(PICTURE.stated.items())))

    assert write_line(again, "2026.11.1") == written()


@given(st.integers(8, 90))
def test_a_line_that_was_wrapped_or_quoted_in_mail_is_whole(width: int) -> None:
    begins, rest = written().split(" ", 1)
    quoted = "\n> ".join(wrap(f"{begins} {rest}", width))

    assert read_line(f"> {quoted}\n").stated == PICTURE.stated


def test_a_line_that_was_made_capital_letters_is_damaged_and_not_guessed() -> None:
    with pytest.raises(LineError, match="damaged"):
        read_line(written().upper())


@given(st.integers(10, len(LINE) - 2), st.sampled_from("0123456789abcxyz,;:=."))
def test_one_changed_sign_is_noticed(place: int, sign: str) -> None:
    line = written()
    changed = line[:place] + sign + line[place + 1 :]
    if changed == line:
        return

    with pytest.raises(LineError):
        read_line(changed)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no Cobalt line"),
        ("B12 deficiency. Cobalt, knowledge release 2026.11.1.", "There is no Cobalt line"),
        (LINE, "The end of the Cobalt line is missing"),
        ("cobalt1 ", "The end of the Cobalt line is missing"),
        (written().replace("150", "510"), "The Cobalt line is damaged"),
        ("cobalt2 anything at all", "written by a newer Cobalt"),
        (f"{written()} {written('2026.12.1')}", "Two different Cobalt lines"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(text: str, says: str) -> None:
    with pytest.raises(LineError, match=says):
        read_line(text)


def test_the_same_line_twice_is_one_line() -> None:
    assert read_line(f"{written()}\n{written()}") == read_line(written())


@pytest.mark.parametrize(
    "part", ["name=Smith", "present:Jane Doe", "nhs:943 476 5919x!", "total_b12=150", "a=1,g,x..y"]
)
def test_a_line_with_anything_else_in_it_is_not_read_even_if_its_checksum_fits(part: str) -> None:
    from assessments.notes.line import _checksum

    body = f"2026.11.1;{part};".replace(" ", "")

    with pytest.raises(LineError, match="not written by it"):
        read_line(f"cobalt1 {body}#{_checksum(1, body)}")


def test_every_slug_state_and_unit_of_the_release_fits_the_grammar() -> None:
    for finding in shipped().findings.values():
        words = [finding.slug, *finding.states]
        assert all(re.fullmatch(r"[a-z0-9_]{1,80}", word) for word in words), finding.slug
        assert all(re.fullmatch(r"[^;,=:#\s>]{1,40}", unit.code) for unit in finding.units), finding.slug


def test_a_text_of_many_beginnings_is_answered_soon() -> None:
    with pytest.raises(LineError):
        read_line("cobalt1 a;" * 20_000)
