"""Findings, states, amounts and criteria as they read in a sentence. Nothing here decides anything."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import lru_cache

from conditions.reasoning.criteria import AtLeast, Criterion, Is, Not
from conditions.reasoning.knowledge import Finding, Knowledge

URGENCY = {"same_day": "the same day", "urgent": "urgent", "soon": "soon", "routine": "routine"}
SUPPORT = {
    "established": "established",
    "supported": "supported",
    "disputed": "reasons for and against",
    "opposed": "spoken against",
    "excluded": "excluded",
    "undetermined": "not known",
    "not_suggested": "not suggested",
}
EFFECT = {
    "establishes": "establishes it",
    "supports": "speaks for it",
    "opposes": "speaks against it",
    "excludes": "excludes it",
}
COST = {1: "lowest", 2: "low", 3: "moderate", 4: "high", 5: "highest"}

_SPECIAL_UNITS = {
    "a": "years",
    "mo": "months",
    "wk": "weeks",
    "d": "days",
    "1": "",
    "{INR}": "",
    "{titer}": "(titre)",
    "{score}": "points",
    "{ULN}": "× upper limit",
    "[ft_i]": "ft",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "mL/s/{1.73_m2}": "mL/s/1.73 m²",
}
_POWERS = {"10*3": "×10³", "10*6": "×10⁶", "10*9": "×10⁹", "10*12": "×10¹²"}
_NAMED = {
    "[IU]": "IU",
    "[arb'U]": "units",
    "[GPL'U]": "GPL units",
    "[MPL'U]": "MPL units",
    "um3": "µm³",
    "mm3": "mm³",
}


@lru_cache(maxsize=512)
def unit_words(code: str) -> str:
    """A UCUM code as it is printed on a report: ``µmol/L``, ``×10⁹/L``, ``years``."""
    if code in _SPECIAL_UNITS:
        return _SPECIAL_UNITS[code]
    words = re.sub(r"\{([^}]*)\}", lambda m: " creatinine" if m[1] == "creat" else f" {m[1]}", code)
    for plain, printed in (_NAMED | _POWERS).items():
        words = words.replace(plain, printed)
    return re.sub(r"\bu(?=g|mol|kat|IU|L\b)", "µ", words)


def amount_words(text: str, code: str) -> str:
    """A number with its unit: ``150 ng/L``, ``54 years``, ``1.2``."""
    return f"{text} {unit_words(code)}".strip()


def number(value: Decimal) -> str:
    """The number without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value: Decimal, digits: int = 4) -> str:
    """The number to ``digits`` significant figures, for showing beside the one that was given."""
    if not value:
        return "0"
    places = max(digits - 1 - value.adjusted(), 0)
    return number(value.quantize(Decimal(1).scaleb(-places)))


def joined(words: Iterable[str], last: str = "and") -> str:
    """``a, b and c``."""
    *others, end = list(words) or [""]
    return f"{', '.join(others)} {last} {end}" if others else end


def capital(text: str) -> str:
    """The text with its first letter capital, the rest untouched."""
    return text[:1].upper() + text[1:]


def stopped(text: str) -> str:
    """The text as a sentence that ends."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def in_sentence(label: str) -> str:
    """A label for use within a sentence: its first letter small, unless it begins with an abbreviation."""
    return label[:1].lower() + label[1:] if label[1:2].islower() or label[1:2] == " " else label


def name_of(finding: Finding) -> str:
    """The finding's name within a sentence: its phrase, or for a second scale of an amount its label."""
    return in_sentence(finding.label) if finding.reads else finding.phrase


YES_NO = {"present", "absent"}


def state_words(finding: Finding, state: str) -> str:
    """A state of the finding in words."""
    return finding.state_labels.get(state, state.replace("_", " "))


def states_words(finding: Finding, states: Iterable[str]) -> str:
    """The states it may be in, in the finding's own order: ``low or normal``."""
    given = set(states)
    return joined([state_words(finding, s) for s in finding.states if s in given], "or")


def leaf_words(leaf: Is, knowledge: Knowledge, negated: bool = False) -> str:
    """One statement: ``total B12 is deficient``, ``pregnant: no``, ``B12 deficiency is established``.

    A yes/no finding that is to be present is said by its name alone.
    """
    no = " not" if negated else ""
    if leaf.subject != leaf.name:
        return (
            f"{knowledge.conditions[leaf.name].name} is{no} {joined([SUPPORT[s] for s in leaf.states], 'or')}"
        )
    if leaf.name == "b12_state":
        names = [in_sentence(knowledge.conditions[s].name) for s in leaf.states]
        return f"the leading B12 state is{no} {joined(names, 'or')}"
    finding = knowledge.findings[leaf.name]
    return _stated(finding, [name_of(finding)], leaf.states, "", negated)


def _stated(
    finding: Finding, names: list[str], states: Sequence[str], link: str, negated: bool = False
) -> str:
    if set(finding.states) == YES_NO and len(states) == 1:
        return _yes_or_no(names, (states[0] == "present") is not negated, link)
    said = _listed(names, link)
    verb = "are" if link == "and" else "is"
    return f"{said} {verb}{' not' if negated else ''} {states_words(finding, states)}"


def _yes_or_no(names: list[str], present: bool, link: str) -> str:
    if present:
        return _listed(names, link)
    if len(names) > 1 and link == "and":
        return f"none of: {'; '.join(names)}"
    return _listed([f"{name}: no" for name in names], link)


def _listed(parts: Sequence[str], link: str) -> str:
    """The parts joined by ``and`` or ``or``, with a comma before each where one of them is a list itself."""
    if any(inner in part for part in parts for inner in (" and ", " or ", ", ")):
        return f", {link} ".join(parts)
    return joined(parts, link)


def _never(leaf: Is) -> str:
    return ""


def criterion_words(criterion: Criterion, knowledge: Knowledge, beside: Callable[[Is], str] = _never) -> str:
    """The criterion as part of a sentence; ``beside`` gives what stands in brackets behind a statement."""
    if isinstance(criterion, Is):
        return _with(leaf_words(criterion, knowledge), beside(criterion))
    if isinstance(criterion, Not):
        if isinstance(criterion.part, Is):
            return _with(leaf_words(criterion.part, knowledge, negated=True), beside(criterion.part))
        return f"not ({criterion_words(criterion.part, knowledge, beside)})"
    said = _together(criterion, knowledge, beside)
    if said:
        return said
    parts = [_enclosed(part, knowledge, beside) for part in criterion.parts]
    if criterion.count == len(criterion.parts):
        return _listed(parts, "and")
    if criterion.count == 1:
        return _listed(parts, "or")
    return f"at least {criterion.count} of: {'; '.join(parts)}"


def _with(words: str, bracket: str) -> str:
    return f"{words} ({bracket})" if bracket else words


def _enclosed(part: Criterion, knowledge: Knowledge, beside: Callable[[Is], str]) -> str:
    words = criterion_words(part, knowledge, beside)
    return f"({words})" if isinstance(part, AtLeast) else words


def _together(criterion: AtLeast, knowledge: Knowledge, beside: Callable[[Is], str]) -> str:
    """Several findings asked for in the same state, said with one verb; empty if they are not."""
    leaves = [part for part in criterion.parts if isinstance(part, Is) and part.subject == part.name]
    plain = len(leaves) == len(criterion.parts) and all(leaf.name != "b12_state" for leaf in leaves)
    if not plain or len({leaf.states for leaf in leaves}) > 1:
        return ""
    finding = knowledge.findings[leaves[0].name]
    if any(set(knowledge.findings[leaf.name].states) != set(finding.states) for leaf in leaves):
        return ""
    names = [_with(name_of(knowledge.findings[leaf.name]), beside(leaf)) for leaf in leaves]
    if criterion.count in (1, len(leaves)):
        return _stated(finding, names, leaves[0].states, "or" if criterion.count == 1 else "and")
    some = f"at least {criterion.count} of"
    if leaves[0].states == ("present",):
        return f"{some}: {'; '.join(names)}"
    return f"{some} these are {states_words(finding, leaves[0].states)}: {'; '.join(names)}"
