"""Import and export of any part of the knowledge, as YAML and CSV: docs/knowledge_format.md says how they look."""
