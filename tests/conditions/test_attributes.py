"""The thirteen things that a rule says of itself."""

from datetime import date
from typing import Any

import pytest

from conditions.curation.dates import dates_of_rules
from conditions.presenters.attributes import Attribute, Dates, attributes_of, uses_of
from conditions.reasoning.document import KnowledgeError, read_document
from conditions.releases import publish
from tests.make.knowledge import document
from tests.make.shipped import shipped

OURS = {"us": {"name": "Ourselves", "funding": "none stated", "usual": True}}


def small(**changes: Any) -> tuple[Attribute, ...]:
    knowledge = read_document(document(**{"developers": OURS, **changes}))
    dates = {"deficient_total": Dates(date(2026, 11, 1), (date(2026, 12, 1), date(2027, 1, 1)))}
    return attributes_of(knowledge.rules["deficient_total"], knowledge, dates)


def test_a_rule_gives_account_of_thirteen_things() -> None:
    assert small(findings__pregnancy__attributes=["health_status"], rules__deficient_total__place="1.3") == (
        Attribute("Bibliographic citation", "Vitamin B12 deficiency in over 16s. 2024, 1.3"),
        Attribute("Developer", "Ourselves"),
        Attribute("Funding", "none stated"),
        Attribute("Released and revised", "released 2026-11-01, revised 2026-12-01 and 2027-01-01"),
        Attribute("Uses race", "no"),
        Attribute("Uses ethnicity", "no"),
        Attribute("Uses language", "no"),
        Attribute("Uses sexual orientation", "no"),
        Attribute("Uses gender identity", "no"),
        Attribute("Uses sex", "no"),
        Attribute("Uses date of birth (age)", "no"),
        Attribute("Uses social determinants of health", "no"),
        Attribute("Uses health status assessments", "yes: pregnant"),
    )


def test_a_rule_may_name_its_own_developer() -> None:
    others = {**OURS, "others": {"name": "Others", "funding": "a grant"}}
    told = {
        one.label: one.value for one in small(developers=others, rules__deficient_total__developer="others")
    }
    assert (told["Developer"], told["Funding"]) == ("Others", "a grant")
    with pytest.raises(KnowledgeError, match="no developer called nobody"):
        small(rules__deficient_total__developer="nobody")


def test_what_is_used_is_found_behind_definitions_scales_limits_and_states() -> None:
    knowledge = shipped()
    used = {slug: uses_of(rule, knowledge) for slug, rule in knowledge.rules.items()}
    assert (
        used["raised_total"].keys() <= {"sex", "date_of_birth", "health_status"}
        if "raised_total" in used
        else True
    )
    haemoglobin = next(rule for rule in knowledge.rules.values() if "haemoglobin is" in str(rule.when))
    assert {"sex", "date_of_birth"} <= uses_of(haemoglobin, knowledge).keys()


def test_an_attribute_that_is_none_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="no attribute called shoe_size"):
        read_document(document(findings__pregnancy__attributes=["shoe_size"]))


@pytest.mark.django_db
def test_the_dates_follow_from_the_releases(nothing_published: None, time_machine: Any) -> None:
    for day, says in (("2026-11-01", "One."), ("2026-12-01", "Two."), ("2027-01-01", "Two.")):
        time_machine.move_to(f"{day} 12:00")
        given = document(rules__grey_total__says=says, sources__textbook__note=day)
        release = publish(document=given, origin="shipped", notes="Why.")
    dates = dates_of_rules(release)
    assert dates["grey_total"] == Dates(date(2026, 11, 1), (date(2026, 12, 1),))
    assert dates["measure_mma"] == Dates(date(2026, 11, 1))
