"""The shape of an answer, as other programs rely on it."""

from typing import Any

LEVELS = ("established", "supported", "disputed", "opposed", "excluded", "undetermined")
URGENCIES = ("same_day", "urgent", "soon", "routine")
SLUG = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
SENTENCE = {"type": "string", "minLength": 1}
FINDINGS = {"type": "array", "items": SLUG, "uniqueItems": True}


def exactly(**properties: Any) -> dict[str, Any]:
    """An object with these keys, all of them and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


def listed(item: Any) -> dict[str, Any]:
    return {"type": "array", "items": item}


REASON = {
    "rule": SLUG,
    "effect": {"enum": ["establishes", "supports", "opposes", "excludes"]},
    "says": SENTENCE,
    "because": FINDINGS,
    "source": SLUG,
    "grade": {"enum": ["A", "B", "C", "D"]},
    "verification": {"enum": ["primary", "secondary", "unverified", "inference"]},
}
OPINION = {
    "condition": SLUG,
    "support": {"enum": list(LEVELS)},
    "firm": {"type": "boolean"},
    "holds_unless": FINDINGS,
    "reasons": listed(exactly(**REASON)),
    "set_aside": listed(exactly(**REASON, unless=FINDINGS)),
    "missing": FINDINGS,
}
ADVICE = exactly(
    recommendation=SLUG,
    says=SENTENCE,
    urgency={"enum": list(URGENCIES)},
    because=FINDINGS,
    holds_unless=FINDINGS,
    source=SLUG,
)
ANSWER = exactly(
    release=exactly(version={"type": "string"}, digest={"type": "string", "pattern": "^[0-9a-f]{64}$"}),
    guideline=SLUG,
    known={"type": "object", "propertyNames": SLUG, "additionalProperties": SLUG},
    headline=exactly(
        state={"anyOf": [SLUG, {"type": "null"}]},
        support={"enum": list(LEVELS)},
        firm={"type": "boolean"},
        sentence=SENTENCE,
        holds_unless=FINDINGS,
        may_change=FINDINGS,
    ),
    b12_states=listed(exactly(**OPINION)),
    causes=listed(exactly(**OPINION, also=FINDINGS)),
    signs=listed(ADVICE),
    cautions=listed(ADVICE),
    options=listed(ADVICE),
    investigations=listed(
        exactly(
            investigation=SLUG,
            says=SENTENCE,
            reasons={"type": "array", "items": SLUG, "minItems": 1},
            settles=FINDINGS,
            source=SLUG,
            waits_for=FINDINGS,
        )
    ),
    questions=listed(exactly(path=SENTENCE, says=SENTENCE)),
    missing=FINDINGS,
)
