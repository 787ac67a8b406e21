"""A release in the Clinical Quality Language of HL7, from what is known of a patient to what it comes to.

``docs/decisions/0008-cql-starts-from-states.md`` says what the library covers and what it leaves out.
"""

from collections.abc import Iterable, Iterator

from conditions.reasoning.criteria import AtLeast, Criterion, Is, Not
from conditions.reasoning.interpret import HEADLINE
from conditions.reasoning.knowledge import Condition, Effect, Finding, Knowledge, Recommendation, Rule
from conditions.reasoning.plan import plan_of

LIBRARY = "Cobalt"
PARAMETER = "Findings"
"""Takes, for each finding told, measured or computed, the list of the states it may be in."""

FUNCTIONS = """\
// Whether something that is in one of the possible states is in one of those named; null if it depends.
define function Among(possible List<String>, named List<String>):
  case
    when possible is null then null
    when possible included in named then true
    when exists (possible intersect named) then null
    else false
  end

// The same of a condition, by how it stands. What is undetermined is unknown, never a state.
define function Stands(support String, named List<String>):
  if support = 'undetermined' then null else support in named

define function AtLeast(number Integer, verdicts List<Boolean>):
  case
    when Count(verdicts V where V is true return all V) >= number then true
    when Count(verdicts V where V is false return all V) > Length(verdicts) - number then false
    else null
  end

// What becomes of a rule that has an exception.
define function Outcome(needed Boolean, spoilt Boolean):
  case
    when needed is false then 'fails'
    when spoilt is true then 'set aside'
    when needed is null then 'waits'
    when spoilt is null then 'holds on condition'
    else 'holds firmly'
  end

define function AnyHolds(outcomes List<String>):
  exists (outcomes intersect {'holds firmly', 'holds on condition'})

// How a condition stands, from the outcomes of its rules: strong answers strong.
define function Support(
    establishes List<String>, supports List<String>, opposes List<String>, excludes List<String>):
  case
    when AnyHolds(establishes) then if AnyHolds(excludes) then 'disputed' else 'established'
    when AnyHolds(excludes) then 'excluded'
    when AnyHolds(supports) then if AnyHolds(opposes) then 'disputed' else 'supported'
    when AnyHolds(opposes) then 'opposed'
    when 'waits' in (establishes union supports union opposes union excludes) then 'undetermined'
    else 'not_suggested'
  end
"""


def library_of(knowledge: Knowledge, version: str) -> str:
    """The library, as text: one expression for each statement, finding, rule, recommendation and condition."""
    return "\n".join(
        [
            f"// Release {version} of the knowledge of Cobalt, digest {knowledge.digest}.",
            "// Options for clinicians, never orders. What is not known of a patient is null, and never normal.",
            f"library {LIBRARY} version {_text(version)}",
            "",
            "// For each finding the states that it may be in: one if it is settled, null if nothing is known.",
            f"parameter {_name(PARAMETER)} Tuple {{",
            ",\n".join(f"  {_name(slug)} List<String>" for slug in parameters(knowledge)),
            "}",
            "",
            FUNCTIONS,
            *_Library(knowledge).definitions(),
        ]
    )


def parameters(knowledge: Knowledge) -> list[str]:
    """The findings of which the library is told."""
    return [slug for slug, finding in knowledge.findings.items() if finding.states]


def finding_name(slug: str) -> str:
    """The expression for a finding that can follow from others: the list of its possible states."""
    return f"finding {slug}"


def condition_name(slug: str) -> str:
    """The expression for how a condition stands."""
    return f"condition {slug}"


def part_name(part: Rule | Recommendation, what: str) -> str:
    """The expression for the ``when``, the ``unless`` or the ``outcome`` of a rule or recommendation."""
    return f"{'rule' if isinstance(part, Rule) else 'recommendation'} {part.slug}: {what}"


def follows(knowledge: Knowledge) -> dict[str, Finding]:
    """The findings that can follow from others by a definition or an implication, in the order of need."""
    implied_by = plan_of(knowledge).implied_by
    findings = (knowledge.findings[slug] for slug in knowledge.order)
    return {f.slug: f for f in findings if f.states and (f.defined_as or f.slug in implied_by)}


class _Library:
    """Writes each definition once, behind those it speaks of."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.follows = follows(knowledge)
        self.written: set[str] = set()
        self.rules: dict[str, list[Rule]] = {slug: [] for slug in knowledge.conditions}
        for rule in knowledge.rules.values():
            self.rules[rule.condition].append(rule)

    def definitions(self) -> Iterator[str]:
        conditions = self.knowledge.conditions
        for finding in self.follows.values():
            yield from self.finding(finding)
        for slug in self.knowledge.b12_states:
            yield from self.condition(conditions[slug])
        yield from self.headline()
        for condition in conditions.values():
            if condition.kind != "b12_state":
                yield from self.condition(condition)
        for recommendation in self.knowledge.recommendations.values():
            yield from self.part(recommendation)

    def finding(self, finding: Finding) -> Iterator[str]:
        told = f"{_name(PARAMETER)}.{_name(finding.slug)}"
        cases = [f"when {told} is not null then {told}"]
        for implying in plan_of(self.knowledge).implied_by.get(finding.slug, ()):
            for one in self.knowledge.findings[implying].implies:
                if one.finding == finding.slug:
                    settled = Is(implying, (one.state,))
                    yield from self.statements(settled)
                    cases.append(f"when {_name(str(settled))} then {{{_text(one.as_state)}}}")
        if finding.defined_as:
            yield from self.statements(finding.defined_as)
            defined = f"{finding_name(finding.slug)}: defined"
            yield _define(defined, _expression(finding.defined_as))
            cases.append(f"when {_name(defined)} then {{'present'}}")
            cases.append(f"when not {_name(defined)} then {{'absent'}}")
        yield _define(finding_name(finding.slug), _case(cases, "null"), finding.label)

    def condition(self, condition: Condition) -> Iterator[str]:
        rules = self.rules[condition.slug]
        for rule in rules:
            yield from self.part(rule)
        outcomes = [
            _list(_name(part_name(rule, "outcome")) for rule in rules if rule.effect is effect)
            for effect in (Effect.ESTABLISHES, Effect.SUPPORTS, Effect.OPPOSES, Effect.EXCLUDES)
        ]
        written = ",\n    ".join(outcomes)
        yield _define(condition_name(condition.slug), f"Support(\n    {written})", condition.name)

    def headline(self) -> Iterator[str]:
        """The first state that is established or supported, else the first that is disputed."""
        leads = [
            f"when {_name(condition_name(slug))} in {levels} then {_text(slug)}"
            for levels in ("{'established', 'supported'}", "{'disputed'}")
            for slug in self.knowledge.b12_states
        ]
        yield _define(HEADLINE, _case(leads, "null") if leads else "null as String", "The headline")
        yield _define(finding_name(HEADLINE), _if_known(_name(HEADLINE)))

    def part(self, part: Rule | Recommendation) -> Iterator[str]:
        yield from self.statements(part.when)
        when, unless, outcome = (part_name(part, what) for what in ("when", "unless", "outcome"))
        yield _define(when, _expression(part.when), part.says)
        if part.unless:
            yield from self.statements(part.unless)
            yield _define(unless, _expression(part.unless))
        yield _define(outcome, f"Outcome({_name(when)}, {_name(unless) if part.unless else 'false'})")

    def statements(self, criterion: Criterion) -> Iterator[str]:
        for statement in criterion.leaves():
            if str(statement) not in self.written:
                self.written.add(str(statement))
                yield _define(str(statement), self.statement(statement))

    def statement(self, statement: Is) -> str:
        states = _list(map(_text, statement.states))
        if statement.subject == statement.name:
            if statement.name in self.follows or statement.name == HEADLINE:
                return f"Among({_name(finding_name(statement.name))}, {states})"
            return f"Among({_name(PARAMETER)}.{_name(statement.name)}, {states})"
        if not self.rules[statement.name] and self.knowledge.conditions[statement.name].kind != "b12_state":
            return "null as Boolean"  # no rule can ever say how it stands
        return f"Stands({_name(condition_name(statement.name))}, {states})"


def _expression(criterion: Criterion) -> str:
    if isinstance(criterion, Is):
        return _name(str(criterion))
    if isinstance(criterion, Not):
        return f"not {_enclosed(criterion.part)}"
    if criterion.count in (1, len(criterion.parts)):
        word = "or" if criterion.count == 1 else "and"
        return f"\n    {word} ".join(map(_enclosed, criterion.parts))
    return f"AtLeast({criterion.count}, {_list(map(_expression, criterion.parts))})"


def _enclosed(criterion: Criterion) -> str:
    joined = isinstance(criterion, AtLeast) and criterion.count in (1, len(criterion.parts))
    return f"({_expression(criterion)})" if joined else _expression(criterion)


def _define(name: str, expression: str, comment: str = "") -> str:
    told = f"// {' '.join(comment.split())}\n" if comment else ""
    return f"{told}define {_name(name)}:\n  {expression}\n"


def _case(cases: Iterable[str], otherwise: str) -> str:
    written = "".join(f"\n    {case}" for case in cases)
    return f"case{written}\n    else {otherwise}\n  end"


def _if_known(value: str) -> str:
    return f"if {value} is null then null else {{{value}}}"


def _list(items: Iterable[str]) -> str:
    written = ", ".join(items)
    return f"{{{written}}}" if written else "List<String>{}"


def _name(name: str) -> str:
    return f'"{name}"'


def _text(text: str) -> str:
    return f"'{text}'"
