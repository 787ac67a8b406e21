"""Fields: what they keep and what they say."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from conditions.models import Finding, Investigation, Release, Rule, Source, Unit
from conditions.models.fields import is_criterion, is_word


@pytest.mark.parametrize("word", ["total_b12", "a", "b12"])
def test_a_word_is_small_letters_digits_and_lines(word: str) -> None:
    is_word(word)


@pytest.mark.parametrize("text", ["", "B12", "2nd", "two words", "a-b", "_a", "é"])
def test_anything_else_is_no_word(text: str) -> None:
    with pytest.raises(ValidationError, match="Write small letters"):
        is_word(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("total_b12 deficient", "At character 11: expected “is”."),
        ("total_b12 is", "At character 13: the text stops too early."),
        (
            "a is x or a is y",
            "Write “a is x/y” as one statement: apart, its states decide less.",
        ),
    ],
)
def test_a_criterion_that_is_none_says_where(text: str, problem: str) -> None:
    with pytest.raises(ValidationError) as refused:
        is_criterion(text)
    assert refused.value.messages == [problem]


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["180", "1.50", "0.0000001", "123456789012.123456789012"])
def test_a_number_keeps_its_digits(number: str, small_release: Release) -> None:
    Unit.objects.filter(unit="pmol/L").update(factor=Decimal(number))
    assert f"{Unit.objects.get(unit='pmol/L').factor:f}" == number


@pytest.mark.django_db
def test_what_a_list_names_cannot_be_deleted(small_release: Release) -> None:
    for named in (
        Source.objects.get(pk="textbook"),
        Finding.objects.get(pk="glossitis"),
        Investigation.objects.get(pk="mma_test"),
    ):
        with pytest.raises(ProtectedError):
            named.delete()


@pytest.mark.django_db
def test_a_row_takes_its_own_lists_with_it(small_release: Release) -> None:
    rule = Rule.objects.get(pk="grey_total")
    rule.also.add("textbook")
    rule.delete()
    assert not Rule.also.through.objects.exists()
