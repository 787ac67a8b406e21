"""Published states of the knowledge."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact

from .constraints import always
from .fields import DocumentField

ORIGINS = (("shipped", "shipped with the code"), ("installation", "published in this installation"))
VERSION = r"^[0-9]{4}\.[0-9]{1,2}\.[0-9]+$"


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Questions about releases."""

    def current(self) -> "Release":
        """The release that interpretations use now. Raises DoesNotExist before the first."""
        return self.latest("sequence")

    def shipped(self) -> "ReleaseQuerySet":
        """Those that came with the code: no person answers for them."""
        return self.filter(origin="shipped")

    def by_people(self) -> "ReleaseQuerySet":
        """Those that two people of this installation answer for."""
        return self.filter(origin="installation")

    def without_document(self) -> "ReleaseQuerySet":
        """The same rows; the document is read from the database only when asked for."""
        return self.defer("document")


def digest_of_the_document() -> Func:
    """SHA-256 of the canonical text in ``document``, as the database computes it."""
    octets = Func(F("document"), Value("UTF8"), function="convert_to", output_field=models.BinaryField())
    hashed = Func(octets, function="sha256", output_field=models.BinaryField())
    return Func(hashed, Value("hex"), function="encode", output_field=models.TextField())


class Release(models.Model):
    """One published state of the knowledge. Rows are only ever added: a trigger refuses anything else."""

    sequence = models.BigAutoField(primary_key=True)
    version = models.CharField(max_length=20, unique=True, help_text="Year, month and number in that month.")
    format = models.PositiveSmallIntegerField(help_text="The format of the document.")
    document = DocumentField(help_text="The knowledge, and nothing else.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document's canonical text.")
    origin = models.CharField(max_length=12, choices=ORIGINS, help_text="Who answers for it.")
    notes = models.TextField(help_text="What changed, and why.")
    published_at = models.DateTimeField(auto_now_add=True, help_text="When it became what is said.")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="releases_submitted",
        null=True,
        blank=True,
        help_text="Who asked for it to be published.",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="releases_approved",
        null=True,
        blank=True,
        help_text="The second person, who confirmed it.",
    )
    engine_version = models.CharField(max_length=20, help_text="The version of the reasoning at that time.")

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence"]
        indexes = [models.Index(fields=["digest"], name="release_by_digest")]
        constraints = [
            always(
                "release_is_shipped_or_answered_for_by_two_people",
                Q(origin="shipped", submitted_by=None, approved_by=None)
                | (
                    Q(origin="installation", submitted_by__isnull=False, approved_by__isnull=False)
                    & ~Q(submitted_by=F("approved_by"))
                ),
                "A release is shipped, or submitted by one person and approved by another.",
            ),
            always(
                "release_digest_is_that_of_its_document",
                Exact(digest_of_the_document(), F("digest")),
                "The digest is that of the document.",
            ),
            always(
                "release_version_is_year_month_and_number",
                Q(version__regex=VERSION),
                "A version is year, month and number: 2026.11.1.",
            ),
        ]

    def __str__(self) -> str:
        return self.version
