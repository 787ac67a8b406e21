"""All that is done to accounts: inviting, accepting, giving roles, taking second factors away."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from b12site.accounts.models import Invitation
from b12site.accounts.roles import IN_THE_ADMIN

SALT = "accounts.invitation"


class InvitationOverError(Exception):
    """It was accepted, it ended, or a newer link was made."""


@transaction.atomic
def invite(*, person: User, roles: Iterable[Group], by: User | None) -> Invitation:
    """The invitation of a new person, whose ``email`` is set: the account cannot be used until it is accepted.

    ``by`` is None for a command on the server. Raises IntegrityError if the address has an account.
    """
    person.username = person.email = person.email.lower()
    person.is_active = False
    person.set_unusable_password()
    person.save()
    give_roles(person=person, roles=roles)
    return Invitation.objects.create(user=person, invited_by=by, ends_at=_end())


def invite_again(*, invitation: Invitation) -> Invitation:
    """The same with a new link and a new end; links made before are void."""
    open_ones = Invitation.objects.filter(pk=invitation.pk, accepted_at=None)
    if not open_ones.update(number=F("number") + 1, ends_at=_end()):
        raise InvitationOverError
    return Invitation.objects.get(pk=invitation.pk)


def withdraw(*, invitation: Invitation) -> None:
    """End an invitation that nobody has accepted."""
    Invitation.objects.filter(pk=invitation.pk, accepted_at=None).update(
        number=F("number") + 1, ends_at=timezone.now()
    )


def token_of(invitation: Invitation) -> str:
    """What the link of the invitation ends with: signed, and good for its present number only."""
    return signing.dumps([invitation.pk, invitation.number], salt=SALT)


def path_of(invitation: Invitation) -> str:
    """The link of the invitation, without the site's name."""
    return reverse("accept_invitation", args=[token_of(invitation)])


def open_invitation(token: str) -> Invitation:
    """The invitation that a link leads to. Raises InvitationOverError for any but an open one's present link."""
    try:
        key, number = signing.loads(token, salt=SALT)
    except signing.BadSignature as forged:
        raise InvitationOverError from forged
    found = Invitation.objects.open_at(timezone.now()).filter(pk=key, number=number)
    if invitation := found.select_related("user").first():
        return invitation
    raise InvitationOverError


@transaction.atomic
def accept(*, token: str, password: str) -> User:
    """The person, whose account can now be used. Raises InvitationOverError, also for the second of two at once."""
    invitation = open_invitation(token)
    Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation = open_invitation(token)
    person = invitation.user
    person.set_password(password)
    person.is_active = True
    person.save(update_fields=["password", "is_active"])
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=timezone.now())
    return person


@transaction.atomic
def give_roles(*, person: User, roles: Iterable[Group]) -> None:
    """Make these the roles of a person; some of them give access to the admin."""
    person.groups.set(roles)
    may_enter = person.groups.filter(name__in=IN_THE_ADMIN).exists()
    User.objects.filter(pk=person.pk).update(is_staff=may_enter)
    person.is_staff = may_enter


@transaction.atomic
def remove_second_factors(*, person: User) -> bool:
    """Whether there were any: for a lost phone or key. The person is signed out, and enrols new ones next time."""
    removed, _ = Authenticator.objects.filter(user=person).delete()
    sessions = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [key.pk for key in sessions if key.get_decoded().get(SESSION_KEY) == str(person.pk)]
    Session.objects.filter(pk__in=theirs).delete()
    return bool(removed)


def send_invitation(invitation: Invitation, *, link: str, site: str) -> None:
    """Send the link to the invited. Raises OSError if the mail server cannot be reached or refuses."""
    context = {
        "link": link,
        "ends_at": timezone.localtime(invitation.ends_at),
        "roles": roles_in_words(invitation.user),
        "current_site": {"domain": site},
    }
    send_mail(
        f"Cobalt: {render_to_string('account/email/invitation_subject.txt').strip()}",
        render_to_string("account/email/invitation_message.txt", context).strip() + "\n",
        None,
        [invitation.user.email],
    )


def roles_in_words(person: User) -> str:
    """For example "curator and approver"."""
    *others, last = sorted(person.groups.values_list("name", flat=True)) or ["guest"]
    return f"{', '.join(others)} and {last}" if others else last


def _end() -> datetime:
    return timezone.now() + settings.INVITATION_ENDS_AFTER
