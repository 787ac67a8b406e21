"""What was read of a pasted report, in rows to look over: each result beside the line that it stands in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessments.forms.notes import in_another_unit
from assessments.notes.line import Line, LineError, parted, read_line, write_parts
from assessments.reports.identifiers_in_messages import CANNOT
from assessments.reports.read import read_report, without_identifiers
from assessments.reports.reading import Found, Question, Reading, Refusal, Unmatched
from conditions.presenters.words import amount_words, capital, state_words
from conditions.reasoning.knowledge import Finding, Knowledge
from conditions.reasoning.picture import improbable
from conditions.reasoning.quantities import Quantity, convert_value, read_amount

FORMS = {
    "text": "a report in free text",
    "columns": "a report in columns",
    "hl7": "an HL7 version 2 message",
    "fhir": "FHIR in JSON",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One reading of one result. ``value`` is what confirms it; ``why`` is a sentence where it is not certain."""

    slug: str
    label: str
    says: str
    converted: str
    interval: str
    flag: str
    line: int
    source: str
    value: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A result of which one reading must be chosen; none is, unless the person does it."""

    slug: str
    label: str
    says: str
    lines: tuple[tuple[int, str], ...]
    offers: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Unusable:
    """A line that speaks of a finding and holds no result that can be used."""

    label: str
    says: str
    line: int
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of an earlier note, in words."""

    label: str
    says: str


@dataclass(frozen=True, slots=True)
class EarlierNote:
    """An earlier note that stands in what was pasted: its own line, and what that tells; or why it cannot be read."""

    line: str = ""
    release: str = ""
    told: tuple[Told, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that was read of what was pasted, and all that was not: nothing of it disappears unsaid.

    ``text`` is what was read, without what identifies a person; where nothing could be read, as it was pasted.
    """

    form: str
    text: str = ""
    rows: tuple[Row, ...] = ()
    choices: tuple[Choice, ...] = ()
    unusable: tuple[Unusable, ...] = ()
    unread: tuple[Unmatched, ...] = ()
    note: EarlierNote | None = None
    around_note: int = 0
    dropped: tuple[tuple[str, int], ...] = ()
    cannot: str = ""

    @property
    def certain(self) -> int:
        """How many results are ticked beforehand."""
        return len([row for row in self.rows if not row.why])

    @property
    def can_be_used(self) -> bool:
        """Whether anything at all can be confirmed."""
        return bool(self.rows or self.choices or (self.note and self.note.line))

    @property
    def amount_dropped(self) -> int:
        return sum(count for _, count in self.dropped)


def shown_of(text: str, knowledge: Knowledge) -> Shown:
    """What is shown of a pasted text: of the line of an earlier note, and of the report that stands below it."""
    parts = parted(text)
    note = _note(parts.notes, knowledge) if parts.notes else None
    if note and not parts.below.strip():
        return Shown("", parts.notes, note=note, around_note=parts.above)
    reading = read_report(parts.below, knowledge)
    kept = (
        text
        if reading.cannot
        else "\n".join(filter(None, (parts.notes, without_identifiers(parts.below).text)))
    )
    return Shown(
        form=FORMS.get(reading.form, ""),
        text=kept,
        rows=tuple(_row(found, knowledge) for found in reading.found),
        choices=tuple(_choice(question, knowledge) for question in reading.questions),
        unusable=tuple(_unusable(refusal, knowledge) for refusal in reading.refusals),
        unread=reading.unmatched,
        note=note,
        around_note=parts.above,
        dropped=tuple(reading.kinds.items()),
        cannot=_cannot(reading),
    )


def _cannot(reading: Reading) -> str:
    if reading.cannot:
        return reading.cannot
    if not (reading.found or reading.questions or reading.refusals or reading.unmatched):
        return CANNOT["nothing_left"]
    return ""


def _row(found: Found, knowledge: Knowledge) -> Row:
    finding = knowledge.findings[found.finding]
    quantity = _quantity(found)
    unusual = improbable(finding, quantity) if quantity else ""
    return Row(
        slug=found.finding,
        label=finding.label,
        says="; ".join(filter(None, (_amount(found), _state(found, finding)))),
        converted=in_another_unit(finding, quantity) if quantity else "",
        interval=found.printed_interval,
        flag=found.flag,
        line=found.line,
        source=found.source,
        value=write_parts({found.finding: quantity} if quantity else {}, _stated(found, finding)),
        why=capital(unusual) if unusual else "",
    )


def _amount(found: Found) -> str:
    return amount_words(found.amount, found.unit) if found.amount else ""


def _state(found: Found, finding: Finding) -> str:
    return capital(state_words(finding, found.state)) if _stated(found, finding) else ""


def _stated(found: Found, finding: Finding) -> dict[str, str]:
    """The word of the report; beside an amount only where the form has room for both."""
    is_told = found.state and not (found.amount and finding.asked == "everyone")
    return {found.finding: found.state} if is_told else {}


def _quantity(found: Found) -> Quantity | None:
    if not found.amount:
        return None
    comparator, value = read_amount(found.amount)
    return Quantity(value, found.unit, comparator, found.interval)


def _choice(question: Question, knowledge: Knowledge) -> Choice:
    return Choice(
        slug=question.finding,
        label=knowledge.findings[question.finding].label,
        says=question.says,
        lines=tuple(zip(question.lines, question.sources, strict=True)),
        offers=tuple(_row(offer, knowledge) for offer in _different(question.offers, knowledge)),
    )


def _different(offers: Iterable[Found], knowledge: Knowledge) -> Iterator[Found]:
    """The offers without those that only name the unit of another one differently: pg/mL is ng/L."""
    seen = set()
    for offer in offers:
        quantity = _quantity(offer)
        units = knowledge.findings[offer.finding].units
        base = convert_value(quantity.value, units, quantity.unit, units[0].code) if quantity else None
        meant = (offer.finding, offer.line, quantity and quantity.comparator, base, offer.state)
        if meant not in seen:
            seen.add(meant)
            yield offer


def _unusable(refusal: Refusal, knowledge: Knowledge) -> Unusable:
    return Unusable(knowledge.findings[refusal.finding].label, refusal.says, refusal.line, refusal.source)


def _note(line: str, knowledge: Knowledge) -> EarlierNote:
    try:
        told = read_line(line)
    except LineError as error:
        return EarlierNote(problem=str(error))
    return EarlierNote(line, told.release, tuple(_told(told, knowledge)))


def _told(line: Line, knowledge: Knowledge) -> Iterator[Told]:
    for slug, quantity in line.measured.items():
        yield Told(_label(slug, knowledge), amount_words(quantity.text, quantity.unit))
    for slug, state in line.stated.items():
        finding = knowledge.findings.get(slug)
        says = state_words(finding, state) if finding else state.replace("_", " ")
        yield Told(_label(slug, knowledge), says)


def _label(slug: str, knowledge: Knowledge) -> str:
    finding = knowledge.findings.get(slug)
    return finding.label if finding else capital(slug.replace("_", " "))
