"""What could still be learnt of a patient, and what each finding that is not settled waits for."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .classify import Classified
from .criteria import NOTHING
from .derived import DERIVED
from .knowledge import Finding
from .plan import plan_of


@dataclass(frozen=True, slots=True)
class Learnable:
    """Definitions are opened to their leaves. To a finding read on a scale belong its amount and what selects
    the limits; to one that can be implied, what implies it; to a computed one, what it is computed from.
    """

    classified: Classified
    _behind: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def behind(self, names: Iterable[str]) -> frozenset[str]:
        """The findings that may be told or measured to settle ``names``; none for what is settled."""
        return NOTHING.union(*[self.behind_one(name) for name in names])

    def behind_one(self, name: str) -> frozenset[str]:
        """The findings that may be told or measured to settle ``name``."""
        found = self._behind.get(name)
        if found is None:
            if len(self.classified.known.get(name, ())) == 1:
                found = NOTHING
            else:
                found = plan_of(self.classified.knowledge).told_alone.get(name) or self._found(name)
            self._behind[name] = found
        return found

    def _found(self, name: str) -> frozenset[str]:
        classified = self.classified
        finding = classified.knowledge.findings[name]
        found = [frozenset({name})] if can_be_told(finding) else []
        if finding.defined_as:
            found.append(self.behind(finding.defined_as.evaluate(classified.known).missing))
        if finding.derived:
            found += [self._behind_amount(each) for each in DERIVED[finding.derived].inputs]
        if finding.limits:
            may_be_printed = any(limits.basis == "report" for limits in finding.limits)
            found.append(self._behind_amount(finding.amount, may_be_printed=may_be_printed))
            for limits in finding.limits:
                if limits.when:
                    found.append(self.behind(limits.when.evaluate(classified.known).missing))
        found.append(self.behind(plan_of(classified.knowledge).implied_by.get(name, ())))
        return NOTHING.union(*found)

    def _behind_amount(self, name: str, *, may_be_printed: bool = False) -> frozenset[str]:
        """What would give the exact amount, and the interval printed beside it where that may help."""
        finding = self.classified.knowledge.findings[name]
        if not finding.is_measured:
            return self.behind_one(name)
        quantity = self.classified.amounts.get(name)
        if quantity and not quantity.comparator and (quantity.interval or not may_be_printed):
            return NOTHING
        inputs = DERIVED[finding.derived].inputs if finding.derived and not quantity else ()
        return frozenset({name}).union(*[self._behind_amount(each) for each in inputs])


def can_be_told(finding: Finding) -> bool:
    """Whether a picture may name the finding, rather than have it worked out."""
    return finding.asked != "never" or not (finding.defined_as or finding.reads)
