"""How an amount was read on a scale, in words: ``is below 180 ng/L (NICE NG239)``."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from conditions.presenters.citations import source_words
from conditions.presenters.edges import edges_of, edges_words
from conditions.presenters.words import amount_words, joined, number, rounded, states_words
from conditions.reasoning.classify import Reading
from conditions.reasoning.knowledge import Citation, Finding, Knowledge, Limits
from conditions.reasoning.quantities import Band, Interval, Quantity, convert

FALLBACK = "fallback limits: no interval of the laboratory was given"
REPORT = "interval on the report"
MOST_PLACES = 2


def scheme_words(limits: Limits, knowledge: Knowledge) -> str:
    """Whose limits they are: a guideline's or a laboratory's name, the report, or a labelled fallback."""
    if limits.basis == "fallback":
        return FALLBACK
    if limits.basis == "report":
        return REPORT
    return limits.scheme or source_words(knowledge.sources[limits.citation.source]).short


def placed_words(reading: Reading, knowledge: Knowledge) -> str:
    """Where the amount lies, on every scale that may apply, each with whose it is.

    Many scales may apply where what selects them, such as the age, is not known: then only what they come to is said.
    """
    used = [(limits, bands) for limits, bands in reading.used if bands]
    places = [
        f"{_place_words(reading.quantity, limits, bands)} ({scheme_words(limits, knowledge)})"
        for limits, bands in used
    ]
    said = list(dict.fromkeys(places))
    if len(said) <= MOST_PLACES:
        return joined(said, "and")
    schemes = joined(dict.fromkeys(scheme_words(limits, knowledge) for limits, _ in used), "and")
    verb = "is" if len(reading.states) == 1 else "may be"
    states = states_words(knowledge.findings[reading.finding], reading.states)
    return f"{verb} {states} by the {len(said)} scales that may apply ({schemes})"


def place_words(reading: Reading) -> str:
    """Where the amount lies, without whose the scale is: ``150 ng/L is below 180 ng/L``; the amount alone where
    several scales put it in different places."""
    places = dict.fromkeys(
        _place_words(reading.quantity, limits, bands) for limits, bands in reading.used if bands
    )
    amount = quantity_words(reading.quantity)
    return f"{amount} {next(iter(places))}" if len(places) == 1 else amount


def _place_words(quantity: Quantity, limits: Limits, bands: Sequence[Band]) -> str:
    unit = quantity.unit if limits.basis == "report" else limits.unit
    ways = [[band] for band in bands] if quantity.comparator else [bands]
    places = [edges_words(edges_of(limits, way, quantity.interval), unit) for way in ways]
    if not all(places):
        return "cannot be placed"
    return f"is {places[0]}" if len(places) == 1 else f"may be {joined(dict.fromkeys(places), 'or')}"


def converted(quantity: Quantity, measured: Finding, unit: str) -> str:
    """The amount in another unit, to four figures, without the unit."""
    return f"{quantity.comparator}{rounded(convert(quantity, measured.units, unit))}"


def quantity_words(quantity: Quantity) -> str:
    """The amount as it was given, with its unit: ``<150 ng/L``."""
    return amount_words(quantity.text, quantity.unit)


def interval_words(interval: Interval | None, unit: str) -> str:
    """The interval printed on the report; empty if none was."""
    if interval is None:
        return ""
    if interval.low is None:
        return f"up to {amount_words(number(interval.high or Decimal(0)), unit)}"
    if interval.high is None:
        return f"from {amount_words(number(interval.low), unit)}"
    return f"{number(interval.low)} to {amount_words(number(interval.high), unit)}"


def read_words(reading: Reading, knowledge: Knowledge) -> str:
    """A reading as a clause: ``total B12 150 ng/L is below 180 ng/L (NICE NG239)``.

    Where a scale is in another unit than the report, the converted amount stands behind it.
    """
    measured = knowledge.findings[knowledge.findings[reading.finding].amount]
    quantity = reading.quantity
    units = [
        limits.unit for limits, _ in reading.used if limits.basis != "report" and limits.unit != quantity.unit
    ]
    also = [amount_words(converted(quantity, measured, unit), unit) for unit in dict.fromkeys(units)]
    shown = f" ({'; '.join(also)})" if also else ""
    return f"{measured.phrase} {quantity_words(quantity)}{shown} {placed_words(reading, knowledge)}"


def known_words(finding: Finding, states: frozenset[str]) -> str:
    """What is known of a finding: its state, or the states it may still be in."""
    said = states_words(finding, states)
    return said if len(states) == 1 else f"may be {said}"


@dataclass(frozen=True, slots=True)
class Scale:
    """One scale on which an amount was read, and the word the source has for where it lies."""

    finding: str
    state: str
    says: str
    limits: str
    scheme: str
    fallback: bool
    citation: Citation


def scales_of(reading: Reading, knowledge: Knowledge) -> tuple[Scale, ...]:
    """Every scale used for the reading."""
    finding = knowledge.findings[reading.finding]
    made = []
    for limits, bands in reading.used:
        states = frozenset[str]().union(*[band.states for band in bands])
        unit = reading.quantity.unit if limits.basis == "report" else limits.unit
        edges = edges_words(edges_of(limits, bands, reading.quantity.interval), unit) if bands else ""
        made.append(
            Scale(
                finding=finding.label,
                state=known_words(finding, states) if states else "not read",
                says=joined(dict.fromkeys(band.says for band in bands if band.says), "or"),
                limits=edges,
                scheme=scheme_words(limits, knowledge),
                fallback=limits.basis == "fallback",
                citation=limits.citation,
            )
        )
    return tuple(made)
