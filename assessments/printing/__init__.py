"""The print set."""
