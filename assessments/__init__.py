"""The clinician's work: from the form to the report."""
