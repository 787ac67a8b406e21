"""Who works on the knowledge or on accounts uses a second factor in every session, whatever they try."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from b12site.accounts import middleware, people
from tests.make.people import PASSWORD, app_of, code_at, is_signed_in, use_second_factor

pytestmark = pytest.mark.django_db

Member = Callable[[str], User]
SignIn = Callable[..., Client]
ENROL, AGAIN = "/accounts/second-factor/", "/accounts/second-factor/again/"


def enrolled(role: str, member: Member) -> User:
    user = member(role)
    app_of(user)
    return user


def passkey_of(user: User) -> Authenticator:
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key", "credential": {}})


@pytest.mark.parametrize("role", ["curator", "approver", "administrator"])
@pytest.mark.parametrize("path", ["/admin/", "/admin/conditions/rule/", "/accounts/password/change/", "/"])
def test_without_one_nothing_but_enrolling_can_be_reached(
    role: str, path: str, member: Member, sign_in: SignIn
) -> None:
    client = sign_in(member(role))

    answer = client.get(path)

    assert (answer.status_code, answer.headers["Location"]) == (302, ENROL)
    assert client.get(ENROL).status_code == 200
    assert client.get("/accounts/second-factor/app/").status_code == 200


@pytest.mark.parametrize("role", ["clinician", "educator"])
def test_others_need_none(role: str, member: Member, sign_in: SignIn) -> None:
    assert sign_in(member(role)).get("/accounts/password/change/").status_code == 200


@pytest.mark.parametrize("change", [{"is_superuser": True}, {"is_staff": True}])
def test_it_is_asked_of_superusers_and_staff_without_a_role(
    change: dict[str, bool], member: Member, sign_in: SignIn
) -> None:
    user = member("clinician")
    client = sign_in(user)
    User.objects.filter(pk=user.pk).update(**change)

    assert client.get("/").headers["Location"] == ENROL


def test_it_is_asked_of_a_curator_who_may_not_enter_the_admin(member: Member, sign_in: SignIn) -> None:
    user = member("curator")
    client = sign_in(user)
    User.objects.filter(pk=user.pk).update(is_staff=False)

    assert client.get("/").headers["Location"] == ENROL


def test_enrolling_an_app_counts_as_using_it_and_leads_on(member: Member, sign_in: SignIn) -> None:
    client = sign_in(member("curator"))
    client.get("/admin/conditions/rule/")
    secret = client.get("/accounts/second-factor/app/").context["form"].secret

    answer = client.post("/accounts/second-factor/app/", {"code": code_at(time.time(), secret)})

    assert answer.headers["Location"] == "/accounts/second-factor/recovery-codes/"
    shown = client.get(answer.headers["Location"])
    assert (len(shown.context["unused_codes"]), shown.context["can_view_codes"]) == (10, True)
    assert shown.context["onward"] == "/admin/conditions/rule/"
    assert client.get("/admin/").status_code == 200


def test_recovery_codes_are_shown_once(member: Member, client: Client) -> None:
    user = enrolled("curator", member)
    RecoveryCodes.activate(user)
    client.force_login(user)
    first = client.get("/accounts/second-factor/recovery-codes/").content.decode()
    second = client.get("/accounts/second-factor/recovery-codes/").content.decode()

    (code, *_) = RecoveryCodes.activate(user).get_unused_codes()
    assert (code in first, code in second) == (True, False)


def test_password_and_code_open_the_admin(member: Member, sign_in: SignIn) -> None:
    client = sign_in(enrolled("curator", member), code_at(time.time()))

    assert client.get("/admin/").status_code == 200


def test_the_password_alone_signs_nobody_in_who_has_one(member: Member, sign_in: SignIn) -> None:
    user = enrolled("clinician", member)

    assert not is_signed_in(sign_in(user), user)
    assert not is_signed_in(sign_in(user, "000000"), user)


def test_a_code_is_accepted_once(member: Member, sign_in: SignIn) -> None:
    user = enrolled("curator", member)
    code = code_at(time.time())

    assert is_signed_in(sign_in(user, code), user)
    assert not is_signed_in(sign_in(user, code), user)
    assert not is_signed_in(sign_in(user, f"{code[:3]} {code[3:]}"), user)


def test_a_recovery_code_stands_in_once(member: Member, sign_in: SignIn) -> None:
    user = enrolled("curator", member)
    (code, *_) = RecoveryCodes.activate(user).get_unused_codes()

    assert sign_in(user, code).get("/admin/").status_code == 200
    assert not is_signed_in(sign_in(user, code), user)


def test_a_session_from_before_enrolling_must_use_it(member: Member, sign_in: SignIn) -> None:
    user = member("curator")
    old = sign_in(user)
    app_of(user)

    for path in ("/admin/", ENROL, "/accounts/second-factor/passkeys/add/", "/accounts/reauthenticate/"):
        answer = old.get(path)
        assert answer.headers["Location"].startswith(f"{AGAIN}?next="), path
    old.post(f"{AGAIN}?next=/admin/", {"code": code_at(time.time())})
    assert old.get("/admin/").status_code == 200


def test_what_a_removed_factor_did_counts_for_nothing(member: Member, client: Client) -> None:
    user = enrolled("curator", member)
    client.force_login(user)
    Authenticator.objects.all().delete()
    passkey_of(user)

    assert client.get("/admin/").headers["Location"].startswith(AGAIN)


@pytest.mark.parametrize("there", ["/admin/", "//evil.example/", "https://evil.example/"])
def test_the_admin_s_own_log_in_takes_no_password(there: str, member: Member, client: Client) -> None:
    user = enrolled("curator", member)

    answer = client.post(f"/admin/login/?next={there}", {"username": user.email, "password": PASSWORD})

    assert answer.headers["Location"] == "/accounts/login/?next=%2Fadmin%2F"
    assert not is_signed_in(client, user)


def test_who_is_signed_in_cannot_try_other_people_s_passwords_there(member: Member, client: Client) -> None:
    curator, approver = enrolled("curator", member), member("approver")
    client.force_login(curator)

    client.post("/admin/login/", {"username": approver.email, "password": PASSWORD})

    assert is_signed_in(client, curator)


def test_the_last_one_that_a_role_needs_cannot_be_removed(member: Member, client: Client) -> None:
    user = enrolled("curator", member)
    client.force_login(user)

    answer = client.post("/accounts/second-factor/app/remove/")
    assert "Your role needs a second factor" in answer.content.decode()

    Authenticator.objects.update(type="webauthn", data={"name": "Key", "credential": {}})
    passkey = Authenticator.objects.get()
    client.post(f"/accounts/second-factor/passkeys/{passkey.pk}/remove/")
    assert Authenticator.objects.get() == passkey


def test_one_of_two_can_be_removed_and_a_clinician_may_remove_all(member: Member, client: Client) -> None:
    user = enrolled("curator", member)
    passkey = passkey_of(user)
    client.force_login(user)
    client.post(f"/accounts/second-factor/passkeys/{passkey.pk}/remove/")
    clinician = enrolled("clinician", member)
    client.force_login(clinician)

    use_second_factor(client, clinician)
    client.post("/accounts/second-factor/app/remove/")

    assert [(found.user, found.type) for found in Authenticator.objects.all()] == [(user, "totp")]


def test_factors_are_changed_only_by_who_just_used_one(
    member: Member, client: Client, time_machine: Any
) -> None:
    client.force_login(enrolled("curator", member))
    time_machine.move_to(timezone.now() + timedelta(minutes=6))

    for path in ("app/remove/", "passkeys/add/", "recovery-codes/new/"):
        answer = client.get(f"/accounts/second-factor/{path}")
        assert answer.headers["Location"].startswith(AGAIN), path


def test_a_password_does_not_do_where_there_is_a_second_factor(member: Member, client: Client) -> None:
    client.force_login(enrolled("curator", member))

    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    assert answer.headers["Location"].startswith(AGAIN)


def test_taking_factors_away_ends_the_sessions_of_their_owner(member: Member, client: Client) -> None:
    user, other = enrolled("curator", member), Client()
    client.force_login(user)
    other.force_login(member("clinician"))

    assert people.remove_second_factors(person=user)

    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert other.get("/accounts/password/change/").status_code == 200


def test_a_part_of_a_page_sends_the_whole_page_on(member: Member, sign_in: SignIn) -> None:
    answer = sign_in(member("curator")).get("/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, ENROL)


def test_a_lost_database_is_told_in_plain_words(
    member: Member, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_request: object) -> None:
        raise OperationalError

    client.force_login(member("curator"))
    monkeypatch.setattr(middleware, "next_step", lost)

    answer = client.get("/admin/")

    assert (answer.status_code, "The database cannot be reached" in answer.content.decode()) == (503, True)


def test_secrets_cannot_be_read_in_a_copy_of_the_database(member: Member) -> None:
    authenticator = app_of(member("curator"))

    assert "JBSWY3DPEHPK3PXP" not in str(authenticator.data)
    assert authenticator.wrap().validate_code(code_at(time.time()))


def test_under_another_secret_key_no_code_fits(member: Member, settings: Settings) -> None:
    authenticator = app_of(member("curator"))
    settings.SECRET_KEY = "another" * 10

    assert not authenticator.wrap().validate_code(code_at(time.time()))
