"""Every address of signing in that there is: those of allauth that are not named here are not there."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_required
from django.urls import path, re_path
from django.views.decorators.cache import never_cache

from b12site.accounts import views

SECOND = "accounts/second-factor"

urlpatterns = [
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/login/", account.login, name="login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/logout/", account.logout, name="logout"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/password/reset/", views.RequestNewPassword.as_view(), name="account_reset_password"),
    path("accounts/password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(f"{SECOND}/", login_required(never_cache(views.SecondFactor.as_view())), name="mfa_index"),
    path(f"{SECOND}/use/", mfa.authenticate, name="mfa_authenticate"),
    path(f"{SECOND}/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path(f"{SECOND}/app/", never_cache(views.EnrolApp.as_view()), name="mfa_activate_totp"),
    path(f"{SECOND}/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        f"{SECOND}/recovery-codes/",
        login_required(never_cache(views.RecoveryCodes.as_view())),
        name="mfa_view_recovery_codes",
    ),
    path(
        f"{SECOND}/recovery-codes/new/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(f"{SECOND}/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path(f"{SECOND}/passkeys/add/", never_cache(views.EnrolPasskey.as_view()), name="mfa_add_webauthn"),
    path(f"{SECOND}/passkeys/use/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path(f"{SECOND}/passkeys/again/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path(f"{SECOND}/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path(f"{SECOND}/passkeys/<int:pk>/remove/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("accounts/invitation/<str:token>/", views.accept_invitation, name="accept_invitation"),
    path("admin/login/", views.admin_login),
    path("admin/logout/", account.logout),
    path("admin/password_change/", account.password_change),
]
