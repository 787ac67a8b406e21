"""The app of the clinician's work."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Patient pictures and what is said of them."""

    name = "assessments"
