"""How much of what a reader expects of a condition has been written, for whoever writes it."""

from conditions.models import Case, Condition
from conditions.presenters.words import joined

CASES = 2
"""One for and one against."""


def completeness_of(condition: Condition) -> str:
    """“6 of 8. Still to be written: what confirms it and two cases.”"""
    expected = _expected(condition)
    missing = [what for what, there in expected.items() if not there]
    written = f"{len(expected) - len(missing)} of {len(expected)}."
    return f"{written} Still to be written: {joined(missing)}." if missing else f"{written} Complete."


def _expected(condition: Condition) -> dict[str, bool]:
    effects = set(condition.rules.values_list("effect", flat=True))
    mentioned = Case.objects.filter(expects__icontains=f'"{condition.slug}"').count()
    return {
        "a summary": bool(condition.summary),
        "its effect on B12": condition.effects.exists(),
        "a rule for it": bool(effects & {"establishes", "supports"}),
        "a rule against it": bool(effects & {"opposes", "excludes"}),
        "what raises suspicion": condition.suspicion.exists(),
        "what confirms it": bool(condition.confirmation) or condition.confirmed_by.exists(),
        "where its texts come from": condition.described_by.exists(),
        "two cases": mentioned >= CASES,
    }
