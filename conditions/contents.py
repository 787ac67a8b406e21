"""What the knowledge holds, counted: the table of the README is written from it."""

from collections import Counter

from conditions.agreement import ASPECTS, agreements
from conditions.reasoning.checks import citations
from conditions.reasoning.knowledge import Knowledge, Verification

IN_WORDS = {
    Verification.PRIMARY: "read in the source itself (often its abstract)",
    Verification.SECONDARY: "read where another quotes it",
    Verification.UNVERIFIED: "not verified",
    Verification.INFERENCE: "our own inference, marked as such",
}


def contents_table(knowledge: Knowledge) -> str:
    """The counts as a Markdown table, with the agreement with published cases."""
    diseases = [c for c in knowledge.conditions.values() if c.kind != "b12_state"]
    stated = Counter(citation.verification for _, citation in citations(knowledge))
    total = sum(stated.values())
    found = agreements(knowledge)
    texts = sum(len(c.texts) for c in knowledge.conditions.values())
    general = sum(len(c.unsourced) for c in knowledge.conditions.values())
    rows = [
        (
            "conditions and exposures",
            f"{len(diseases)}, of them {sum(c.autoimmune for c in diseases)} autoimmune",
        ),
        ("effects on B12", str(sum(len(c.effects) for c in diseases))),
        ("rules", str(len(knowledge.rules))),
        ("recommendations", str(len(knowledge.recommendations))),
        ("findings that can be told or worked out", str(len(knowledge.findings))),
        ("investigations", str(len(knowledge.investigations))),
        ("notes that explain", str(len(knowledge.notes))),
        ("sources", str(len(knowledge.sources))),
        ("sourced statements", str(total)),
        *[
            (f"— {words}", f"{stated[state]} ({100 * stated[state] / total:.0f} %)")
            for state, words in IN_WORDS.items()
        ],
        (
            "texts on conditions (summary, suspicion, confirmation, caution)",
            f"{texts}, of them {texts - general} compared with a source; the others say that they are not",
        ),
        ("cases", f"{len(knowledge.cases)}, of them {len(found)} published"),
        *[
            (f"— agreement with published cases: {aspect}", _share([a.met[aspect] for a in found]))
            for aspect in ASPECTS
        ],
    ]
    return "\n".join(["| content | |", "|---|---|", *[f"| {name} | {value} |" for name, value in rows]])


def _share(met: list[tuple[int, int]]) -> str:
    return f"{sum(m for m, _ in met)} of {sum(asked for _, asked in met)}"
