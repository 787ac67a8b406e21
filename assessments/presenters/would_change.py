"""What would change the headline: single results, each with what would lead then."""

from collections.abc import Iterable
from dataclasses import dataclass

from conditions.presenters.citations import Cited, cited
from conditions.presenters.words import (
    COST,
    amount_words,
    capital,
    in_sentence,
    leaf_words,
    number,
    rounded,
)
from conditions.reasoning.criteria import Is
from conditions.reasoning.flips import FREE, Cell, Edge, Flip, flips_of
from conditions.reasoning.interpret import Interpretation

from .headline import title_of
from .readings import FALLBACK, quantity_words

MOST_NAMED = 6
MOST_COPIED = 6


@dataclass(frozen=True, slots=True)
class Change:
    """One result, or several of which any would do, and what would lead then; ``now`` is what is known of it so far.

    ``more`` are those of the several that stand folded. ``cited`` says whose edges they are, ``fallback`` that the
    laboratory's own would be used, had it printed any.
    """

    results: tuple[str, ...]
    more: tuple[str, ...]
    leads: str
    conditional: bool
    now: str
    fallback: str
    cited: tuple[Cited, ...]

    @property
    def sentence(self) -> str:
        """``MMA above 0.75 µmol/L: functional B12 deficiency, on condition.``"""
        named = "; ".join(self.results) + (f"; or {len(self.more)} more" if self.more else "")
        any_of = "any one of: " if len(self.results) > 1 else ""
        return f"{capital(any_of + named)}: {in_sentence(self.leads)}{', on condition' if self.conditional else ''}."


@dataclass(frozen=True, slots=True)
class WouldChange:
    """``asked`` costs nothing to learn, ``measured`` stands in the order of cost, ``given`` the nearest first."""

    asked: tuple[Change, ...]
    measured: tuple[Change, ...]
    given: tuple[Change, ...]
    tried: int
    untried: int

    @property
    def conditional(self) -> bool:
        """Whether anything that would lead rests on what was not asked or measured."""
        return any(change.conditional for change in (*self.asked, *self.measured, *self.given))

    @property
    def sentences(self) -> tuple[str, ...]:
        """The first of them, for copying."""
        return tuple(one.sentence for one in (*self.measured, *self.given, *self.asked)[:MOST_COPIED])


def would_change(said: Interpretation) -> WouldChange:
    """The single results that would flip the headline of ``said``, in words."""
    flips = flips_of(said)
    asked = [flip for flip in flips.of_missing if flip.cost == FREE]
    measured = [flip for flip in flips.of_missing if flip.cost != FREE]
    return WouldChange(
        asked=_together(asked, said),
        measured=_together(measured, said),
        given=_together(flips.of_known, said),
        tried=flips.tried,
        untried=flips.untried,
    )


def _together(flips: Iterable[Flip], said: Interpretation) -> tuple[Change, ...]:
    """One line for each amount; words that lead to the same, and cost the same to learn, share one."""
    lines: dict[object, list[Flip]] = {}
    for flip in flips:
        leads = (title_of(flip.opinion, said), _is_conditional(flip))
        key = (flip.finding, flip.cell) if flip.cell else (flip.cost, leads)
        lines.setdefault(key, []).append(flip)
    return tuple(_change(line, said) for line in lines.values())


def _change(flips: list[Flip], said: Interpretation) -> Change:
    first, *_ = flips
    results = [_result(flip, said) for flip in flips]
    if len(results) == 1:
        results = [capital(results[0])]
    edges = [edge for edge in (first.cell.low, first.cell.high) if edge] if first.cell else []
    citations = dict.fromkeys(edge.limits.citation for edge in edges)
    return Change(
        results=tuple(results[:MOST_NAMED]),
        more=tuple(results[MOST_NAMED:]),
        leads=title_of(first.opinion, said),
        conditional=_is_conditional(first),
        now=_now(first, said),
        fallback=f"{capital(FALLBACK)}." if any(edge.limits.basis == "fallback" for edge in edges) else "",
        cited=tuple(cited(citation, said.knowledge) for citation in citations),
    )


def _is_conditional(flip: Flip) -> bool:
    return flip.opinion is not None and not flip.opinion.firm


def _result(flip: Flip, said: Interpretation) -> str:
    finding = said.knowledge.findings[flip.finding]
    if flip.cell:
        return f"{finding.phrase} {_place(flip.cell, flip.unit)}"
    return leaf_words(Is(finding.slug, flip.states), said.knowledge)


def _place(cell: Cell, unit: str) -> str:
    """``above 350 ng/L``, ``between 180 and 350 ng/L``; an edge in another unit has the patient's in brackets."""
    if cell.low and cell.high:
        alike = cell.low.unit == cell.high.unit == unit
        low = number(cell.low.printed) if alike else _edge(cell.low, unit)
        return f"between {low} and {_edge(cell.high, unit)}"
    if cell.high:
        return f"below {_edge(cell.high, unit)}"
    return f"above {_edge(cell.low, unit)}" if cell.low else ""


def _edge(edge: Edge, unit: str) -> str:
    printed = amount_words(number(edge.printed), edge.unit)
    return printed if edge.unit == unit else f"{printed} ({amount_words(rounded(edge.amount), unit)})"


def _now(flip: Flip, said: Interpretation) -> str:
    """``150 ng/L``, ``not measured; cost: low``, ``not asked``."""
    given = said.picture.measured.get(flip.finding)
    if given:
        return quantity_words(given)
    if flip.cost == FREE:
        return "not asked"
    return f"not measured; cost: {COST[flip.cost]} of five bands" if flip.cost in COST else "not measured"
