"""Template tags of the knowledge."""
