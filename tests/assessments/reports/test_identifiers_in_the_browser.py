"""The browser drops what identifies a person as the server does: the same text goes out."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assessments.notes.line import parted, write_line
from assessments.reports.identifiers import shared_list
from assessments.reports.read import without_identifiers
from assessments.reports.score import reports_in
from tests.cql.engine import node
from tests.make.shipped import patient

HERE = Path(__file__).parent
SCRIPTS = [f"static/js/pasting-{name}.js" for name in ("lines", "messages")]
WHO = [
    "Patient: Müller-Groß, Zoë   DOB: 01/02/1960",
    "Name:",
    "Jane Smith",
    "NHS No 943 476 5919",
    "Adresse : 3 rue de l'Église",
    "75001 Paris",
    "Name  | MRN      | Test | Result | Units",
    "Vane  | RJ118203 | MCV  | 99     | fL",
    "",
    "Spoke with ZOË GROSS about it",
    "Nurse O&rsquo;Neill, &Aring;sa, phoned &#49;13 496 0000",
]
NOTE = write_line(patient("sex female", total_b12=("150", "ng/L")), "2026.11.1")
ODD = [
    "",
    " \u00a0\n",
    "a\x00\x01\x02\x03",
    "%PDF-1.7",
    "<p>Vitamin B12 150 ng/L</p>",
    '{"a":01}',
    '[{"resourceType": "Observation", "valueQuantity": {"value": 1.50e0, "unit": "µg/L"}, "note": [NaN, true, null]}]',
    'Of "resourceType" alone',
    "[" * 90 + "]" * 90,
    "Na\u200bme: Jane\nVitamin B12 &lt;20 ng/L &micro; &unknown; &#8203;",
    "Jane Example\n" + NOTE + "\nVitamin B12 420 ng/L",
    NOTE.replace("150", "151") + "\nVitamin B12 420 ng/L",
    NOTE[:30] + "\nMRN# 44556677\nVitamin B12 420 ng/L",
    f"> {NOTE[:40]}\n> {NOTE[40:]}",
    "x" * 2_100 + "\nVitamin B12 420 ng/L",
    "1 g/L\n" * 5_001,
]


def texts() -> Iterator[str]:
    yield from ODD
    for path, _ in reports_in(HERE / "data"):
        text = path.read_text(encoding="utf-8")
        lines = [*WHO, *text.split("\n"), "Discussed with Zoë Groß", "Dr. Ángel Vane FRCPath"]
        yield text
        if path.suffix == ".txt":
            yield "\r\n".join(lines)
            yield "\n".join(lines).upper()
        else:
            yield text.replace("Okoro", "Müller-Groß")
            yield text[: len(text) // 2]


def left_by_the_server(text: str) -> list[Any]:
    cleaned, parts = without_identifiers(text), parted(text)
    return [cleaned.text, dict(cleaned.kinds), cleaned.cannot, parts.notes, parts.below, parts.above]


def test_the_same_text_goes_out_and_the_same_is_said_to_be_dropped() -> None:
    program = node()
    if program is None:
        pytest.skip("There is no Node: requirements-dev.txt names the package that carries it.")
    given = list(texts())
    asked = json.dumps({"scripts": SCRIPTS, "list": shared_list(), "texts": given})

    said = subprocess.run(
        [program, HERE / "drop.mjs"],
        input=asked,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )

    differ = [
        (text[:80], browser, server)
        for text, browser in zip(given, json.loads(said.stdout), strict=True)
        if browser != (server := left_by_the_server(text))
    ]
    assert differ == []
    assert len(given) > 3 * 100


@pytest.mark.parametrize("text", ODD[-5:-1], ids=["damaged", "cut off", "quoted", "long"])
def test_of_a_note_that_is_damaged_nothing_goes_out_but_that_it_is_one(text: str) -> None:
    parts = parted(text)

    assert "44556677" not in parts.notes
    assert parts.notes in ("cobalt1 -#00000000", "cobalt1 ", text.removeprefix("> "), "")


def test_no_identifying_word_is_left_of_any_report() -> None:
    for path, says in reports_in(HERE / "data"):
        left = without_identifiers(path.read_text(encoding="utf-8")).text

        assert [word for word in says.get("never") or [] if str(word) in left] == [], path.name
