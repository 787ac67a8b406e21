"""Medicines and supplements as public pages: what each does to B12, who is worth watching, and what reads it."""

from dataclasses import dataclass
from functools import lru_cache

from conditions.reasoning.knowledge import Condition, Knowledge

from .citations import SourceWords, sources_words
from .effect_drawing import EffectDrawing, drawings_of
from .findings import RuleLine, rule_lines
from .investigations import codes_words
from .links import MEDICINES, Link, is_medicine, link_to_finding
from .notes import NoteLine, notes_about
from .onward import AdviceWords, advice_words
from .pages import DIRECTION, EffectWords, category_words, page_of
from .uses import uses_of

NOT_A_CAUSE = "no effect on B12 is recorded"


@dataclass(frozen=True, slots=True)
class Effects:
    """Medicines with one effect on B12."""

    slug: str
    label: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class MedicinePage:
    """All that the release says of one medicine. ``condition`` is None where it is no cause of anything here."""

    slug: str
    name: str
    synonyms: tuple[str, ...]
    category: str
    condition: Condition | None
    effects: tuple[tuple[EffectWords, EffectDrawing], ...]
    general: str
    how_taken: tuple[Link, ...]
    causes: tuple[Link, ...]
    watched: tuple[AdviceWords, ...]
    rules: tuple[RuleLine, ...]
    notes: tuple[NoteLine, ...]
    codes: tuple[tuple[str, str], ...]
    sources: tuple[SourceWords, ...]


@lru_cache(maxsize=8)
def medicines_of(knowledge: Knowledge) -> frozenset[str]:
    """The slugs of all that has a page among the medicines."""
    return frozenset(slug for slug in knowledge.findings if is_medicine(slug, knowledge))


@lru_cache(maxsize=8)
def medicines_index(knowledge: Knowledge) -> tuple[Effects, ...]:
    """Every medicine under each of its effects on B12."""
    by_effect: dict[str, dict[str, Link]] = {direction: {} for direction in (*DIRECTION, "")}
    for finding in sorted(knowledge.findings.values(), key=lambda f: f.label.casefold()):
        if is_medicine(finding.slug, knowledge):
            condition = knowledge.conditions.get(finding.slug)
            for direction in [e.direction for e in condition.effects] if condition else [""]:
                by_effect[direction][finding.slug] = link_to_finding(finding.slug, knowledge)
    return tuple(
        Effects(direction or "not-recorded", DIRECTION.get(direction, NOT_A_CAUSE), tuple(links.values()))
        for direction, links in by_effect.items()
        if links
    )


@lru_cache(maxsize=256)
def medicine_page(slug: str, knowledge: Knowledge) -> MedicinePage:
    """The page of one of ``medicines_of``. Raises KeyError if nothing is of that name."""
    finding, condition, uses = knowledge.findings[slug], knowledge.conditions.get(slug), uses_of(knowledge)
    page = page_of(slug, knowledge) if condition else None
    how_taken = [
        f.slug for f in knowledge.findings.values() if f.group == MEDICINES and f.slug.startswith(f"{slug}_")
    ]
    family = [slug, *([condition.shown_under] if condition and condition.shown_under else [])]
    reads = [slug, *how_taken]
    rules = {rule.slug: rule for rule in knowledge.rules.values() if rule.condition in family}
    rules |= {rule.slug: rule for rule in uses.rules_reading(reads)}
    advice = {one.slug: one for one in uses.advice_reading(reads)}
    advice |= {one.slug: one for name in family for one in uses.advice_on(name)}
    effects = condition.effects if condition else ()
    cites = [e.citation for e in effects]
    cites += [rule.citation for rule in rules.values()]
    cites += [one.citation for one in advice.values()]
    names = dict.fromkeys((*finding.synonyms, *(condition.synonyms if condition else ())))
    codes = {**(condition.codes if condition else {}), **finding.codes}
    return MedicinePage(
        slug=slug,
        name=condition.name if condition else finding.label,
        synonyms=tuple(name for name in names if name != finding.label),
        category=category_words(condition.category) if condition else "Medicine",
        condition=condition,
        effects=tuple(zip(page.effects, drawings_of(slug, knowledge), strict=True)) if page else (),
        general=page.general if page else "",
        how_taken=tuple(link_to_finding(name, knowledge) for name in how_taken),
        causes=tuple(
            Link("condition_detail", name, knowledge.conditions[name].name) for name in family if name != slug
        ),
        watched=tuple(advice_words(one, knowledge) for one in advice.values()),
        rules=rule_lines(rules.values(), knowledge),
        notes=notes_about(family, knowledge),
        codes=codes_words(codes.items()),
        sources=sources_words(cites, knowledge),
    )
