"""What each guideline would say of this patient: one table, one row a guideline, the one in use among them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conditions.presenters.citations import Cited, cited
from conditions.presenters.words import capital, in_sentence, joined, state_words
from conditions.reasoning.criteria import opinion_of, subjects
from conditions.reasoning.interpret import HEADLINE, Interpretation, interpret
from conditions.reasoning.knowledge import Finding, Knowledge

from .headline import headline_of
from .readings import quantity_words, scales_of

GUIDELINE = "guideline"
TOTAL, ACTIVE = "total_b12", "active_b12"
NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Read:
    """How one guideline reads an amount: the state, the source's own word for it, the edges; and whose they are."""

    state: str
    says: str
    limits: str
    cited: Cited

    @property
    def words(self) -> str:
        """``deficient, below 180 ng/L: “deficiency confirmed”``."""
        place = f"{self.state}, {self.limits}" if self.limits else self.state
        return f"{place}: “{self.says}”" if self.quoted else place

    @property
    def quoted(self) -> str:
        """The source's own word, where it is another than the state's."""
        return self.says if self.says != self.state else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One guideline's view; ``conditional`` if it rests on what was not asked or measured.

    ``next`` are the investigations that it leads to and not all others do.
    """

    guideline: str
    name: str
    in_use: bool
    total: tuple[Read, ...]
    active: tuple[Read, ...]
    state: str | None
    says: str
    conditional: bool
    next: tuple[str, ...]

    @property
    def words(self) -> str:
        """The row as it is read aloud, or copied."""
        read = [
            f"{name} {joined([one.words for one in reads], 'or')}"
            for name, reads in (("total B12", self.total), ("active B12", self.active))
            if reads
        ]
        says = f"{self.says}, on condition" if self.conditional else self.says
        next_ = f" Next: {joined([in_sentence(name) for name in self.next])}." if self.next else ""
        return f"{self.name}{', in use' if self.in_use else ''}: {'; '.join([*read, says])}.{next_}"


@dataclass(frozen=True, slots=True)
class Lens:
    """The guidelines side by side; ``sentence`` says how far they agree, ``shared`` what all of them lead to.

    ``active`` is how active B12 is read where all read it alike; the rows then say nothing of it.
    """

    rows: tuple[Row, ...]
    amounts: str
    sentence: str
    shared: tuple[str, ...]
    active: tuple[Read, ...]

    @property
    def active_by_row(self) -> bool:
        """Whether the guidelines differ in how they read active B12."""
        return any(row.active for row in self.rows)

    @property
    def conditional(self) -> bool:
        """Whether any view rests on what was not asked or measured."""
        return any(row.conditional for row in self.rows)


def lens_of(said: Interpretation) -> Lens | None:
    """The guidelines' views of one patient; none where no B12 was measured, or none of them can be chosen."""
    knowledge = said.knowledge
    finding = knowledge.findings.get(GUIDELINE)
    measured = [name for name in (TOTAL, ACTIVE) if name in said.classified.amounts]
    in_use = said.picture.stated.get(GUIDELINE)
    if finding is None or not measured or in_use is None:
        return None
    views = {
        slug: said if slug == in_use else interpret(said.picture.under(slug), knowledge)
        for slug in finding.states
    }
    offered = {slug: _depending(view) for slug, view in views.items()}
    shared = [one for one in offered[in_use] if all(one in others for others in offered.values())]
    actives = {slug: _read(view, ACTIVE) for slug, view in views.items()}
    same = len(set(actives.values())) == 1
    names = {slug: one.name for slug, one in knowledge.investigations.items()}
    rows = tuple(
        Row(
            guideline=slug,
            name=state_words(finding, slug),
            in_use=slug == in_use,
            total=_read(view, TOTAL),
            active=() if same else actives[slug],
            state=view.headline.state,
            says=headline_of(view).title,
            conditional=view.headline.opinion is not None and not view.headline.opinion.firm,
            next=tuple(names[one] for one in offered[slug] if one not in shared),
        )
        for slug, view in views.items()
    )
    amounts = [_amount(knowledge.findings[name], said) for name in measured]
    return Lens(
        rows=rows,
        amounts=joined(amounts),
        sentence=_sentence(rows, knowledge),
        shared=tuple(names[one] for one in shared),
        active=actives[in_use] if same else (),
    )


def _amount(finding: Finding, said: Interpretation) -> str:
    return f"{finding.phrase} {quantity_words(said.classified.amounts[finding.slug])}"


def _says(state: str | None, knowledge: Knowledge) -> str:
    if state is None:
        return "Nothing can be said of B12 yet"
    condition = knowledge.conditions[state]
    return condition.says or condition.name


def _read(view: Interpretation, name: str) -> tuple[Read, ...]:
    reading = view.classified.readings.get(name)
    scales = scales_of(reading, view.knowledge) if reading else ()
    return tuple(
        Read(scale.state, scale.says, scale.limits, cited(scale.citation, view.knowledge)) for scale in scales
    )


def _depending(view: Interpretation) -> list[str]:
    """The investigations offered for a reason in which the guideline has a part."""
    reads = set(_read_by_guideline(view.knowledge))
    reads |= {GUIDELINE, HEADLINE, *map(opinion_of, view.knowledge.b12_states)}
    return [
        offer.investigation.slug
        for offer in view.investigations
        if any(not reads.isdisjoint(subjects(advice.recommendation.when)) for advice in offer.advice)
    ]


def _read_by_guideline(knowledge: Knowledge) -> Iterator[str]:
    """The findings whose limits the guideline selects."""
    for finding in knowledge.findings.values():
        if any(limits.when and GUIDELINE in subjects(limits.when) for limits in finding.limits):
            yield finding.slug


def _sentence(rows: Sequence[Row], knowledge: Knowledge) -> str:
    """``Five of ten would say “B12 deficiency”, the one in use among them; five would say “…”.``"""
    counted = Counter(row.state for row in rows)
    used = next(row.state for row in rows if row.in_use)
    if len(counted) == 1:
        return f"All {_number(len(rows))} would say “{_says(used, knowledge)}”."
    parts = []
    for place, (state, count) in enumerate(counted.most_common()):
        of = f" of {_number(len(rows))}" if place == 0 else ""
        mine = (", the one in use" if count == 1 else ", the one in use among them") if state == used else ""
        parts.append(f"{_number(count)}{of} would say “{_says(state, knowledge)}”{mine}")
    return f"{capital('; '.join(parts))}."


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
