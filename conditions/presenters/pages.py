"""Conditions and their sources as public pages: everything the release says of each, in reading order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from conditions.reasoning.checks import citations
from conditions.reasoning.knowledge import Citation, Condition, Effect, Knowledge, Rule

from .attributes import uses_words
from .citations import NOT_LOOKED_UP, Cited, SourceWords, cited, source_words, sources_words
from .notes import NoteLine, notes_about
from .words import EFFECT, URGENCY, capital, criterion_words, joined

DIRECTION = {
    "lowers": "lowers B12",
    "raises": "raises B12",
    "transiently-raises": "raises B12 for a time",
    "falsely-normal": "makes B12 read falsely normal",
    "falsely-low": "makes B12 read falsely low",
    "falsely-high": "makes B12 read falsely high",
    "functional-deficiency": "B12 cannot act although the level may be normal",
    "none-shown": "no effect on B12 has been shown",
    "mimic": "looks like B12 deficiency without it",
}
KIND = {"b12_state": "B12 state", "disease": "disease", "exposure": "exposure"}
CODE_SYSTEMS = {
    "icd10_who": "ICD-10 (WHO)",
    "icd10_cm": "ICD-10-CM",
    "icd11_foundation": "ICD-11 Foundation",
    "snomed_ct": "SNOMED CT",
    "atc": "ATC",
    "rxnorm": "RxNorm",
    "loinc": "LOINC",
    "orphanet": "Orphanet",
    "omim": "OMIM",
    "mondo": "MONDO",
    "hpo": "HPO",
}
B12_STATES = "b12_state"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the index, or a link to another condition."""

    slug: str
    name: str
    autoimmune: bool
    directions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """One part of the index."""

    slug: str
    label: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class EffectWords:
    direction: str
    mechanism: str
    frequency: str
    note: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class AssociationWords:
    condition: Entry
    frequency: str
    cited: Cited


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule: what it does, for whom it holds, what would spoil it, whose it is, which facts of a person it uses."""

    rule: str
    effect: str
    says: str
    criterion: str
    unless: str
    cited: Cited
    uses: str


@dataclass(frozen=True, slots=True)
class InvestigationWords:
    name: str
    question: str
    preparation: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the release says of one condition."""

    condition: Condition
    kind: str
    category: str
    urgency: str
    effects: tuple[EffectWords, ...]
    suspicion: tuple[str, ...]
    confirmed_by: tuple[InvestigationWords, ...]
    associations: tuple[AssociationWords, ...]
    travels_with: tuple[AssociationWords, ...]
    towards: tuple[RuleWords, ...]
    against: tuple[RuleWords, ...]
    shown_under: Entry | None
    shows: tuple[Entry, ...]
    codes: tuple[tuple[str, str], ...]
    described: Mapping[str, Cited]
    general: str
    notes: tuple[NoteLine, ...]
    sources: tuple[SourceWords, ...]


def category_words(slug: str) -> str:
    """A category in words: ``autoimmune-gastric`` is ``Autoimmune, gastric``."""
    if slug == B12_STATES:
        return "B12 states"
    first, _, rest = slug.replace("_", "-").partition("-")
    return capital(f"{first}, {rest}" if first in ("autoimmune", "GI") and rest else slug.replace("-", " "))


@lru_cache(maxsize=8)
def index_of(knowledge: Knowledge) -> tuple[Category, ...]:
    """Every condition by category: the B12 states first, then the autoimmune ones, then by name."""
    by_category: dict[str, list[Entry]] = {}
    for condition in sorted(knowledge.conditions.values(), key=lambda c: (c.rank or 0, c.name.casefold())):
        by_category.setdefault(condition.category, []).append(entry_of(condition))
    made = (Category(slug, category_words(slug), tuple(entries)) for slug, entries in by_category.items())
    return tuple(
        sorted(
            made,
            key=lambda c: (c.slug != B12_STATES, not c.slug.startswith("autoimmune"), c.label.casefold()),
        )
    )


def entry_of(condition: Condition) -> Entry:
    """The condition as a line: its name and what it does to B12."""
    directions = dict.fromkeys(DIRECTION[effect.direction] for effect in condition.effects)
    return Entry(condition.slug, condition.name, condition.autoimmune, tuple(directions))


@lru_cache(maxsize=512)
def page_of(slug: str, knowledge: Knowledge) -> Page:
    """The page of one condition. Raises KeyError if there is none of that name."""
    condition, conditions = knowledge.conditions[slug], knowledge.conditions
    rules = [rule for rule in knowledge.rules.values() if rule.condition == slug]
    investigations = [knowledge.investigations[name] for name in condition.confirmed_by]
    back = [(other, a) for other in conditions.values() for a in other.associations if a.condition == slug]
    own = {association.condition for association in condition.associations}
    return Page(
        condition=condition,
        kind=KIND[condition.kind],
        category=category_words(condition.category),
        urgency=URGENCY[condition.urgency],
        effects=tuple(
            EffectWords(
                DIRECTION[e.direction], e.mechanism, e.frequency, e.note, cited(e.citation, knowledge)
            )
            for e in condition.effects
        ),
        suspicion=tuple(knowledge.findings[name].label for name in condition.suspicion),
        confirmed_by=tuple(
            InvestigationWords(one.name, one.question, one.preparation) for one in investigations
        ),
        associations=tuple(
            AssociationWords(entry_of(conditions[a.condition]), a.frequency, cited(a.citation, knowledge))
            for a in condition.associations
        ),
        travels_with=tuple(
            AssociationWords(entry_of(other), a.frequency, cited(a.citation, knowledge))
            for other, a in back
            if other.slug not in own
        ),
        towards=_rules(rules, (Effect.ESTABLISHES, Effect.SUPPORTS), knowledge),
        against=_rules(rules, (Effect.OPPOSES, Effect.EXCLUDES), knowledge),
        shown_under=entry_of(conditions[condition.shown_under]) if condition.shown_under else None,
        shows=tuple(entry_of(c) for c in conditions.values() if c.shown_under == slug),
        codes=tuple(
            (CODE_SYSTEMS.get(system, system), ", ".join(codes)) for system, codes in condition.codes.items()
        ),
        described=MappingProxyType(
            {one.part: cited(one.citation, knowledge) for one in condition.described_by}
        ),
        general=general_words(condition),
        notes=notes_about([slug], knowledge),
        sources=sources_words(_citations(condition, rules), knowledge),
    )


def _rules(rules: Iterable[Rule], effects: tuple[Effect, ...], knowledge: Knowledge) -> tuple[RuleWords, ...]:
    chosen = sorted(
        (r for r in rules if r.effect in effects), key=lambda r: (effects.index(r.effect), r.citation.grade)
    )
    return tuple(
        RuleWords(
            rule=rule.slug,
            effect=EFFECT[rule.effect.value],
            says=rule.says,
            criterion=capital(criterion_words(rule.when, knowledge)),
            unless=criterion_words(rule.unless, knowledge) if rule.unless else "",
            cited=cited(rule.citation, knowledge),
            uses=uses_words(rule, knowledge),
        )
        for rule in chosen
    )


TEXTS = {
    "summary": "the summary",
    "suspicion": "what raises suspicion",
    "confirmation": "what confirms it",
    "caution": "the caution",
}


def general_words(condition: Condition) -> str:
    """A sentence on the texts that no source was looked up for; nothing if there are none."""
    if not (parts := [TEXTS[part] for part in condition.unsourced]):
        return ""
    said = f"{capital(joined(parts))} {'are general descriptions' if len(parts) > 1 else 'is a general description'}"
    return f"{said}: no source was looked up for {'them' if len(parts) > 1 else 'it'} (grade D, unverified)."


def _citations(condition: Condition, rules: Iterable[Rule]) -> list[Citation]:
    return [
        *[description.citation for description in condition.described_by],
        *[effect.citation for effect in condition.effects],
        *[association.citation for association in condition.associations],
        *[rule.citation for rule in rules],
    ]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source with how often it is cited, and how those statements were verified."""

    source: SourceWords
    kind: str
    cited: int
    verification: str


@lru_cache(maxsize=8)
def sources_of(knowledge: Knowledge) -> tuple[SourceEntry, ...]:
    """Every source of the release, by title, with how far the statements that cite it were checked."""
    found: dict[str, dict[str, int]] = {}
    for _, citation in citations(knowledge):
        counts = found.setdefault(citation.source, {})
        counts[citation.verification.value] = counts.get(citation.verification.value, 0) + 1
    entries = []
    for source in knowledge.sources.values():
        if source.slug == NOT_LOOKED_UP:
            continue
        counts = found.get(source.slug, {})
        words = joined(f"{count} {how}" for how, count in sorted(counts.items()))
        entries.append(SourceEntry(source_words(source), source.kind, sum(counts.values()), words))
    return tuple(sorted(entries, key=lambda e: e.source.title.casefold()))
