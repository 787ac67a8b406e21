"""What a statement rests on without its having been asked or measured, and what it waits for, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from conditions.presenters.words import criterion_words, joined, leaf_words, name_of, states_words
from conditions.reasoning.criteria import AtLeast, Criterion, Is, Known, Not, opinion_of, subjects
from conditions.reasoning.interpret import HEADLINE, TOWARDS, Advice, Interpretation
from conditions.reasoning.knowledge import Finding, Recommendation, Rule
from conditions.reasoning.opinions import Opinion, Reason

MOST_NAMED = 6
MOST_LEFT = 2


@dataclass(frozen=True, slots=True)
class Unless:
    """The exceptions that were left open, those asked and those measured apart."""

    not_asked: tuple[str, ...] = ()
    not_measured: tuple[str, ...] = ()
    not_settled: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """``Holds unless pregnant or taking oestrogen: not asked.``; empty if nothing was left open."""
        parts = [
            f"{either(words)}: {how}"
            for words, how in (
                (self.not_asked, "not asked"),
                (self.not_measured, "not measured"),
                (self.not_settled, "not settled"),
            )
            if words
        ]
        return f"Holds unless {'; or unless '.join(parts)}." if parts else ""


def either(words: Sequence[str]) -> str:
    """``a or b``; with semicolons where one of them is a list itself."""
    *others, last = words
    if others and any(inner in word for word in words for inner in (" or ", " and ", ", ")):
        return f"{'; '.join(others)}; or {last}"
    return joined(words, "or")


def unless_of(
    depends_on: Iterable[str], statements: Iterable[Rule | Recommendation], said: Interpretation
) -> Unless:
    """The exceptions named in ``depends_on``, in the words of the statements they would spoil."""
    spoilers = _spoilers(tuple(statements), said)
    parts: dict[str, list[str]] = {"not_asked": [], "not_measured": [], "not_settled": []}
    for name in sorted(depends_on):
        if is_opinion(name):
            parts["not_settled"].append(_opinion_words(name, spoilers.get(name, ()), said))
        elif words := _spoiling(said.knowledge.findings[name], spoilers.get(name, ()), said):
            parts[how_open(name, said)].append(words)
    return Unless(**{key: tuple(dict.fromkeys(words)) for key, words in parts.items()})


def unless_of_opinion(opinion: Opinion, said: Interpretation) -> Unless:
    """The exceptions on which the support of the opinion rests."""
    rules = [reason.rule for reason in opinion.reasons if reason.outcome.depends_on]
    return unless_of(opinion.depends_on, rules, said) if opinion.depends_on else Unless()


def unless_of_reason(reason: Reason, said: Interpretation) -> Unless:
    """The exceptions on which one rule that holds rests."""
    return (
        unless_of(reason.outcome.depends_on, [reason.rule], said) if reason.outcome.depends_on else Unless()
    )


def unless_of_advice(advice: Advice, said: Interpretation) -> Unless:
    """The exceptions on which a recommendation rests."""
    depends_on = advice.outcome.depends_on
    return unless_of(depends_on, [advice.recommendation], said) if depends_on else Unless()


def is_opinion(name: str) -> bool:
    """Whether a subject is the opinion on a condition, or the headline, rather than a finding."""
    return name == HEADLINE or name.startswith(opinion_of(""))


def _opinion_words(name: str, states: Iterable[str], said: Interpretation) -> str:
    """``autoimmune gastritis is established``, ``the leading B12 state is B12 deficiency``."""
    condition = name.removeprefix(opinion_of(""))
    return leaf_words(Is(condition, tuple(sorted(states))), said.knowledge)


def how_open(name: str, said: Interpretation) -> str:
    """Whether what is open of a finding was not asked, not measured, or is known only in part."""
    if name in said.known or said.knowledge.findings[name].amount in said.classified.amounts:
        return "not_settled"
    leaves = said.findings_behind((name,)) or {name}
    measured = [said.knowledge.findings[leaf].is_measured for leaf in leaves]
    return "not_measured" if all(measured) else "not_asked"


def _spoiling(finding: Finding, states: Iterable[str], said: Interpretation) -> str:
    """What would have to be so of the finding for the exception to apply.

    Empty where any state would do: what is offered because it is not known needs no saying so. Of a list of
    which most was ruled out, only what is left is named.
    """
    spoils = [state for state in finding.states if state in set(states)]
    if len(spoils) == len(finding.states):
        return ""
    if spoils in (["present"], []):
        return _what_is_left(finding, said) or finding.phrase
    if spoils == ["absent"]:
        return f"{finding.phrase} is ruled out"
    return f"{name_of(finding)} is {states_words(finding, spoils)}"


def _what_is_left(finding: Finding, said: Interpretation) -> str:
    """The one or two parts of a definition that are still open, where others were ruled out; empty otherwise."""
    whole = finding.defined_as
    rest = rest_of(whole, said.known) if whole else None
    if whole is None or rest is None or rest == whole:
        return ""
    left = [said.knowledge.findings.get(leaf.name) for leaf in rest.leaves() if leaf.states == ("present",)]
    phrases = [part.phrase for part in left if part]
    return either(phrases) if phrases and len(phrases) == len(list(rest.leaves())) <= MOST_LEFT else ""


def _spoilers(statements: tuple[Rule | Recommendation, ...], said: Interpretation) -> dict[str, set[str]]:
    """For each finding or opinion that the exceptions of the statements name, the states that would spoil them.

    A statement that rests on an opinion inherits that opinion's exceptions.
    """
    found: dict[str, set[str]] = {}
    waiting, seen = list(statements), set()
    while waiting:
        statement = waiting.pop()
        if statement.slug in seen:
            continue
        seen.add(statement.slug)
        if statement.unless:
            for leaf, negated in _leaves(statement.unless):
                states = set(leaf.states)
                if negated and leaf.name in said.knowledge.findings:
                    states = set(said.knowledge.findings[leaf.name].states) - states
                found.setdefault(leaf.subject, set()).update(states)
        for subject in subjects(statement.when):
            waiting.extend(_rules_behind(subject, said))
    return found


def _rules_behind(subject: str, said: Interpretation) -> list[Rule]:
    if subject == HEADLINE:
        opinion = said.headline.opinion
    elif subject.startswith("@"):
        opinion = said.of(subject[1:])
    else:
        opinion = None
    return [reason.rule for reason in opinion.reasons if reason.outcome.depends_on] if opinion else []


def _leaves(criterion: Criterion, negated: bool = False) -> Iterator[tuple[Is, bool]]:
    if isinstance(criterion, Is):
        yield criterion, negated
    elif isinstance(criterion, Not):
        yield from _leaves(criterion.part, not negated)
    else:
        for part in criterion.parts:
            yield from _leaves(part, negated)


def rest_of(criterion: Criterion, known: Known) -> Criterion | None:
    """What of the criterion is still open: parts already decided are left out. ``None`` if nothing is."""
    if not isinstance(criterion, AtLeast):
        return criterion if criterion.evaluate(known).holds is None else None
    verdicts = [part.evaluate(known).holds for part in criterion.parts]
    waiting = [part for part, holds in zip(criterion.parts, verdicts, strict=True) if holds is None]
    needed = criterion.count - verdicts.count(True)
    if not 0 < needed <= len(waiting):
        return None
    rests = tuple(rest for part in waiting if (rest := rest_of(part, known)))
    return rests[0] if len(rests) == 1 else AtLeast(needed, rests)


def if_words(advice: Advice, said: Interpretation) -> str:
    """What a recommendation waits for, for use behind “If”: ``MMA is high``."""
    rest = rest_of(advice.recommendation.when, said.read_by_advice)
    words = criterion_words(rest, said.knowledge) if rest else ""
    if words and len(subjects(rest)) <= MOST_NAMED:
        return words
    findings = said.knowledge.findings
    names = [findings[name].phrase for name in sorted(advice.outcome.missing) if name in findings]
    more = len(names) - MOST_NAMED
    return joined([*names[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])], "or") + " were so"


def settling(said: Interpretation) -> tuple[str, ...]:
    """The amounts of which one alone would name a B12 state: what is wanted where nothing can be said."""
    knowledge = said.knowledge
    found: set[str] = set()
    for rule in knowledge.rules.values():
        if knowledge.conditions[rule.condition].kind == "b12_state" and rule.effect in TOWARDS:
            for leaf in rule.when.leaves():
                finding = knowledge.findings.get(leaf.name)
                alone = [dict(said.known) | {leaf.name: frozenset({state})} for state in leaf.states]
                if finding and finding.limits and any(rule.when.evaluate(known).holds for known in alone):
                    found.add(finding.amount)
    return tuple(sorted(found, key=lambda name: (knowledge.findings[name].order, name)))
