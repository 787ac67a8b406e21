"""The command: answers on standard output, refusals on standard error, in the published words."""

import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from assessments.management.commands import interpret as command
from conditions.models import Release
from conditions.releases import knowledge_of

LOW = {"measured": {"total_b12": {"value": "150", "unit": "ng/L"}}, "stated": {"sex": "male"}}
LOW_IN_WORDS = "B12 deficiency: total B12 150 ng/L is below 180 ng/L (NICE NG239)."


@pytest.fixture
def asked(tmp_path: Path, release: Release) -> Iterator[Any]:
    """Asks with a file of this text: the answers, the refusals, and the exit status."""

    def ask(text: str | bytes, *options: str) -> tuple[list[Any], list[str], int]:
        file = tmp_path / "picture.json"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        answers, refusals, status = io.StringIO(), io.StringIO(), 0
        try:
            call_command("interpret", str(file), *options, stdout=answers, stderr=refusals, no_color=True)
        except SystemExit as ended:
            status = ended.code  # type: ignore[assignment]
        said = [json.loads(line) for line in answers.getvalue().splitlines()]
        return said, refusals.getvalue().splitlines(), status

    return ask


def sentences(answers: Iterable[Any]) -> list[str]:
    return [answer["headline"]["sentence"] for answer in answers]


def test_a_picture_is_answered_by_the_published_release(asked: Any, release: Release) -> None:
    answers, refusals, status = asked(json.dumps(LOW))

    assert sentences(answers) == [LOW_IN_WORDS]
    assert answers[0]["release"] == {"version": release.version, "digest": release.digest}
    assert answers[0]["guideline"] == settings.COBALT_GUIDELINE
    assert (refusals, status) == ([], 0)


def test_the_guideline_asked_for_is_written_into_the_picture(asked: Any) -> None:
    answers, _, status = asked(json.dumps(LOW), "--guideline", "north_bristol")

    assert (answers[0]["guideline"], answers[0]["headline"]["state"]) == (
        "north_bristol",
        "b12_indeterminate",
    )
    assert status == 0


def test_the_guideline_a_picture_states_is_used(asked: Any) -> None:
    stated = LOW | {"stated": {"sex": "male", "guideline": "north_bristol"}}

    assert asked(json.dumps(stated))[0][0]["guideline"] == "north_bristol"
    assert asked(json.dumps(stated), "--guideline", "north_bristol")[2] == 0


def test_a_stated_guideline_that_differs_is_refused(asked: Any) -> None:
    stated = LOW | {"stated": {"guideline": "arup"}}

    assert asked(json.dumps(stated), "--guideline", "mayo") == (
        [],
        ["stated.guideline: The picture states arup, and --guideline asks for mayo."],
        2,
    )


def test_an_unknown_guideline_is_refused_before_anything_is_read(asked: Any) -> None:
    with pytest.raises(
        CommandError, match="--guideline: 'nhs' is not known; it is one of: nice_ng239"
    ) as error:
        asked(json.dumps(LOW), "--guideline", "nhs")

    assert error.value.returncode == 2


def test_every_refusal_of_a_picture_is_said_one_a_line(asked: Any) -> None:
    wrong = {
        "measured": {"total_b12": {"value": "150", "unit": "mg"}, "mcv": {"value": "a lot", "unit": "fL"}},
        "stated": {"glossitis": "maybe", "tiredness": "present"},
    }

    answers, refusals, status = asked(json.dumps(wrong))

    assert [line.partition(": ")[0] for line in refusals] == [
        "measured.total_b12.unit",
        "measured.mcv.value",
        "stated.glossitis",
        "stated.tiredness",
    ]
    assert (answers, status) == ([], 2)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", "picture: It is not JSON, at character 1: Expecting value."),
        ("total_b12 150", "picture: It is not JSON, at character 1: Expecting value."),
        ("[]", "picture: A picture is a JSON object with “measured” and “stated”."),
        ('{"stated": {}, "stated": {}}', "picture: 'stated' stands twice."),
        ('{"measured": {"age": {"value": NaN, "unit": "a"}}}', "picture: NaN is not JSON."),
        (b'{"stated": {"sex": "\xff"}}', "picture: It is not UTF-8 text, at byte 21."),
        ("[" * 100_000, "picture: It is nested too deeply."),
        ('{"measured": {"age": {"value": 54, "unit": "a"}}}',
         "measured.age.value: The value is given as text, in quotes."),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_with_a_sentence(asked: Any, text: str | bytes, refusal: str) -> None:
    assert asked(text) == ([], [refusal], 2)


def test_a_name_cannot_break_a_refusal_into_lines(asked: Any) -> None:
    _, refusals, _ = asked('{"stated": {"a\\nb": "present"}}')

    assert refusals == ["stated.a b: There is no finding of this name."]


def test_a_file_may_begin_with_a_byte_order_mark(asked: Any) -> None:
    assert sentences(asked(b"\xef\xbb\xbf" + json.dumps(LOW).encode())[0]) == [LOW_IN_WORDS]


def test_lines_are_answered_in_order_whatever_is_refused_between_them(asked: Any) -> None:
    lines = "\r\n".join(
        [json.dumps(LOW), "", "no", json.dumps(LOW | {"stated": {"sex": "m"}}), json.dumps(LOW)]
    )

    answers, refusals, status = asked(lines, "--lines")

    assert sentences(answers) == [LOW_IN_WORDS, LOW_IN_WORDS]
    assert refusals == [
        "line 3: picture: It is not JSON, at character 1: Expecting value.",
        "line 4: stated.sex: It is never “m”; it is one of: female, male.",
    ]
    assert status == 2


def test_a_picture_that_is_too_long_is_refused_and_the_next_answered(
    asked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "LONGEST", 1000)
    long = json.dumps(LOW | {"padding": "x" * 5000})
    too_long = "picture: It is longer than 1000 bytes, which no picture is."

    assert asked(long) == ([], [too_long], 2)
    answers, refusals, status = asked(f"{long}\n{json.dumps(LOW)}\n", "--lines")

    assert (sentences(answers), refusals, status) == ([LOW_IN_WORDS], [f"line 1: {too_long}"], 2)


def test_lines_of_just_the_longest_length_are_read_whole(asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps(LOW)
    monkeypatch.setattr(command, "LONGEST", len(text) + 1)

    assert sentences(asked(f"{text}\n{text}\n", "--lines")[0]) == [LOW_IN_WORDS, LOW_IN_WORDS]


def test_standard_input_is_read_for_a_dash(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    given, answers = io.TextIOWrapper(io.BytesIO(json.dumps(LOW).encode())), io.StringIO()
    monkeypatch.setattr(sys, "stdin", given)

    call_command("interpret", "-", stdout=answers)

    assert sentences([json.loads(answers.getvalue())]) == [LOW_IN_WORDS]


def test_a_file_that_is_not_there_is_refused(release: Release, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nothing\.json: No such file or directory") as error:
        call_command("interpret", str(tmp_path / "nothing.json"))

    assert error.value.returncode == 2


def test_without_a_release_it_says_so(nothing_published: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No knowledge has been published yet"):
        call_command("interpret", str(tmp_path / "nothing.json"))


def test_the_release_read_is_the_published_one(asked: Any, release: Release) -> None:
    assert knowledge_of(release.digest).digest == asked(json.dumps(LOW))[0][0]["release"]["digest"]
