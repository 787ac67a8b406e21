"""The app of the knowledge."""

from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    """Conditions, findings, rules and their releases."""

    name = "conditions"
