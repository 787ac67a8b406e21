"""allauth's forms where ours ask for more: a code counts once, and a demonstration's secret is known."""

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django.core.cache import cache
from django.http import HttpRequest

from b12site.demo_accounts import demo_secret


class ResetPasswordForm(account_forms.ResetPasswordForm):  # type: ignore[misc]
    """Sends mail to known and unknown addresses alike, so that neither page nor pace tells them apart."""

    def save(self, request: HttpRequest, **options: Any) -> str:
        """The address written to."""
        address: str = super().save(request, **options)
        if not self.users:
            get_account_adapter().send_mail("account/email/unknown_account", address, {})
        return address


class OnlyOnce:
    """A code of the authenticator app is accepted once: allauth forgets it before it stops being valid."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        """The code."""
        code: str = super().clean_code()  # type: ignore[misc]
        seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        is_totp = self.authenticator.type == Authenticator.Type.TOTP
        if is_totp and not cache.add(f"code:{self.user.pk}:{normalize_user_code(code)}", "used", seconds):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OnlyOnce, base_forms.AuthenticateForm):  # type: ignore[misc]
    """Asked while signing in."""


class ReauthenticateForm(OnlyOnce, base_forms.ReauthenticateForm):  # type: ignore[misc]
    """Asked before second factors are changed."""


class AddWebAuthnForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]
    """Says in plain words what a passkey can replace."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        alone = self.fields["passwordless"]
        alone.initial = True
        alone.label = "Sign in with it alone"
        alone.help_text = "Without address and password: the device then asks for a fingerprint, face or PIN."
        self.fields["name"].help_text = "To tell several apart."


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """Enrols an app; a demonstration account's secret is the one that `demo_code` computes with."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if secret := demo_secret(self.user.get_username()):
            self.secret = secret
