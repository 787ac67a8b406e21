"""Signing in by e-mail address and password: limits, sessions that end, forgotten passwords, addresses there are."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from pytest_django.fixtures import Settings

from conditions.models import Release
from tests.make.people import PASSWORD, app_of, is_signed_in

pytestmark = pytest.mark.django_db

Member = Callable[[str], User]
SignIn = Callable[..., Client]
OWN = "/accounts/password/change/"
"""A page that only asks who it is."""


def try_password(address: str, password: str, ip: str) -> str:
    data = {"login": address, "password": password}
    return Client(REMOTE_ADDR=ip).post("/accounts/login/", data).content.decode()


def test_wrong_passwords_are_counted_over_all_clients_in_the_database(member: Member) -> None:
    address = member("clinician").email
    said = [try_password(address, "wrong", f"192.0.2.{number}") for number in range(6)]

    refused = "Too many failed login attempts"
    assert [refused in each for each in said] == [False] * 5 + [True]
    assert refused in try_password(address, PASSWORD, "192.0.2.9")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_limits WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] > 0


def test_one_address_of_the_net_cannot_try_many_accounts() -> None:
    said = [try_password(f"somebody{number}@example.org", "wrong", "192.0.2.1") for number in range(11)]

    assert ["Too many failed" in each for each in said] == [False] * 10 + [True]


def test_codes_are_counted_too(member: Member) -> None:
    user = member("clinician")
    app_of(user)
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    said = [
        client.post("/accounts/second-factor/use/", {"code": "000000"}).content.decode() for _ in range(6)
    ]

    assert ["Too many failed login attempts" in each for each in said] == [False] * 5 + [True]


def test_pages_for_patients_touch_no_limits(release: Release, client: Client) -> None:
    with connection.execute_wrapper(refuse_limits):
        assert client.get("/").status_code == 200
        assert client.get("/assess/").status_code == 200


def refuse_limits(execute: Any, sql: str, *rest: Any) -> Any:
    assert "accounts_limits" not in sql
    return execute(sql, *rest)


@pytest.mark.parametrize(
    ("role", "minutes", "lasts"),
    [("clinician", 119, True), ("clinician", 121, False), ("curator", 29, True), ("curator", 31, False)],
)
def test_a_session_ends_without_use(
    role: str, minutes: int, lasts: bool, member: Member, client: Client, time_machine: Any
) -> None:
    client.force_login(member(role))
    client.get(OWN)
    time_machine.move_to(timezone.now() + timedelta(minutes=minutes))

    assert (client.get(OWN).status_code == 200) is lasts


def test_a_session_ends_after_twelve_hours_of_use(member: Member, client: Client, time_machine: Any) -> None:
    client.force_login(member("clinician"))
    began, lasted = timezone.now(), []
    for half_hours in range(25):
        time_machine.move_to(began + timedelta(minutes=30 * half_hours, seconds=half_hours))
        lasted.append(client.get(OWN).status_code == 200)

    assert lasted == [True] * 24 + [False]


def test_who_is_signed_out_by_time_still_gets_pages_that_need_no_account(
    release: Release, member: Member, client: Client, time_machine: Any
) -> None:
    client.force_login(member("clinician"))
    client.get("/assess/")
    time_machine.move_to(timezone.now() + timedelta(hours=3))

    assert client.get("/assess/").status_code == 200
    assert client.get(OWN).headers["Location"] == f"/accounts/login/?next={OWN}"


def test_what_was_sent_too_late_is_given_back(member: Member, client: Client, time_machine: Any) -> None:
    client.force_login(member("curator"))
    client.get(OWN)
    time_machine.move_to(timezone.now() + timedelta(minutes=31))

    answer = client.post("/admin/conditions/rule/add/?x=1", {"slug": "new", "when": '"><b>', "password": "p"})

    said = answer.content.decode()
    assert (answer.status_code, 'action="/admin/conditions/rule/add/?x=1"' in said) == (403, True)
    assert '<input type="hidden" name="when" value="&quot;&gt;&lt;b&gt;">' in said
    assert 'name="password"' not in said
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_session_s_cookie_ends_with_the_browser(member: Member, sign_in: SignIn) -> None:
    cookie = sign_in(member("clinician")).cookies["sessionid"]

    assert (cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("", "", True)


def test_a_new_password_signs_out_everywhere(member: Member, sign_in: SignIn) -> None:
    user = member("clinician")
    here, there = sign_in(user), sign_in(user)
    new = "another-long-password"

    here.post(OWN, {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert [client.get(OWN).status_code for client in (here, there)] == [302, 302]


def test_a_deactivated_account_is_out_at_once_and_cannot_come_back(member: Member, sign_in: SignIn) -> None:
    user = member("clinician")
    client = sign_in(user)
    User.objects.update(is_active=False)

    assert client.get(OWN).status_code == 302
    assert not is_signed_in(sign_in(user), user)


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("clinician@example.org", "Cobalt: Set a new password"),
        ("nobody@example.org", "Cobalt: No account with this address"),
    ],
)
def test_a_forgotten_password_does_not_tell_whether_there_is_an_account(
    address: str, subject: str, member: Member, client: Client, settings: Settings
) -> None:
    member("clinician")
    settings.SENDS_MAIL = True

    answer = client.post("/accounts/password/reset/", {"email": address}, follow=True)

    assert answer.redirect_chain == [("/accounts/password/reset/done/", 302)]
    assert "If there is an account with this address" in answer.content.decode()
    assert [(sent.subject, sent.to) for sent in mail.outbox] == [(subject, [address])]


def test_the_link_sets_a_new_password_once(member: Member, client: Client) -> None:
    user = member("clinician")
    client.post("/accounts/password/reset/", {"email": user.email})
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http"))
    new = "another-long-password"
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    assert Client().login(email=user.email, password=new)
    assert "This link can no longer be used" in Client().get(link, follow=True).content.decode()


def test_a_mail_server_that_is_away_says_nothing_of_accounts(
    member: Member, client: Client, settings: Settings
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    for address in (member("clinician").email, "nobody@example.org"):
        answer = client.post("/accounts/password/reset/", {"email": address})
        assert answer.headers["Location"] == "/accounts/password/reset/done/"


def test_without_mail_the_page_says_who_can_help(client: Client, settings: Settings) -> None:
    settings.SENDS_MAIL = False

    said = client.get("/accounts/password/reset/").content.decode()

    assert "This installation sends no e-mail." in said
    assert 'name="email"' not in said


def test_these_addresses_are_there_and_no_others() -> None:
    there = {
        name.removeprefix("account_")
        for name in get_resolver().reverse_dict
        if isinstance(name, str) and name.startswith(("account_", "mfa_", "socialaccount_"))
    }

    assert there == {
        *("login", "logout", "inactive", "reauthenticate", "change_password"),
        *("reset_password", "reset_password_done"),
        *("reset_password_from_key", "reset_password_from_key_done"),
        *("mfa_index", "mfa_authenticate", "mfa_reauthenticate"),
        *("mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
        *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn"),
        *("mfa_login_webauthn", "mfa_reauthenticate_webauthn"),
    }


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "password/set/", "login/code/", ""])
def test_nobody_signs_up_or_changes_addresses(path: str, client: Client) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404
