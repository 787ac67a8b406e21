"""The draft tried on a patient, beside the current release."""
