"""Parts of the form."""

from django.db import models

from .constraints import choices, named_by_a_word, one_of
from .fields import WordField

STEPS = ("patient", "symptoms", "history", "laboratory", "none")


class Group(models.Model):
    """Findings that the form asks together."""

    slug = WordField(primary_key=True, help_text="Its short name; fixed once released.")
    label = models.CharField(help_text="The heading on the form.")
    step = models.CharField(choices=choices(STEPS), help_text="The step of the form it belongs to, or none.")
    none_of_the_others = models.BooleanField(
        default=False, help_text="Whether the form offers “asked: none of the others”."
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place within the step.")

    class Meta:
        ordering = ["order", "slug"]
        constraints = [named_by_a_word("group"), one_of("group_step_is_known", "step", STEPS)]

    def __str__(self) -> str:
        return f"{self.label} ({self.slug})"
