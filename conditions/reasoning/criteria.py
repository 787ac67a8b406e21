"""The language in which rules are written: ``total_b12 is indeterminate and mma is high``.

A criterion is a statement about findings and, in later strata, about conditions. Evaluated against
what is known of a patient it is true, false, or not yet known; a missing result is never taken for
a normal one.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain

NOTHING: frozenset[str] = frozenset()
LEVELS = frozenset({"established", "supported", "disputed", "opposed", "excluded"})
RESERVED = LEVELS | {"undetermined", "and", "or", "not", "at", "least", "of", "is", "unless"}
DEEPEST = 40

Known = Mapping[str, Set[str]]
"""The states a subject may still be in. A subject of which nothing is known is left out."""
Vocabulary = Mapping[str, Collection[str]]
"""What may be said of each finding: its states, in its own order."""


class CriterionError(ValueError):
    """The text is not a criterion. ``position`` is where reading stopped, from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a criterion comes to: ``holds`` is ``None`` while it depends on ``missing``."""

    holds: bool | None
    because: frozenset[str] = NOTHING
    missing: frozenset[str] = NOTHING


def opinion_of(condition: str) -> str:
    """The subject under which the opinion on a condition is known, apart from a finding of that name."""
    return f"@{condition}"


@dataclass(frozen=True, slots=True)
class Is:
    """Holds when the subject is in one of ``states``: a condition if they are levels of support."""

    name: str
    states: tuple[str, ...]
    subject: str = field(init=False, repr=False, compare=False)
    _states: frozenset[str] = field(init=False, repr=False, compare=False)
    _verdicts: tuple[Verdict, Verdict, Verdict] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        states = frozenset(self.states)
        subject = opinion_of(self.name) if states <= LEVELS else self.name
        just = frozenset({subject})
        object.__setattr__(self, "subject", subject)
        object.__setattr__(self, "_states", states)
        object.__setattr__(
            self, "_verdicts", (Verdict(True, just), Verdict(False, just), Verdict(None, missing=just))
        )

    def evaluate(self, known: Known) -> Verdict:
        may = known.get(self.subject)
        if may is None:
            return self._verdicts[2]
        if may <= self._states:
            return self._verdicts[0]
        return self._verdicts[1] if may.isdisjoint(self._states) else self._verdicts[2]

    def leaves(self) -> Iterator["Is"]:
        yield self

    def problems(self, findings: Vocabulary, conditions: Set[str]) -> list[str]:
        if self.subject != self.name:
            return (
                []
                if self.name in conditions
                else [f"There is no condition called {self.name} to speak of here."]
            )
        if self.name not in findings:
            return [f"There is no finding called {self.name}."]
        states = findings[self.name]
        return [
            f"{self.name} is never {s}; it is one of: {', '.join(states)}."
            for s in self.states
            if s not in states
        ]

    def __str__(self) -> str:
        return f"{self.name} is {'/'.join(self.states)}"


@dataclass(frozen=True, slots=True)
class Not:
    part: "Criterion"

    def evaluate(self, known: Known) -> Verdict:
        verdict = self.part.evaluate(known)
        return verdict if verdict.holds is None else Verdict(not verdict.holds, verdict.because)

    def leaves(self) -> Iterator[Is]:
        return self.part.leaves()

    def problems(self, findings: Vocabulary, conditions: Set[str]) -> list[str]:
        negated = sorted({leaf.name for leaf in self.leaves() if leaf.subject != leaf.name})
        return [f"A criterion may not negate a condition ({name})." for name in negated] + self.part.problems(
            findings, conditions
        )

    def __str__(self) -> str:
        return f"not {_enclosed(self.part)}"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds when ``count`` of the parts hold; ``and`` and ``or`` are its two ends.

    Raises ValueError unless there are two parts or more and ``count`` is one of 1 to their number.
    """

    count: int
    parts: tuple["Criterion", ...]

    def __post_init__(self) -> None:
        if len(self.parts) < 2 or not 1 <= self.count <= len(self.parts):
            raise ValueError(f"cannot have {self.count} of {len(self.parts)}")

    def evaluate(self, known: Known) -> Verdict:
        spare = len(self.parts) - self.count
        held: list[Verdict] = []
        failed: list[Verdict] = []
        waiting: list[Verdict] = []
        for part in self.parts:
            verdict = part.evaluate(known)
            if verdict.holds:
                held.append(verdict)
            elif verdict.holds is None:
                waiting.append(verdict)
            else:
                failed.append(verdict)
                if len(failed) > spare:
                    return failed[0] if not spare else Verdict(False, _union_of_reasons(failed))
        if len(held) >= self.count:
            return held[0] if len(held) == 1 else Verdict(True, _union_of_reasons(held))
        if len(waiting) == 1:
            return waiting[0]
        return Verdict(None, missing=NOTHING.union(*[v.missing for v in waiting]))

    def leaves(self) -> Iterator[Is]:
        for part in self.parts:
            yield from part.leaves()

    def problems(self, findings: Vocabulary, conditions: Set[str]) -> list[str]:
        return [problem for part in self.parts for problem in part.problems(findings, conditions)]

    def __str__(self) -> str:
        if self.count == len(self.parts):
            return " and ".join(map(_enclosed, self.parts))
        if self.count == 1:
            return " or ".join(map(_enclosed, self.parts))
        return f"at least {self.count} of ({', '.join(map(str, self.parts))})"


Criterion = Is | Not | AtLeast


def _union_of_reasons(verdicts: list[Verdict]) -> frozenset[str]:
    return NOTHING.union(*[v.because for v in verdicts])


def _enclosed(part: Criterion) -> str:
    joined = isinstance(part, AtLeast) and part.count in (1, len(part.parts))
    return f"({part})" if joined else str(part)


def subjects(criterion: Criterion | None) -> frozenset[str]:
    """Everything the criterion speaks of: findings by name, conditions as ``opinion_of`` gives them."""
    return frozenset(leaf.subject for leaf in criterion.leaves()) if criterion else NOTHING


def mergeable(criterion: Criterion) -> list[str]:
    """For each ``a is x or a is y`` the one statement ``a is x/y`` that decides more, as text.

    On a finding that may be in x or y, the first stays unknown and the second is true.
    """
    if isinstance(criterion, Not):
        return mergeable(criterion.part)
    if isinstance(criterion, Is):
        return []
    found: list[str] = []
    if criterion.count == 1:
        said: dict[str, list[tuple[str, ...]]] = {}
        for part in criterion.parts:
            if isinstance(part, Is):
                said.setdefault(part.name, []).append(part.states)
        found = [
            f"{name} is {'/'.join(dict.fromkeys(chain(*states)))}"
            for name, states in said.items()
            if len(states) > 1
        ]
    return found + [merged for part in criterion.parts for merged in mergeable(part)]


def parse(text: str) -> Criterion:
    """Read a criterion. Raises CriterionError, saying where, if ``text`` is not one."""
    reader = _Reader(text)
    criterion = reader.any_of()
    reader.end()
    return criterion


TOKEN = re.compile(r"\s*(?:(?P<word>[a-z][a-z0-9_]*)|(?P<number>\d+)|(?P<mark>[(),/]))")


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text.rstrip(), 0, 0

    def peek(self) -> str | None:
        match = TOKEN.match(self.text, self.at)
        return match.group(match.lastgroup) if match and match.lastgroup else None

    def take(self, *expected: str) -> bool:
        here = self.at
        for word in expected:
            if self.peek() != word:
                self.at = here
                return False
            self.token()
        return True

    def token(self) -> str:
        match = TOKEN.match(self.text, self.at)
        if not match:
            raise self.error(
                "the text stops too early" if self.at >= len(self.text) else "this sign is not used here"
            )
        self.at = match.end()
        return match.group().strip()

    def word(self, what: str) -> str:
        here, token = self.at, self.token()
        if not token[0].isalpha() or token in RESERVED - LEVELS:
            self.at = here
            raise self.error(f"expected {what}")
        return token

    def need(self, expected: str) -> None:
        if not self.take(expected):
            raise self.error(f"expected “{expected}”")

    def error(self, message: str) -> CriterionError:
        space = len(self.text[self.at :]) - len(self.text[self.at :].lstrip())
        return CriterionError(message, self.at + space)

    def end(self) -> None:
        if self.at < len(self.text):
            raise self.error("expected “and”, “or” or the end")

    def any_of(self) -> Criterion:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.error("nested too deeply")
        parts = [self.all_of()]
        while self.take("or"):
            parts.append(self.all_of())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else AtLeast(1, tuple(parts))

    def all_of(self) -> Criterion:
        parts = [self.one()]
        while self.take("and"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else AtLeast(len(parts), tuple(parts))

    def one(self) -> Criterion:
        negations = 0
        while self.take("not"):
            negations += 1
        if negations > DEEPEST:
            raise self.error("nested too deeply")
        if self.take("("):
            criterion = self.any_of()
            self.need(")")
        elif self.take("at", "least"):
            criterion = self.at_least()
        else:
            criterion = self.statement()
        for _ in range(negations):
            criterion = Not(criterion)
        return criterion

    def statement(self) -> Is:
        name = self.word("the name of a finding")
        self.need("is")
        here = self.at
        states = [self.word("a state")]
        while self.take("/"):
            states.append(self.word("a state"))
        if 0 < len(LEVELS.intersection(states)) < len(states):
            self.at = here
            raise self.error("levels of support and states of a finding cannot be mixed")
        return Is(name, tuple(states))

    def at_least(self) -> Criterion:
        here, token = self.at, self.token()
        if not token.isdigit():
            self.at = here
            raise self.error("expected a number")
        self.need("of")
        self.need("(")
        parts = [self.any_of()]
        while self.take(","):
            parts.append(self.any_of())
        self.need(")")
        try:
            return AtLeast(int(token), tuple(parts))
        except ValueError as error:
            raise self.error(str(error)) from error
