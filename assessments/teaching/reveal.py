"""The learner's reading beside Cobalt's and the published one."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessments.presenters.headline import headline_of
from conditions.presenters.citations import SourceWords, source_words
from conditions.presenters.words import capital, in_sentence, joined
from conditions.reasoning.interpret import Interpretation
from conditions.reasoning.knowledge import Case, Knowledge

from .forms import UNSURE, CommitForm
from .moves import FIRST, first_causes


@dataclass(frozen=True, slots=True)
class Compared:
    """One question: what the learner chose, what Cobalt says, what was published; and how they agree."""

    question: str
    learner: str
    cobalt: str
    published: str
    agrees: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """The three readings side by side, and what the case teaches."""

    rows: tuple[Compared, ...]
    in_reality: str
    points: tuple[str, ...]
    differs: str
    note: str
    source: SourceWords | None


def reveal_of(case: Case, form: CommitForm, said: Interpretation) -> Reveal:
    """The comparison for a learner who has committed: the form is valid."""
    knowledge = said.knowledge
    return Reveal(
        rows=(_state(case, form, said), _causes(case, form, said), _test(form, said)),
        in_reality=case.lesson.in_reality if case.lesson else "",
        points=case.lesson.points if case.lesson else (),
        differs=str(case.published.get("disagrees", "")),
        note=str(case.published.get("note", "")),
        source=source_words(knowledge.sources[case.source]) if case.source else None,
    )


def published_states(case: Case, knowledge: Knowledge) -> str:
    """What the report says of B12; empty where it says nothing."""
    return _any_of(case.published.get("states", ()), knowledge)


def published_causes(case: Case, knowledge: Knowledge) -> str:
    """What the report gives as causes; empty where it gives none."""
    return "; ".join(_any_of(any_of, knowledge) for any_of in case.published.get("causes", ()))


def _any_of(slugs: Iterable[str], knowledge: Knowledge) -> str:
    return capital(joined([in_sentence(knowledge.conditions[slug].name) for slug in slugs], "or"))


def _state(case: Case, form: CommitForm, said: Interpretation) -> Compared:
    chosen = form.cleaned_data["state"]
    names = said.knowledge.conditions
    published = list(case.published.get("states", ()))
    state = said.headline.state
    agreement = _agreement(chosen == state, chosen in published, bool(published))
    return Compared(
        question="B12",
        learner="I cannot tell from this" if chosen == UNSURE else names[chosen].name,
        cobalt=headline_of(said).title,
        published=published_states(case, said.knowledge),
        agrees="left open" if chosen == UNSURE else agreement,
    )


def _causes(case: Case, form: CommitForm, said: Interpretation) -> Compared:
    first = first_causes(said)
    shown = {slug for cause in first for slug in (cause.condition, *[o.condition for o in cause.opinions])}
    published = {slug for any_of in case.published.get("causes", ()) for slug in any_of}
    met, read = [slug for slug in form.causes if slug in shown], [s for s in form.causes if s in published]
    words = [
        f"{len(met)} of your {len(form.causes)} among Cobalt’s first {len(first)}"
        if form.causes
        else "none named"
    ]
    if published and form.causes:
        words.append(f"{len(read)} in the report")
    return Compared(
        question="Causes",
        learner=_names(form.causes, said.knowledge),
        cobalt=_names([cause.condition for cause in first], said.knowledge),
        published=published_causes(case, said.knowledge),
        agrees=", ".join(words),
    )


def _test(form: CommitForm, said: Interpretation) -> Compared:
    chosen = form.cleaned_data["test"]
    offered = [offer.investigation.slug for offer in said.investigations]
    tests = said.knowledge.investigations
    if not chosen:
        agrees = "none named"
    elif chosen in offered:
        agrees = f"number {offered.index(chosen) + 1} of Cobalt’s {len(offered)}"
    else:
        agrees = "not among those Cobalt would consider here"
    return Compared(
        question="Next test",
        learner=tests[chosen].name if chosen else "None",
        cobalt="; ".join(tests[slug].name for slug in offered[:FIRST]) or "None",
        published="",
        agrees=agrees,
    )


def _agreement(with_cobalt: bool, with_report: bool, reported: bool) -> str:
    cobalt = "agrees with Cobalt" if with_cobalt else "differs from Cobalt"
    if not reported:
        return cobalt
    return f"{cobalt}, {'agrees with' if with_report else 'differs from'} the report"


def _names(slugs: Iterable[str], knowledge: Knowledge) -> str:
    return "; ".join(knowledge.conditions[slug].name for slug in slugs) or "None"
