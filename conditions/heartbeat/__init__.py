"""Whether what the site answers from is still what was published: docs/decisions/0020."""
