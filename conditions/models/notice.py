"""What was said of a source after it was published, and what that leaves to be done."""

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from .constraints import always, one_of

NOTICES = (
    ("retraction", "retraction"),
    ("concern", "expression of concern"),
    ("correction", "correction"),
    ("reinstatement", "reinstatement"),
)
MATCHES = (("doi", "DOI"), ("pmid", "PubMed number"))


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices."""

    def of(self, source: str) -> "NoticeQuerySet":
        """Those on one source, the latest first."""
        return self.filter(source=source).order_by("-on", "-id")

    def retracted(self) -> frozenset[str]:
        """The sources that were retracted and, as far as is known, not reinstated since."""
        last: dict[str, str] = {}
        for source, kind in (
            self.filter(kind__in=("retraction", "reinstatement"))
            .order_by(models.F("on").asc(nulls_first=True), "id")
            .values_list("source", "kind")
        ):
            last[source] = kind
        return frozenset(source for source, kind in last.items() if kind == "retraction")


class Notice(models.Model):
    """A retraction, an expression of concern, a correction or a reinstatement, as Retraction Watch lists it.

    It stands beside the knowledge and not in it: a release never changes, and its sources are marked all the same.
    """

    source = models.CharField(help_text="The slug of the source.")
    kind = models.CharField(max_length=13, choices=NOTICES, help_text="What was said of it.")
    record = models.CharField(max_length=20, help_text="The number of the record at Retraction Watch.")
    on = models.DateField(null=True, blank=True, help_text="The date of the notice.")
    reason = models.TextField(blank=True, help_text="The reasons, as listed there.")
    doi = models.CharField(blank=True, help_text="The DOI of the notice itself.")
    title = models.TextField(blank=True, help_text="The title of the work, as listed there.")
    matched_by = models.CharField(
        max_length=4, choices=MATCHES, help_text="By what the source was recognised."
    )
    found_at = models.DateTimeField(auto_now_add=True, help_text="When it was found here.")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        constraints = [
            one_of("notice_kind_is_known", "kind", [kind for kind, _ in NOTICES]),
            one_of("notice_matched_by_is_known", "matched_by", [how for how, _ in MATCHES]),
            UniqueConstraint(
                name="notice_is_kept_once",
                fields=["source", "record", "kind"],
                violation_error_message="This notice is known.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()}: {self.source}"


class TaskQuerySet(models.QuerySet["Task"]):
    """Questions about tasks."""

    def open(self) -> "TaskQuerySet":
        """Those that nobody has done yet."""
        return self.filter(done_at=None)


class Task(models.Model):
    """A statement to be read again, because something was said of a source on which it leans."""

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="tasks", help_text="What was said of the source."
    )
    section = models.CharField(help_text="The section of the document in which the statement stands.")
    slug = models.CharField(help_text="The part of the section.")
    place = models.CharField(blank=True, help_text="Which of the part's statements; empty for its own.")
    title = models.TextField(help_text="What the part was called when the task was opened.")
    opened_at = models.DateTimeField(auto_now_add=True, help_text="When.")
    done_at = models.DateTimeField(null=True, blank=True, help_text="When it was done.")
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="tasks_done",
        null=True,
        blank=True,
        help_text="Who did it.",
    )
    note = models.TextField(
        blank=True, help_text="What came of it: another source, another grade, or why the statement stands."
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view", "change")
        constraints = [
            always(
                "task_is_done_by_someone_with_a_note",
                Q(done_at=None, done_by=None, note="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(note="")),
                "Say what came of it; a task is done by someone, at a time, with a note.",
            ),
            UniqueConstraint(
                name="task_is_opened_once",
                fields=["notice", "section", "slug", "place"],
                violation_error_message="This task is there.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}{self.place and f', {self.place}'}: {self.notice}"
