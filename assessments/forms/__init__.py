"""The form in which a clinician tells what is known of a patient."""

from assessments.forms.picture import PictureForm

__all__ = ["PictureForm"]
