"""What is said of a patient under one knowledge and not under another, in sentences."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from conditions.presenters.words import SUPPORT, URGENCY, capital, in_sentence, joined
from conditions.reasoning.cases import SHOWN, interpret_case
from conditions.reasoning.interpret import Interpretation
from conditions.reasoning.knowledge import Case, Knowledge
from conditions.reasoning.picture import PictureError

Words = tuple[str, str]
"""What is advised, and how: its urgency and whether it is firm."""


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case of which something else would be said: what, one sentence each."""

    slug: str
    title: str
    says: tuple[str, ...]


def changed_cases(old: Knowledge, new: Knowledge) -> tuple[CaseChange, ...]:
    """Every case that is new, gone, asks for something else, or is interpreted otherwise."""
    if old.digest == new.digest:
        return ()
    found = []
    for slug in sorted(old.cases.keys() | new.cases.keys()):
        before, after = old.cases.get(slug), new.cases.get(slug)
        says = _of_case(before, after, old, new)
        if says:
            found.append(CaseChange(slug, (after or before).title, tuple(says)))  # type: ignore[union-attr]
    return tuple(found)


def _of_case(before: Case | None, after: Case | None, old: Knowledge, new: Knowledge) -> list[str]:
    if before is None and after is not None:
        return [f"A new case: {_expected(after, new)}."]
    if after is None or before is None:
        return ["The case is gone: nothing demands any longer what it demanded."]
    says = []
    if before.picture != after.picture:
        says.append("The case describes another patient than before.")
    if before.expects != after.expects:
        says.append("The case demands something else than before.")
    try:
        one, other = interpret_case(before, old), interpret_case(after, new)
    except PictureError as error:
        return [*says, f"It cannot be interpreted: {error.problems[0].says}"]
    return [*says, *changes_between(one, other)]


def _expected(case: Case, knowledge: Knowledge) -> str:
    try:
        return headline_words(interpret_case(case, knowledge))
    except PictureError as error:
        return f"it cannot be interpreted, {error.problems[0].says}"


def changes_between(old: Interpretation, new: Interpretation) -> list[str]:
    """What differs between two interpretations: all that ``firm_changes`` says, and what would follow from more."""
    return [
        *firm_changes(old, new),
        *_counted("Advice for what is not yet known", _waiting(old), _waiting(new)),
    ]


def firm_changes(old: Interpretation, new: Interpretation) -> list[str]:
    """What differs in what is said: B12 state, causes and their order, tests, advice, wording, reasons."""
    return [
        *_headline(old, new),
        *_causes(old, new),
        *_listed("Investigation", _tests(old), _tests(new)),
        *_listed("Advice", _advice(old), _advice(new)),
        *_wording(old, new),
        *_counted("Reasons", _said(old), _said(new)),
    ]


def headline_words(said: Interpretation) -> str:
    """The B12 state with its support, and whether it is firm."""
    opinion = said.headline.opinion
    if opinion is None:
        return "none"
    name = in_sentence(said.knowledge.conditions[opinion.condition].name)
    support = "" if opinion.support == "established" else f" ({SUPPORT[opinion.support]})"
    return f"{name}{support}{'' if opinion.firm else ', on condition'}"


def _headline(old: Interpretation, new: Interpretation) -> Iterable[str]:
    before, after = headline_words(old), headline_words(new)
    if before != after:
        yield f"B12 state: {before} → {after}."
    elif _rests(old) != _rests(new):
        yield f"The B12 state ({after}) rests on other things: {_rests(old)} → {_rests(new)}."


def _rests(said: Interpretation) -> str:
    opinion = said.headline.opinion
    open_ = sorted(opinion.depends_on) if opinion else ()
    return joined(_phrase(slug, said.knowledge) for slug in open_) or "nothing that is not known"


def _phrase(slug: str, knowledge: Knowledge) -> str:
    finding = knowledge.findings.get(slug)
    return finding.phrase if finding else slug.lstrip("@").replace("_", " ")


def _causes(old: Interpretation, new: Interpretation) -> Iterable[str]:
    before, after = _levels(old), _levels(new)
    for slug in [*after, *(slug for slug in before if slug not in after)]:
        if before.get(slug) != after.get(slug):
            knowledge = new.knowledge if slug in new.knowledge.conditions else old.knowledge
            name = knowledge.conditions[slug].name
            yield f"{name}: {before.get(slug, 'not listed')} → {after.get(slug, 'not listed')}."
    both = [slug for slug in _shown(old) if slug in _shown(new)]
    order = [slug for slug in _shown(new) if slug in both]
    if both != order:
        names = joined([in_sentence(new.knowledge.conditions[slug].name) for slug in order[:4]])
        yield f"The order of the causes changes; first now: {names}."


def _levels(said: Interpretation) -> dict[str, str]:
    return {
        one.condition: f"{SUPPORT[one.support]}{'' if one.firm else ', on condition'}"
        for cause in said.causes
        for one in cause.opinions
    }


def _shown(said: Interpretation) -> list[str]:
    return [cause.condition for cause in said.causes if cause.support in SHOWN]


def _tests(said: Interpretation) -> dict[str, Words]:
    return {
        offer.investigation.slug: (offer.investigation.name, URGENCY[offer.urgency])
        for offer in said.investigations
    }


def _advice(said: Interpretation) -> dict[str, Words]:
    return {
        one.recommendation.slug: (
            f"“{one.recommendation.says}”",
            f"{URGENCY[one.recommendation.urgency]}{'' if one.firm else ', on condition'}",
        )
        for one in said.advice
    }


def _listed(what: str, before: Mapping[str, Words], after: Mapping[str, Words]) -> Iterable[str]:
    for slug in [*after, *(slug for slug in before if slug not in after)]:
        if slug not in before:
            yield f"{what} added: {' ('.join(after[slug])})."
        elif slug not in after:
            yield f"{what} no longer given: {' ('.join(before[slug])})."
        elif before[slug] != after[slug]:
            (old, how), (new, now) = before[slug], after[slug]
            words = new if old == new else f"{old} → {new}"
            yield f"{what} {words}{'' if how == now else f': {how} → {now}'}."


def _wording(old: Interpretation, new: Interpretation) -> Iterable[str]:
    """The same rule in other words; what it comes to is said elsewhere."""
    before, after = _said(old), _said(new)
    for slug, words in after.items():
        if slug in before and before[slug] != words:
            yield f"Wording of a reason: “{before[slug]}” → “{words}”."


def _counted(what: str, before: Collection[str], after: Collection[str]) -> Iterable[str]:
    """What follows from the rest, in short."""
    added, gone = len(set(after) - set(before)), len(set(before) - set(after))
    if added or gone:
        yield f"{what}: {added} added, {gone} no longer given."


def _said(said: Interpretation) -> dict[str, str]:
    opinions = [*said.b12_states, *(one for cause in said.causes for one in cause.opinions)]
    return {
        reason.rule.slug: capital(reason.rule.says)
        for one in opinions
        for reason in (*one.reasons, *one.set_aside)
    }


def _waiting(said: Interpretation) -> list[str]:
    return [one.recommendation.slug for one in said.if_advice]
