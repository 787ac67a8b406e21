"""Which finding a printed name, code, unit or word means: the knowledge's own words and those of ``printed.yaml``."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from conditions.reasoning.knowledge import Finding, Knowledge

PRINTED = Path(__file__).with_name("printed.yaml")
NOT_OURS = "-"
"""Stands for a name that begins like that of a finding and is none."""
LOINC = re.compile(r"[0-9]{1,5}-[0-9]")

_SPELLINGS = (
    ("haem", "hem"),
    ("faec", "fec"),
    ("caerul", "cerul"),
    ("leuco", "leuko"),
    ("vitamine", "vitamin"),
)
_TOKENS = re.compile(r"[^\W_]+|%|#")
_WORDS = {
    "ab": "antibody", "abs": "antibody", "antibodies": "antibody", "autoantibody": "antibody", "autoantibodies": "antibody",
    "vit": "vitamin", "%": "percent", "#": "absolute", "titre": "titer", "γ": "gamma", "β": "beta", "α": "alpha",
}  # fmt: skip
_UNSAID = {
    "lev",
    "qn",
    "serique",
    "seriques",
    "seriche",
    "serico",
    "serum",
    "plasma",
    "level",
    "levels",
    "measurement",
    "estimation",
    "concentration",
    "conc",
    "the",
    "of",
    "in",
    "s",
}
_SPECIMEN = re.compile(r"^(?:f?[SPB]|Sg|Pt|Erc\(B\)|Lkc\(B\))-(?=[A-Za-zÀ-ÿ])")
_SPECIMEN_BEHIND = re.compile(r",\s?[SPB]$")
_OF_BLOOD = re.compile(r"\bi\.\s?[sp]\b\.?")  # "im Serum", "im Plasma"
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_METHODS = re.compile(
    r"(?:eclia|cmia|clia|elisa|ifa|iif|elia|hplc|lc-?ms(?:/ms)?|roche|abbott|beckman|siemens|westergren|enzymatic|jaffe|ifcc|calc|calculated|fasting|"
    r"architect|cobas|advia|dxi|edta|auto|automated|serum|plasma|total|blood|ckd-?epi(?: 20(?:09|21))?|mdrd|s|p|b|"
    r"hep-?2(?: cells)?|igg|quant|quantitative)",
    re.IGNORECASE,
)
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """The name as it is compared: without case, accents, punctuation and words that say nothing."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    plain = _DOTTED.sub(lambda letters: letters[0].replace(".", ""), _OF_BLOOD.sub(" ", plain))
    for written, read in _SPELLINGS:
        plain = plain.replace(written, read)
    tokens = [_WORDS.get(word, word) for word in _TOKENS.findall(plain)]
    if tokens[:1] == ["anti"]:
        tokens = [*tokens[1:], "antibody"]
    kept: list[str] = []
    for word in tokens:
        if word == "12" and kept[-1:] == ["b"]:
            kept[-1] = "b12"
        elif word == "antibody" and "antibody" in kept:
            continue
        elif word not in _UNSAID or (word == "s" and not kept):
            kept.append(word)
    if kept[:1] == ["s"]:
        kept = kept[1:]
    return " ".join(kept)


def plain_powers(text: str) -> str:
    """``10⁹`` as ``10^9`` and ``mm³`` as ``mm3``."""
    return re.sub(r"(?<=\d)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)", r"^\1", text).translate(_POWERS)


def unit_key(unit: str) -> str:
    """The printed unit as it is compared: without case, spaces and the ways to write a power or µ."""
    key = plain_powers(unit).replace("µ", "u").replace("μ", "u").replace("×", "x").replace("·", "").casefold()
    return re.sub(r"\s+", "", key)


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words of one release of the knowledge."""

    knowledge: Knowledge
    names: Mapping[str, str]
    first_words: frozenset[str]
    codes: Mapping[str, str]
    units: Mapping[str, tuple[str, ...]]
    doubtful_units: Mapping[str, tuple[str, Decimal]]
    words: Mapping[str, tuple[str, ...]]
    asked_words: Mapping[str, tuple[str, ...]]
    no_result: frozenset[str]
    flags: frozenset[str]
    specimens: frozenset[str]
    siblings: Mapping[str, str]
    not_ours: frozenset[str]
    all_words: re.Pattern[str] = field(repr=False)
    all_units: re.Pattern[str] = field(repr=False)

    def finding(self, slug: str) -> Finding:
        return self.knowledge.findings[slug]

    def named(self, name: str) -> str:
        """The slug of the finding of this name; “” if there is none, or the name says more than its own."""
        name = _SPECIMEN.sub("", name.strip())
        if _all_words(name) in self.not_ours:
            return NOT_OURS
        name = _SPECIMEN_BEHIND.sub("", name)
        if found := self.names.get(normal(name), ""):
            return found
        match = re.fullmatch(r"(.{1,80}?)[\s,]*\(([^()]{1,40})\)", name)
        if match:
            slug = self.names.get(normal(match[1]), "")
            if slug and (
                _METHODS.fullmatch(match[2].strip()) or self.names.get(normal(match[2]), "") == slug
            ):
                return slug
        return ""

    def may_begin(self, word: str) -> bool:
        """Whether a name can begin with this word; a cheap no for most lines."""
        tokens = normal(_SPECIMEN.sub("", word[:60])).split()
        return not tokens or tokens[0] in self.first_words or tokens[0] in ("antibody", "b")

    def units_of(self, finding: Finding, printed: str) -> tuple[str, ...]:
        """The codes among the finding's units that the printed unit can mean, as they stand in the knowledge."""
        codes = [unit.code for unit in finding.units]
        if printed in codes:
            return (printed,)
        meant = self.units.get(unit_key(printed), ())
        return tuple(code for code in codes if code in meant)

    def states_of(self, finding: Finding, word: str) -> tuple[str, ...]:
        """The states that a word means: one if it is clear, several if it must be asked, none if it is no state."""
        key = _word_key(word)
        clear = [state for state in self.words.get(key, ()) if state in finding.states]
        if clear:
            return tuple(clear[:1])
        return tuple(state for state in self.asked_words.get(key, ()) if state in finding.states)


def _all_words(name: str) -> str:
    """The words of a name, none left out."""
    return " ".join(re.findall(r"[^\W_]+", name.casefold().replace("haem", "hem")))


def _word_key(word: str) -> str:
    return " ".join(word.casefold().split())


@lru_cache(maxsize=1)
def listed() -> dict[str, Any]:
    """What ``printed.yaml`` holds."""
    found: dict[str, Any] = yaml.safe_load(PRINTED.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=4)
def vocabulary(knowledge: Knowledge) -> Vocabulary:
    """The words by which reports are read under ``knowledge``."""
    printed = listed()
    names = _names(knowledge, printed)
    units = _units(knowledge, printed)
    words: dict[str, list[str]] = {}
    for state, said in printed["words"].items():
        for word in said:
            words.setdefault(_word_key(word), []).append(state)
    asked = {_word_key(word): tuple(states) for word, states in printed["asked_words"].items()}
    no_result = frozenset(_word_key(word) for word in printed["no_result"])
    flags = frozenset(_word_key(flag) for flag in printed["flags"])
    doubtful = {
        unit_key(unit): (code, Decimal(times)) for unit, (code, times) in printed["doubtful_units"].items()
    }
    return Vocabulary(
        knowledge=knowledge,
        names=names,
        first_words=frozenset(name.split()[0] for name in names if name),
        codes=_codes(knowledge, printed),
        units={key: tuple(codes) for key, codes in units.items()},
        doubtful_units=doubtful,
        words={word: tuple(states) for word, states in words.items()},
        asked_words=asked,
        no_result=no_result,
        flags=flags,
        specimens=frozenset(printed["specimens"]),
        not_ours=frozenset(_all_words(name) for name in printed["not_ours"]),
        siblings={one: other for one, other in printed["siblings"].items() if other in knowledge.findings},
        all_words=_one_of([*words, *asked, *no_result, *flags]),
        all_units=_unit_pattern(
            [*units, *doubtful, *(u.code for f in knowledge.findings.values() for u in f.units)]
        ),
    )


def is_laboratory(finding: Finding) -> bool:
    """Whether a laboratory reports it."""
    return finding.group.startswith("lab_") and finding.asked != "never"


def _names(knowledge: Knowledge, printed: Mapping[str, Any]) -> dict[str, str]:
    """The slug by name. Listed names win over synonyms, and a name that two findings have means neither."""
    listed: dict[str, str] = {}
    for slug, written in printed["names"].items():
        if slug in knowledge.findings:
            listed.update({normal(name): slug for name in written})
    meant: dict[str, set[str]] = {}
    for slug, finding in knowledge.findings.items():
        if is_laboratory(finding):
            for name in (finding.label, re.sub(r"\s*\(.*?\)", "", finding.label), *finding.synonyms):
                meant.setdefault(normal(name), set()).add(slug)
    known = {name: next(iter(slugs)) for name, slugs in meant.items() if len(slugs) == 1}
    return {name: slug for name, slug in {**known, **listed}.items() if name}


def _codes(knowledge: Knowledge, printed: Mapping[str, Any]) -> dict[str, str]:
    codes = {
        code: slug
        for slug, finding in knowledge.findings.items()
        if is_laboratory(finding)
        for code in finding.codes.get("loinc", ())
    }
    for slug, more in printed["codes"].items():
        if slug in knowledge.findings:
            codes.update({code: slug for code in more if code not in codes})
    return codes


def _units(knowledge: Knowledge, printed: Mapping[str, Any]) -> dict[str, list[str]]:
    meant: dict[str, list[str]] = {}

    def add(written: str, code: str) -> None:
        codes = meant.setdefault(unit_key(written), [])
        if code not in codes:
            codes.append(code)

    for finding in knowledge.findings.values():
        for unit in finding.units:
            if unit.code != "1":
                add(unit.code, unit.code)
    for alias, code in knowledge.unit_aliases.items():
        add(alias, code)
    for code, written in printed["units"].items():
        for alias in written:
            add(alias, code)
    return meant


def _one_of(words: list[str]) -> re.Pattern[str]:
    """Any of the words, the longest that fits, with spaces as they come and no letter beside it."""
    longest = sorted(set(words), key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in longest)
    return re.compile(rf"\*{{1,4}}(?=\d)|(?:{either})(?![^\W_])", re.IGNORECASE)


def _unit_pattern(units: list[str]) -> re.Pattern[str]:
    """Any of the units, the longest that fits, however it is spaced; then whatever has a unit's shape."""
    written = set()
    for unit in units:
        key = unit_key(unit)
        if key != "1":
            written.add(r"\s?".join(_unit_character(c) for c in key))
    either = "|".join(sorted(written, key=lambda pattern: (-len(pattern), pattern)))
    return re.compile(rf"(?:{either})(?![\w/^*%])", re.IGNORECASE)


def _unit_character(character: str) -> str:
    return {"u": "[uµμ]", "x": "[x×]"}.get(character, re.escape(character))
