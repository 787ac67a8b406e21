"""The app of people and their accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Beside allauth's ``account``, which keeps addresses and second factors."""

    name = "b12site.accounts"
    label = "accounts"
