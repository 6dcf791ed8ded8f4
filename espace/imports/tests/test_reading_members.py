"""Lists of members, in the shapes GEM keep them."""

import json
from pathlib import Path

import pytest

from espace.imports.reading import Kind, Reading, apply_answers, to_json
from espace.imports.tests.seen import Rows, see


def years(reading: Reading) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {person.label: [] for person in reading.people}
    for one in reading.memberships:
        found[reading.people[one.person].label].append(one.year)
    return found


def list_of(tmp_path: Path, rows: Rows, name: str = "Adhérents 2026") -> Reading:
    reading = see(tmp_path, (name, rows))
    assert reading.kind is Kind.MEMBERS
    return reading


def test_two_lines_of_titles_are_one(tmp_path: Path) -> None:
    reading = list_of(
        tmp_path,
        [
            ["Nom", "Prénom", "Coordonnées", "", "Cotisations", ""],
            ["", "", "Tél", "Mail", "2025", "2026"],
            ["ABADIE", "Zoé", "06 11 22 33 44", "z@exemple.test", "x", ""],
            ["URVOY", "Loïc", "06 11 22 33 45", "", "x", "10 €"],
        ],
    )
    assert years(reading) == {"Zoé A.": [2025], "Loïc U.": [2025, 2026]}


def test_former_members_stay_outside(tmp_path: Path) -> None:
    reading = list_of(
        tmp_path,
        [
            ["Nom", "Prénom", "Statut", "Cotisation", "Tél"],
            ["ABADIE", "Zoé", "actif", "oui", "06"],
            ["URVOY", "Loïc", "radié", "oui", "06"],
            ["Anciens adhérents"],
            ["HAMON", "Denis", "", "oui", "06"],
        ],
    )
    assert years(reading) == {"Zoé A.": [2026]}
    assert "2 anciens adhérents ne sont pas ajoutés." in reading.notes


def test_a_lone_surname_never_becomes_a_first_name(tmp_path: Path) -> None:
    reading = list_of(
        tmp_path,
        [
            ["Nom", "Cotisation", "Téléphone"],
            ["KERGUELENEC", "oui", "06"],
            ["Kerguelenec", "oui", "06"],
            ["LE KERGUELENEC", "oui", "06"],
            ["KERGUELENEC Nadia", "oui", "06"],
        ],
    )
    assert list(years(reading)) == ["Nadia K."]
    assert [line.line for line in reading.unreadable] == [2, 3, 4]
    assert "kerguelenec" not in json.dumps(to_json(reading)).casefold()


def test_a_missing_first_name_leaves_the_line_out(tmp_path: Path) -> None:
    reading = list_of(
        tmp_path,
        [
            ["Nom", "Prénom", "Cotisation", "Tél"],
            ["KERGUELENEC", "", "oui", "06"],
            ["ABADIE", "Zoé", "oui", "06"],
        ],
    )
    assert list(years(reading)) == ["Zoé A."]
    assert reading.unreadable[0].line == 2


def test_titles_that_may_hide_a_name_are_said_by_their_letter(tmp_path: Path) -> None:
    reading = list_of(
        tmp_path,
        [
            ["Nom", "Prénom", "Cotisation", "Tél", "Suivi par Kerguelenec"],
            ["ABADIE", "Zoé", "oui", "06 11 22 33 44", "secret"],
        ],
    )
    assert "La colonne E" in reading.dropped
    assert "La colonne « Tél »" in reading.dropped
    assert "Kerguelenec" not in json.dumps(to_json(reading))


def test_the_year_is_asked_when_nobody_wrote_it(tmp_path: Path) -> None:
    reading = list_of(
        tmp_path,
        [["Nom", "Prénom", "Cotisation", "Tél"], ["ABADIE", "Zoé", "oui", "06"]],
        "Liste",
    )
    assert [q.id for q in reading.questions] == ["liste"]
    assert years(reading) == {"Zoé A.": [2026]}
    assert years(apply_answers(reading, {"liste": "2025"})) == {"Zoé A.": [2025]}


@pytest.mark.parametrize(
    ("cell", "paid", "cents"),
    [
        ("OUI", True, None),
        ("x", True, None),
        ("10 €", True, 1000),
        ("12,50€", True, 1250),
        (15, True, 1500),
        ("gratuit", True, 0),
        ("payé le 03/02/2026", True, None),
        ("05/02/2026", True, None),
        ("non", False, None),
        ("", False, None),
        ("en attente", False, None),
        (0, False, None),
        ("?", False, None),
    ],
)
def test_a_fee_is_read_as_people_write_it(
    tmp_path: Path, cell: str | int, paid: bool, cents: int | None
) -> None:
    reading = list_of(
        tmp_path,
        [
            ["Nom", "Prénom", "Cotisation", "Tél"],
            ["ABADIE", "Zoé", cell, "06"],
            ["URVOY", "Loïc", "oui", "06"],
        ],
    )
    mine = [one for one in reading.memberships if one.person == 0]
    assert [one.fee_cents for one in mine] == ([cents] if paid else [])
