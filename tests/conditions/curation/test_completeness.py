"""How much of a condition has been written."""

import pytest

from conditions.curation.completeness import completeness_of
from conditions.models import Condition, Release

pytestmark = pytest.mark.django_db


def test_what_is_missing_of_a_condition_is_named(release: Release) -> None:
    Condition.objects.filter(slug="pernicious_anaemia").update(summary="")
    said = completeness_of(Condition.objects.get(slug="pernicious_anaemia"))
    assert "Still to be written: a summary" in said


def test_a_condition_just_made_has_everything_before_it(release: Release) -> None:
    new = Condition.objects.create(slug="brand_new", name="Brand new", kind="disease")
    assert completeness_of(new) == (
        "0 of 8. Still to be written: a summary, its effect on B12, a rule for it, a rule against it,"
        " what raises suspicion, what confirms it, where its texts come from and two cases."
    )
