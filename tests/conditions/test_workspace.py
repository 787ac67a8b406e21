"""Rows and document say the same."""

from copy import deepcopy
from typing import Any

import pytest
from django.db import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.files import read_files
from conditions.models import Band, Finding, Rule
from conditions.reasoning.document import KnowledgeError, digest_of, read_document
from conditions.schema import tidied
from conditions.workspace import differences, document_of_rows, merged, replace_rows
from tests.make.knowledge import CITED, document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty(nothing_published: None) -> None:
    """Every test starts without rows."""


def test_the_shipped_document_comes_back_as_it_went_in() -> None:
    shipped = tidied(read_files())
    replace_rows(shipped)
    assert document_of_rows() == shipped


def test_what_goes_without_saying_is_left_out() -> None:
    given = document(
        findings__glossitis__asked="on_request",
        findings__glossitis__red_flag=False,
        recommendations__measure_mma__stance="do",
    )
    assert tidied(given) == document()


def test_no_rows_make_an_empty_document() -> None:
    assert document_of_rows() == {"format": 1}


def test_rows_that_are_gone_from_the_document_are_removed_even_if_they_name_one_another() -> None:
    replace_rows(document(conditions__b12_deficiency__shown_under="b12_indeterminate"))
    replace_rows({"format": 1})
    assert document_of_rows() == {"format": 1}


@pytest.mark.parametrize("number", ["180", "0.28", "1.35537", "1.50", "0.000001", "123456789.123"])
def test_a_number_comes_back_with_the_digits_that_went_in(number: str) -> None:
    given = document()
    given["findings"]["total_b12"]["limits"][0]["bands"][0]["upper"] = "0.0000001"
    given["findings"]["total_b12"]["units"][1]["factor"] = number
    replace_rows(given)
    assert document_of_rows() == given


def test_only_what_differs_is_written(django_assert_max_num_queries: Any) -> None:
    replace_rows(document())
    bands = set(Band.objects.values_list("pk", flat=True))
    replace_rows(document(rules__grey_total__says="Said better."))
    assert set(Band.objects.values_list("pk", flat=True)) == bands
    assert Rule.objects.get(slug="grey_total").says == "Said better."


def test_reading_takes_as_many_queries_for_much_as_for_little(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(35):
        document_of_rows()
    replace_rows(document())
    with django_assert_num_queries(35):
        document_of_rows()


def test_a_name_that_is_not_there_is_refused_and_nothing_is_changed() -> None:
    replace_rows(document())
    with pytest.raises(IntegrityError):
        replace_rows(document(rules__grey_total__source="nobody"))


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"rules__grey_total__unles": "x"}, "rules grey_total: there is no key called unles."),
        ({"findings__total_b12__bounds__low": "1"}, "findings total_b12: there is no key called bounds.low."),
        ({"rules__grey_total__says": None}, "rules grey_total: says is missing."),
        (
            {"sources__textbook__year": "1999"},
            "sources textbook: year is '1999', which is not written as a whole number.",
        ),
        (
            {"findings__total_b12__bounds__warn_above": 2000},
            "findings total_b12: bounds.warn_above is 2000, which is not written as text.",
        ),
        (
            {"findings__total_b12__bounds__warn_above": "many"},
            "findings total_b12: bounds.warn_above is 'many', which is not a number.",
        ),
        (
            {"findings__total_b12__bounds__warn_above": "NaN"},
            "findings total_b12: bounds.warn_above is 'NaN', which is not a number.",
        ),
        (
            {"rules__grey_total__checked_on": "yesterday"},
            "rules grey_total: checked_on is 'yesterday', which is not a day as 2026-11-21.",
        ),
        ({"findings__glossitis__synonyms": [1]}, "findings glossitis: synonyms is not a list of texts."),
        (
            {"conditions__pernicious_anaemia__suspicion": ["glossitis", "glossitis"]},
            "conditions pernicious_anaemia: suspicion is not a list in which each name stands once.",
        ),
        ({"rules__grey_total": "x"}, "rules grey_total: this is not a mapping."),
        ({"rule": {}}, "There is no section called rule."),
    ],
)
def test_what_rows_cannot_hold_is_named(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(KnowledgeError) as refused:
        replace_rows(document(**changes))
    assert refused.value.problems == [problem]


def test_bands_whose_edges_do_not_rise_are_refused() -> None:
    given = document()
    given["findings"]["total_b12"]["limits"][0]["bands"].reverse()
    with pytest.raises(KnowledgeError, match="do its edges rise"):
        replace_rows(given)


def test_differences_are_named_by_section_and_slug() -> None:
    changed = document(rules__grey_total__says="Else.", unit_aliases__x="g/L", sources__textbook=None)
    assert differences(document(), changed) == ["sources textbook", "rules grey_total", "unit_aliases x"]


def test_merging_keeps_what_was_edited_added_or_removed_here() -> None:
    base = document()
    rows = document(
        rules__grey_total__says="Edited here.",
        sources__own={"title": "Our own"},
        unit_aliases__x="g/L",
        recommendations__measure_mma=None,
    )
    given = document(
        rules__grey_total__says="Shipped anew.",
        rules__deficient_total__says="Shipped anew too.",
        recommendations__measure_mma__says="And this.",
    )
    result, kept = merged(given=given, base=base, rows=rows)
    assert kept == ["sources own", "rules grey_total", "recommendations measure_mma", "unit_aliases x"]
    assert result == {
        **{key: value for key, value in rows.items() if key != "recommendations"},
        "rules": {**rows["rules"], "deficient_total": given["rules"]["deficient_total"]},
    }


words = st.from_regex(r"\A[a-z][a-z0-9_]{0,8}\Z")
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
numbers = st.decimals("0.001", "100000", places=3).map(lambda number: f"{number:f}")
optional_citation = st.fixed_dictionaries(
    {},
    optional={
        "also": st.just(["textbook"]),
        "place": texts,
        "review_by": st.dates().map(lambda day: day.isoformat()),
    },
)


@st.composite
def small_documents(draw: st.DrawFn) -> dict[str, Any]:
    """Documents that vary in every kind of value and in the number of everything."""
    made = deepcopy(document())
    for slug in draw(st.sets(words, max_size=3)) - made["findings"].keys():
        states = draw(st.lists(words, min_size=2, max_size=3, unique=True))
        uppers = sorted(draw(st.sets(numbers, max_size=3)), key=float)
        bands: list[dict[str, Any]] = [{"states": [states[0]], "upper": upper} for upper in uppers]
        made["findings"][slug] = {
            "label": draw(texts),
            "group": draw(st.sampled_from(["b12", "mouth"])),
            "states": states,
            "units": [{"unit": "ng/L"}, {"unit": "ug/L", "factor": draw(numbers)}],
            "state_labels": {states[0]: draw(texts)},
            "limits": [
                {
                    "unit": "ng/L",
                    "basis": "decision",
                    **CITED,
                    **draw(optional_citation),
                    "bands": [*bands, {"states": states}],
                }
            ],
            "implies": [{"state": states[0], "finding": "glossitis", "as": "present"}],
        }
    for slug in draw(st.sets(words, max_size=2)) - made["rules"].keys():
        made["rules"][slug] = {
            "condition": draw(st.sampled_from(sorted(made["conditions"]))),
            "effect": "opposes",
            "when": draw(st.sampled_from(["glossitis is present", "not glossitis is present"])),
            "says": draw(texts),
            **CITED,
            **draw(optional_citation),
        }
    for section in draw(st.sets(st.sampled_from(["rules", "recommendations", "notes", "cases"]))):
        del made[section]
    return made


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=small_documents(), after=small_documents())
def test_any_document_comes_back_as_it_went_in_whatever_was_there(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    replace_rows(before)
    replace_rows(after)
    assert document_of_rows() == after == tidied(after)


def test_what_rows_give_back_can_be_read() -> None:
    replace_rows(document())
    assert read_document(document_of_rows()).digest == digest_of(document())
    assert Finding.objects.vocabulary()["glossitis"] == ["present", "absent"]
