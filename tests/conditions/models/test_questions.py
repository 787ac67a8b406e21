"""Questions about rows."""

from datetime import date

import pytest

from conditions.models import Band, Condition, Finding, Limits, Release, Rule, UnitAlias

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rows(small_release: Release) -> None:
    """The small document stands in the rows."""


def test_rules_due_for_review_are_those_whose_day_has_come() -> None:
    Rule.objects.filter(slug="grey_total").update(review_by=date(2027, 1, 1))
    assert list(Rule.objects.due_for_review(date(2026, 12, 31))) == []
    assert [rule.slug for rule in Rule.objects.due_for_review(date(2027, 1, 1))] == ["grey_total"]


def test_the_vocabulary_is_the_states_of_each_finding() -> None:
    assert Finding.objects.vocabulary() == {
        "total_b12": ["deficient", "indeterminate", "sufficient", "high"],
        "glossitis": ["present", "absent"],
        "pregnancy": ["present", "absent"],
        "tongue_or_mouth": ["present", "absent"],
    }


def test_b12_states_come_in_the_order_of_the_headline() -> None:
    Condition.objects.filter(slug="b12_deficiency").update(rank=9)
    assert Condition.objects.b12_states() == ["b12_indeterminate", "b12_deficiency"]


def test_rows_read_as_what_they_are() -> None:
    assert [str(band) for band in Band.objects.all()] == [
        "deficient below 180",
        "indeterminate up to 350",
        "sufficient up to 1000",
        "high at the top",
    ]
    assert str(Limits.objects.get()) == "total_b12 in ng/L, nice_ng239"
    assert str(Condition.objects.get(rank=2)) == "B12 deficiency (b12_deficiency)"
    assert str(UnitAlias.objects.get()) == "pg/ml = ng/L"
