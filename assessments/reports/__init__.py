"""Pasted laboratory reports: what identifies a person is dropped first, then results are read, nothing guessed."""
