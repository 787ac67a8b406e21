"""How well reports are read that come with what they say: recall, and what was taken that should not have been."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.quantities import Interval

from .read import read_report
from .reading import Found, Reading


@dataclass(slots=True)
class Score:
    """Counts over reports of one format; ``faults`` are sentences, one for each thing read otherwise than expected."""

    reports: int = 0
    expected: int = 0
    right: int = 0
    wrong_units: int = 0
    wrong_results: int = 0
    asked: int = 0
    asked_right: int = 0
    leaked: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The part of the expected results that was read as expected; 1 if none was expected."""
        return self.right / self.expected if self.expected else 1.0

    def add(self, other: "Score") -> None:
        for name in (
            "reports",
            "expected",
            "right",
            "wrong_units",
            "wrong_results",
            "asked",
            "asked_right",
            "leaked",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.faults += other.faults


def reports_in(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each report of the folder with what it says, from the YAML file of the same name beside it."""
    for path in sorted(folder.iterdir()):
        beside = path.with_suffix(".yaml")
        if path.suffix in (".txt", ".hl7", ".json") and beside.exists():
            yield path, yaml.safe_load(beside.read_text(encoding="utf-8"))


def scores(folder: Path, knowledge: Knowledge) -> dict[str, Score]:
    """The score of each format, and of all reports under “all”."""
    by_form: dict[str, Score] = {}
    everything = Score()
    for path, says in reports_in(folder):
        reading = read_report(path.read_text(encoding="utf-8"), knowledge)
        one = score_of(path.name, reading, says)
        by_form.setdefault(reading.form, Score()).add(one)
        everything.add(one)
    return {**dict(sorted(by_form.items())), "all": everything}


def score_of(name: str, reading: Reading, says: dict[str, Any]) -> Score:
    """The reading of one report beside what it says."""
    score = Score(reports=1)
    found: dict[str, list[Found]] = {}
    for result in reading.found:
        found.setdefault(result.finding, []).append(result)
    wanted = {
        slug: text if isinstance(text, list) else [text] for slug, text in (says.get("found") or {}).items()
    }
    for slug, texts in wanted.items():
        read = [_said(result) for result in found.get(slug, [])]
        for text in texts:
            score.expected += 1
            score.right += text in read
            if text not in read:
                score.faults.append(f"{name}: {slug} is {text}, read as {read or 'nothing'}.")
    for slug, results in found.items():
        for result in results:
            if _said(result) not in wanted.get(slug, []):
                units = [text.split(" ")[1] for text in wanted.get(slug, []) if " " in text]
                score.wrong_units += bool(result.unit) and result.unit not in units
                score.wrong_results += 1
                score.faults.append(f"{name}: {slug} was read as {_said(result)}, which it does not say.")
    _compare_questions(name, reading, says, score)
    _compare_details(name, found, says, score)
    shown = repr(reading)
    for word in says.get("never") or []:
        if str(word) in shown:
            score.leaked += 1
            score.faults.append(f"{name}: a part that identifies a person was kept.")
    if bool(reading.cannot) != bool(says.get("cannot")):
        score.faults.append(f"{name}: it was {'refused' if reading.cannot else 'read'} as a whole.")
    return score


def _said(result: Found) -> str:
    return " ".join(filter(None, (result.amount, result.unit, result.state)))


def _ends(interval: Interval) -> str:
    return "..".join("" if end is None else str(end) for end in (interval.low, interval.high))


def _compare_questions(name: str, reading: Reading, says: dict[str, Any], score: Score) -> None:
    asked = {question.finding: question.kind for question in reading.questions}
    refused = {refusal.finding for refusal in reading.refusals}
    wanted = says.get("asked") or {}
    score.asked += len(wanted) + len(says.get("refused") or [])
    for slug, kind in wanted.items():
        score.asked_right += asked.get(slug) == kind
        if asked.get(slug) != kind:
            score.faults.append(f"{name}: {slug} is to be asked ({kind}), and was {asked.get(slug, 'not')}.")
    for slug in says.get("refused") or []:
        score.asked_right += slug in refused
        if slug not in refused:
            score.faults.append(f"{name}: {slug} is to be refused, and was not.")
    for slug in asked.keys() - wanted.keys():
        score.faults.append(f"{name}: {slug} was asked ({asked[slug]}) without need.")
    for slug in refused - set(says.get("refused") or []):
        score.faults.append(f"{name}: {slug} was refused without need.")


def _compare_details(name: str, found: dict[str, list[Found]], says: dict[str, Any], score: Score) -> None:
    for slug, ends in (says.get("intervals") or {}).items():
        read = [_ends(i) for result in found.get(slug, []) if (i := result.interval)]
        if ends not in read:
            score.faults.append(f"{name}: the interval of {slug} is {ends}, read as {read or 'nothing'}.")
    for slug, flag in (says.get("flags") or {}).items():
        flags = [result.flag for result in found.get(slug, [])]
        if flag not in flags:
            score.faults.append(f"{name}: the flag of {slug} is {flag}, read as {flags or 'nothing'}.")
