"""Who made the rules, and who paid for it."""

from django.db import models
from django.db.models import Q, UniqueConstraint

from .constraints import named_by_a_word
from .fields import WordField


class Developer(models.Model):
    """Who made a rule, and who paid for it."""

    slug = WordField(primary_key=True, help_text="Its short name; fixed once released.")
    name = models.CharField(help_text="Who they are.")
    funding = models.CharField(help_text="Who paid for the work; “none stated” is an answer.")
    usual = models.BooleanField(
        default=False, help_text="Whether rules and recommendations that name no developer are theirs."
    )

    class Meta:
        ordering = ["slug"]
        constraints = [
            named_by_a_word("developer"),
            UniqueConstraint(
                name="developer_that_is_usual_is_one",
                fields=["usual"],
                condition=Q(usual=True),
                violation_error_message="Another developer is the usual one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.slug})"
