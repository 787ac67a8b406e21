"""What was published, entered in a second place, and whether the current release still is that."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, UniqueConstraint, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import Exact

from .constraints import always
from .release import Release


def link_of_the_entry() -> Func:
    """SHA-256 over the entry before, the sequence, the version and the digest, as the database computes it."""
    bar = Value("|")
    sequence = Cast(F("sequence"), models.TextField())
    text = Concat(
        F("before"), bar, sequence, bar, F("version"), bar, F("digest"), output_field=models.TextField()
    )
    octets = Func(text, Value("UTF8"), function="convert_to", output_field=models.BinaryField())
    hashed = Func(octets, function="sha256", output_field=models.BinaryField())
    return Func(hashed, Value("hex"), function="encode", output_field=models.TextField())


class LedgerEntry(models.Model):
    """One release as it was when it was published: its digest, chained by hash to the entry before.

    The database writes it in the transaction that publishes, and refuses any other.
    """

    sequence = models.BigIntegerField(primary_key=True, help_text="The sequence of the release.")
    version = models.CharField(max_length=20, help_text="The version of the release.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document that was published.")
    before = models.CharField(
        max_length=64, blank=True, help_text="The link of the entry before; empty for the first."
    )
    link = models.CharField(max_length=64, help_text="SHA-256 of all of this: what the next entry names.")
    entered_at = models.DateTimeField(help_text="When.")

    class Meta:
        ordering = ["sequence"]
        default_permissions = ("view",)
        verbose_name_plural = "ledger entries"
        constraints = [
            always(
                "ledger_entry_is_linked_to_the_one_before",
                Exact(link_of_the_entry(), F("link")),
                "The link is that of the entry before, the sequence, the version and the digest.",
            ),
            UniqueConstraint(
                name="ledger_does_not_fork",
                fields=["before"],
                violation_error_message="Another entry follows the same one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.digest}"


class Heartbeat(models.Model):
    """What came of one look at the current release, read afresh from the database."""

    at = models.DateTimeField(auto_now_add=True, help_text="When it was looked at.")
    release = models.ForeignKey(
        Release, models.PROTECT, related_name="heartbeats", help_text="The release in use then."
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of the text that is stored, computed anew.")
    link = models.CharField(max_length=64, blank=True, help_text="The last link of the ledger.")
    cases = models.PositiveIntegerField(help_text="How many cases were interpreted.")
    wrong = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="Why nothing is answered from this release; empty while all is well.",
    )
    noted = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="What is not as it was published elsewhere: in older releases, or in the ledger.",
    )

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["release", "-id"], name="heartbeat_of_release")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {'not ' if self.wrong else ''}as published"
