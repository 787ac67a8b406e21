"""Inviting, giving roles and deactivating, and what an administrator cannot do."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from b12site.accounts import people
from b12site.accounts.models import Invitation
from conditions.admin.people import InvitationForm
from tests.make.people import PASSWORD, app_of, is_signed_in

pytestmark = pytest.mark.django_db

Member = Callable[[str], User]
ADD, LIST = "/admin/auth/user/add/", "/admin/auth/user/"
PASSWORDS = {"new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture(autouse=True)
def without_mail(settings: Settings) -> None:
    settings.SENDS_MAIL = False


@pytest.fixture
def administrator(member: Member, client: Client) -> Client:
    """The browser of a signed-in administrator."""
    client.force_login(member("administrator"))
    return client


def keys(*roles: str) -> list[int]:
    return list(Group.objects.filter(name__in=roles).values_list("pk", flat=True))


def page_of(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def invite_by_page(client: Client, *roles: str, address: str = "Ann@Example.org") -> User:
    client.post(ADD, {"email": address, "groups": keys(*roles)})
    return User.objects.get(username=address.lower())


def invitation_of(*roles: str) -> Invitation:
    groups = Group.objects.filter(name__in=roles)
    return people.invite(person=User(email="ann@example.org"), roles=groups, by=None)


def link_on(client: Client, user: User) -> str:
    found = re.search(r"/accounts/invitation/[^<\s]+", client.get(page_of(user)).content.decode())
    assert found
    return found[0]


def run_action(client: Client, action: str, user: User) -> str:
    data = {"action": action, "_selected_action": [user.pk]}
    return client.post(LIST, data, follow=True).content.decode()


def test_from_invitation_to_enrolling(administrator: Client) -> None:
    ann = invite_by_page(administrator, "curator")
    assert (ann.email, ann.is_active, ann.is_staff, ann.has_usable_password()) == (
        "ann@example.org",
        False,
        True,
        False,
    )
    link, browser = link_on(administrator, ann), Client()
    assert "You are invited as curator." in browser.get(link).content.decode()

    answer = browser.post(link, PASSWORDS)

    ann.refresh_from_db()
    assert (answer.headers["Location"], ann.is_active, is_signed_in(browser, ann)) == ("/", True, True)
    assert browser.get("/").headers["Location"] == "/accounts/second-factor/"
    assert browser.get("/accounts/second-factor/app/").status_code == 200
    assert list(ann.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("ann@example.org", True, True)
    ]
    assert Client().get(link).status_code == 410


def test_the_invitation_is_sent_where_mail_is_sent(administrator: Client, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    ann = invite_by_page(administrator, "clinician", "educator")

    (sent,) = mail.outbox
    assert (sent.to, "as clinician and educator" in sent.body) == (["ann@example.org"], True)
    link = next(word for word in sent.body.split() if word.startswith(settings.SITE_ADDRESS))
    assert Client().get(link.removeprefix(settings.SITE_ADDRESS)).status_code == 200
    assert "/accounts/invitation/" not in administrator.get(page_of(ann)).content.decode()


def test_a_mail_that_cannot_be_sent_is_said(administrator: Client, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1

    answer = administrator.post(ADD, {"email": "ann@example.org", "groups": keys("clinician")}, follow=True)

    assert "The mail to ann@example.org could not be sent" in answer.content.decode()


def test_a_bad_password_is_told_and_the_link_stays_good(groups: None, client: Client) -> None:
    link = people.path_of(invitation_of("clinician"))

    assert "too short" in client.post(link, dict.fromkeys(PASSWORDS, "short")).content.decode()
    assert client.post(link, PASSWORDS).status_code == 302


@pytest.mark.parametrize("change", ["invited again", "withdrawn", "ended", "forged", "accepted"])
def test_a_link_that_is_over_opens_nothing(
    change: str, groups: None, client: Client, time_machine: Any
) -> None:
    invitation = invitation_of("clinician")
    link = people.path_of(invitation)
    if change == "invited again":
        people.invite_again(invitation=invitation)
    elif change == "withdrawn":
        people.withdraw(invitation=invitation)
    elif change == "ended":
        time_machine.move_to(timezone.now() + timedelta(days=7, seconds=1))
    elif change == "forged":
        link = link.replace(":", "x:", 1)
    else:
        people.accept(token=people.token_of(invitation), password=PASSWORD)

    assert (client.get(link).status_code, client.post(link, PASSWORDS).status_code) == (410, 410)


def test_an_invited_person_can_neither_sign_in_nor_reset_a_password(groups: None, client: Client) -> None:
    invitation_of("clinician")

    client.post("/accounts/login/", {"login": "ann@example.org", "password": ""})
    client.post("/accounts/password/reset/", {"email": "ann@example.org"})

    assert "_auth_user_id" not in client.session
    assert [sent.subject for sent in mail.outbox] == ["Cobalt: No account with this address"]


def test_invited_again_the_new_link_is_good(administrator: Client) -> None:
    ann = invite_by_page(administrator, "clinician")
    old = link_on(administrator, ann)

    assert "Invited again." in run_action(administrator, "invite_again", ann)

    assert (Client().get(old).status_code, Client().get(link_on(administrator, ann)).status_code) == (
        410,
        200,
    )


def test_who_has_accepted_is_not_invited_again(administrator: Client, member: Member) -> None:
    said = run_action(administrator, "invite_again", member("curator"))

    assert "Nobody of these waits for an invitation." in said
    invitation = invitation_of("clinician")
    people.accept(token=people.token_of(invitation), password=PASSWORD)
    with pytest.raises(people.InvitationOverError):
        people.invite_again(invitation=invitation)


def test_an_address_has_one_account(administrator: Client) -> None:
    invite_by_page(administrator, "clinician")

    answer = administrator.post(ADD, {"email": "ANN@example.org", "groups": keys("curator")})

    assert answer.context["adminform"].form.errors["email"] == [
        "This address has an account already, perhaps a deactivated one."
    ]


def test_a_double_click_invites_once(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    invite_by_page(administrator, "clinician")
    monkeypatch.setattr(InvitationForm, "clean_email", lambda form: form.cleaned_data["email"])

    answer = administrator.post(ADD, {"email": "ann@example.org", "groups": keys("curator")}, follow=True)

    assert "This address was invited a moment ago." in answer.content.decode()
    assert Invitation.objects.count() == 1


def test_access_to_the_admin_follows_from_the_roles(administrator: Client, member: Member) -> None:
    other = member("clinician")
    seen = []
    for roles in (["curator", "clinician"], ["clinician"]):
        administrator.post(page_of(other), {"groups": keys(*roles), "is_active": "on"})
        other.refresh_from_db()
        seen.append((sorted(other.groups.values_list("name", flat=True)), other.is_staff))

    assert seen == [(["clinician", "curator"], True), (["clinician"], False)]


def test_nobody_becomes_a_superuser_or_gets_rights_beside_roles(
    administrator: Client, member: Member
) -> None:
    other = member("clinician")
    more = {
        "is_superuser": "on",
        "is_staff": "on",
        "user_permissions": ["1"],
        "username": "x",
        "email": "x@y.z",
    }

    administrator.post(page_of(other), {"groups": keys("clinician"), "is_active": "on"} | more)

    other.refresh_from_db()
    assert (other.is_superuser, other.is_staff, other.username, other.email) == (
        False,
        False,
        "clinician@example.org",
        "clinician@example.org",
    )
    assert not other.user_permissions.exists()


def test_a_group_that_is_no_role_cannot_be_given(administrator: Client, member: Member) -> None:
    other, more = member("clinician"), Group.objects.create(name="more")

    answer = administrator.post(page_of(other), {"groups": [more.pk], "is_active": "on"})

    assert "groups" in answer.context["adminform"].form.errors


def test_administrators_change_neither_their_own_roles_nor_their_own_account(administrator: Client) -> None:
    me = User.objects.get(username="administrator@example.org")

    administrator.post(page_of(me), {"groups": keys("approver", "curator"), "first_name": "Ann"})
    run_action(administrator, "remove_second_factors", me)

    me.refresh_from_db()
    assert (list(me.groups.values_list("name", flat=True)), me.is_active, me.first_name) == (
        ["administrator"],
        True,
        "Ann",
    )
    assert me.authenticator_set.count() == 1


def test_superusers_are_out_of_an_administrator_s_reach(administrator: Client) -> None:
    root = User.objects.create_superuser("root", "root@example.org", PASSWORD)

    assert "root" not in administrator.get(LIST).content.decode()
    assert administrator.get(page_of(root)).status_code == 302
    app_of(root)
    run_action(administrator, "remove_second_factors", root)
    assert root.authenticator_set.count() == 1


def test_a_deactivated_account_stays_with_its_name(administrator: Client, member: Member) -> None:
    other = member("curator")
    administrator.post(page_of(other), {"groups": keys("curator")})

    other.refresh_from_db()
    assert not other.is_active
    assert "deactivated" in administrator.get(LIST).content.decode()
    assert administrator.post(f"{LIST}{other.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("path", ["auth/group/", "account/emailaddress/", "mfa/authenticator/"])
def test_what_roles_may_do_and_how_others_sign_in_is_not_edited_here(
    path: str, administrator: Client
) -> None:
    assert administrator.get(f"/admin/{path}").status_code == 404


def test_nobody_sets_the_password_of_somebody_else(administrator: Client, member: Member) -> None:
    other = member("curator")

    answer = administrator.get(f"{LIST}{other.pk}/password/")

    assert answer.status_code in (302, 404)
    assert "password" not in administrator.get(page_of(other)).context["adminform"].form.fields


@pytest.mark.parametrize("role", ["curator", "approver"])
def test_curators_and_approvers_have_no_business_with_people(
    role: str, member: Member, client: Client
) -> None:
    me = member(role)
    client.force_login(me)

    tried = [client.get(LIST), client.post(ADD, {}), client.post(page_of(me), {"groups": keys("approver")})]

    assert [answer.status_code for answer in tried] == [403, 403, 403]


def test_a_lost_phone_is_the_administrator_s_to_forget(administrator: Client, member: Member) -> None:
    other = member("curator")
    app_of(other)

    assert "Removed the second factors." in run_action(administrator, "remove_second_factors", other)

    assert not other.authenticator_set.exists()
    assert LogEntry.objects.latest("pk").change_message == "Removed the second factors."


def test_the_list_tells_how_each_account_stands(administrator: Client, member: Member) -> None:
    app_of(member("curator"))
    people.withdraw(invitation=invitation_of("clinician"))

    shown = administrator.get(LIST).content.decode()

    assert [word in shown for word in ("invitation ended", "active", "app")] == [True] * 3


def test_the_server_invites_the_first_administrator(
    groups: None, client: Client, capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    call_command("invite", "ann@example.org", "administrator")

    link = capsys.readouterr().out.strip().removeprefix(settings.SITE_ADDRESS)
    assert client.get(link).status_code == 200
    for wrong in ("ann@example.org", "ann"):
        with (
            transaction.atomic(),
            pytest.raises(CommandError, match=r"has an account already|no e-mail address"),
        ):
            call_command("invite", wrong, "administrator")


def test_the_database_refuses_who_invites_themselves(member: Member) -> None:
    me = member("administrator")

    with pytest.raises(IntegrityError, match="nobody_invites_themselves"), transaction.atomic():
        Invitation.objects.create(user=me, invited_by=me, ends_at=timezone.now())


def test_the_database_refuses_an_invitation_accepted_after_its_end(member: Member) -> None:
    now = timezone.now()

    with (
        pytest.raises(IntegrityError, match="an_invitation_is_accepted_before_it_ends"),
        transaction.atomic(),
    ):
        Invitation.objects.create(user=member("curator"), ends_at=now, accepted_at=now + timedelta(seconds=1))
