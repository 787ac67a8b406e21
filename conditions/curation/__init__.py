"""Curators' work."""
