"""Which single results would make another B12 state lead: what is not known tried one by one, what was measured moved.

An amount is moved from one cell between neighbouring edges to the next; the edges are those of every scale on which
it is read. What is said of a cell holds for all amounts between its two edges, the edges themselves left out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from .classify import applicable, classify
from .criteria import subjects
from .derived import DERIVED
from .headline import headline, states_of
from .interpret import Interpretation
from .knowledge import Finding, Knowledge, Limits, Support
from .learnable import Learnable, can_be_told
from .opinions import Opinion
from .picture import PatientPicture
from .plan import plan_of
from .quantities import Quantity, convert_value

MOST_PROBES = 250
FREE, COST_NOT_KNOWN = 0, 9


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge as a source prints it, in ``unit``; ``amount`` is the same in the unit of the patient's result."""

    amount: Decimal
    printed: Decimal
    unit: str
    limits: Limits


@dataclass(frozen=True, slots=True)
class Cell:
    """The amounts between two edges; ``None`` is no edge."""

    low: Edge | None
    high: Edge | None


@dataclass(frozen=True, slots=True)
class Flip:
    """One result with which another state would lead: the amount in ``cell``, in ``unit``, or one of ``states``.

    ``opinion`` is what would lead then, ``None`` if nothing would. ``distance`` is how far from the given amount the
    nearest edge lies, as a share of it; for what is not known there is none. ``cost`` is that of the cheapest
    investigation that measures it, nothing for what is asked.
    """

    finding: str
    opinion: Opinion | None
    states: tuple[str, ...] = ()
    cell: Cell | None = None
    unit: str = ""
    distance: Decimal | None = None
    cost: int = FREE


@dataclass(frozen=True, slots=True)
class Flips:
    """``of_missing``, the cheapest to learn first; ``of_known``, the nearest first.

    ``tried`` and ``untried`` are how many findings were tried one by one, and how many were left because enough were.
    """

    of_missing: tuple[Flip, ...]
    of_known: tuple[Flip, ...]
    tried: int
    untried: int


def flips_of(said: Interpretation, most_probes: int = MOST_PROBES) -> Flips:
    """The single results that would flip the headline of ``said``. The same always gives the same."""
    trying = _Trying(said, said.headline.may_change, most_probes)
    of_known = list(trying.of_known())
    of_missing = list(trying.of_missing())
    return Flips(
        tuple(of_missing),
        tuple(sorted(of_known, key=lambda flip: flip.distance or Decimal(0))),
        trying.tried,
        trying.untried,
    )


def flipping(said: Interpretation, names: Iterable[str], most_probes: int = MOST_PROBES) -> frozenset[str]:
    """Those of ``names``, not known yet, of which one result alone would flip the headline."""
    may_change = set(said.headline.may_change)
    trying = _Trying(said, [name for name in names if name in may_change], most_probes)
    return frozenset([flip.finding for flip in trying.of_missing()])


class _Trying:
    """Interprets one altered picture after another, as far as the headline."""

    def __init__(self, said: Interpretation, missing: Iterable[str], most_probes: int) -> None:
        self.said, self.knowledge, self.left = said, said.knowledge, most_probes
        self.missing = [name for name in missing if name not in said.picture.measured]
        self.bearing = _bearing(said.knowledge)
        self.costs = _costs(said.knowledge)
        self.now = _which(said.headline.opinion)
        self.tried = self.untried = 0

    def of_known(self) -> Iterator[Flip]:
        """The amounts that were given and can be measured again, moved across their edges."""
        given = self.said.picture.measured
        for finding in self._within_reach([name for name in given if name in self.costs]):
            if finding.slug in self.bearing:
                yield from self._moved(finding, given[finding.slug])

    def of_missing(self) -> Iterator[Flip]:
        """What is not known and may change the headline, in each way in which it may turn out."""
        for finding in self._within_reach(self.missing):
            cells = self._cells(finding, None) if finding.is_measured else []
            yield from self._measured(finding, cells) if cells else self._told(finding)

    def _within_reach(self, names: list[str]) -> Iterator[Finding]:
        """The findings, the cheapest first and then in the order of the form, until there were enough."""
        findings = [self.knowledge.findings[name] for name in names]
        findings.sort(key=lambda f: (self._cost(f), f.asked != "everyone", f.order, f.slug))
        for finding in findings:
            if self.left > 0:
                self.tried += 1
                yield finding
            else:
                self.untried += 1

    def _cost(self, finding: Finding) -> int:
        return self.costs.get(finding.slug, FREE)

    def _leads(self, picture: PatientPicture) -> Opinion | None:
        self.left -= 1
        classified = classify(picture, self.knowledge)
        return headline(states_of(classified), Learnable(classified)).opinion

    def _leads_at(self, finding: Finding, amount: Decimal, unit: str) -> Opinion | None:
        picture = self.said.picture
        given = picture.measured.get(finding.slug)
        quantity = Quantity(amount, unit, "", given.interval if given else None)
        return self._leads(replace(picture, measured={**picture.measured, finding.slug: quantity}))

    def _told(self, finding: Finding) -> Iterator[Flip]:
        picture = self.said.picture
        led: dict[object, tuple[Opinion | None, list[str]]] = {}
        for state in finding.states if can_be_told(finding) else ():
            opinion = self._leads(replace(picture, stated={**picture.stated, finding.slug: state}))
            led.setdefault(_which(opinion), (opinion, []))[1].append(state)
        for which, (opinion, states) in led.items():
            if which != self.now:
                yield Flip(finding.slug, opinion, states=tuple(states), cost=self._cost(finding))

    def _measured(self, finding: Finding, cells: list[Cell]) -> Iterator[Flip]:
        unit = self._unit(finding, None)
        for cell, opinion in self._joined(finding, self._flipping(finding, cells, unit), unit):
            if (
                cell.low or cell.high
            ):  # what would change it whatever the amount is, changes it by being asked
                yield Flip(finding.slug, opinion, cell=cell, unit=unit, cost=self._cost(finding))

    def _moved(self, finding: Finding, given: Quantity) -> Iterator[Flip]:
        """Each way the first cell in which another state leads, with those behind it in which the same does."""
        cells = self._cells(finding, given)
        below = [cell for cell in cells if cell.high and cell.high.amount <= given.value]
        above = [cell for cell in cells if cell.low and cell.low.amount >= given.value]
        for way, nearest in ((below, -1), (above, 0)):
            pieces = list(self._joined(finding, self._flipping(finding, way, given.unit), given.unit))
            if pieces:
                cell, opinion = pieces[nearest]
                edges = [edge.amount for edge in (cell.low, cell.high) if edge]
                distance = min(abs(edge - given.value) for edge in edges) / max(edges)
                yield Flip(
                    finding.slug,
                    opinion,
                    cell=cell,
                    unit=given.unit,
                    distance=distance,
                    cost=self._cost(finding),
                )

    def _flipping(
        self, finding: Finding, cells: Iterable[Cell], unit: str
    ) -> Iterator[tuple[Cell, Opinion | None]]:
        """The cells in the whole of which another state leads, each with what leads there."""
        for cell in cells:
            leading = [self._leads_at(finding, amount, unit) for amount in self._amounts(finding, cell, unit)]
            which = {_which(opinion) for opinion in leading}
            if len(which) == 1 and self.now not in which:
                yield cell, leading[0]

    def _joined(
        self, finding: Finding, cells: Iterable[tuple[Cell, Opinion | None]], unit: str
    ) -> Iterator[tuple[Cell, Opinion | None]]:
        """Neighbouring cells in which the same leads as one, wherever it leads at the edge between them too."""
        pieces: list[tuple[Cell, Opinion | None]] = []
        for cell, opinion in cells:
            last, before = pieces[-1] if pieces else (None, None)
            edge = cell.low
            if (
                last is not None
                and edge is not None
                and last.high == edge
                and _which(before) == _which(opinion) == _which(self._leads_at(finding, edge.amount, unit))
            ):
                pieces[-1] = (Cell(last.low, cell.high), opinion)
            else:
                pieces.append((cell, opinion))
        yield from pieces

    def _cells(self, finding: Finding, given: Quantity | None) -> list[Cell]:
        """The amounts that can be entered, cut at every edge of a scale that bears on the headline."""
        unit = self._unit(finding, given)
        quantity = Quantity(Decimal(1), unit, "", given.interval if given else None)
        known = self.said.known
        edges: dict[Decimal, Edge] = {}
        for scale in _scales(self.knowledge)[finding.slug]:
            if scale.slug in self.bearing:
                for limits in applicable(scale.limits, quantity, finding, known):
                    for edge in _edges(limits, quantity, finding):
                        edges.setdefault(edge.amount, edge)
        lowest, highest = _possible(finding, unit)
        within = [
            edges[amount]
            for amount in sorted(edges)
            if lowest < amount and (highest is None or amount < highest)
        ]
        return [Cell(low, high) for low, high in pairwise([None, *within, None])] if within else []

    def _unit(self, finding: Finding, given: Quantity | None) -> str:
        """The unit of the result; of one that is not there, that in which its scale is printed."""
        if given:
            return given.unit
        printed = [limits.unit for limits in finding.limits if limits.basis != "report"]
        return printed[0] if printed else finding.units[0].code

    def _amounts(self, finding: Finding, cell: Cell, unit: str) -> tuple[Decimal, ...]:
        """Amounts that stand for all of the cell: one, or three where a formula reads the amount itself."""
        lowest, highest = _possible(finding, unit)
        low = cell.low.amount if cell.low else lowest
        high = cell.high.amount if cell.high else highest or low * 10
        width = high - low
        if finding.slug not in _read_by_formulas(self.knowledge):
            return (low + width / 2,)
        return low + width / 1000, low + width / 2, high - width / 1000


def _which(opinion: Opinion | None) -> tuple[str, bool] | None:
    """What counts as another headline: another state, or reasons for and against where there were none."""
    return (opinion.condition, opinion.support is Support.DISPUTED) if opinion else None


def _edges(limits: Limits, quantity: Quantity, finding: Finding) -> Iterator[Edge]:
    unit = quantity.unit if limits.basis == "report" else limits.unit
    for band in limits.bands:
        printed = band.edge(quantity.interval)
        if printed is not None:
            yield Edge(convert_value(printed, finding.units, unit, quantity.unit), printed, unit, limits)


def _possible(finding: Finding, unit: str) -> tuple[Decimal, Decimal | None]:
    """Between which amounts a result can be entered."""
    bounds = finding.bounds
    low, high = (bounds.reject_below, bounds.reject_above) if bounds else (None, None)
    ends = [
        end if end is None or bounds is None else convert_value(end, finding.units, bounds.unit, unit)
        for end in (low, high)
    ]
    return ends[0] or Decimal(0), ends[1]


@lru_cache(maxsize=8)
def _costs(knowledge: Knowledge) -> Mapping[str, int]:
    """For each finding that an investigation measures, the cost band of the cheapest."""
    costs: dict[str, int] = {}
    for one in knowledge.investigations.values():
        for name in one.measures:
            costs[name] = min(costs.get(name, COST_NOT_KNOWN), one.cost or COST_NOT_KNOWN)
    return costs


@lru_cache(maxsize=8)
def _scales(knowledge: Knowledge) -> Mapping[str, tuple[Finding, ...]]:
    """For each finding the scales on which its amount is read, its own first."""
    scales: dict[str, tuple[Finding, ...]] = {slug: (one,) for slug, one in knowledge.findings.items()}
    for finding in knowledge.findings.values():
        if finding.reads:
            scales[finding.reads] += (finding,)
    return scales


@lru_cache(maxsize=8)
def _read_by_formulas(knowledge: Knowledge) -> frozenset[str]:
    """The findings that a formula bearing on the headline reads."""
    formulas = [knowledge.findings[name].derived for name in _bearing(knowledge)]
    return frozenset([name for formula in formulas if formula for name in DERIVED[formula].inputs])


@lru_cache(maxsize=8)
def _bearing(knowledge: Knowledge) -> frozenset[str]:
    """The findings that can bear on which B12 state leads."""
    plan = plan_of(knowledge)
    found: set[str] = set()
    waiting = [name for state in knowledge.b12_states for name in plan.subjects_of(plan.touches[state])]
    while waiting:
        slug = waiting.pop()
        if slug in found or slug not in knowledge.findings:
            continue
        found.add(slug)
        finding = knowledge.findings[slug]
        waiting += [finding.amount, *subjects(finding.defined_as), *plan.implied_by.get(slug, ())]
        waiting += [name for limits in finding.limits for name in subjects(limits.when)]
        waiting += DERIVED[finding.derived].inputs if finding.derived else ()
    return frozenset(found)
