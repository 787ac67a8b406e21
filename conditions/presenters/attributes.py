"""The thirteen things that a rule says of where it comes from and which facts about a person it uses.

They are those that 45 CFR 170.315(b)(11)(iv)(A) asks of evidence-based decision support. Nothing is typed that
follows from something else: uses follow from what a rule reads, dates from the releases.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from conditions.presenters.citations import Cited, SourceWords, cited
from conditions.presenters.words import EFFECT, capital, criterion_words, joined, name_of
from conditions.reasoning.checks import depends_on
from conditions.reasoning.criteria import subjects
from conditions.reasoning.knowledge import ATTRIBUTES, Condition, Developer, Knowledge, Recommendation, Rule

USES = {
    "race": "Uses race",
    "ethnicity": "Uses ethnicity",
    "language": "Uses language",
    "sexual_orientation": "Uses sexual orientation",
    "gender_identity": "Uses gender identity",
    "sex": "Uses sex",
    "date_of_birth": "Uses date of birth (age)",
    "social_determinants": "Uses social determinants of health",
    "health_status": "Uses health status assessments",
}
HEADLINE = "b12_state"


@dataclass(frozen=True, slots=True)
class Dates:
    """When a rule was first released, and when a release last changed it, the first change first."""

    released: date | None = None
    revised: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribute:
    """One of the thirteen, under its label."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Account:
    """All that one rule or recommendation says of itself; ``about`` is the condition it bears on, if it is a rule."""

    says: str
    does: str
    criterion: str
    unless: str
    about: Condition | None
    cited: Cited
    attributes: tuple[Attribute, ...]


def account_of(rule: Rule | Recommendation, knowledge: Knowledge, releases: Mapping[str, Dates]) -> Account:
    """The page of a rule or recommendation."""
    return Account(
        says=rule.says,
        does=f"The rule {EFFECT[rule.effect]} if" if isinstance(rule, Rule) else "Given if",
        criterion=capital(criterion_words(rule.when, knowledge)),
        unless=criterion_words(rule.unless, knowledge) if rule.unless else "",
        about=knowledge.conditions[rule.condition] if isinstance(rule, Rule) else None,
        cited=cited(rule.citation, knowledge),
        attributes=attributes_of(rule, knowledge, releases),
    )


def attributes_of(
    rule: Rule | Recommendation, knowledge: Knowledge, releases: Mapping[str, Dates]
) -> tuple[Attribute, ...]:
    """The thirteen attributes of a rule; ``releases`` gives the dates of every rule by its slug."""
    developer = developer_of(rule, knowledge)
    uses = uses_of(rule, knowledge)
    return (
        Attribute("Bibliographic citation", _citation(cited(rule.citation, knowledge))),
        Attribute("Developer", developer.name if developer else "not stated"),
        Attribute("Funding", developer.funding if developer else "not stated"),
        Attribute("Released and revised", _dates(releases.get(rule.slug, Dates()))),
        *(Attribute(USES[kind], _use(uses.get(kind, ()), knowledge)) for kind in ATTRIBUTES),
    )


def developer_of(rule: Rule | Recommendation, knowledge: Knowledge) -> Developer | None:
    """Who made the rule: whom it names, or the usual developer; nobody where neither is said."""
    if rule.developer:
        return knowledge.developers.get(rule.developer)
    return next((one for one in knowledge.developers.values() if one.usual), None)


def uses_of(rule: Rule | Recommendation, knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    """For each kind of fact that the rule uses, the findings that tell it, by slug."""
    found: dict[str, list[str]] = {}
    for slug in sorted(read_by(rule, knowledge)):
        for kind in knowledge.findings[slug].attributes:
            found.setdefault(kind, []).append(slug)
    return {kind: tuple(found[kind]) for kind in ATTRIBUTES if kind in found}


def read_by(rule: Rule | Recommendation, knowledge: Knowledge) -> frozenset[str]:
    """Every finding that the rule reads, opened to what was told: definitions, second scales, whose limits apply.

    Where it speaks of a B12 state or another condition, what the rules on that one read is read too.
    """
    seen: set[str] = set()
    waiting = [*subjects(rule.when), *subjects(rule.unless)]
    while waiting:
        subject = waiting.pop()
        if subject in seen:
            continue
        seen.add(subject)
        waiting.extend(_behind(subject, knowledge))
    return frozenset(seen & knowledge.findings.keys())


def _behind(subject: str, knowledge: Knowledge) -> Iterator[str]:
    about = knowledge.b12_states if subject == HEADLINE else (subject[1:],) if subject[0] == "@" else ()
    for condition in about:
        yield from _read_on(knowledge).get(condition, ())
    if subject in knowledge.findings:
        yield from depends_on(knowledge.findings[subject])


@lru_cache(maxsize=4)
def _read_on(knowledge: Knowledge) -> Mapping[str, frozenset[str]]:
    """What the rules on each condition speak of."""
    found: dict[str, frozenset[str]] = {}
    for rule in knowledge.rules.values():
        spoken_of = subjects(rule.when) | subjects(rule.unless)
        found[rule.condition] = found.get(rule.condition, frozenset()) | spoken_of
    return found


def uses_words(rule: Rule | Recommendation, knowledge: Knowledge) -> str:
    """Which of the nine kinds of fact it uses, in short: “sex and date of birth (age)”; empty if none."""
    return joined(USES[kind].removeprefix("Uses ") for kind in uses_of(rule, knowledge))


def _use(slugs: Sequence[str], knowledge: Knowledge) -> str:
    return f"yes: {joined(name_of(knowledge.findings[slug]) for slug in slugs)}" if slugs else "no"


def _citation(citation: Cited) -> str:
    place = f", {citation.place}" if citation.place else ""
    return "; ".join([f"{_source(citation.source)}{place}", *(_source(one) for one in citation.also)])


def _source(source: SourceWords) -> str:
    parts = [source.by.rstrip("."), source.title, source.published_in, str(source.year or ""), source.url]
    return ". ".join(part for part in parts if part)


def _dates(dates: Dates) -> str:
    if dates.released is None:
        return "not released yet"
    released = f"released {dates.released.isoformat()}"
    if not dates.revised:
        return f"{released}, not revised since"
    return f"{released}, revised {joined(day.isoformat() for day in dates.revised)}"
