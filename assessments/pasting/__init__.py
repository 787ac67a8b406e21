"""Pasting a laboratory report."""
