"""Pictures with what must and must not be said of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from conditions.reasoning.checks import EXPECTATIONS

from .constraints import always, json_object, named_by_a_word
from .fields import WordField
from .finding import Finding
from .source import Source
from .vocabulary import refuse


class Case(models.Model):
    """A picture, and what must and must not be said of it: test, teaching case and demonstration."""

    slug = WordField(primary_key=True, help_text="Its short name; fixed once released.")
    title = models.CharField(help_text="What it shows.")
    story = models.TextField(blank=True, help_text="Two or three sentences.")
    picture = models.JSONField(
        blank=True,
        help_text='What is known: {"measured": {"total_b12": {"value": "150", "unit": "ng/L"}},'
        ' "stated": {"sex": "female"}}.',
    )
    expects = models.JSONField(
        default=dict,
        blank=True,
        help_text='What the interpretation must say: {"headline": "b12_deficiency", "firm": true}.',
    )
    published = models.JSONField(
        default=dict,
        blank=True,
        help_text="What a careful reader expects of a published case; it is counted and blocks nothing.",
    )
    source = models.ForeignKey(
        Source, models.PROTECT, related_name="+", null=True, blank=True, help_text="Where it was published."
    )
    rows = ArrayField(
        models.CharField(), default=list, blank=True, help_text="Rows of the evidence files, one a line."
    )

    class Meta:
        ordering = ["slug"]
        constraints = [
            named_by_a_word("case"),
            json_object("case_picture_is_an_object", "picture"),
            json_object("case_expects_is_an_object", "expects"),
            json_object("case_published_is_an_object", "published"),
            always(
                "case_expects_something",
                ~Q(expects={}, published={}),
                "A case that expects nothing shows nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.slug})"

    def clean(self) -> None:
        """Raises ValidationError where the picture or the expectations name what is not there."""
        if not isinstance(self.picture, dict) or not isinstance(self.expects, dict):
            return
        findings = Finding.objects.vocabulary()
        named = [name for part in ("measured", "stated") for name in self.picture.get(part) or ()]
        refuse(
            {
                "picture": [f"There is no finding called {name}." for name in named if name not in findings],
                "expects": [
                    f"There is no expectation called {key}."
                    for key in self.expects
                    if key not in EXPECTATIONS
                ],
            }
        )
