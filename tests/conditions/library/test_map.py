"""The map of autoimmune disease and B12: the drawings and the tables say the same, and what the release says."""

import re
from itertools import pairwise

import pytest
from django.test import Client

from conditions.models import Release
from conditions.presenters.autoimmune_map import map_of
from conditions.presenters.map_drawing import Picture, pictures_of
from conditions.reasoning.document import read_document
from tests.make.knowledge import document
from tests.make.shipped import shipped

LINK = r'data-from="([^"]*)" data-to="([^"]*)" data-grade="([A-D])"'


@pytest.mark.django_db
def test_the_drawings_and_the_tables_say_the_same_row_by_row(client: Client, release: Release) -> None:
    said = client.get("/library/map/").content.decode()
    first, second = said.split('<h2 id="thoughts">')
    changes, pairs = first.split('<h3 id="pairs">')

    rows = re.findall(f"<tr {LINK}", changes)
    assert rows == re.findall(f'<path class="map-line[^>]*{LINK}', first)
    assert rows
    rows = re.findall(f"<tr {LINK}", pairs)
    assert rows == re.findall(f'<path class="map-arc[^>]*{LINK}', first)
    assert rows
    rows = re.findall(f"<tr {LINK}", second)
    assert rows == re.findall(f'<path class="map-line[^>]*{LINK}', second)
    assert rows


def test_every_effect_of_every_autoimmune_condition_is_on_the_map() -> None:
    knowledge, found = shipped(), map_of(shipped())
    chosen = [c for c in knowledge.conditions.values() if c.autoimmune]

    assert {one.slug for one in found.conditions} == {c.slug for c in chosen}
    assert sorted((one.condition.slug, one.direction, one.cited.grade) for one in found.changes) == sorted(
        (c.slug, e.direction, e.citation.grade) for c in chosen for e in c.effects
    )
    assert sorted((one.first.slug, one.second.slug) for one in found.pairs) == sorted(
        (c.slug, a.condition)
        for c in chosen
        for a in c.associations
        if knowledge.conditions[a.condition].autoimmune
    )


def test_a_finding_of_b12_leads_back_to_the_disease() -> None:
    thoughts = map_of(shipped()).thoughts
    low = "A low or grey-zone B12 or a raised metabolite"

    assert [one.criterion for one in thoughts if (one.finding, one.condition.slug) == (low, "vitiligo")] == [
        "White patches of skin, and a low or grey-zone B12 or a raised metabolite"
    ]
    assert ("Total B12 against the ALPS criterion is met", "alps") in {
        (one.finding, one.condition.slug) for one in thoughts
    }
    assert {one.effect for one in thoughts} == {"establishes it", "speaks for it"}


@pytest.mark.parametrize("name", ["changes", "thoughts"])
def test_no_two_names_lie_on_each_other_and_all_lie_within(name: str) -> None:
    picture: Picture = getattr(pictures_of(shipped()), name)

    for side in (picture.left, picture.right):
        lines = sorted(line.y for one in side for line in one.lines)
        assert all(second - first >= 14 for first, second in pairwise(lines))
        assert all(0 < y < picture.height for y in lines)


def test_a_release_without_autoimmune_conditions_has_an_empty_map() -> None:
    bare = document()
    for condition in bare["conditions"].values():
        condition["autoimmune"] = False
    knowledge = read_document(bare)

    assert map_of(knowledge).conditions == ()
    assert pictures_of(knowledge).thoughts.lines == ()
