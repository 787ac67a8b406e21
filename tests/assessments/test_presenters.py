"""The report in words: what it says, what it leaves open, and in which mood."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from assessments.exports.answer import answer_of
from assessments.presenters.conditional import rest_of
from assessments.presenters.report import Report
from conditions.reasoning.cases import interpret_case
from conditions.reasoning.criteria import parse
from tests.make.releases import release_of
from tests.make.reports import LOW, TOTAL_IN_THE_REPORT, report_of, small
from tests.make.said import said_of
from tests.make.shipped import shipped

ORDERS = frozenset(
    [
        "start",
        "stop",
        "give",
        "measure",
        "order",
        "treat",
        "refer",
        "check",
        "do",
        "take",
        "avoid",
        "use",
        "repeat",
        "test",
        "consider",
        "exclude",
        "send",
        "prescribe",
        "begin",
        "continue",
        "seek",
        "arrange",
        "perform",
        "obtain",
        "screen",
        "monitor",
        "inject",
        "replace",
        "transfuse",
        "admit",
        "call",
        "discuss",
        "beware",
        "remember",
        "rule",
        "look",
    ]
)


def page(report: Report) -> str:
    return render_to_string("assessments/partials/report.html", {"report": report})


def words_of(html: str) -> str:
    """The page as it is read aloud."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def orders_in(text: str) -> list[str]:
    """The sentences of the text that begin with an imperative."""
    sentences = re.split(r"(?<=[.:;])\s+", text)
    return [s for s in sentences if (first := re.match(r"[A-Za-z]+", s)) and first[0].lower() in ORDERS]


def test_where_much_is_waited_for_the_first_are_named() -> None:
    several = " or ".join(f"sign_{n} is present" for n in range(8))
    changes = {
        f"findings__sign_{n}": {"label": f"Sign {n}", "group": "mouth", "states": ["present", "absent"]}
        for n in range(8)
    }
    when = f"pregnancy is absent and ({several})"

    (line,) = report_of(
        small({**LOW, "stated": {"pregnancy": "absent"}}, **changes, recommendations__measure_mma__when=when)
    ).if_lines

    assert line.says == (
        "If sign 0, sign 1, sign 2, sign 3, sign 4, sign 5 or 2 more were so:"
        " Methylmalonic acid would settle it."
    )


def test_page_and_command_say_the_same_sentence() -> None:
    for case in list(shipped().cases.values())[::7]:
        said = interpret_case(case, shipped())
        answered = answer_of(said, release_of(shipped()))["headline"]["sentence"]
        report = report_of(said, full=False)

        assert escape(answered) in words_of(page(report))
        assert answered in report.text


def test_a_rule_stands_with_this_patients_values_and_whose_it_is() -> None:
    said = said_of(measured={"total_b12": "150 ng/L"}, metformin="present", sex="male")
    line = next(line for line in report_of(said).states if line.condition == "b12_deficiency")

    reason = next(reason for reason in line.towards if reason.rule == "total_deficient")

    assert (
        reason.criterion
        == "Total B12 is deficient (150 ng/L is below 180 ng/L) and guideline in use is not BMJ Best Practice"
    )
    assert reason.unless == "pregnant or taking oestrogen (no)"
    assert (reason.cited.source.short, reason.cited.grade) == ("NICE 2024", "A")
    assert reason.cited.source.url == "https://www.nice.org.uk/guidance/ng239"
    assert reason.cited.verification_words == "read where another quotes it"


def test_a_rule_set_aside_says_what_set_it_aside() -> None:
    said = said_of(measured={"total_b12": "150 ng/L"}, pregnancy="present")
    line = next(line for line in report_of(said).states if line.condition == "b12_deficiency")

    reason = next(reason for reason in line.set_aside if reason.rule == "total_deficient")

    assert reason.spoilt_by == "pregnant or taking oestrogen"


def test_every_value_is_read_back_with_its_unit_its_limits_and_whose_they_are() -> None:
    said = said_of(measured={"total_b12": TOTAL_IN_THE_REPORT, "mcv": "112 fL", "age": "54 a"}, sex="female")

    amounts = {amount.finding: amount for amount in report_of(said).amounts}
    total, mcv = amounts["total_b12"], amounts["mcv"]

    assert (total.value, total.interval, total.also) == ("1250 ng/L", "197 to 771 ng/L", ("922.3 pmol/L",))
    assert [(one.state, one.limits, one.scheme) for one in total.scales] == [
        ("sufficient", "above 350 ng/L", "NICE NG239")
    ]
    assert ("above the upper limit", "above 771 ng/L", "interval on the report") in [
        (one.state, one.limits, one.scheme) for one in total.second_scales
    ]
    assert [(one.state, one.fallback) for one in mcv.scales] == [("high", True)]
    assert mcv.scales[0].scheme == "fallback limits: no interval of the laboratory was given"


def test_a_computed_number_shows_its_formula() -> None:
    said = said_of(measured={"creatinine": "80 umol/L", "age": "54 a"}, sex="female")

    computed = report_of(said).amounts[-1]

    assert (computed.finding, computed.value) == ("egfr", "75 mL/min/1.73 m²")
    assert "0.9938^age" in computed.formula
    assert computed.formula_source.startswith("Inker LA et al.")


def test_what_is_missing_says_what_it_could_change() -> None:
    report = report_of(said_of(measured={"total_b12": "150 ng/L"}))

    found = {one.finding: (one.name, one.measured, one.headline) for one in report.missing_for_headline}

    assert found["pregnancy"] == ("pregnant", False, True)
    assert found["mma"][1:] == (True, True)


def test_the_copied_line_carries_the_condition_and_the_release() -> None:
    line = report_of(said_of(measured={"total_b12": "150 ng/L"})).line

    assert "Holds unless pregnant or taking oestrogen: not asked." in line
    assert line.endswith(
        "Cobalt, knowledge release 2026.11.1, not reviewed by a named clinician, read by NICE NG239 (2024)."
    )


def test_reporting_a_problem_carries_nothing_of_the_patient(settings: Any) -> None:
    settings.COBALT_PROBLEM_ADDRESS = "help@example.org"
    report = report_of(said_of(measured={"total_b12": "150 ng/L"}))

    assert report.problem_address == "mailto:help@example.org?subject=Cobalt%20release%202026.11.1"


@pytest.mark.parametrize(
    ("address", "offered"),
    [("", ""), ("https://example.org/new", "https://example.org/new"), ("javascript:alert(1)", "")],
)
def test_a_problem_is_reported_only_where_an_address_is_set(
    settings: Any, address: str, offered: str
) -> None:
    settings.COBALT_PROBLEM_ADDRESS = address

    assert report_of(said_of()).problem_address == offered


def test_what_is_still_open_of_a_criterion_leaves_out_what_is_decided() -> None:
    known = {"a": {"present"}, "b": {"absent"}}

    def rest(text: str) -> str:
        return str(rest_of(parse(text), known))

    assert rest("a is present and c is present") == "c is present"
    assert rest("b is present or c is present") == "c is present"
    assert rest("at least 2 of (a is present, b is present, c is present, d is present)") == (
        "c is present or d is present"
    )
    assert rest("a is present or c is present") == "None"
    assert rest("b is present and c is present") == "None"
    assert rest("not c is present") == "not c is present"


def test_the_page_says_what_it_is_and_what_it_is_not() -> None:
    said = words_of(page(report_of(said_of(measured={"total_b12": "150 ng/L"}))))

    for words in (
        "Not for emergencies",
        "Not a certified medical device",
        "Knowledge release 2026.11.1, 20 November 2026",
        "no named clinician has reviewed it",
        "there has been no clinical study",
        "Nothing entered here is stored",
    ):
        assert words in said


def test_the_next_review_is_told_or_that_none_is_set() -> None:
    dated = small(LOW, rules__grey_total__review_by="2027-02-01")

    assert "No date of the next review has been set." in words_of(page(report_of(small(LOW))))
    assert "Next review: 1 February 2027." in words_of(page(report_of(dated)))


def test_statements_past_their_review_date_are_said_to_be() -> None:
    past = small(LOW, rules__grey_total__review_by="2020-02-01")

    assert re.search(r"1 of \d+ statements are past their review date", words_of(page(report_of(past))))


def test_the_page_has_one_root_and_no_script_or_style() -> None:
    html = page(report_of(said_of(measured={"total_b12": "150 ng/L"}, metformin="present")))

    assert html.strip().startswith('<section id="report"')
    assert html.count('id="report"') == 1
    assert not re.search(r"<script|<style| style=| on[a-z]+=", html)
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("start", range(4))
def test_every_shipped_case_makes_a_page_without_orders(start: int) -> None:
    for number, case in enumerate(list(shipped().cases.values())[start::4]):
        report = report_of(interpret_case(case, shipped()), full=bool(case.published) or number % 10 == 0)

        assert 'class="report-sentence"' in page(report), case.slug
        assert (case.slug, orders_in(report.headline.sentence + " " + report.text)) == (case.slug, [])
        words, _, line = report.text.rpartition("\n")
        assert "{" not in words
        assert line == report.machine_line


def test_nothing_that_ships_is_an_order() -> None:
    assert {name: said for name, text in shipped_sentences() if (said := orders_in(text))} == {}


def shipped_sentences() -> Iterator[tuple[str, str]]:
    knowledge = shipped()
    yield from ((f"rule {r.slug}", r.says) for r in knowledge.rules.values())
    yield from ((f"recommendation {r.slug}", r.says) for r in knowledge.recommendations.values())
    for condition in knowledge.conditions.values():
        yield (
            f"condition {condition.slug}",
            f"{condition.summary} {condition.caution} {condition.confirmation}",
        )
    for one in knowledge.investigations.values():
        yield f"investigation {one.slug}", f"{one.question} {one.preparation} {one.pitfalls}"
