"""Published knowledge in words and reading order."""
