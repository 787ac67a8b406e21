"""What allauth asks of the site."""

import base64
import hashlib
import logging
from functools import lru_cache
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth import get_backends
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse

from b12site.accounts.second_factor import factors_of, is_last_needed, used_recently

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation; changing how one signs in asks again who it is."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **login: Any) -> HttpResponse | None:
        """Stops accounts that no session would last for, whichever way they came."""
        allowed = any(
            backend.user_can_authenticate(user)
            for backend in get_backends()
            if isinstance(backend, ModelBackend)
        )
        if not allowed:
            return self.respond_user_inactive(request, user)  # type: ignore[no-any-return]
        return super().pre_login(request, user, **login)  # type: ignore[no-any-return]

    def is_reauthentication_required(self, *, app: str) -> bool:
        """A sign-in of this moment is proof enough: it need not be repeated to enrol a second factor."""
        return not used_recently(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Not by password where there is a second factor."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and factors_of(user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that fails is the operator's to mend: the page says the same as ever."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as failure:
            log.exception("A mail could not be sent", exc_info=failure)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are unreadable in a copy of the database; the last factor that a role needs stays."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "Your role needs a second factor, and this is the only one you have."
        " Add another one first.",
    }

    def encrypt(self, text: str) -> str:
        return _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret, or one that nobody has if it was kept under another SECRET_KEY."""
        try:
            cipher = _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
            return cipher.decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            log.error("A second factor was kept under another SECRET_KEY and cannot be used")
            return generate_totp_secret()  # type: ignore[no-any-return]

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not is_last_needed(authenticator)

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


@lru_cache(maxsize=4)
def _cipher(*keys: str) -> MultiFernet:
    digests = (hashlib.sha256(f"second factors:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
