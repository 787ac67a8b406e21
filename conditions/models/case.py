"""Pictures with what must and must not be said of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from conditions.reasoning.checks import EXPECTATIONS
from conditions.reasoning.knowledge import LESSON_TOPICS, LEVELS

from .constraints import always, choices, json_object, named_by_a_word, one_of
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
    lesson = models.CharField(
        blank=True, help_text="Where it teaches: the title for learners, without a word of the answer."
    )
    level = models.CharField(
        blank=True,
        choices=choices(LEVELS),
        help_text="How hard it is; without a level the case does not teach.",
    )
    topics = ArrayField(
        models.CharField(choices=choices(LESSON_TOPICS)),
        default=list,
        blank=True,
        help_text=f"Under which topics it is found, one a line: {', '.join(LESSON_TOPICS)}.",
    )
    opening = models.TextField(
        blank=True,
        help_text="What the learner is told first: who came with what, without a word of the answer.",
    )
    in_reality = models.TextField(
        blank=True, help_text="What was found and done, as published; shown after the learner has committed."
    )
    points = ArrayField(
        models.CharField(), default=list, blank=True, help_text="What it teaches, one sentence a line."
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
            one_of("case_level_is_known", "level", ("", *LEVELS)),
            always(
                "case_teaches_with_all_that_a_lesson_needs",
                Q(level="", lesson="", topics=[], opening="", in_reality="", points=[])
                | ~(
                    Q(level="")
                    | Q(lesson="")
                    | Q(topics=[])
                    | Q(opening="")
                    | Q(in_reality="")
                    | Q(points=[])
                ),
                "A lesson has a title, a level, topics, an opening, what was done and what it teaches; or none of these.",
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
