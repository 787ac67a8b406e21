"""A small piece of knowledge, complete enough to be published."""

from copy import deepcopy
from typing import Any

CITED = {"source": "nice_ng239", "grade": "A", "verification": "primary"}

SMALL: dict[str, Any] = {
    "format": 1,
    "sources": {
        "nice_ng239": {"title": "Vitamin B12 deficiency in over 16s", "year": 2024, "kind": "guideline"},
        "textbook": {"title": "A textbook"},
    },
    "groups": {
        "b12": {"label": "Vitamin B12", "step": "laboratory"},
        "mouth": {"label": "Mouth and tongue", "step": "symptoms", "none_of_the_others": True, "order": 1},
    },
    "findings": {
        "total_b12": {
            "label": "Total B12",
            "group": "b12",
            "asked": "everyone",
            "states": ["deficient", "indeterminate", "sufficient", "high"],
            "units": [{"unit": "ng/L"}, {"unit": "pmol/L", "factor": "1.35537"}],
            "molar_mass": {"value": "1355.37", "of": "cyanocobalamin", "source": "textbook"},
            "bounds": {"unit": "ng/L", "reject_below": "0", "warn_above": "2000"},
            "codes": {"loinc": ["2132-9"]},
            "limits": [
                {
                    "unit": "ng/L",
                    "basis": "decision",
                    **CITED,
                    "also": ["textbook"],
                    "bands": [
                        {"states": ["deficient"], "upper": "180", "says": "confirms deficiency"},
                        {"states": ["indeterminate"], "upper": "350", "inclusive": True},
                        {"states": ["sufficient"], "upper": "1000", "inclusive": True},
                        {"states": ["high"]},
                    ],
                }
            ],
        },
        "glossitis": {
            "label": "Sore, smooth tongue",
            "phrase": "a sore tongue",
            "group": "mouth",
            "states": ["present", "absent"],
            "synonyms": ["red tongue"],
        },
        "pregnancy": {
            "label": "Pregnancy",
            "phrase": "pregnant",
            "group": "mouth",
            "states": ["present", "absent"],
        },
        "tongue_or_mouth": {
            "label": "Tongue or mouth",
            "group": "mouth",
            "asked": "never",
            "states": ["present", "absent"],
            "defined_as": "glossitis is present",
        },
    },
    "investigations": {
        "mma_test": {"name": "Methylmalonic acid", "cost": 3, "measures": ["total_b12"], **CITED},
    },
    "conditions": {
        "b12_deficiency": {
            "name": "B12 deficiency",
            "kind": "b12_state",
            "rank": 2,
            "says": "Deficiency",
        },
        "b12_indeterminate": {
            "name": "B12 indeterminate",
            "kind": "b12_state",
            "rank": 4,
            "says": "Indeterminate",
        },
        "pernicious_anaemia": {
            "name": "Pernicious anaemia",
            "kind": "disease",
            "autoimmune": True,
            "urgency": "soon",
            "effects": [{"direction": "lowers", "mechanism": "No intrinsic factor.", **CITED}],
            "suspicion": ["glossitis"],
            "confirmed_by": ["mma_test"],
        },
    },
    "rules": {
        "deficient_total": {
            "condition": "b12_deficiency",
            "effect": "establishes",
            "when": "total_b12 is deficient",
            "unless": "pregnancy is present",
            "says": "Total B12 is below the limit.",
            "rows": ["R1"],
            **CITED,
        },
        "grey_total": {
            "condition": "b12_indeterminate",
            "effect": "supports",
            "when": "total_b12 is deficient/indeterminate",
            "says": "Total B12 neither confirms nor excludes deficiency.",
            **CITED,
        },
        "deficiency_with_glossitis": {
            "condition": "pernicious_anaemia",
            "effect": "supports",
            "when": "b12_deficiency is established and glossitis is present",
            "says": "Deficiency with a sore tongue.",
            **CITED,
            "grade": "C",
        },
    },
    "recommendations": {
        "measure_mma": {
            "kind": "investigation",
            "target": "mma_test",
            "when": "b12_state is b12_indeterminate",
            "says": "Methylmalonic acid would settle it.",
            **CITED,
        },
    },
    "notes": {
        "the_loop": {
            "title": "A loop",
            "topic": "homocysteine",
            "order": 1,
            "text": "Deficiency raises homocysteine.\n\nThe rest is suggested.",
            "about": ["b12_deficiency", "pernicious_anaemia"],
            "about_findings": ["glossitis"],
            "figure": "drawing",
            "steps": [
                {"from": "Deficiency", "to": "Homocysteine", "says": "It rises.", **CITED},
                {"from": "Homocysteine", "to": "Deficiency", "says": "It is said to.", **CITED, "grade": "D"},
            ],
            **CITED,
            "also": ["textbook"],
        },
    },
    "cases": {
        "plainly_deficient": {
            "title": "A plain deficiency",
            "picture": {
                "measured": {"total_b12": {"value": "150", "unit": "ng/L"}},
                "stated": {"pregnancy": "absent"},
            },
            "expects": {"headline": "b12_deficiency", "firm": True},
        },
    },
    "unit_aliases": {"pg/ml": "ng/L"},
}


def document(**changes: Any) -> dict[str, Any]:
    """A small document that can be published, with ``changes``: ``rules__grey_total__says="…"``.

    The steps to a value are joined by two underscores; ``None`` takes it out.
    """
    made = deepcopy(SMALL)
    for path, value in changes.items():
        *steps, last = path.split("__")
        part = made
        for step in steps:
            part = part.setdefault(step, {})
        if value is None:
            del part[last]
        else:
            part[last] = value
    return made
