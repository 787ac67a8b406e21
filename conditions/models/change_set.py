"""What is proposed for publication, who edited it, and who accepted what it changes."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, UniqueConstraint
from django.db.models.lookups import Exact

from .constraints import always, one_of
from .fields import DocumentField
from .release import Release, digest_of_the_document

if TYPE_CHECKING:
    from django.contrib.auth.models import User

STATES = (
    ("submitted", "submitted"),
    ("returned", "returned to draft"),
    ("withdrawn", "withdrawn"),
    ("published", "published"),
)
UNDECIDED = Q(decided_by=None, decided_at=None)
DECIDED = Q(decided_by__isnull=False, decided_at__isnull=False)


class ChangeSetQuerySet(models.QuerySet["ChangeSet"]):
    """Questions about change sets."""

    def open(self) -> "ChangeSetQuerySet":
        """Those that wait for a decision."""
        return self.filter(state="submitted")

    def without_document(self) -> "ChangeSetQuerySet":
        """The same rows; the document is read from the database only when asked for."""
        return self.defer("document").select_related("submitted_by", "decided_by")

    def awaiting(self, person: "User") -> "ChangeSetQuerySet":
        """Those that this person may decide on: neither submitted nor edited by them."""
        return self.open().exclude(submitted_by=person).exclude(edited_parts__person=person)


class ChangeSet(models.Model):
    """A document proposed in place of the current release, frozen when it was submitted.

    The database keeps what was submitted, refuses to remove it, and writes down itself who edited it.
    """

    reason = models.TextField(
        help_text="Why the knowledge should change: what a reader of the release needs."
    )
    base = models.ForeignKey(
        Release, models.PROTECT, related_name="change_sets", help_text="The release it is to follow."
    )
    rolls_back_to = models.ForeignKey(
        Release,
        models.PROTECT,
        related_name="rolled_back_to",
        null=True,
        blank=True,
        help_text="The older release whose document is to be published again.",
    )
    document = DocumentField(help_text="The knowledge as submitted.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the document's canonical text.")
    state = models.CharField(
        max_length=9, choices=STATES, default="submitted", help_text="What became of it."
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="submitted_change_sets", help_text="Who asks."
    )
    submitted_at = models.DateTimeField(auto_now_add=True, help_text="When it was frozen.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="decided_change_sets",
        null=True,
        blank=True,
        help_text="Who withdrew, returned or published it.",
    )
    decided_at = models.DateTimeField(null=True, blank=True, help_text="When that was.")
    comment = models.TextField(blank=True, help_text="What was said to it.")
    release = models.OneToOneField(
        Release,
        models.PROTECT,
        related_name="change_set",
        null=True,
        blank=True,
        help_text="The release that came of it.",
    )

    objects = ChangeSetQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        default_permissions = ("view",)
        permissions = [
            ("submit_changeset", "Can submit and withdraw change sets"),
            ("accept_changeset", "Can accept the cases that a change set changes"),
            ("approve_changeset", "Can approve and return change sets"),
        ]
        constraints = [
            one_of("change_set_state_is_known", "state", [state for state, _ in STATES]),
            always("change_set_says_why", ~Q(reason=""), "Say why the knowledge should change."),
            always(
                "change_set_digest_is_that_of_its_document",
                Exact(digest_of_the_document(), F("digest")),
                "The digest is that of the document.",
            ),
            always(
                "change_set_is_decided_by_someone_at_a_time",
                (Q(state="submitted") & UNDECIDED) | (~Q(state="submitted") & DECIDED),
                "A decision has a person and a time.",
            ),
            always(
                "change_set_is_published_as_a_release_by_a_second_person",
                Q(state="published", release__isnull=False) & ~Q(submitted_by=F("decided_by"))
                | (~Q(state="published") & Q(release=None)),
                "What is published became a release, approved by another than the one who submitted it.",
            ),
            always(
                "change_set_is_withdrawn_by_whoever_submitted_it",
                ~Q(state="withdrawn") | Q(submitted_by=F("decided_by")),
                "Only the person who submitted a change set can withdraw it.",
            ),
            always(
                "change_set_is_returned_with_a_comment",
                ~Q(state="returned") | ~Q(comment=""),
                "Say what should be different.",
            ),
            UniqueConstraint(
                name="change_set_of_the_rows_is_open_once",
                fields=["state"],
                condition=Q(state="submitted", rolls_back_to=None),
                violation_error_message="Another change set is waiting for a decision.",
            ),
            UniqueConstraint(
                name="change_set_that_rolls_back_is_open_once",
                fields=["state"],
                condition=Q(state="submitted", rolls_back_to__isnull=False),
                violation_error_message="Another return to an older release is waiting for a decision.",
            ),
        ]

    def __str__(self) -> str:
        return f"Change set {self.pk}"


class EditedPart(models.Model):
    """A part in which a change set differs, and someone who edited it; nobody where no name was given.

    The database writes these when the change set is submitted, from its own history.
    """

    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="edited_parts")
    section = models.CharField(help_text="The section of the document.")
    slug = models.CharField(help_text="The part of the section.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="edited_parts", null=True, help_text="Who."
    )

    class Meta:
        ordering = ["id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.section} {self.slug}"


class ChangedCase(models.Model):
    """A case of which a change set would say something else, listed when it was submitted."""

    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="changed_cases")
    slug = models.CharField(help_text="The case.")
    title = models.CharField(help_text="What it shows.")
    says = ArrayField(models.TextField(), help_text="What changes, one sentence each.")

    class Meta:
        ordering = ["id"]
        default_permissions = ("view",)
        constraints = [
            UniqueConstraint(
                name="changed_case_is_listed_once",
                fields=["change_set", "slug"],
                violation_error_message="A case is listed once.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.slug})"


class AcceptedCase(models.Model):
    """Someone's word that what changes in a case is meant."""

    changed = models.OneToOneField(ChangedCase, models.PROTECT, related_name="acceptance")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="accepted_cases", help_text="Who says so."
    )
    accepted_at = models.DateTimeField(auto_now_add=True, help_text="When.")

    class Meta:
        ordering = ["id"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.changed_id} by {self.accepted_by_id}"
