"""What was told of the patient, read back: every value with its unit, the limits used and where it lies."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from conditions.presenters.citations import Cited, cited
from conditions.presenters.words import amount_words, rounded, unit_words
from conditions.reasoning.classify import Reading
from conditions.reasoning.interpret import Interpretation
from conditions.reasoning.knowledge import Finding
from conditions.reasoning.quantities import Quantity, Unit, convert

from .bars import Bar, bars_of
from .readings import converted, interval_words, known_words, quantity_words, scales_of


@dataclass(frozen=True, slots=True)
class ScaleWords:
    """One scale on which an amount was read; ``finding`` is empty on the amount's own, which alone has a bar."""

    finding: str
    state: str
    says: str
    limits: str
    scheme: str
    fallback: bool
    cited: Cited
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount as it was given, in other units, and every scale on which it was read, its own apart."""

    finding: str
    label: str
    value: str
    interval: str
    also: tuple[str, ...]
    scales: tuple[ScaleWords, ...]
    second_scales: tuple[ScaleWords, ...]
    formula: str
    formula_source: str
    conversion: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """A word that was given; ``group`` is the part of the form it belongs to."""

    finding: str
    label: str
    state: str
    group: str


def amounts(said: Interpretation) -> tuple[Amount, ...]:
    """Every amount that was given, then every amount that was computed, in the order of the form."""
    findings = said.knowledge.findings
    given, computed = said.classified.amounts, said.classified.computed
    names = sorted({*given, *computed}, key=lambda name: (name in computed, findings[name].order))
    return tuple(
        _amount(findings[name], given[name], said) if name in given else _computed(findings[name], said)
        for name in names
    )


def _computed(finding: Finding, said: Interpretation) -> Amount:
    """A state that was computed and has no amount of its own."""
    formula = said.classified.computed[finding.slug]
    value = known_words(finding, said.known[finding.slug])
    return Amount(finding.slug, finding.label, value, "", (), (), (), formula.formula, formula.source)


def _amount(finding: Finding, quantity: Quantity, said: Interpretation) -> Amount:
    readings = [
        r
        for name, r in said.classified.readings.items()
        if said.knowledge.findings[name].amount == finding.slug
    ]
    own = [reading for reading in readings if reading.finding == finding.slug]
    formula = said.classified.computed.get(finding.slug)
    return Amount(
        finding=finding.slug,
        label=finding.label,
        value=quantity_words(quantity),
        interval=interval_words(quantity.interval, quantity.unit),
        also=_other_units(finding, quantity),
        scales=_scales(own, said),
        second_scales=_scales([r for r in readings if r not in own], said),
        formula=formula.formula if formula else "",
        formula_source=formula.source if formula else "",
        conversion=_conversion(finding, quantity),
    )


def _scales(readings: Iterable[Reading], said: Interpretation) -> tuple[ScaleWords, ...]:
    return tuple(words for reading in readings for words in _scales_of(reading, said))


def _scales_of(reading: Reading, said: Interpretation) -> tuple[ScaleWords, ...]:
    scales = scales_of(reading, said.knowledge)
    is_own = reading.finding == said.knowledge.findings[reading.finding].amount
    bars = bars_of(reading, said.knowledge) if is_own else (None,) * len(scales)
    return tuple(
        ScaleWords(
            finding="" if is_own else scale.finding,
            state=scale.state,
            says=scale.says,
            limits=scale.limits,
            scheme=scale.scheme,
            fallback=scale.fallback,
            cited=cited(scale.citation, said.knowledge),
            bar=bar,
        )
        for scale, bar in zip(scales, bars, strict=True)
    )


def _conversion(finding: Finding, quantity: Quantity) -> str:
    """How the amount was converted: ``1 ng/L = 0.7378 pmol/L``."""
    ways = []
    for unit in _shown_also(finding, quantity):
        none = Quantity(Decimal(0), quantity.unit)
        offset = convert(none, finding.units, unit.code)
        factor = convert(replace(none, value=Decimal(1)), finding.units, unit.code) - offset
        if offset:
            sign = "+" if offset > 0 else "−"
            ways.append(
                f"{unit_words(unit.code)} = {rounded(factor)} × {unit_words(quantity.unit)} {sign} {rounded(abs(offset))}"
            )
        else:
            ways.append(f"1 {unit_words(quantity.unit)} = {amount_words(rounded(factor), unit.code)}")
    return "; ".join(ways)


def _other_units(finding: Finding, quantity: Quantity) -> tuple[str, ...]:
    """The amount in the first unit of each other kind: mass beside molar."""
    return tuple(
        amount_words(converted(quantity, finding, unit.code), unit.code)
        for unit in _shown_also(finding, quantity)
    )


def _shown_also(finding: Finding, quantity: Quantity) -> tuple[Unit, ...]:
    own, shown = finding.unit(quantity.unit), []
    kinds = {own.kind}
    if own.kind == "other" and quantity.unit != finding.units[0].code:
        kinds = set()
    for unit in finding.units:
        if unit.kind not in kinds:
            kinds.add(unit.kind)
            shown.append(unit)
    return tuple(shown) if unit_words(quantity.unit) else ()


def stated(said: Interpretation) -> tuple[Stated, ...]:
    """Every word that was given, by the groups of the form."""
    findings, groups = said.knowledge.findings, said.knowledge.groups
    place = {slug: number for number, slug in enumerate(groups)}
    told = sorted(
        (findings[name] for name in said.picture.stated),
        key=lambda f: (place.get(f.group, len(place)), f.order, f.slug),
    )
    return tuple(
        Stated(
            f.slug,
            f.label,
            _word(f, said.picture.stated[f.slug]),
            groups[f.group].label if f.group in groups else "",
        )
        for f in told
    )


def _word(finding: Finding, state: str) -> str:
    words = {"present": "yes", "absent": "no"} if not finding.state_labels else {}
    return words.get(state) or known_words(finding, frozenset({state}))
