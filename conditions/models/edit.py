"""The history of the knowledge: who changed which row, when, what and why."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models

ACTIONS = (
    ("insert", "added"),
    ("update", "changed"),
    ("delete", "removed"),
    ("publish", "published"),
)


class EditQuerySet(models.QuerySet["Edit"]):
    """Questions about the history."""

    def of(self, section: str, slug: str) -> "EditQuerySet":
        """What happened to one part of the knowledge, its own parts included; the last first."""
        return self.filter(section=section, slug=slug).select_related("person")

    def since_in_step(self) -> "EditQuerySet":
        """What was edited since the rows last said what had been published."""
        last = self.filter(action="publish", after__in_step=True).aggregate(last=models.Max("id"))["last"]
        return self.exclude(action="publish").filter(id__gt=last or 0)

    def of_rows(self, sections: Iterable[str]) -> "EditQuerySet":
        """Edits of rows in these sections of the document."""
        return self.filter(section__in=list(sections)).select_related("person")


class Edit(models.Model):
    """One change of one row, as the database saw it. Its own triggers write it; nothing changes it.

    ``section`` and ``slug`` name the part of the document that the row belongs to. ``person`` is empty where the
    edit came from a command or from outside the application; ``why`` says which, if it was said.
    """

    at = models.DateTimeField(help_text="When.")
    action = models.CharField(max_length=7, choices=ACTIONS, help_text="What was done to the row.")
    section = models.CharField(help_text="The section of the document: rules, findings, …")
    slug = models.CharField(help_text="The part of the section.")
    table = models.CharField(help_text="The table of the row: the part's own, or that of one of its parts.")
    row = models.CharField(help_text="The row's key in its table.")
    before = models.JSONField(null=True, help_text="The row before; nothing if it was added.")
    after = models.JSONField(null=True, help_text="The row after; nothing if it was removed.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="edits", null=True, help_text="Who."
    )
    why = models.TextField(blank=True, help_text="Why, as it was said.")
    url = models.TextField(blank=True, help_text="The page it was done on.")

    objects = EditQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["section", "slug", "-id"], name="edit_by_part"),
            models.Index(fields=["person", "-id"], name="edit_by_person"),
            models.Index(fields=["-id"], name="edit_publication", condition=models.Q(action="publish")),
        ]

    def __str__(self) -> str:
        return f"{self.section} {self.slug}: {self.table} {self.get_action_display()}"
