"""The answer as plain text, for copying into a record, in three lengths; the longer two end with a line for Cobalt."""

from typing import TYPE_CHECKING

from assessments.notes.line import write_line
from conditions.presenters.words import stopped

if TYPE_CHECKING:
    from .report import Report

MOST_NAMED = 3


def line_of(report: "Report") -> str:
    """The headline with its conditions, the leading causes, what would settle it, and whose words these are."""
    causes = [f"{line.name} ({line.support_words})" for line in report.causes[:MOST_NAMED]]
    tests = [one.name for one in report.investigations[:MOST_NAMED]]
    parts = [
        *[sign.says for sign in report.signs],
        report.headline.sentence,
        report.headline.second,
        f"Explanations suggested: {', '.join(causes)}." if causes else "",
        f"Investigations worth considering: {', '.join(tests)}." if tests else "",
        _not_available(report),
        _whose(report),
    ]
    return " ".join(part for part in parts if part)


def brief_of(report: "Report") -> str:
    """What was found, what explains it, what would settle it and what is open, one thing a line."""
    causes = [f"{line.name} ({line.support_words})" for line in report.causes]
    tests = [f"{one.name} ({one.urgency_words})" for one in report.investigations]
    open_ = [one.name for one in report.missing_for_headline]
    lines = (
        *[sign.says for sign in report.signs],
        report.headline.sentence,
        report.headline.second,
        _listed("Explanations suggested", causes),
        _listed("Investigations worth considering", tests),
        _not_available(report),
        *[f"Caution: {one.says}" for one in report.first_cautions],
        _listed("Values", [_value(report, place) for place in range(len(report.amounts))]),
        _listed("Not known, and able to change the answer", open_),
        report.lens.sentence if report.lens else "",
        _whose(report),
        machine_line_of(report),
    )
    return "\n".join(line for line in lines if line)


def machine_line_of(report: "Report") -> str:
    """What was told, and nothing else, as a line that a later visit can begin with."""
    return write_line(report.interpretation.picture, report.release.version)


def _listed(title: str, said: list[str]) -> str:
    return f"{title}: {'; '.join(said)}." if said else ""


def text_of(report: "Report") -> str:
    """The same with reasons, cautions, values, and sources, one thing a line."""
    sections = (
        ("Time-sensitive signs", [f"{sign.says} [{sign.cited.source.short}]" for sign in report.signs]),
        ("Vitamin B12", [part for part in (report.headline.sentence, report.headline.second) if part]),
        ("Explanations suggested", _causes(report)),
        ("Cautions", [f"{one.says} [{one.cited.source.short}]" for one in report.cautions]),
        ("Investigations worth considering", _tests(report)),
        ("Not available here", [f"{one.name}: {one.instead}" for one in report.lacking]),
        ("Options", [f"{one.says} [{one.cited.source.short}]" for one in report.options]),
        ("Values", [_value(report, place) for place in range(len(report.amounts))]),
        ("Also told", [f"{one.label}: {one.state}" for one in report.stated]),
        ("Not known, and able to change the answer", [one.name for one in report.missing_for_headline]),
        ("What would change this", list(report.would_change.sentences) if report.would_change else []),
        ("Other guidelines", [report.lens.sentence] if report.lens else []),
    )
    blocks = ["\n".join([title, *[f"- {line}" for line in lines]]) for title, lines in sections if lines]
    return "\n\n".join([*blocks, _whose(report), machine_line_of(report)])


def _not_available(report: "Report") -> str:
    names = [one.name for one in report.lacking]
    return f"Re-ranked without: {', '.join(names)} (not available here)." if names else ""


def _causes(report: "Report") -> list[str]:
    lines = []
    for line in report.causes:
        reasons = " ".join(stopped(reason.says) for reason in line.towards)
        against = " ".join(stopped(reason.says) for reason in line.against)
        parts = [f"{line.name} ({line.support_words}): {reasons}", f"Against: {against}" if against else ""]
        lines.append(" ".join(part for part in (*parts, line.unless.sentence) if part))
    return lines


def _tests(report: "Report") -> list[str]:
    return [
        f"{one.name} ({one.urgency_words}): {' '.join(why.says for why in one.why)}"
        for one in report.investigations
    ]


def _value(report: "Report", place: int) -> str:
    amount = report.amounts[place]
    own = [
        f"{scale.state} ({'; '.join(part for part in (scale.limits, scale.scheme) if part)})"
        for scale in amount.scales
    ]
    return f"{amount.label} {amount.value}{': ' + ', '.join(own) if own else ''}"


def _whose(report: "Report") -> str:
    reviewed = "" if report.release.origin != "shipped" else ", not reviewed by a named clinician"
    guideline = f", read by {report.guideline}" if report.guideline else ""
    return f"Cobalt, knowledge release {report.release.version}{reviewed}{guideline}."
