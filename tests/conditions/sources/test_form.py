"""The form of a source's identifiers, said in sentences and held by the database."""

import pytest
from django.core.exceptions import ValidationError

from conditions.files import read_files
from conditions.models import Source


def said(**fields: str) -> dict[str, list[str]]:
    """What is wrong with a source of these identifiers, field by field."""
    try:
        Source(slug="one", title="One", **fields).clean_fields()
    except ValidationError as error:
        return error.message_dict
    return {}


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("doi", "https://doi.org/10.5555/12345678", "Write the DOI alone: 10.5555/12345678."),
        ("doi", "doi: 10.5555/12345678", "Write the DOI alone: 10.5555/12345678."),
        (
            "doi",
            "11.5555/1",
            "“11.5555/1” is no DOI: it begins with 10., a number of four digits or more and a stroke, and has no spaces.",
        ),
        (
            "pmid",
            "PMID: 123",
            "“PMID: 123” is no PubMed number: it has one to eight digits, and nothing else. Write 123.",
        ),
        ("pmid", "0", "“0” is no PubMed number: it has one to eight digits, and nothing else."),
        (
            "url",
            "ftp://example.org/a",
            "“ftp://example.org/a” is no address: it begins with https:// or http://, names a host and has no spaces.",
        ),
        (
            "url",
            "javascript:alert(1)",
            "“javascript:alert(1)” is no address: it begins with https:// or http://, names a host and has no spaces.",
        ),
        (
            "url",
            "https://user@example.org/",
            (
                "“https://user@example.org/” is no address: it begins with https:// or http://, names a host and has no"
                " spaces."
            ),
        ),
    ],
)
def test_what_has_another_form_is_said_at_its_field(field: str, text: str, sentence: str) -> None:
    assert said(**{field: text}) == {field: [sentence]}


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("doi", "10.5555/12345678"),
        ("doi", "10.1016/S0140-6736(05)77953-0"),
        ("doi", "10.1000.10/123(a)<b>;2-#"),
        ("pmid", "7"),
        ("pmid", "38507561"),
        ("url", "https://www.example.org/guidance/ng239?a=b#c"),
        ("url", "http://example.org"),
    ],
)
def test_what_has_the_form_passes(field: str, text: str) -> None:
    assert said(**{field: text}) == {}


def test_every_shipped_source_has_the_form() -> None:
    wrong = {}
    for slug, source in read_files()["sources"].items():
        if problems := said(**{key: source.get(key, "") for key in ("doi", "pmid", "url")}):
            wrong[slug] = problems
    assert wrong == {}
