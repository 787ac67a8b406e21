"""What a release can ask: its groups step by step, and the findings that are found by typing."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from conditions.reasoning.criteria import Is
from conditions.reasoning.knowledge import Finding, Group, Knowledge

YES_NO = frozenset({"present", "absent"})
GUIDELINE = "guideline"


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the form. The knowledge's groups name it by its slug."""

    slug: str
    label: str
    looks_for: str = ""


STEPS = (
    Step("patient", "Patient", "something else about the patient"),
    Step("symptoms", "Symptoms and signs", "a symptom or sign"),
    Step("history", "History, diet and medicines", "an illness, operation, medicine or exposure"),
    Step("laboratory", "Laboratory values", "a test"),
    Step("check", "Check"),
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A group with all of its findings that can be asked, in order."""

    group: Group
    findings: tuple[Finding, ...]

    @property
    def yes_or_no(self) -> tuple[Finding, ...]:
        """Those that "asked: none of the others" can speak of."""
        return tuple(f for f in self.findings if is_yes_or_no(f))


@dataclass(frozen=True, eq=False)
class Catalogue:
    """The groups of each step, the findings in the order of the form, and the words they are found by."""

    steps: Mapping[str, tuple[Offered, ...]]
    findings: Mapping[str, Finding]
    step_of: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]


def can_be_asked(finding: Finding) -> bool:
    """Whether it is a question for a person: what is worked out from other findings is not."""
    return finding.asked != "never" and not finding.defined_as and not finding.reads


def is_yes_or_no(finding: Finding) -> bool:
    """Whether it is told as present or absent, and has no amount."""
    return set(finding.states) == YES_NO and not finding.is_measured


@lru_cache(maxsize=8)
def catalogue_of(knowledge: Knowledge) -> Catalogue:
    """The catalogue of a release, the same value each time."""
    askable = sorted(
        (f for f in knowledge.findings.values() if can_be_asked(f) and f.group in knowledge.groups),
        key=lambda f: (f.order, f.slug),
    )
    steps = {
        step.slug: tuple(
            Offered(group, tuple(f for f in askable if f.group == slug))
            for slug, group in sorted(knowledge.groups.items(), key=lambda one: (one[1].order, one[0]))
            if group.step == step.slug and any(f.group == slug for f in askable)
        )
        for step in STEPS
    }
    findings = {f.slug: f for offered in steps.values() for of_group in offered for f in of_group.findings}
    step_of = {slug: knowledge.groups[f.group].step for slug, f in findings.items()}
    return Catalogue(steps, findings, step_of, _words_of(findings.values(), knowledge))


def _words_of(findings: Iterable[Finding], knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Label, synonyms and slug, and the initials of long names; what only repeats another finding lends it its names."""
    names = {f.slug: [f.label, *f.synonyms, f.slug] for f in findings}
    for finding in knowledge.findings.values():
        repeated = finding.defined_as
        if isinstance(repeated, Is) and repeated.states == ("present",) and repeated.name in names:
            names[repeated.name] += [finding.label, *finding.synonyms, finding.slug]
    return {
        slug: tuple(dict.fromkeys(words_in(" ".join([*said, *map(_initials, said)]))))
        for slug, said in names.items()
    }


def _initials(name: str) -> str:
    words = words_in(name)
    return "".join(word[0] for word in words) if 2 < len(words) < 6 else ""


def words_in(text: str) -> list[str]:
    """The words of a text without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return "".join(c if c.isalnum() else " " for c in plain).split()
