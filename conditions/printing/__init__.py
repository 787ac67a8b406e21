"""Sheets for paper: the same templates as pages that print well and as tagged PDF."""
