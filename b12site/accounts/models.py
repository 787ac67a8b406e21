"""Who was invited, by whom, until when."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def open_at(self, moment: datetime) -> "InvitationQuerySet":
        """Those that may still be accepted."""
        return self.filter(accepted_at=None, ends_at__gt=moment)


class Invitation(models.Model):
    """An account that waits for its person. Only the link last made can be used, and once."""

    user = models.OneToOneField(User, models.PROTECT, related_name="invitation")
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Empty: by a command on the server."
    )
    number = models.PositiveIntegerField(
        default=1, help_text="How many links were made: each makes those before it void."
    )
    ends_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_invitation_is_accepted_before_it_ends",
                condition=Q(accepted_at=None) | Q(accepted_at__lte=F("ends_at")),
            ),
            models.CheckConstraint(
                name="nobody_invites_themselves", condition=Q(invited_by=None) | ~Q(invited_by=F("user"))
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.user}"
