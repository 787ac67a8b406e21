"""Interpretations in forms for other programs."""
