"""Where guidelines and laboratories put the edges of total B12, and what each says of the same amount.

All of it is read from the release: the edges from the limits, the rest from interpreting one amount under each
guideline in turn, for an adult man of whom nothing else is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from conditions.reasoning.classify import applicable
from conditions.reasoning.criteria import opinion_of, subjects
from conditions.reasoning.interpret import HEADLINE, Interpretation, interpret
from conditions.reasoning.knowledge import Finding, Knowledge, Limits
from conditions.reasoning.picture import PatientPicture
from conditions.reasoning.quantities import Band, Quantity, convert_value

from .citations import Cited, SourceWords, cited, sources_words
from .edges import edges_of
from .scales import Scales, scales_of
from .words import amount_words, in_sentence, joined, number, state_words, states_words, unit_words

GUIDELINE, TOTAL, ACTIVE, SYMPTOMS = "guideline", "total_b12", "active_b12", "common_symptom"
UNITS = ("ng/L", "pmol/L")
EXAMPLES = tuple(Decimal(amount) for amount in ("120", "170", "300", "380"))
"""Amounts in ng/L on which guidelines differ. They are examples and no limits."""
ADULT = {"sex": "male"}
COLUMNS = ("deficient", "indeterminate", "sufficient")


@dataclass(frozen=True, slots=True)
class Step:
    """A band: where it lies, and the source's own word for it where it has one."""

    place: str
    says: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What one guideline says of one amount: the state, its own word, the headline, and where it leads."""

    state: str
    says: str
    headline: str
    next: str


@dataclass(frozen=True, slots=True)
class Row:
    """One guideline: its bands by state, and what it says of each amount.

    ``converted`` if it prints no edges in mass or in molar units, whichever was asked for.
    """

    guideline: str
    name: str
    bands: tuple[tuple[Step, ...], ...]
    converted: bool
    cells: tuple[Cell, ...]
    cited: Cited


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The table in one unit; ``others`` are edges that some guideline prints, each of which can be looked at."""

    unit: str
    columns: tuple[str, ...]
    amounts: tuple[str, ...]
    rows: tuple[Row, ...]
    others: tuple[str, ...]
    active: tuple[Scales, ...]
    sources: tuple[SourceWords, ...]


@lru_cache(maxsize=128)
def disagreement_of(knowledge: Knowledge, unit: str = UNITS[0], at: str = "") -> Disagreement | None:
    """The table of a release, with a further amount ``at`` one of its ``others``; None without guidelines.

    Raises ValueError for a unit that is not among ``UNITS``, and for any other amount.
    """
    if unit not in UNITS:
        raise ValueError(unit)
    finding, guideline = knowledge.findings.get(TOTAL), knowledge.findings.get(GUIDELINE)
    if finding is None or guideline is None:
        return None
    limits = {slug: _limits(finding, slug, unit) for slug in guideline.states}
    others = _edges(finding, [one for found in limits.values() for one in found], unit)
    if at and at not in others:
        raise ValueError(at)
    amounts = [*_examples(finding, unit), *([Decimal(at)] if at else [])]
    said = {amount: _said(amount, unit, guideline, knowledge) for amount in amounts}
    shared = {amount: _shared(views) for amount, views in said.items()}
    rows = tuple(
        Row(
            guideline=slug,
            name=state_words(guideline, slug),
            bands=tuple(_steps(found, column, finding, unit) for column in COLUMNS),
            converted=any(finding.unit(one.unit).kind != finding.unit(unit).kind for one in found),
            cells=tuple(_cell(said[amount][slug], shared[amount], knowledge) for amount in amounts),
            cited=cited(found[0].citation, knowledge),
        )
        for slug, found in limits.items()
        if found
    )
    active = knowledge.findings.get(ACTIVE)
    cites = [one.citation for found in limits.values() for one in found]
    return Disagreement(
        unit=unit_words(unit),
        columns=tuple(state_words(finding, column) for column in COLUMNS),
        amounts=tuple(amount_words(number(amount), unit) for amount in amounts),
        rows=rows,
        others=others,
        active=scales_of(active, knowledge) if active else (),
        sources=sources_words(
            [*cites, *[one.citation for one in (active.limits if active else ())]], knowledge
        ),
    )


def _limits(finding: Finding, guideline: str, unit: str) -> list[Limits]:
    return applicable(
        finding.limits, Quantity(Decimal(1), unit), finding, {GUIDELINE: frozenset({guideline})}
    )


def _examples(finding: Finding, unit: str) -> list[Decimal]:
    return [_whole(convert_value(amount, finding.units, UNITS[0], unit)) for amount in EXAMPLES]


def _whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1))


def _edges(finding: Finding, limits: Iterable[Limits], unit: str) -> tuple[str, ...]:
    edges = {
        _whole(convert_value(band.upper, finding.units, one.unit, unit))
        for one in limits
        for band in one.bands
        if band.upper is not None
    }
    return tuple(number(edge) for edge in sorted(edges - set(_examples(finding, unit))))


def _steps(limits: Sequence[Limits], column: str, finding: Finding, unit: str) -> tuple[Step, ...]:
    """The bands of one column. A band of which the source leaves the state open stands among the indeterminate."""
    return tuple(
        Step(_place(one, band, finding, unit), band.says)
        for one in limits
        for band in one.bands
        if (column == "indeterminate" if len(band.states) > 1 else column in band.states)
    )


def _place(limits: Limits, band: Band, finding: Finding, unit: str) -> str:
    """``below 180``, ``180 to 350``, ``above 350``, in the unit of the table."""
    edges = edges_of(limits, [band], None)
    low, high = (
        None if end is None else number(_in_unit(end, limits.unit, finding, unit))
        for end in (edges.low, edges.high)
    )
    if low is not None and high is not None:
        return f"{low} to {high}"
    if high is not None:
        return f"{'up to' if edges.high_inclusive else 'below'} {high}"
    return f"{'above' if edges.low_inclusive else 'from'} {low}"


def _in_unit(edge: Decimal, printed: str, finding: Finding, unit: str) -> Decimal:
    converted = convert_value(edge, finding.units, printed, unit)
    return converted if converted == edge else _whole(converted)


def _said(
    amount: Decimal, unit: str, guideline: Finding, knowledge: Knowledge
) -> Mapping[str, Interpretation]:
    stated = {name: state for name, state in ADULT.items() if name in knowledge.findings}
    picture = PatientPicture({TOTAL: Quantity(amount, unit)}, stated)
    return {slug: interpret(picture.under(slug), knowledge) for slug in guideline.states}


def _shared(views: Mapping[str, Interpretation]) -> frozenset[str]:
    """The investigations that all guidelines lead to."""
    return frozenset.intersection(*[frozenset(_offered(view)) for view in views.values()])


def _offered(view: Interpretation) -> list[str]:
    return [offer.investigation.slug for offer in view.investigations]


def _cell(view: Interpretation, shared: frozenset[str], knowledge: Knowledge) -> Cell:
    reading = view.classified.readings[TOTAL]
    finding = knowledge.findings[TOTAL]
    state = states_words(finding, reading.states)
    says = joined(dict.fromkeys(band.says for _, bands in reading.used for band in bands if band.says), "or")
    headline = knowledge.conditions[view.headline.state] if view.headline.state else None
    return Cell(
        state=state,
        says=says if says != state else "",
        headline=(headline.says or headline.name) if headline else "",
        next=_next(view, shared, knowledge),
    )


def _next(view: Interpretation, shared: frozenset[str], knowledge: Knowledge) -> str:
    """The investigations that depend on the guideline and not all others lead to, and what symptoms would add."""
    names = knowledge.investigations
    firm = [
        offer.investigation.slug
        for offer in view.investigations
        if offer.investigation.slug not in shared
        and any(GUIDELINE in subjects(advice.recommendation.when) for advice in offer.advice)
    ]
    waiting = dict.fromkeys(
        advice.recommendation.target
        for advice in view.if_advice
        if advice.recommendation.kind == "investigation"
        and advice.outcome.missing == {SYMPTOMS}
        and advice.recommendation.target not in {*firm, *shared}
        and not _settled_by_b12(knowledge).isdisjoint(subjects(advice.recommendation.when))
    )
    parts = [joined([in_sentence(names[slug].name) for slug in firm])] if firm else []
    if waiting:
        parts.append(f"with symptoms {joined([in_sentence(names[slug].name) for slug in waiting])}")
    return "; ".join(parts)


@lru_cache(maxsize=8)
def _settled_by_b12(knowledge: Knowledge) -> frozenset[str]:
    """The subjects that stand for what B12 comes to."""
    return frozenset({GUIDELINE, TOTAL, HEADLINE, *map(opinion_of, knowledge.b12_states)})
