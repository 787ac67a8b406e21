"""Check the knowledge files without a database: their form, references, review dates, and every case."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from conditions.files import SHIPPED, FilesError, read_files
from conditions.reasoning.cases import failures, interpret_case
from conditions.reasoning.checks import citations
from conditions.reasoning.document import KnowledgeError, read_document
from conditions.reasoning.interpret import Interpretation
from conditions.reasoning.knowledge import Knowledge


class Command(BaseCommand):
    help = "Check the knowledge files: form, references, review dates, and that every case is interpreted as it demands."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--from", dest="folder", type=Path, default=SHIPPED, help="the folder of the files"
        )
        parser.add_argument("--case", help="also say what is made of this case")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            knowledge = read_document(read_files(options["folder"]))
        except (FilesError, KnowledgeError) as error:
            raise CommandError("\n".join(error.problems)) from error
        if options["case"]:
            for line in outline(interpret_case(knowledge.cases[options["case"]], knowledge)):
                self.stdout.write(line)
        if unmet := [*undated(knowledge), *failures(knowledge)]:
            raise CommandError("\n".join(unmet))
        counts = ("sources", "findings", "conditions", "rules", "investigations", "recommendations", "cases")
        self.stdout.write(
            ", ".join(f"{len(getattr(knowledge, part))} {part}" for part in counts) + ": all well."
        )


def undated(knowledge: Knowledge) -> list[str]:
    """One sentence for each statement of which nobody has said by when it is read again."""
    return [
        f"{place}: it does not say by when it is read again."
        for place, citation in citations(knowledge)
        if not citation.review_by
    ]


def outline(said: Interpretation) -> list[str]:
    """What an interpretation says, one thing a line, for whoever works on the knowledge."""
    lines = [f"headline: {said.headline.state}", f"may change by: {', '.join(said.headline.may_change)}"]
    opinions = [*said.b12_states, *[opinion for cause in said.causes for opinion in cause.opinions]]
    for opinion in opinions:
        if opinion.reasons or opinion.set_aside:
            lines.append(
                f"{opinion.condition}: {opinion.support}"
                f" by {', '.join(r.rule.slug for r in opinion.reasons) or 'nothing'}"
                f"; set aside {', '.join(r.rule.slug for r in opinion.set_aside) or 'nothing'}"
                f"; holds unless {', '.join(sorted(opinion.depends_on)) or 'nothing'}"
            )
    lines += [
        f"{a.recommendation.kind} {a.recommendation.stance} {a.recommendation.slug}" for a in said.advice
    ]
    lines += [f"held back {a.recommendation.slug}" for a in said.held_back]
    lines += [f"if {a.recommendation.slug}: {', '.join(sorted(a.outcome.missing))}" for a in said.if_advice]
    return lines
