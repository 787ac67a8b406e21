"""How far the interpretations of published cases agree with what a careful reader expects of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from conditions.reasoning.cases import SHOWN, interpret_case
from conditions.reasoning.interpret import Interpretation
from conditions.reasoning.knowledge import Case, Knowledge

ASPECTS = ("state", "causes", "signs")


@dataclass(frozen=True, slots=True)
class Agreement:
    """One published case: of each aspect how many expectations are met, out of how many, and what differs."""

    case: Case
    met: dict[str, tuple[int, int]]
    differs: tuple[str, ...]

    @property
    def explained(self) -> str:
        """Why evidence and report differ, in the words kept with the case."""
        return str(self.case.published.get("disagrees", ""))


def agreements(knowledge: Knowledge) -> list[Agreement]:
    """The agreement with every published case, by category and name."""
    published = [case for case in knowledge.cases.values() if case.published]
    published.sort(key=lambda case: (case.published["category"], case.slug))
    return [agreement(case, knowledge) for case in published]


def agreement(case: Case, knowledge: Knowledge) -> Agreement:
    """How far what is said of this case agrees with what its reader expects."""
    said = interpret_case(case, knowledge)
    compared = {aspect: list(compare(case, said)) for aspect, compare in COMPARISONS.items()}
    met = {aspect: (sum(not what for what in found), len(found)) for aspect, found in compared.items()}
    return Agreement(case, met, tuple(what for found in compared.values() for what in found if what))


def _state(case: Case, said: Interpretation) -> Iterator[str]:
    expected = case.published.get("states")
    if expected:
        agrees = said.headline.state in expected
        yield "" if agrees else f"state: {said.headline.state or 'none'}, not {' or '.join(expected)}"


def _causes(case: Case, said: Interpretation) -> Iterator[str]:
    first = [cause for cause in said.causes if cause.support in SHOWN][:3]
    names = {name for cause in first for name in (cause.condition, *[o.condition for o in cause.opinions])}
    for any_of in case.published.get("causes", ()):
        found = not names.isdisjoint(any_of)
        yield (
            ""
            if found
            else f"causes: {' or '.join(any_of)} not among {', '.join(c.condition for c in first) or 'none'}"
        )


def _signs(case: Case, said: Interpretation) -> Iterator[str]:
    given = {advice.recommendation.slug for advice in said.advice}
    for any_of in case.published.get("signs", ()):
        yield "" if not given.isdisjoint(any_of) else f"signs: {' or '.join(any_of)} not given"


COMPARISONS = {"state": _state, "causes": _causes, "signs": _signs}


def as_lines(found: list[Agreement]) -> Iterator[str]:
    """The agreement as a table by category, then every disagreement with its reason."""
    yield f"{'category':32}{'cases':>6}" + "".join(f"{aspect:>12}" for aspect in ASPECTS)
    categories = sorted({a.case.published["category"] for a in found})
    for name in [*categories, "all"]:
        rows = [a for a in found if name in ("all", a.case.published["category"])]
        yield f"{name:32}{len(rows):>6}" + "".join(f"{_share(rows, aspect):>12}" for aspect in ASPECTS)
    for one in found:
        for what in one.differs:
            yield f"{one.case.slug}: {what}. {one.explained or 'Not explained.'}"


def _share(rows: list[Agreement], aspect: str) -> str:
    met, asked = (sum(row.met[aspect][place] for row in rows) for place in (0, 1))
    return f"{met}/{asked}" if asked else "-"
