"""What would change the headline, in words; and a list of investigations with something taken off it."""

from dataclasses import replace

from assessments.presenters.report import Report
from assessments.presenters.would_change import would_change
from tests.make.reports import LOW, report_of, small
from tests.make.said import said_of

ALSO = "One result of it could change the headline as well, though nothing known asks for it"
GREY = {"total_b12": "300 ng/L", "age": "54 a"}


def grey(*not_available: str) -> Report:
    said = said_of(measured=GREY, sex="female", paraesthesia="present")
    return replace(report_of(said), not_available=not_available)


def test_a_result_that_would_flip_the_headline_stands_with_its_edge_and_what_it_would_say() -> None:
    changes = would_change(grey().interpretation)

    assert [(change.sentence, change.now) for change in changes.measured] == [
        (
            "MMA above 0.75 µmol/L: functional B12 deficiency (supported, not established), on condition.",
            "not measured; cost: lowest of five bands",
        ),
        ("Active B12 below 25 pmol/L: B12 deficiency.", "not measured; cost: moderate of five bands"),
    ]
    assert [cited.source.short for change in changes.measured for cited in change.cited] == [
        "Paris A 2023",
        "NICE 2024",
    ]


def test_a_given_amount_is_moved_to_its_nearest_edge() -> None:
    (change,) = would_change(grey().interpretation).given

    assert change.sentence == "Total B12 below 180 ng/L: B12 deficiency, on condition."
    assert change.now == "300 ng/L"


def test_answers_that_lead_to_the_same_share_one_line_and_the_rest_of_them_is_folded() -> None:
    (change,) = would_change(grey().interpretation).asked

    assert len(change.results) == 6
    assert change.results[0] == "B12 injection"
    assert change.sentence.startswith("Any one of: B12 injection; B12 tablets or sprays; ")
    assert f"; or {len(change.more)} more: this B12 result cannot be interpreted" in change.sentence


def test_an_edge_in_another_unit_stands_with_the_patients_in_brackets() -> None:
    said = small({"measured": {"total_b12": {"value": "150", "unit": "pmol/L"}}})

    assert [one.sentence for one in would_change(said).given] == [
        "Total B12 below 180 ng/L (132.8 pmol/L): deficiency, on condition.",
        "Total B12 above 350 ng/L (258.2 pmol/L): nothing can be said of B12 yet.",
    ]


def test_fallback_limits_are_said_to_be_that() -> None:
    said = said_of(measured={"total_b12": "400 ng/L", "age": "54 a"}, sex="female")
    fallback = {one.fallback for one in would_change(said).given if "between" not in one.sentence}

    assert "Fallback limits: no interval of the laboratory was given." in fallback


def test_a_test_without_a_known_cost_is_only_not_measured() -> None:
    said = small(
        LOW,
        findings__mma={"label": "MMA", "group": "b12", "states": ["normal", "high"]},
        investigations__mma_test__measures=["mma"],
        investigations__mma_test__cost=None,
        rules__deficient_total__unless="mma is normal",
    )

    assert [(one.results, one.now) for one in would_change(said).measured] == [
        (("MMA is normal",), "not measured")
    ]


def test_only_a_full_report_has_it() -> None:
    assert report_of(grey().interpretation, full=False).would_change is None


def test_what_is_not_available_is_said_in_the_list_and_in_every_copied_length() -> None:
    report = grey("mma_test", "thyroid_panel")

    assert "Methylmalonic acid" not in [one.name for one in report.investigations]
    assert [(one.name, one.instead) for one in report.lacking] == [
        ("Methylmalonic acid", f"{ALSO}: Active B12 (holotranscobalamin).")
    ]
    assert [one.name for one in report.also_not_available] == ["Thyroid panel"]
    for text in (report.line, report.brief):
        assert "Re-ranked without: Methylmalonic acid (not available here)." in text
    assert "Not available here\n- Methylmalonic acid: One result" in report.text
    assert "not available here" not in grey().text.lower()


def test_a_panel_says_which_of_its_parts_cannot_be_had_and_which_parts_are_left_of_one_that_cannot() -> None:
    said = said_of(measured={"total_b12": "1250 ng/L", "age": "54 a"}, jaundice="present")
    without_part = replace(report_of(said), not_available=("lft_panel",))
    without_panel = replace(report_of(said), not_available=("raised_b12_first_panel",))

    assert without_part.investigations[0].without == ("Liver function tests",)
    assert without_panel.lacking[0].instead.startswith("Part of it, by itself: Full blood count with film, ")


def test_what_would_change_it_is_copied_with_the_full_text() -> None:
    text = grey().text

    assert "What would change this\n- MMA above 0.75 µmol/L: functional B12 deficiency" in text


def test_each_copied_length_names_release_guideline_and_limits() -> None:
    report = grey()

    for text in (report.line, report.brief, report.text):
        assert "knowledge release 2026.11.1" in text
        assert "read by NICE NG239 (2024)" in text
        assert "between 180 and 350 ng/L (NICE NG239)" in text
