"""Tests that can be ordered."""

from django.db import models
from django.db.models import Q

from .cited import Cited, CitedQuerySet, cited
from .constraints import always, json_object, named_by_a_word
from .fields import NamesField, WordField
from .finding import Finding


class Investigation(Cited):
    """A test that can be ordered: what it measures, how to prepare, what it costs in relative terms."""

    slug = WordField(primary_key=True, help_text="Its short name; fixed once released.")
    name = models.CharField(help_text="Its name on the page.")
    kind = models.CharField(blank=True, help_text="Single, panel, procedure, imaging, …")
    question = models.TextField(blank=True, help_text="The question it answers.")
    measures = NamesField(Finding, related_name="+", blank=True, help_text="The findings it settles.")
    includes = NamesField(
        "self", symmetrical=False, related_name="+", blank=True, help_text="Investigations within it."
    )
    preparation = models.TextField(blank=True, help_text="How the patient and the sample are prepared.")
    pitfalls = models.TextField(blank=True, help_text="What misleads in its result.")
    cost = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1, the cheapest, to 5.")
    codes = models.JSONField(default=dict, blank=True, help_text='Codes by system: {"loinc": ["2132-9"]}.')

    objects = CitedQuerySet["Investigation"].as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            named_by_a_word("investigation"),
            *cited("investigation"),
            always("investigation_cost_is_1_to_5", Q(cost__range=(1, 5)), "Cost is 1, the cheapest, to 5."),
            json_object("investigation_codes_are_an_object", "codes"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"
