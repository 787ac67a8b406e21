"""Signing in: allauth's views where ours ask for more, and the pages that are ours alone."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.account.views import PasswordResetView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from b12site.accounts import people
from b12site.accounts.middleware import LED_FROM
from b12site.accounts.roles import needs_second_factor
from b12site.accounts.second_factor import factors_of
from b12site.demo_accounts import demo_secret
from b12site.page_or_part import render_page_or_part


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person sets a password and is signed in; a second factor comes next where the role needs one."""
    try:
        invitation = people.open_invitation(token)
        form = SetPasswordForm(invitation.user, request.POST or None)
        if form.is_valid():
            person = people.accept(token=token, password=form.cleaned_data["new_password1"])
            return _sign_in(request, person)
    except people.InvitationOverError:
        return render_page_or_part(request, "account/invitation_void.html", status=410)
    context = {
        "form": form,
        "invitation": invitation,
        "roles": people.roles_in_words(invitation.user),
        "needs_second_factor": invitation.user.is_staff,
    }
    return render_page_or_part(request, "account/invitation.html", context)


def _sign_in(request: HttpRequest, person: User) -> HttpResponse:
    logout(request)
    response: HttpResponse = perform_password_login(
        request, {"email": person.email}, Login(user=person, email=person.email)
    )
    request.session.set_expiry(0)
    return response


@never_cache
def admin_login(request: HttpRequest) -> HttpResponse:
    """The admin asks for nothing itself: signing in is in one place, with its limits and second factor."""
    there = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        there = reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: there})}")
    if not request.user.is_staff:
        raise PermissionDenied
    return redirect(there)


class SecondFactor(IndexView):  # type: ignore[misc]
    """What this person has, and what is still to be enrolled."""

    template_name = "mfa/index.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return context | {
            "must_enrol": needs_second_factor(self.request.user) and not factors_of(self.request.user),
            "passkeys_work": passkeys_work(self.request),
        }


def passkeys_work(request: HttpRequest) -> bool:
    """Whether browsers offer passkeys here: over https, or at the name localhost, never at a number."""
    host = request.get_host().rpartition(":")[0] or request.get_host()
    is_number = host.replace(".", "").isdigit() or host.startswith("[")
    return not is_number and (request.is_secure() or host == "localhost")


class EnrolApp(ActivateTOTPView):  # type: ignore[misc]
    """The code typed to enrol shows that the app is at hand: it counts as used in this session."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        name = self.request.user.get_username()
        return context | {"demo_role": name.partition("@")[0] if demo_secret(name) else ""}

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _count_newest(self.request, Authenticator.Type.TOTP)
        return response


class EnrolPasskey(AddWebAuthnView):  # type: ignore[misc]
    """The same for a passkey."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _count_newest(self.request, Authenticator.Type.WEBAUTHN)
        return response


def _count_newest(request: HttpRequest, kind: Authenticator.Type) -> None:
    post_authentication(request, Authenticator.objects.filter(user=request.user, type=kind).latest("pk"))


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """Refused for the last second factor that a role needs."""

    def form_valid(self, form: Any) -> HttpResponse:
        if get_adapter().can_delete_authenticator(self.get_object()):
            return super().form_valid(form)  # type: ignore[no-any-return]
        refusal = get_adapter().error_messages["cannot_delete_authenticator"]
        get_account_adapter().add_message(self.request, messages.ERROR, message=refusal)
        return redirect("mfa_list_webauthn")


class RecoveryCodes(ViewRecoveryCodesView):  # type: ignore[misc]
    """Shown once, with the way on to what was asked for before enrolling."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return context | {"onward": self.request.session.pop(LED_FROM, None) or reverse("mfa_index")}


class RequestNewPassword(PasswordResetView):  # type: ignore[misc]
    """Says so where no mail is sent."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        return context | {"sends_mail": settings.SENDS_MAIL}
