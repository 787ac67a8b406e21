"""Teaching cases."""
