"""Interpretations in words and reading order. Nothing here decides anything clinical."""
