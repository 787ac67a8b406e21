"""Releases that stand in no database."""

from datetime import UTC, datetime
from typing import Any

from conditions.models import Release
from conditions.reasoning.knowledge import Knowledge


def release_of(knowledge: Knowledge, **changes: Any) -> Release:
    """A release of ``knowledge`` as it ships, with ``changes``."""
    usual = {
        "version": "2026.11.1",
        "digest": knowledge.digest,
        "origin": "shipped",
        "published_at": datetime(2026, 11, 20, 12, tzinfo=UTC),
    }
    return Release(**usual | changes)
