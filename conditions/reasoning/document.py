"""From a document (JSON) to ``Knowledge``, with everything that is wrong in it said at once.

``docs/knowledge_format.md`` describes the document.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Any, TypeVar

from . import knowledge as k
from .checks import findings_in_order, problems_of
from .criteria import Criterion, CriterionError, Is, parse
from .quantities import Band, Unit

FORMAT = 1

Given = Mapping[str, Any]
T = TypeVar("T")


class KnowledgeError(ValueError):
    """The document is not usable knowledge; ``problems`` says all that is wrong, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def canonical(document: Given) -> str:
    """The document as text that is the same for equal documents."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(document: Given) -> str:
    """SHA-256 of the canonical document, hexadecimal."""
    return sha256(canonical(document).encode()).hexdigest()


def read_document(document: Given) -> k.Knowledge:
    """The knowledge in a document. Raises KnowledgeError with every problem found."""
    if document.get("format") != FORMAT:
        raise KnowledgeError(
            [f"This document has format {document.get('format')!r}; format {FORMAT} can be read."]
        )
    parts, problems = _parts(document)
    if problems:
        raise KnowledgeError(problems)
    order, cycles = findings_in_order(parts["findings"])
    knowledge = k.Knowledge(
        digest=digest_of(document),
        unit_aliases=MappingProxyType(dict(document.get("unit_aliases", {}))),
        order=order,
        **parts,
    )
    problems = cycles or problems_of(knowledge)
    if problems:
        raise KnowledgeError(problems)
    return knowledge


def readable_parts(document: Given) -> k.Knowledge:
    """What can be read of a document, whatever is wrong with the rest: to speak of it, never to interpret by it."""
    parts, _ = _parts(document)
    aliases = MappingProxyType(dict(document.get("unit_aliases", {})))
    return k.Knowledge(digest="", unit_aliases=aliases, order=(), **parts)


def _parts(document: Given) -> tuple[dict[str, Mapping[str, Any]], list[str]]:
    reader = _Reader()
    builders: dict[str, Callable[[str, Given], Any]] = {
        "sources": reader.source,
        "developers": reader.developer,
        "groups": reader.group,
        "findings": reader.finding,
        "conditions": reader.condition,
        "rules": reader.rule,
        "investigations": reader.investigation,
        "recommendations": reader.recommendation,
        "notes": reader.note,
        "cases": reader.case,
    }
    return {name: reader.parts(document, name, build) for name, build in builders.items()}, reader.problems


class _Reader:
    """Builds the parts and collects what is wrong; ``here`` is the part being read."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.here = ""

    def parts(self, document: Given, name: str, build: Callable[[str, Given], T]) -> Mapping[str, T]:
        built: dict[str, T] = {}
        those = document.get(name, {})
        if not isinstance(those, Mapping):
            self.problems.append(f"{name}: this is not a mapping.")
            return built
        for slug, given in those.items():
            self.here = f"{name} {slug}"
            before = len(self.problems)
            try:
                built[slug] = build(slug, given)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                if len(self.problems) == before:
                    what = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
                    self.problem(what)
        return MappingProxyType(built)

    def problem(self, what: str) -> None:
        self.problems.append(f"{self.here}: {what.rstrip('.')}.")

    def choice(self, given: Given, key: str, of: tuple[str, ...], default: str | None = None) -> Any:
        value = given.get(key, default)
        if value not in of:
            self.problem(f"{key} is {value!r}; it is one of: {', '.join(of)}")
        return value

    def criterion(self, given: Given, key: str) -> Criterion | None:
        return self._criterion(given[key], key) if given.get(key) else None

    def needed_criterion(self, given: Given, key: str) -> Criterion:
        return self._criterion(given[key], key)

    def _criterion(self, text: str, key: str) -> Criterion:
        try:
            return parse(text)
        except CriterionError as error:
            self.problem(f"{key}, at character {error.position + 1}: {error}")
            return Is("nothing", ("nothing",))

    def citation(self, given: Given) -> k.Citation:
        self.choice(given, "grade", k.GRADES)
        return k.Citation(
            source=given["source"],
            grade=given["grade"],
            verification=k.Verification(self.choice(given, "verification", tuple(k.Verification))),
            also=tuple(given.get("also", ())),
            **{key: given.get(key, "") for key in ("place", "checked_by", "checked_on", "review_by")},
        )

    def source(self, slug: str, given: Given) -> k.Source:
        words = {
            key: given.get(key, "")
            for key in ("authors", "published_in", "kind", "doi", "pmid", "url", "note")
        }
        return k.Source(slug=slug, title=given["title"], year=given.get("year"), **words)

    def developer(self, slug: str, given: Given) -> k.Developer:
        return k.Developer(slug, given["name"], given["funding"], bool(given.get("usual")))

    def group(self, slug: str, given: Given) -> k.Group:
        return k.Group(
            slug, given["label"], given["step"], bool(given.get("none_of_the_others")), given.get("order", 0)
        )

    def finding(self, slug: str, given: Given) -> k.Finding:
        units = tuple(
            Unit(u["unit"], _decimal(u.get("factor", "1")), _decimal(u.get("offset", "0")))
            for u in given.get("units", ())
        )
        return k.Finding(
            slug=slug,
            label=given["label"],
            phrase=given.get("phrase", "") or _in_sentence(given["label"]),
            group=given.get("group", ""),
            asked=self.choice(given, "asked", k.ASKED, "on_request"),
            states=tuple(given.get("states", ())),
            state_labels=MappingProxyType(dict(given.get("state_labels", {}))),
            units=units,
            reads=given.get("reads", ""),
            limits=tuple(map(self.limits, given.get("limits", ()))),
            defined_as=self.criterion(given, "defined_as"),
            derived=given.get("derived", ""),
            implies=tuple(k.Implication(i["state"], i["finding"], i["as"]) for i in given.get("implies", ())),
            bounds=self.bounds(given.get("bounds")),
            codes=_codes(given),
            synonyms=tuple(given.get("synonyms", ())),
            help=given.get("help", ""),
            red_flag=bool(given.get("red_flag")),
            order=given.get("order", 0),
            attributes=tuple(given.get("attributes", ())),
        )

    def bounds(self, given: Given | None) -> k.Bounds | None:
        if not given:
            return None
        edges = ("reject_below", "warn_below", "warn_above", "reject_above")
        return k.Bounds(
            given["unit"], *[_decimal(given[e]) if given.get(e) is not None else None for e in edges]
        )

    def limits(self, given: Given) -> k.Limits:
        return k.Limits(
            unit=given["unit"],
            kind=Unit(given["unit"]).kind,
            basis=self.choice(given, "basis", k.BASES),
            bands=tuple(map(self.band, given["bands"])),
            citation=self.citation(given),
            when=self.criterion(given, "when"),
            scheme=given.get("scheme", ""),
        )

    def band(self, given: Given) -> Band:
        return Band(
            states=frozenset(given["states"]),
            upper=_decimal(given["upper"]) if "upper" in given else None,
            inclusive=bool(given.get("inclusive")),
            of=self.choice(given, "of", ("low", "high"), "high") if "of" in given else None,
            says=given.get("says", ""),
        )

    def condition(self, slug: str, given: Given) -> k.Condition:
        return k.Condition(
            slug=slug,
            kind=self.choice(given, "kind", k.CONDITION_KINDS),
            rank=given.get("rank"),
            autoimmune=bool(given.get("autoimmune")),
            effects=tuple(map(self.effect, given.get("effects", ()))),
            associations=tuple(
                k.Association(a["condition"], a.get("frequency", ""), self.citation(a))
                for a in given.get("associations", ())
            ),
            urgency=self.choice(given, "urgency", k.URGENCIES, "routine"),
            codes=_codes(given),
            name=given["name"],
            synonyms=tuple(given.get("synonyms", ())),
            suspicion=tuple(given.get("suspicion", ())),
            confirmed_by=tuple(given.get("confirmed_by", ())),
            described_by=tuple(map(self.description, given.get("described_by", ()))),
            **{
                key: given.get(key, "")
                for key in ("category", "summary", "says", "confirmation", "caution", "shown_under")
            },
        )

    def description(self, given: Given) -> k.Description:
        return k.Description(self.choice(given, "part", k.DESCRIBED), self.citation(given))

    def effect(self, given: Given) -> k.ConditionEffect:
        self.choice(given, "direction", k.DIRECTIONS)
        words = {key: given.get(key, "") for key in ("mechanism", "frequency", "note")}
        return k.ConditionEffect(direction=given["direction"], citation=self.citation(given), **words)

    def rule(self, slug: str, given: Given) -> k.Rule:
        return k.Rule(
            slug=slug,
            condition=given["condition"],
            effect=k.Effect(self.choice(given, "effect", tuple(k.Effect))),
            when=self.needed_criterion(given, "when"),
            unless=self.criterion(given, "unless"),
            says=given["says"],
            citation=self.citation(given),
            rows=tuple(given.get("rows", ())),
            developer=given.get("developer", ""),
        )

    def investigation(self, slug: str, given: Given) -> k.Investigation:
        return k.Investigation(
            slug=slug,
            name=given["name"],
            cost=given.get("cost"),
            measures=tuple(given.get("measures", ())),
            includes=tuple(given.get("includes", ())),
            codes=_codes(given),
            citation=self.citation(given),
            **{key: given.get(key, "") for key in ("kind", "question", "preparation", "pitfalls")},
        )

    def recommendation(self, slug: str, given: Given) -> k.Recommendation:
        choose = partial(self.choice, given)
        return k.Recommendation(
            slug=slug,
            kind=choose("kind", k.RECOMMENDATION_KINDS),
            target=given["target"],
            stance=choose("stance", ("do", "hold"), "do"),
            urgency=choose("urgency", k.URGENCIES, "routine"),
            when=self.needed_criterion(given, "when"),
            unless=self.criterion(given, "unless"),
            says=given["says"],
            citation=self.citation(given),
            rows=tuple(given.get("rows", ())),
            developer=given.get("developer", ""),
        )

    def note(self, slug: str, given: Given) -> k.Note:
        return k.Note(
            slug=slug,
            title=given["title"],
            topic=self.choice(given, "topic", k.TOPICS),
            order=given.get("order", 0),
            text=given["text"],
            figure=self.choice(given, "figure", ("", *k.FIGURES), ""),
            steps=tuple(
                k.Step(s["from"], s["to"], s["says"], self.citation(s)) for s in given.get("steps", ())
            ),
            about=tuple(given.get("about", ())),
            about_findings=tuple(given.get("about_findings", ())),
            citation=self.citation(given),
        )

    def case(self, slug: str, given: Given) -> k.Case:
        return k.Case(
            slug=slug,
            title=given["title"],
            picture=MappingProxyType(dict(given["picture"])),
            expects=MappingProxyType(dict(given.get("expects", {}))),
            source=given.get("source", ""),
            story=given.get("story", ""),
            rows=tuple(given.get("rows", ())),
            published=MappingProxyType(dict(given.get("published", {}))),
            lesson=self.lesson(given) if given.get("level") else None,
        )

    def lesson(self, given: Given) -> k.Lesson:
        return k.Lesson(
            title=given["lesson"],
            level=self.choice(given, "level", k.LEVELS),
            topics=tuple(given["topics"]),
            opening=given["opening"],
            in_reality=given["in_reality"],
            points=tuple(given["points"]),
        )


def _decimal(text: str) -> Decimal:
    if not isinstance(text, str):
        raise ValueError(f"the number {text!r} is not written as text")
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueError(f"{text!r} is not a number")
    return value


def _codes(given: Given) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({system: tuple(codes) for system, codes in given.get("codes", {}).items()})


def _in_sentence(label: str) -> str:
    """The label for use within a sentence: its first letter small, unless it begins with an abbreviation."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label
