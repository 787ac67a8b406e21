"""What the page says of itself: what it was tested against, and where a problem is reported."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings

from conditions.agreement import agreements
from conditions.presenters.release import Release
from conditions.reasoning.criteria import subjects
from conditions.reasoning.interpret import Interpretation
from conditions.reasoning.knowledge import Knowledge

from .readings import quantity_words
from .reasons import Values

AGE, PREGNANCY, KIDNEYS, ANCESTRY = "age", "pregnancy", "renal_function", "black_ethnicity"
SEEN_TO = (("age", AGE), ("pregnancy", PREGNANCY), ("kidney function", KIDNEYS), ("ancestry", ANCESTRY))


@dataclass(frozen=True, slots=True)
class Validation:
    """How many published cases there are, and with how many of them every expectation is met."""

    published: int
    agreeing: int
    own: int


@lru_cache(maxsize=8)
def validation_of(knowledge: Knowledge) -> Validation:
    """Agreement with the release's published cases; its other cases are the software's own tests."""
    found = agreements(knowledge)
    return Validation(len(found), sum(not one.differs for one in found), len(knowledge.cases) - len(found))


def problem_address(release: Release) -> str:
    """Where a problem is reported; it names the release and carries nothing of a patient. Empty if nowhere."""
    address = settings.COBALT_PROBLEM_ADDRESS
    if address and "@" in address and "://" not in address:
        subject = urlencode({"subject": f"Cobalt release {release.version}"}).replace("+", "%20")
        return f"mailto:{address.removeprefix('mailto:')}?{subject}"
    return address if address.startswith(("https://", "http://", "/")) else ""


@dataclass(frozen=True, slots=True)
class Covered:
    """How many statements look at something that changes whom the evidence covers, and how it is here."""

    name: str
    statements: int
    here: str


def covered(said: Interpretation) -> tuple[Covered, ...]:
    """What the release looks at before it applies a source to a patient, with how it is in this one."""
    values = Values(said)
    return tuple(
        Covered(name, _looking_at(finding, said.knowledge), _here(finding, values))
        for name, finding in SEEN_TO
        if finding in said.knowledge.findings
    )


def _here(name: str, values: Values) -> str:
    given = values.said.classified.amounts.get(name)
    return quantity_words(given) if given else values.value(name)


@lru_cache(maxsize=64)
def _looking_at(name: str, knowledge: Knowledge) -> int:
    """How many rules, recommendations and scales look at the finding, or at what is read from its amount."""
    amount = knowledge.findings[name].amount
    names = {slug for slug, finding in knowledge.findings.items() if finding.amount == amount}
    scales = [limits for finding in knowledge.findings.values() for limits in finding.limits]
    looked_at = [
        *[subjects(rule.when) | subjects(rule.unless) for rule in knowledge.rules.values()],
        *[subjects(one.when) | subjects(one.unless) for one in knowledge.recommendations.values()],
        *[subjects(limits.when) for limits in scales],
    ]
    opened = {
        slug
        for slug, finding in knowledge.findings.items()
        if not names.isdisjoint(subjects(finding.defined_as))
    }
    return sum(not (names | opened).isdisjoint(those) for those in looked_at)
