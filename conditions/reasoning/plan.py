"""Knowledge arranged once for asking it of many patients.

Every distinct statement (``mma is high``) is one bit. What is known of a patient makes some of the bits true
and some false, and a criterion is then answered by counting bits. ``Criterion.evaluate`` says the same and
tells why; it is asked only of the few criteria whose reasons are shown.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from .changes import DERIVED
from .criteria import Criterion, Is, Not
from .derived import Derived
from .knowledge import Condition, Finding, Knowledge, Recommendation, Rule

T = TypeVar("T", Rule, Recommendation)
Bits = Mapping[str | None, tuple[int, int]]


class Facts:
    """What is known of one patient, as the statements it makes true and those it makes false."""

    __slots__ = ("_bits", "false", "true")

    def __init__(self, bits: Mapping[str, Bits]) -> None:
        self.true = self.false = 0
        self._bits = bits

    def learn(self, subject: str, states: Set[str]) -> None:
        """Take in the states ``subject`` may be in."""
        bits = self._bits.get(subject)
        if bits is None:
            return
        true = false = -1
        for state in states:
            here = bits.get(state) or bits[None]
            true &= here[0]
            false &= here[1]
        self.true |= true
        self.false |= false

    def without(self, statements: int) -> "Facts":
        """The same facts, of which none makes any of ``statements`` true."""
        others = Facts(self._bits)
        others.true, others.false = self.true & ~statements, self.false
        return others

    def learn_all(self, known: Mapping[str, Set[str]]) -> None:
        """Take in the states of each subject."""
        for subject, states in known.items():
            self.learn(subject, states)


@dataclass(frozen=True, slots=True)
class Test:
    """A criterion without negations: at least ``count`` of its statements and parts, of which ``spare`` may fail."""

    count: int
    spare: int
    statements: int
    parts: tuple["Test", ...]
    touches: int

    def holds(self, facts: Facts) -> bool | None:
        """The same as the criterion's ``evaluate(known).holds``."""
        if not self.parts and not self.spare:
            if facts.false & self.statements:
                return False
            return facts.true & self.statements == self.statements or None
        held = (facts.true & self.statements).bit_count()
        failed = (facts.false & self.statements).bit_count()
        for part in self.parts:
            answer = part.holds(facts)
            if answer:
                held += 1
            elif answer is not None:
                failed += 1
        if held >= self.count:
            return True
        return False if failed > self.spare else None

    def open(self, facts: Facts) -> int:
        """The statements on which the answer waits, given that it is not known."""
        waiting = self.statements & ~(facts.true | facts.false)
        for part in self.parts:
            if part.holds(facts) is None:
                waiting |= part.open(facts)
        return waiting

    def is_met_in_part(self, facts: Facts) -> bool:
        """Whether, of several things it needs, at least one is so."""
        if facts.true & self.statements:
            return True
        return bool(self.parts) and any(part.holds(facts) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """A rule or recommendation with its criteria made ready.

    Any of ``kills``, being false, makes it fail; it is ``plain`` if it needs just these, and has no exception.
    """

    part: T
    when: Test
    unless: Test | None
    touches: int
    kills: int
    plain: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A finding whose state can come from others, and how; ``amount`` is what its limits are set against, if any."""

    slug: str
    amount: str
    finding: Finding
    definition: Test | None
    formula: Derived | None
    implies: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]


@dataclass(frozen=True, slots=True)
class Plan:
    """The arrangement.

    ``subjects`` are what the statements speak of, in the order of their bits. ``told_alone`` holds the findings that
    nothing but being told can settle, each as a set of its own. ``lines`` gives the place, by name, of the line on
    which a cause is shown, and whose line it is. ``about`` holds for each subject the statements that speak of it, or
    of the same amount on another scale.
    """

    bits: Mapping[str, Bits]
    subjects: tuple[str, ...]
    about: Mapping[str, int]
    steps: tuple[Step, ...]
    worked_out: frozenset[str]
    implied_by: Mapping[str, tuple[str, ...]]
    told_alone: Mapping[str, frozenset[str]]
    rules: Mapping[str, tuple[Asked[Rule], ...]]
    touches: Mapping[str, int]
    causes: tuple[str, ...]
    lines: Mapping[str, tuple[int, Condition]]
    advice: tuple[Asked[Recommendation], ...]

    def subjects_of(self, statements: int) -> list[str]:
        """What each of the statements speaks of."""
        found = []
        while statements:
            found.append(self.subjects[statements.bit_length() - 1])
            statements ^= 1 << statements.bit_length() - 1
        return found

    def facts(self) -> Facts:
        """Nothing known yet."""
        return Facts(self.bits)


@lru_cache(maxsize=16)
def plan_of(knowledge: Knowledge) -> Plan:
    """The arrangement of ``knowledge``, made once."""
    bits = _Bits()
    steps = tuple(_steps(knowledge, bits))
    rules: dict[str, list[Asked[Rule]]] = {slug: [] for slug in knowledge.conditions}
    for rule in knowledge.rules.values():
        rules[rule.condition].append(_asked(rule, bits))
    causes = tuple(
        slug for slug, its in rules.items() if its and knowledge.conditions[slug].kind != "b12_state"
    )
    advice = tuple(
        [_asked(recommendation, bits) for _, recommendation in sorted(knowledge.recommendations.items())]
    )
    implied_by = _implied_by(knowledge)
    not_alone = {
        step.finding.slug for step in steps if step.finding.limits or step.definition or step.formula
    }
    return Plan(
        bits=bits.by_state(),
        subjects=tuple(subject for subject, _, _ in bits.places),
        about=bits.by_subject(knowledge),
        steps=steps,
        worked_out=frozenset([step.finding.slug for step in steps]),
        implied_by=implied_by,
        told_alone={
            slug: frozenset({slug}) for slug in knowledge.findings.keys() - not_alone - implied_by.keys()
        },
        rules={slug: tuple(its) for slug, its in rules.items()},
        touches={slug: _all([asked.touches for asked in its]) for slug, its in rules.items()},
        causes=causes,
        lines=_lines(knowledge, causes),
        advice=advice,
    )


class _Bits:
    """Gives each distinct statement its bit."""

    def __init__(self) -> None:
        self.places: dict[tuple[str, frozenset[str], bool], int] = {}

    def of(self, statement: Is, negated: bool) -> int:
        key = (statement.subject, frozenset(statement.states), negated)
        return 1 << self.places.setdefault(key, len(self.places))

    def test(self, criterion: Criterion, negated: bool = False) -> Test:
        """The criterion, or its contrary, with every negation moved to the statements."""
        if isinstance(criterion, Not):
            return self.test(criterion.part, not negated)
        if isinstance(criterion, Is):
            bit = self.of(criterion, negated)
            return Test(1, 0, bit, (), bit)
        count = len(criterion.parts) - criterion.count + 1 if negated else criterion.count
        statements, nested = 0, []
        for part in (self.test(part, negated) for part in criterion.parts):
            if part.parts or part.statements.bit_count() > 1 or part.statements & statements:
                nested.append(part)
            else:
                statements |= part.statements
        touches = _all([statements, *[part.touches for part in nested]])
        return Test(count, len(criterion.parts) - count, statements, tuple(nested), touches)

    def by_subject(self, knowledge: Knowledge) -> dict[str, int]:
        """For each subject the statements that speak of it, those on other scales of its amount among them."""
        amounts = {slug: finding.amount for slug, finding in knowledge.findings.items()}
        together: dict[str, int] = {}
        for (subject, _, _), place in self.places.items():
            amount = amounts.get(subject, subject)
            together[amount] = together.get(amount, 0) | 1 << place
        return {subject: together[amounts.get(subject, subject)] for subject, _, _ in self.places}

    def by_state(self) -> dict[str, Bits]:
        """For each subject and state, the statements it makes true and false; ``None`` for states nobody names."""
        named: dict[str, set[str | None]] = {}
        for subject, states, _ in self.places:
            named.setdefault(subject, {None}).update(states)
        made: dict[str, dict[str | None, tuple[int, int]]] = {
            subject: dict.fromkeys(states, (0, 0)) for subject, states in named.items()
        }
        for (subject, states, negated), place in self.places.items():
            for state, (true, false) in made[subject].items():
                if (state in states) is not negated:
                    made[subject][state] = (true | 1 << place, false)
                else:
                    made[subject][state] = (true, false | 1 << place)
        return dict(made)


def _all(masks: Iterable[int]) -> int:
    together = 0
    for mask in masks:
        together |= mask
    return together


def _asked(part: T, bits: _Bits) -> Asked[T]:
    when = bits.test(part.when)
    unless = bits.test(part.unless) if part.unless else None
    touches = when.touches | (unless.touches if unless else 0)
    kills = 0 if when.spare else when.statements
    return Asked(part, when, unless, touches, kills, bool(kills) and not when.parts and not unless)


def _steps(knowledge: Knowledge, bits: _Bits) -> Iterable[Step]:
    for slug in knowledge.order:
        finding = knowledge.findings[slug]
        if finding.defined_as or finding.derived or finding.limits or finding.implies:
            implies: dict[str, list[tuple[str, frozenset[str]]]] = {}
            for one in finding.implies:
                implies.setdefault(one.state, []).append((one.finding, frozenset({one.as_state})))
            yield Step(
                slug,
                finding.amount if finding.limits else "",
                finding,
                bits.test(finding.defined_as) if finding.defined_as else None,
                DERIVED[finding.derived] if finding.derived else None,
                {state: tuple(those) for state, those in implies.items()},
            )


def _implied_by(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """For each finding that others imply, those others."""
    implied: dict[str, tuple[str, ...]] = {}
    for finding in knowledge.findings.values():
        for implication in finding.implies:
            if finding.slug not in implied.get(implication.finding, ()):
                implied[implication.finding] = (*implied.get(implication.finding, ()), finding.slug)
    return implied


def _lines(knowledge: Knowledge, causes: Iterable[str]) -> dict[str, tuple[int, Condition]]:
    leaders = {slug: knowledge.conditions[knowledge.conditions[slug].shown_under or slug] for slug in causes}
    in_order = sorted({c.slug: c for c in leaders.values()}.values(), key=lambda c: (c.name, c.slug))
    places = {condition.slug: place for place, condition in enumerate(in_order)}
    return {slug: (places[leader.slug], leader) for slug, leader in leaders.items()}
