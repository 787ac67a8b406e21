"""What a printed result is taken for: found, asked or refused, by the finding's own units, bounds and states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from conditions.presenters.words import joined, unit_words
from conditions.reasoning.knowledge import Finding
from conditions.reasoning.picture import checked_interval, impossible, improbable
from conditions.reasoning.quantities import (
    AmountError,
    Interval,
    Quantity,
    Unit,
    convert_value,
    read_amount,
    shortened,
)

from .lines import other_specimen
from .numbers import Style, edges_of, readings_of, split_comparator, style_of
from .reading import Found, Printed, Question, Refusal
from .vocabulary import Vocabulary, unit_key

Judged = Found | Question | Refusal
WITHOUT_UNIT = {"1", "{INR}", "{titer}"}
_THOUSAND = 3


def style_of_report(printed: Iterable[Printed]) -> Style:
    """Which sign the report writes for decimals."""
    results = list(printed)
    edges = [edges_of(result.interval) for result in results]
    numbers = [number for result in results for number in result.numbers]
    return style_of([*numbers, *(number for both in edges for number in both.numbers())], edges)


def judge(printed: Printed, style: Style, words: Vocabulary) -> Judged:
    """The printed result as found, as a question with its readings, or refused with a sentence."""
    finding = words.finding(printed.finding)
    if printed.no_result:
        return _refused(printed, f"No result was reported: “{shortened(printed.no_result)}”.")
    judged = (
        _with_amount(printed, finding, style, words)
        if printed.numbers
        else _with_word(printed, finding, words)
    )
    return _of_other_specimen(judged, printed, finding, words)


def _with_word(printed: Printed, finding: Finding, words: Vocabulary) -> Judged:
    states = words.states_of(finding, printed.words[0])
    offers = tuple(_found(printed, state=state) for state in states)
    if len(offers) == 1:
        return offers[0]
    if offers:
        return _asked(
            "word_doubtful",
            printed,
            f"{finding.label}: what is “{shortened(printed.words[0])}” to count as?",
            offers,
        )
    return _refused(
        printed,
        f"“{shortened(printed.words[0])}” is no state of {_inline(finding)}, and no amount is printed.",
    )


@dataclass(frozen=True, slots=True)
class _Unit:
    code: str
    times: Decimal = Decimal(1)


def _with_amount(printed: Printed, finding: Finding, style: Style, words: Vocabulary) -> Judged:
    if printed.unit:
        units, doubtful = _units_of(printed.unit, finding, words)
        sibling = words.siblings.get(finding.slug, "")
        if not units and sibling and _units_of(printed.unit, words.finding(sibling), words)[0]:
            return judge(replace(printed, finding=sibling), style, words)
        if not units:
            if state := _state(printed, finding, words):
                return _found(printed, state=state)
            return _refused(printed, _not_its_unit(printed.unit, finding))
    elif finding.units and {unit.code for unit in finding.units} <= WITHOUT_UNIT:
        units, doubtful = [_Unit(finding.units[0].code)], False
    else:
        return _without_unit(printed, finding, style, words)
    offers = _offers(printed, finding, style, units, words)
    plausible = [offer for offer in offers if not _improbable(offer, finding)]
    if not offers:
        return _impossible(printed, finding, style, units, words)
    if printed.other_unit and not _same_unit(printed, finding, words):
        other, _ = _units_of(printed.other_unit, finding, words)
        more = _offers(printed, finding, style, other, words)
        both = f"{shortened(printed.unit)} and {shortened(printed.other_unit)}"
        says = f"{finding.label}: two units are printed, {both}. Which is meant?"
        return _asked("unit_doubtful", printed, says, (*offers, *more))
    if len(printed.numbers) > 1:
        says = f"{finding.label}: several numbers stand on this line. Which is the result?"
        return _asked("several_numbers", printed, says, offers)
    if doubtful:
        says = f"{finding.label}: “{shortened(printed.unit)}” is printed as the unit. Is this what is meant?"
        return _asked("unit_doubtful", printed, says, offers)
    readings = readings_of(printed.numbers[0], style)
    if not readings.settled and not (
        style == "unknown"
        and len(plausible) == 1
        and plausible[0].amount == readings.amounts[0]
        and not readings.mixed
    ):
        says = f"{finding.label}: “{shortened(printed.numbers[0])}” can be read in more than one way. Which is meant?"
        return _asked("number_doubtful", printed, says, offers)
    chosen = plausible[0] if len(plausible) == 1 else offers[0]
    if not plausible and (slips := _slips(printed, finding, style, units, words, _THOUSAND)):
        says = (
            f"{finding.label} {chosen.amount} {chosen.unit} is printed, which is very unusual; "
            "with another unit it would be usual. Which is meant?"
        )
        return _asked("unit_doubtful", printed, says, (*slips, *offers))
    return chosen


def _units_of(printed: str, finding: Finding, words: Vocabulary) -> tuple[list[_Unit], bool]:
    """The units that are meant, and whether that must be asked."""
    codes = words.units_of(finding, printed)
    if codes:
        factors = {(finding.unit(code).factor, finding.unit(code).offset) for code in codes}
        return ([_Unit(codes[0])], False) if len(factors) == 1 else ([_Unit(code) for code in codes], True)
    code, times = words.doubtful_units.get(unit_key(printed), ("", Decimal(1)))
    if code and code in [unit.code for unit in finding.units]:
        return [_Unit(code, times)], True
    return [], False


def _same_unit(printed: Printed, finding: Finding, words: Vocabulary) -> bool:
    first, second = (_units_of(unit, finding, words)[0] for unit in (printed.unit, printed.other_unit))
    return (
        not second
        or {u.code for u in first} & {u.code for u in second} != set()
        or (finding.unit(first[0].code).factor == finding.unit(second[0].code).factor)
    )


def _offers(
    printed: Printed, finding: Finding, style: Style, units: Sequence[_Unit], words: Vocabulary
) -> tuple[Found, ...]:
    """Every reading of the printed numbers that a patient can have, in these units."""
    offers = []
    for number in printed.numbers:
        for amount in readings_of(number, style).amounts:
            for unit in units:
                offer = _found(
                    printed,
                    _times(amount, unit.times),
                    unit.code,
                    _state(printed, finding, words),
                    style,
                    words,
                )
                if (quantity := _quantity(offer)) and not impossible(finding, quantity):
                    offers.append(offer)
    return tuple(dict.fromkeys(offers))


def _times(amount: str, times: Decimal) -> str:
    if times == 1:
        return amount
    comparator, number = split_comparator(amount)
    return f"{comparator}{(Decimal(number) * times).normalize():f}"


def _impossible(
    printed: Printed, finding: Finding, style: Style, units: Sequence[_Unit], words: Vocabulary
) -> Judged:
    """Refused, unless a slip of the unit would explain the amount, which is then asked."""
    amount = f"{finding.label} {shortened(printed.numbers[0])} {shortened(printed.unit)}"
    says = f"{amount} is not possible: the number or the unit is wrong."
    slips = _slips(printed, finding, style, units, words, 1)
    if slips:
        return _asked(
            "unit_doubtful",
            printed,
            f"{says[:-1]}. In another unit it would be usual. Which is meant?",
            slips,
        )
    return _refused(printed, says)


def _slips(
    printed: Printed, finding: Finding, style: Style, units: Sequence[_Unit], words: Vocabulary, least: int
) -> tuple[Found, ...]:
    """The readings that would be usual if a prefix of the unit were wrong by ten to the ``least`` or more."""
    others = [
        _Unit(unit.code)
        for given in units
        for unit in finding.units
        if unit.code not in WITHOUT_UNIT and _power_between(finding.unit(given.code), unit) >= least
    ]
    return tuple(
        offer for offer in _offers(printed, finding, style, others, words) if not _improbable(offer, finding)
    )


def _power_between(one: Unit, other: Unit) -> Decimal:
    """How many powers of ten lie between two units of one kind; 0 if they differ otherwise."""
    power = abs((one.factor / other.factor).log10())
    alike = one.kind == other.kind and one.offset == other.offset == 0
    return power if alike and power == power.to_integral_value() else Decimal(0)


def _without_unit(printed: Printed, finding: Finding, style: Style, words: Vocabulary) -> Judged:
    state = _state(printed, finding, words)
    if state and not finding.is_measured:
        return _found(printed, state=state)
    if not finding.is_measured:
        return _refused(printed, f"{finding.label} is told in a word and not as a number.")
    units = [_Unit(unit.code) for unit in finding.units if unit.code not in WITHOUT_UNIT]
    offers = _offers(printed, finding, style, units, words)
    if not offers:
        return _refused(
            printed,
            f"{finding.label}: the unit is missing, and in no unit is {shortened(printed.numbers[0])} possible.",
        )
    ordered = sorted(offers, key=lambda offer: _improbable(offer, finding))
    return _asked(
        "unit_missing", printed, f"{finding.label}: the unit is missing. In which unit is it?", tuple(ordered)
    )


def _of_other_specimen(judged: Judged, printed: Printed, finding: Finding, words: Vocabulary) -> Judged:
    """What stands under “Urine” is not taken for a result of the blood unasked."""
    if not other_specimen(printed.heading, words) or "urine" in finding.slug:
        return judged
    if isinstance(judged, Refusal):
        return _refused(
            printed,
            f"This stands under “{shortened(printed.heading)}” and is not {_inline(finding)} in blood.",
        )
    offers = judged.offers if isinstance(judged, Question) else (judged,)
    says = f"This stands under “{shortened(printed.heading)}”. Is it {_inline(finding)} in blood?"
    return _asked("other_specimen", printed, says, offers)


def _state(printed: Printed, finding: Finding, words: Vocabulary) -> str:
    states = words.states_of(finding, printed.words[0]) if printed.words else ()
    return states[0] if len(states) == 1 else ""


def _improbable(offer: Found, finding: Finding) -> bool:
    quantity = _quantity(offer)
    return quantity is not None and bool(improbable(finding, quantity))


def _quantity(offer: Found) -> Quantity | None:
    try:
        comparator, value = read_amount(offer.amount)
    except AmountError:
        return None
    return Quantity(value, offer.unit, comparator)


def _found(
    printed: Printed,
    amount: str = "",
    unit: str = "",
    state: str = "",
    style: Style = "unknown",
    words: Vocabulary | None = None,
) -> Found:
    return Found(
        line=printed.line,
        source=printed.source,
        finding=printed.finding,
        amount=amount,
        unit=unit,
        state=state,
        interval=_interval(printed, unit, style, words) if amount and words else None,
        printed_interval=printed.interval,
        printed_unit=printed.unit,
        flag=printed.flag,
    )


def _interval(printed: Printed, unit: str, style: Style, words: Vocabulary) -> Interval | None:
    """The ends of the printed interval; ``None`` if it has another unit than the amount, or is no interval."""
    finding = words.finding(printed.finding)
    if printed.interval_unit and unit not in words.units_of(finding, printed.interval_unit):
        given = words.units_of(finding, printed.interval_unit)
        if not given or finding.unit(given[0]).factor != finding.unit(unit).factor:
            return None
    if words.doubtful_units.get(unit_key(printed.unit), ("", Decimal(1)))[1] != 1:
        return None
    edges = edges_of(printed.interval)
    ends: list[Decimal | None] = []
    for text in (edges.low, edges.high):
        readings = readings_of(text, style) if text else None
        if readings and not readings.settled:
            return None
        ends.append(Decimal(readings.amounts[0]) if readings else None)
    try:
        return checked_interval(*ends)
    except ValueError:
        return None


def _inline(finding: Finding) -> str:
    return finding.phrase or finding.label


def _not_its_unit(printed: str, finding: Finding) -> str:
    units = dict.fromkeys(unit_words(unit.code) or "no unit" for unit in finding.units)
    if not units:
        return f"{finding.label} is told in a word and not as an amount."
    return (
        f"“{shortened(printed)}” is not a unit of {_inline(finding)}; it is given in {joined(units, 'or')}."
    )


def _asked(kind: str, printed: Printed, says: str, offers: tuple[Found, ...]) -> Question:
    return Question(kind, printed.finding, says, (printed.line,), (printed.source,), offers)  # type: ignore[arg-type]


def _refused(printed: Printed, says: str) -> Refusal:
    return Refusal(printed.line, printed.source, printed.finding, says)


def same(first: Found, second: Found, finding: Finding) -> bool:
    """Whether two results say the same of the patient."""
    if (first.state, bool(first.amount)) != (second.state, bool(second.amount)):
        return False
    one, two = _quantity(first), _quantity(second)
    if one is None or two is None:
        return True
    base = finding.units[0].code
    values = [convert_value(quantity.value, finding.units, quantity.unit, base) for quantity in (one, two)]
    return one.comparator == two.comparator and values[0] == values[1]
