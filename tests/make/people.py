"""People who are signed in as far as a test needs it."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.test import Client

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of every authenticator app in the tests."""

PASSWORD = "a-long-enough-password"


def app_of(user: User) -> Authenticator:
    """The authenticator app of this person, enrolled now if there was none."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
    return found or TOTP.activate(user, SECRET).instance


def use_second_factor(client: Client, user: User) -> None:
    """Note in the session that this person signed in by password and app just now."""
    now = time.time()
    session = client.session
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": now},
        {"method": "mfa", "at": now, "type": "totp", "id": app_of(user).pk},
    ]
    session.save()


def code_at(moment: float, secret: str = SECRET) -> str:
    """What an app shows at a moment."""
    return str(format_hotp_value(hotp_value(secret, int(moment) // 30)))


def is_signed_in(client: Client, user: User) -> bool:
    """Whether the browser's session is this person's."""
    return bool(client.session.get("_auth_user_id") == str(user.pk))
