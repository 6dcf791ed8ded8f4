"""Communes asked by name or postal code."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from espace.groups import territory
from espace.groups.territory import communes, normalised, search

a_commune = st.sampled_from(sorted(communes().values(), key=lambda commune: commune.code))
SPELLINGS = (
    str.upper,
    str.lower,
    lambda name: name.replace("-", " "),
    lambda name: name.replace("'", "’"),
    lambda name: name.replace("Saint-", "St ").replace("Sainte-", "ste "),
    normalised,
)


@given(a_commune, st.sampled_from(SPELLINGS))
@settings(max_examples=60, deadline=None)
def test_every_commune_is_found_by_its_name_however_it_is_written(commune, spelling):
    found = search(spelling(commune.name), limit=60)
    same_name = [each for each in found if each.key == commune.key]
    assert commune in same_name


@given(a_commune)
@settings(max_examples=200, deadline=None)
def test_every_commune_is_found_by_each_of_its_postal_codes(commune):
    assert commune.postal_codes
    for postal_code in commune.postal_codes:
        assert commune in search(postal_code)
        assert commune in search(f"{postal_code} {commune.name}")


@given(a_commune)
@settings(max_examples=200, deadline=None)
def test_every_commune_has_a_departement_a_region_and_a_clock(commune):
    assert commune.departement_name
    assert territory.regions()[commune.region].name
    assert ZoneInfo(commune.time_zone)


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_short_list(text):
    assert len(search(text)) <= 46
    assert normalised(normalised(text)) == normalised(text)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Quimper", "29232"),
        ("saint étienne", "42218"),
        ("St-Etienne", "42218"),
        ("l'ile d'yeu", "85113"),
        ("Havre", "76351"),
        ("Bastia", "2B033"),
        ("75012", "75056"),
        ("69003", "69123"),
        ("13 011", "13055"),
        ("97400", "97411"),
    ],
)
def test_the_commune_one_means_comes_first(text, first):
    assert search(text)[0].code == first


def test_one_postal_code_may_name_many_communes():
    found = search("51300")
    assert len(found) > 20
    assert [each.population for each in found] == sorted(
        (each.population for each in found), reverse=True
    )


@pytest.mark.parametrize("text", ["", " ", "a", "123", "999999", "Xyzabc", "00000"])
def test_nothing_is_found_for_a_text_that_names_nothing(text):
    assert search(text) == []


def test_there_are_eighteen_ars_zones_and_overseas_has_its_own():
    assert len(territory.ars_zones()) == 18
    assert territory.ars_zone("04") == "La Réunion"
    assert territory.ars_zone("06") == "Mayotte"
    assert territory.ars_zone("978") == "Guadeloupe"
    assert territory.ars_zone("988") == ""


def test_the_tables_say_their_year_and_licence():
    year, licence = territory.edition()
    assert year == 2026
    assert licence.startswith("Licence Ouverte")


def test_no_arrondissement_is_counted_twice():
    names = [each.name for each in search("Paris") if each.departement == "75"]
    assert names == ["Paris"]
