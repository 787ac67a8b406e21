"""Units, numbers, criteria, citations and review dates in words."""

from datetime import date
from decimal import Decimal

import pytest

from conditions.presenters.citations import cited
from conditions.presenters.pages import category_words, page_of
from conditions.presenters.release import review_of, reviewers_words
from conditions.presenters.words import criterion_words, in_sentence, joined, rounded, unit_words
from conditions.reasoning.criteria import parse
from conditions.reasoning.document import read_document
from tests.make.knowledge import document
from tests.make.releases import release_of
from tests.make.shipped import shipped


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("ng/L", "ng/L"),
        ("umol/L", "µmol/L"),
        ("ug/dL", "µg/dL"),
        ("/uL", "/µL"),
        ("10*9/L", "×10⁹/L"),
        ("10*12/L", "×10¹²/L"),
        ("u[IU]/mL", "µIU/mL"),
        ("m[IU]/L", "mIU/L"),
        ("[arb'U]/mL", "units/mL"),
        ("mL/min/{1.73_m2}", "mL/min/1.73 m²"),
        ("mmol/mol{creat}", "mmol/mol creatinine"),
        ("{INR}", ""),
        ("a", "years"),
    ],
)
def test_a_unit_reads_as_on_a_report(code: str, words: str) -> None:
    assert unit_words(code) == words


def test_no_shipped_unit_shows_its_code() -> None:
    codes = {unit.code for finding in shipped().findings.values() for unit in finding.units}

    assert [code for code in codes if set("[]{}*'") & set(unit_words(code))] == []


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("203.3055", "203.3"),
        ("0.00012345", "0.0001234"),
        ("123456", "123456"),
        ("150.0", "150"),
        ("0.00", "0"),
    ],
)
def test_a_converted_amount_is_shown_to_four_figures(value: str, text: str) -> None:
    assert rounded(Decimal(value)) == text


def test_words_are_joined_as_in_a_sentence() -> None:
    assert [joined(words.split()) for words in ("", "a", "a b", "a b c")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_a_label_keeps_its_abbreviation_within_a_sentence() -> None:
    assert [in_sentence(label) for label in ("Sore tongue", "TSH", "A sign", "B12")] == [
        "sore tongue",
        "TSH",
        "a sign",
        "B12",
    ]


@pytest.mark.parametrize(
    ("criterion", "words"),
    [
        ("total_b12 is deficient", "total B12 is deficient"),
        ("total_b12 is deficient/indeterminate", "total B12 is deficient or indeterminate"),
        ("not total_b12 is high", "total B12 is not high"),
        ("glossitis is present", "a sore tongue"),
        ("glossitis is absent", "a sore tongue: no"),
        ("not glossitis is present", "a sore tongue: no"),
        ("glossitis is present or pregnancy is present", "a sore tongue or pregnant"),
        ("glossitis is absent and pregnancy is absent", "none of: a sore tongue; pregnant"),
        ("glossitis is absent or pregnancy is absent", "a sore tongue: no or pregnant: no"),
        (
            "at least 1 of (glossitis is absent, pregnancy is absent)",
            "a sore tongue: no or pregnant: no",
        ),
        ("total_b12 is high and glossitis is present", "total B12 is high and a sore tongue"),
        (
            "total_b12 is high/sufficient and glossitis is present",
            "total B12 is sufficient or high, and a sore tongue",
        ),
        (
            "total_b12 is high and (glossitis is present or pregnancy is present)",
            "total B12 is high, and (a sore tongue or pregnant)",
        ),
        (
            "at least 2 of (glossitis is present, pregnancy is present, tongue_or_mouth is present)",
            "at least 2 of: a sore tongue; pregnant; tongue or mouth",
        ),
        (
            "at least 2 of (glossitis is present, pregnancy is absent, total_b12 is high)",
            "at least 2 of: a sore tongue; pregnant: no; total B12 is high",
        ),
        ("not (glossitis is present and total_b12 is high)", "not (a sore tongue and total B12 is high)"),
        ("b12_deficiency is established/supported", "B12 deficiency is established or supported"),
        ("b12_state is b12_deficiency", "the leading B12 state is B12 deficiency"),
    ],
)
def test_a_criterion_reads_as_part_of_a_sentence(criterion: str, words: str) -> None:
    assert criterion_words(parse(criterion), read_document(document())) == words


def test_a_value_stands_in_brackets_behind_what_it_is_of() -> None:
    criterion = parse("total_b12 is deficient and not glossitis is present")

    words = criterion_words(criterion, read_document(document()), lambda leaf: f"value of {leaf.name}")

    assert words == "total B12 is deficient (value of total_b12) and a sore tongue: no (value of glossitis)"


def test_every_shipped_criterion_can_be_said() -> None:
    for rule in (*shipped().rules.values(), *shipped().recommendations.values()):
        for criterion in filter(None, (rule.when, rule.unless)):
            words = criterion_words(criterion, shipped())
            assert words, rule.slug
            assert words.count("(") == words.count(")"), rule.slug


def test_a_citation_says_grade_and_verification_in_words() -> None:
    knowledge = read_document(document())

    said = cited(knowledge.rules["deficiency_with_glossitis"].citation, knowledge)

    assert (said.source.short, said.grade_words, said.verification_words) == (
        "Vitamin B12 deficiency in over 16s 2024",
        "cases, small or indirect studies",
        "read in the source itself",
    )


@pytest.mark.parametrize(
    ("source", "short", "url"),
    [
        (
            {"authors": "Stabler SP", "year": 2013, "doi": "10.1/x"},
            "Stabler SP 2013",
            "https://doi.org/10.1/x",
        ),
        (
            {"authors": "Devalia V, Hamilton M", "pmid": "12"},
            "Devalia V",
            "https://pubmed.ncbi.nlm.nih.gov/12/",
        ),
        ({"authors": "Not recorded", "url": "https://x.org/a"}, "A title", "https://x.org/a"),
        ({"authors": "Institute for a Very Long Name of Some Kind", "published_in": "INST"}, "INST", ""),
        ({"url": "javascript:alert(1)"}, "A title", ""),
    ],
)
def test_a_source_is_cited_shortly_with_a_safe_address(
    source: dict[str, object], short: str, url: str
) -> None:
    knowledge = read_document(document(sources__nice_ng239={"title": "A title", **source}))

    said = cited(knowledge.rules["grey_total"].citation, knowledge).source

    assert (said.short, said.url) == (short, url)


def test_statements_past_their_review_date_are_counted() -> None:
    knowledge = read_document(
        document(rules__grey_total__review_by="2026-11-19", rules__deficient_total__review_by="2027-01-01")
    )

    review = review_of(knowledge, date(2026, 11, 20))

    assert (review.dated, review.next, review.past) == (2, date(2026, 11, 19), 1)


def test_nothing_is_due_where_no_date_was_set() -> None:
    review = review_of(read_document(document()), date(2026, 11, 20))

    assert (review.dated, review.next, review.past) == (0, None, 0)


def test_a_release_says_who_answers_for_it() -> None:
    knowledge = read_document(document())

    assert reviewers_words(release_of(knowledge)) == (
        "It shipped with the software: no named clinician has reviewed it."
    )


def test_a_page_links_what_travels_with_it_from_both_sides() -> None:
    cites = {"source": "textbook", "grade": "D", "verification": "unverified"}
    knowledge = read_document(
        document(
            conditions__vitiligo={"name": "Vitiligo", "kind": "disease"},
            conditions__pernicious_anaemia__associations=[
                {"condition": "vitiligo", "frequency": "1%", **cites}
            ],
        )
    )

    there, back = page_of("pernicious_anaemia", knowledge), page_of("vitiligo", knowledge)

    assert [(one.condition.slug, one.frequency) for one in there.associations] == [("vitiligo", "1%")]
    assert [(one.condition.slug, one.frequency) for one in back.travels_with] == [
        ("pernicious_anaemia", "1%")
    ]


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("autoimmune-gastric", "Autoimmune, gastric"),
        ("GI-surgical", "GI, surgical"),
        ("b12_state", "B12 states"),
        ("critical-illness", "Critical illness"),
    ],
)
def test_a_category_reads_as_words(slug: str, words: str) -> None:
    assert category_words(slug) == words
