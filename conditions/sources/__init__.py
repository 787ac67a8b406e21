"""Sources: the form of their identifiers, and what was said of them after they were published."""
