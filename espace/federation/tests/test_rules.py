"""Rules of the network: headings, communes, values, what a list would do, stages."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace.federation.choices import Stage
from espace.federation.rules.columns import HEADINGS, Column, column_of, layout, why_dropped
from espace.federation.rules.lines import (
    Line,
    read_day,
    read_focus,
    read_list,
    read_phone,
    read_yes_no,
)
from espace.federation.rules.matching import Doubt, Known, Outcome, name_key, plan
from espace.federation.rules.places import Found, Place, find_commune
from espace.federation.rules.reporting import from_json, to_json
from espace.federation.rules.stages import stage_of
from espace.groups.choices import GemStatus
from espace.groups.territory import communes, former_by_name, present_code

QUIMPER = Place(Found.ONE, "29232", "Quimper")
BREST = Place(Found.ONE, "29019", "Brest")
ROUBAIX = Place(Found.ONE, "59512", "Roubaix")
LANDS = {"29232": "29", "29019": "29", "59512": "59"}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Nom du GEM", Column.NAME),
        ("DÉNOMINATION", Column.NAME),
        ("Ville", Column.COMMUNE),
        ("C.P.", Column.POSTAL_CODE),
        ("N° département", Column.DEPARTEMENT),
        ("Public accueilli", Column.FOCUS),
        ("Association gestionnaire", Column.MANAGER),
        ("Tél.", Column.PHONE),
        ("Date d'ouverture", Column.OPENED),
        ("Adhérent FiGEM (oui/non)", Column.FEDERATED),
        ("État", Column.STATUS),
        ("Nom du président", None),
        ("Contact", None),
        ("E-mail", None),
        ("Adresse mail", None),
        ("Tél. portable", None),
        ("Commentaires", None),
    ],
)
def test_headings_are_known_by_their_words(heading, column):
    assert column_of(heading) is column


def test_no_heading_means_two_things():
    words = [word for known in HEADINGS.values() for word in known]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "heading", ["Prénom animatrice", "Courriel", "Mobile", "Date de naissance"]
)
def test_columns_of_people_are_said(heading):
    assert why_dropped(heading)


def test_headings_may_stand_below_a_title():
    found = layout([["Annuaire"], [], ["Ville", "Nom", "Mail"], ["Brest", "GEM", "a@b.fr"]])
    assert found.heading_row == 2
    assert found.places == {Column.COMMUNE: 0, Column.NAME: 1}
    assert [each.heading for each in found.dropped] == ["Mail"]
    assert layout([["Nom", "Prénom"], ["Durand", "Léa"]]) is None


@pytest.mark.parametrize(
    ("cells", "found", "name"),
    [
        ({"commune": "QUIMPER"}, Found.ONE, "Quimper"),
        ({"commune": "29000 Quimper Cedex"}, Found.ONE, "Quimper"),
        ({"commune": "Quimper (29)"}, Found.ONE, "Quimper"),
        ({"commune": "St Brieuc"}, Found.ONE, "Saint-Brieuc"),
        ({"commune": "Paris 12e"}, Found.ONE, "Paris"),
        ({"commune": "Lyon 3ème arrondissement"}, Found.ONE, "Lyon"),
        ({"commune": "Saint-Denis", "postal_code": "93200"}, Found.ONE, "Saint-Denis"),
        ({"commune": "Saint-Denis", "departement": "La Réunion"}, Found.ONE, "Saint-Denis"),
        ({"commune": "Bourg-en-Bresse", "postal_code": "1000"}, Found.ONE, "Bourg-en-Bresse"),
        ({"commune": "Cherbourg-Octeville"}, Found.MERGED, "Cherbourg-en-Cotentin"),
        ({"commune": "Annecy-le-Vieux", "postal_code": "74940"}, Found.MERGED, "Annecy"),
        (
            {"commune": "n'importe quoi", "commune_code": "50173"},
            Found.ONE,
            "Cherbourg-en-Cotentin",
        ),
        ({"commune": "", "postal_code": "29200"}, Found.ONE, "Brest"),
        ({"commune": "Saint-Denis"}, Found.SEVERAL, ""),
        ({"commune": "Trifouillis-les-Oies"}, Found.UNKNOWN, ""),
        ({"commune": ""}, Found.UNKNOWN, ""),
        ({"commune": "Ajaccio", "postal_code": "20000"}, Found.ONE, "Ajaccio"),
    ],
)
def test_communes_are_found_however_they_are_written(cells, found, name):
    place = find_commune(**cells)
    assert (place.found, place.name) == (found, name)


def test_every_former_commune_leads_to_one_of_today():
    former = [each for alike in former_by_name().values() for each in alike]
    assert len(former) > 2_000
    assert {each.present for each in former} <= set(communes())
    assert all(present_code(each.code) for each in former)


@given(st.sampled_from(sorted(communes())))
def test_a_commune_with_its_postal_code_is_found_or_asks(code):
    commune = communes()[code]
    if commune.postal_codes:
        place = find_commune(commune=commune.name, postal_code=commune.postal_codes[0])
        assert place.code == code or place.found is Found.SEVERAL


@given(st.text(max_size=40), st.text(max_size=8), st.text(max_size=8), st.text(max_size=12))
def test_no_text_breaks_the_search_of_a_commune(commune, postal_code, code, departement):
    find_commune(
        commune=commune, postal_code=postal_code, commune_code=code, departement=departement
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2011-04-02", "2011-04-02"),
        ("02/04/2011", "2011-04-02"),
        ("avril 2011", "2011-04-01"),
        ("2 avril 2011", "2011-04-02"),
        ("2011", "2011-01-01"),
        ("29/02/2024", "2024-02-29"),
        ("29/02/2023", ""),
        ("31/04/2011", ""),
        ("bientôt", ""),
        ("1850", ""),
    ],
)
def test_days_are_read(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("02 98 00 11 22", "02 98 00 11 22"),
        ("+33 2.98.00.11.22", "02 98 00 11 22"),
        ("298001122", "02 98 00 11 22"),
        ("06 12 34 56 78", ""),
        ("07-12-34-56-78", ""),
        ("demander Léa", ""),
    ],
)
def test_a_mobile_is_not_kept(text, phone):
    assert read_phone(text) == phone


def test_public_and_yes_are_read():
    assert read_focus("Troubles psychiques") == "psychique"
    assert read_focus("Lésions cérébrales / TC") == "lesion_cerebrale"
    assert read_focus("Autisme (TSA)") == "tsa_tnd"
    assert read_focus("psy et TSA") == "mixte"
    assert read_focus("tout public ?") == ""
    assert [read_yes_no(text) for text in ("Oui", "x", "NON", "peut-être")] == [
        "oui",
        "oui",
        "non",
        "",
    ]


@pytest.mark.parametrize(
    "name",
    ["GEM Les Mouettes rieuses", "Les mouettes rieuses", "G.E.M. LES MOUETTES RIEUSES",
     "Groupe d'Entraide Mutuelle Les Mouettes Rieuses", "Association GEM des Mouettes rieuses"],
)  # fmt: skip
def test_one_name_has_one_key(name):
    assert name_key(name).removeprefix("des ") == "mouettes rieuses"


@given(st.text(max_size=60))
def test_a_name_always_has_a_key(name):
    name_key(name)


def line(number, name="GEM L'Envol", place=QUIMPER, status="preparation", **values):
    return Line(number, name, place, status, values)


def known(name="GEM L'Envol", code="29232", joined=False, number=1, **values):
    town = communes()[code]
    return Known(UUID(int=number), name, code, town.name, town.departement, joined, values)


def outcomes(lines, there=(), distinct=()):
    return [each.outcome for each in plan(lines, (), there, LANDS, distinct).decisions]


def test_a_new_name_is_new_and_a_known_one_is_known():
    assert outcomes([line(2)]) == [Outcome.NEW]
    assert outcomes([line(2, "L'ENVOL")], [known()]) == [Outcome.KNOWN]


def test_the_same_name_far_away_is_new_and_told():
    one = plan([line(2, place=ROUBAIX)], (), [known()], LANDS).decisions[0]
    assert (one.outcome, one.same_name_far) == (Outcome.NEW, "Quimper")


def test_the_same_name_nearby_asks():
    one = plan([line(2, place=BREST)], (), [known()], LANDS).decisions[0]
    assert (one.outcome, one.doubt) == (Outcome.AMBIGUOUS, Doubt.SAME_NAME_NEAR)
    assert outcomes([line(2, place=BREST)], [known()], {2}) == [Outcome.NEW]


def test_a_line_twice_is_refused_and_two_gem_of_one_name_ask():
    twice = plan([line(2), line(3)], (), (), LANDS)
    assert [each.number for each in twice.refused] == [3]
    two = [line(2, address="1 rue A"), line(3, address="9 rue B")]
    assert outcomes(two) == [Outcome.NEW, Outcome.AMBIGUOUS]
    assert outcomes(two, (), {3}) == [Outcome.NEW, Outcome.NEW]


def test_two_gem_of_one_name_once_added_are_told_apart_by_their_address():
    two = [line(2, address="1 rue A"), line(3, address="9 rue B")]
    there = [
        known(number=1, address="1 rue A", phone=""),
        known(number=2, address="9 rue B", phone=""),
    ]
    made = plan(two, (), there, LANDS, {3})
    assert [each.gem_id for each in made.decisions] == [UUID(int=1), UUID(int=2)]
    # Said again to be others, they are not added a third time.
    assert (
        outcomes([line(2, phone="y"), line(3, phone="x")], there, {2, 3}) == [Outcome.AMBIGUOUS] * 2
    )


def test_what_is_written_by_hand_is_proposed_and_what_is_empty_is_filled():
    there = known(address="12 rue du Marché", phone="")
    one = plan([line(2, address="3 quai Sud", phone="02 98")], (), [there], LANDS).decisions[0]
    assert one.outcome is Outcome.UPDATED
    assert one.fills == {"phone": "02 98"}
    assert [(each.field, each.ours) for each in one.proposals] == [("address", "12 rue du Marché")]


def test_the_card_of_a_gem_that_is_here_is_its_own():
    there = known(joined=True, phone="", federated="")
    one = plan([line(2, phone="02 98", federated="oui")], (), [there], LANDS).decisions[0]
    assert one.fills == {"federated": "oui"}
    assert [each.field for each in one.proposals] == ["phone"]


NAMES = st.sampled_from(["GEM A", "GEM B", "Les A"])
PLACES = st.sampled_from([QUIMPER, BREST, ROUBAIX])


@given(st.lists(st.tuples(NAMES, PLACES, st.sampled_from(["", "1 rue A", "2 rue B"])), max_size=8))
def test_adding_a_list_twice_adds_nothing(rows):
    lines = [
        line(number, name, place, **({"address": address} if address else {}))
        for number, (name, place, address) in enumerate(rows, 2)
    ]
    first = plan(lines, (), (), LANDS)
    there = [
        known(
            one.line.name,
            one.line.place.code,
            number=rank + 1,
            address=one.line.values.get("address", ""),
            phone="",
        )
        for rank, one in enumerate(first.of(Outcome.NEW))
    ]
    assert plan(lines, (), there, LANDS).of(Outcome.NEW) == []


def test_lines_that_cannot_be_read_say_why():
    rows = [
        ["Nom", "Ville", "CP"],
        ["GEM A", "Quimper", "29000"],
        ["", "Brest", "29200"],
        ["GEM B", "", ""],
        ["GEM C", "Saint-Denis", ""],
        ["GEM D", "Trifouillis", "99999"],
        ["", "", ""],
        ["x" * 130, "Brest", ""],
    ]
    read = read_list([("GEM", rows)])
    assert [one.number for one in read.lines] == [2]
    assert [(one.number, one.reason.split(".")[0].split(" :")[0]) for one in read.refused] == [
        (3, "Il manque le nom du GEM"),
        (4, "Il manque la commune"),
        (5, "Plusieurs communes possibles"),
        (6, "Commune inconnue"),
        (8, "Le nom est trop long"),
    ]
    assert from_json(to_json(read)) == read


@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=6))
def test_no_table_breaks_the_reading(rows):
    read_list([("", [["Nom", "Ville", "CP", "Public", "Ouverture"], *rows])])


@given(st.sampled_from(GemStatus), st.booleans(), st.booleans(), st.booleans())
def test_every_gem_has_a_stage(status, joined, letter, month):
    stage = stage_of(status, has_joined=joined, letter_waits=letter, month_finished=month)
    if status == GemStatus.FERME:
        assert stage is Stage.CLOSED
    elif status == GemStatus.PAUSE:
        assert stage is Stage.PAUSED
    else:
        assert (stage in (Stage.OPEN, Stage.FIRST_MONTH)) == joined
