"""Whether every case of the knowledge is interpreted as it demands."""

from collections.abc import Iterable, Iterator
from typing import Any

from .interpret import Cause, Interpretation, interpret
from .knowledge import Case, Knowledge, Support
from .picture import PictureError, read_picture

DEFAULT_GUIDELINE = "nice_ng239"
SHOWN = (Support.ESTABLISHED, Support.SUPPORTED, Support.DISPUTED)


def interpret_case(case: Case, knowledge: Knowledge) -> Interpretation:
    """The case's picture, interpreted under the guideline it names or NG239. Raises PictureError."""
    picture = read_picture(dict(case.picture), knowledge)
    return interpret(picture.under(picture.stated.get("guideline", DEFAULT_GUIDELINE)), knowledge)


def failures(knowledge: Knowledge) -> list[str]:
    """One sentence for each expectation of a case that is not met."""
    return [failure for case in knowledge.cases.values() for failure in failures_of(case, knowledge)]


def failures_of(case: Case, knowledge: Knowledge) -> list[str]:
    """One sentence for each expectation of this case that is not met."""
    try:
        interpretation = interpret_case(case, knowledge)
    except PictureError as error:
        return [f"cases {case.slug}: {p.path}: {p.says}" for p in error.problems]
    return [
        f"cases {case.slug}: {what}."
        for key, wanted in case.expects.items()
        for what in _unmet(key, wanted, interpretation)
    ]


def _unmet(key: str, wanted: Any, said: Interpretation) -> Iterator[str]:
    if key == "headline":
        if said.headline.state != wanted:
            yield f"the headline is {said.headline.state}, not {wanted}"
    elif key == "firm":
        firm = said.headline.opinion is not None and said.headline.opinion.firm
        if firm is not wanted:
            yield f"the headline is {'firm' if firm else 'on condition'}"
    elif isinstance(wanted, dict):
        yield from _unmet_levels(key, wanted, said)
    else:
        yield from _unmet_names(key, wanted, said)


def _unmet_levels(key: str, wanted: dict[str, str], said: Interpretation) -> Iterator[str]:
    for name, state in wanted.items():
        known = "/".join(sorted(said.known.get(name, ()))) or "not known"
        found = known if key == "known" else said.of(name).support
        if found != state:
            yield f"{name} is {found}, not {state}"


def _unmet_names(key: str, wanted: Iterable[str], said: Interpretation) -> Iterator[str]:
    shown = [cause for cause in said.causes if cause.support in SHOWN]
    names = {
        "causes": _members(shown),
        "causes_first": _members(shown[:3]),
        "investigations": {offer.investigation.slug for offer in said.investigations},
        "holds_unless": set(said.headline.opinion.depends_on) if said.headline.opinion else set(),
    }
    among = names.get(key.removeprefix("not_"), {a.recommendation.slug for a in said.advice})
    if key == "not_causes":
        among = {o.condition for cause in shown for o in cause.opinions if o.support in SHOWN}
    for name in wanted:
        if key.startswith("not_") and name in among:
            yield f"{name} stands among the {key.removeprefix('not_')}"
        if not key.startswith("not_") and name not in among:
            yield f"{name} is missing from the {key}; there are: {', '.join(sorted(among)) or 'none'}"


def _members(causes: Iterable[Cause]) -> set[str]:
    """The conditions of these lines, and those shown under them."""
    members = {o.condition for cause in causes for o in cause.opinions if o.support in SHOWN}
    return members | {cause.condition for cause in causes}
