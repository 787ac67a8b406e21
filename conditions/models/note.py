"""Explanations for the reader, with their drawings and tables."""

from django.db import models
from django.db.models import F, Q, UniqueConstraint

from conditions.reasoning.knowledge import FIGURES, TOPICS

from .cited import Cited, CitedQuerySet, cited
from .condition import Condition
from .constraints import always, choices, named_by_a_word, one_of
from .fields import NamesField, WordField
from .finding import Finding


class Note(Cited):
    """An explanation for the reader. No rule reads it."""

    slug = WordField(primary_key=True, help_text="Its short name; fixed once released.")
    title = models.CharField(help_text="Its heading: what it explains.")
    topic = models.CharField(choices=choices(TOPICS), help_text="The heading under which it is listed.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place in the topic, the lowest first.")
    text = models.TextField(help_text="Short paragraphs, an empty line between them.")
    figure = models.CharField(
        choices=choices(FIGURES), blank=True, help_text="How the steps below are shown, if there are any."
    )
    about = NamesField(Condition, related_name="+", blank=True, help_text="Conditions it explains.")
    about_findings = NamesField(Finding, related_name="+", blank=True, help_text="Findings it explains.")

    objects = CitedQuerySet["Note"].as_manager()

    class Meta:
        ordering = ["topic", "order", "slug"]
        constraints = [
            named_by_a_word("note"),
            *cited("note"),
            one_of("note_topic_is_known", "topic", TOPICS),
            always(
                "note_figure_is_known",
                Q(figure__in=["", *FIGURES]),
                f"Leave figure empty, or choose one of: {', '.join(FIGURES)}.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.slug})"


class Step(Cited):
    """An arrow of a drawing, or a cell of a table."""

    note = models.ForeignKey(Note, models.CASCADE, related_name="steps")
    start = models.CharField(help_text="Where the arrow begins; in a table, the row.")
    end = models.CharField(help_text="Where the arrow leads; in a table, the column.")
    says = models.TextField(help_text="What is claimed there.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place in the figure.")

    objects = CitedQuerySet["Step"].as_manager()

    class Meta:
        ordering = ["note", "order", "id"]
        constraints = [
            *cited("step"),
            always("step_leads_elsewhere", ~Q(start=F("end")), "A step leads from one thing to another."),
            UniqueConstraint(
                name="step_is_given_once",
                fields=["note", "start", "end"],
                violation_error_message="The step from here to there is given once.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start} → {self.end}"
