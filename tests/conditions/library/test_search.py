"""One search over everything: however it is spelt, the same each time, and never a stranger's nonsense."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from conditions.library.index import index_of, plain
from conditions.library.search import KINDS, grouped, search
from conditions.reasoning.document import read_document
from tests.make.knowledge import document
from tests.make.shipped import shipped

SEARCHES = yaml.safe_load((Path(__file__).parent / "data" / "searches.yaml").read_text(encoding="utf-8"))


def found(typed: str) -> list[str]:
    return [f"{hit.entry.kind} {hit.entry.link.slug}" for hit in search(typed, shipped())]


@pytest.mark.parametrize(("typed", "wanted"), SEARCHES["first"].items())
def test_it_is_found_first(typed: str, wanted: str) -> None:
    assert found(typed)[:1] == [wanted]


@pytest.mark.parametrize(("typed", "wanted"), SEARCHES["top_three"].items())
def test_it_is_among_the_first_three(typed: str, wanted: str) -> None:
    assert wanted in found(typed)[:3]


def test_every_condition_and_investigation_is_found_first_by_its_own_name() -> None:
    knowledge = shipped()
    names = [*((c.name, s) for s, c in knowledge.conditions.items())]
    names += [(i.name, s) for s, i in knowledge.investigations.items()]

    missed = [name for name, slug in names if slug not in [f.split()[1] for f in found(name)[:2]]]

    assert missed == []


def test_everything_that_has_a_page_can_be_found() -> None:
    knowledge = shipped()
    listed = {f"{entry.kind} {entry.link.slug}" for entry in index_of(knowledge).entries}

    assert {one.split()[0] for one in listed} == set(KINDS)
    assert {f"investigation {slug}" for slug in knowledge.investigations} <= listed
    assert {f"note {slug}" for slug in knowledge.notes} <= listed
    assert {f"source {slug}" for slug in knowledge.sources} - listed == {"source not_looked_up"}
    for slug in knowledge.findings:
        assert {f"finding {slug}", f"medicine {slug}"} & listed, slug
    for slug in knowledge.conditions:
        assert {f"condition {slug}", f"medicine {slug}"} & listed, slug


@pytest.mark.parametrize("typed", ["", "   ", "?!", "xyzzyq", "☃", "the of"])
def test_what_is_nothing_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_what_is_too_long_is_cut() -> None:
    assert found("metformin " + "x" * 10_000) == found(("metformin " + "x" * 10_000)[:100])


SMALL, SMALL_AGAIN = read_document(document()), read_document(document())


@given(st.text(max_size=40))
def test_any_text_is_answered_best_first_and_the_same_from_a_release_read_again(typed: str) -> None:
    hits = search(typed, SMALL)

    assert hits == search(typed, SMALL_AGAIN)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 < hit.score <= 1 for hit in hits)


def test_british_and_american_spelling_are_one() -> None:
    for british, american in (("anaemia", "anemia"), ("oestrogen", "estrogen"), ("tumour", "tumor")):
        assert plain(british) == plain(american)
    assert plain("Vitamin B-12") == plain("vitamin b 12") == ("vitamin", "b12")
    assert plain("Sjögren’s") == plain("sjogrens")


def test_the_kind_of_the_best_hit_comes_first_and_the_rest_is_counted() -> None:
    first, *_ = parts = grouped(search("pernicous anemia", shipped()), most=2)

    assert (first.kind, first.shown[0].slug) == ("condition", "pernicious_anaemia")
    assert all(len(part.shown) <= 2 for part in parts)
    assert next(part for part in parts if part.kind == "source").more > 0
