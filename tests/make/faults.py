"""Small pieces of knowledge with something wrong in them, and what is said of it."""

from typing import Any

import pytest

from conditions.reasoning.document import KnowledgeError, read_document
from tests.make.knowledge import CITED, document


def problems(**changes: Any) -> list[str]:
    """All that is wrong; fails if nothing is."""
    with pytest.raises(KnowledgeError) as refused:
        read_document(document(**changes))
    return refused.value.problems


def finding(**parts: Any) -> dict[str, Any]:
    return {"label": "Other", "group": "b12", "states": ["present", "absent"]} | parts


def limits(
    *bands: dict[str, Any], when: str = "", unit: str = "ng/L", basis: str = "decision"
) -> dict[str, Any]:
    return {"unit": unit, "basis": basis, "bands": list(bands), **({"when": when} if when else {}), **CITED}
