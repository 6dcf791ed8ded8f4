"""Answers: each kind moves what it says, can be given twice, and can be taken back."""

from __future__ import annotations

import random
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from espace.imports.reading import Reading, apply_answers, from_json, read, to_json
from espace.imports.reading.names import label, parse, parse_pair
from espace.imports.tests.samples import rolls
from espace.imports.tests.samples.writers import Cell, write_csv, write_xlsx

TODAY = date(2026, 11, 23)
Rows = list[list[Cell]]


def see(tmp_path: Path, *sheets: tuple[str, Rows]) -> Reading:
    return read(write_xlsx(tmp_path / "a.xlsx", sheets), today=TODAY)


def days(reading: Reading) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {person.label: [] for person in reading.people}
    for presence in reading.presences:
        found[reading.people[presence.person].label].append(presence.day.isoformat())
    return found


def answered(reading: Reading, kind: str, value: str) -> Reading:
    question = next(q for q in reading.questions if q.kind.value == kind)
    after = apply_answers(reading, {question.id: value})
    assert apply_answers(after, {question.id: value}) == after
    assert apply_answers(after, {question.id: question.default}) == reading
    assert from_json(to_json(after)) == after
    return after


TYPO = (
    ("Sept 26", [["", 1, 2, 3], ["CORDIER Nadège", "x"], ["ROSSI Zoé", "", "x"]]),
    ("Octo 26", [["", 1, 2, 3], ["CORDIÉ Nadège", "x"], ["ROSSI Zoé", "", "x"]]),
)


def test_same_person_or_not(tmp_path: Path) -> None:
    reading = see(tmp_path, *TYPO)
    assert days(reading)["Nadège C."] == ["2026-09-01", "2026-10-01"]
    apart = days(answered(reading, "same_person", "non"))
    assert apart["Nadège C."] == ["2026-09-01"]
    assert apart["Nadège C. (2)"] == ["2026-10-01"]


def test_an_initial_that_fits_two_people(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        ("Sept 26", [["", 1, 2, 3], ["FAVREAU Rachida", "x"], ["FABRE Rachida", "", "x"]]),
        ("Octo 26", [["", 1, 2, 3], ["Rachida F.", "x"], ["ROSSI Zoé", "", "x"]]),
    )
    assert len(reading.people) == 4
    joined = days(answered(reading, "same_person", "2"))
    assert joined["Rachida F. (2)"] == ["2026-09-02", "2026-10-01"]
    assert len(joined) == 3


def test_another_year(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Octobre", [["", 5, 6, 7], ["Zoé R.", "x"], ["Loïc M.", "", "x"]]))
    assert days(reading)["Zoé R."] == ["2026-10-05"]
    assert days(answered(reading, "year", "2024"))["Zoé R."] == ["2024-10-05"]


def test_another_month(tmp_path: Path) -> None:
    heads: list[Cell] = ["", 27, 28, 29, 30, 31]
    rows: Rows = [heads, ["Zoé R.", "x", "", "", "", "x"], ["Titi", "x"]]
    reading = see(tmp_path, ("Feuil1", rows))
    assert days(reading)["Zoé R."] == ["2026-10-27", "2026-10-31"]
    moved = answered(reading, "month", "2026-08")
    assert days(moved)["Zoé R."] == ["2026-08-27", "2026-08-31"]


def test_month_first(tmp_path: Path) -> None:
    rows: Rows = [["Date", "Nom"], *([f"03/{n:02d}/2026", "Zoé R."] for n in range(2, 9))]
    reading = read(write_csv(tmp_path / "a.csv", rows), today=TODAY)
    moved = answered(reading, "date_order", "mois")
    assert days(moved)["Zoé R."] == [f"2026-03-{n:02d}" for n in range(2, 9)]


def test_visitors_or_members(tmp_path: Path) -> None:
    rows: Rows = [
        ["Date", "Nom", "Statut"], ["02/03/2026", "Zoé R.", "adhérente"],
        ["02/03/2026", "Paul D.", "visiteur"], ["02/03/2026", "Paul D.", "visiteur"],
    ]  # fmt: skip
    reading = read(write_csv(tmp_path / "a.csv", rows), today=TODAY)
    assert list(days(reading)) == ["Zoé R."]
    assert [visitor.count for visitor in reading.visitors] == [1]
    members = answered(reading, "visitors", "adherents")
    assert list(days(members)) == ["Zoé R.", "Paul D."]
    assert members.visitors == ()


def test_at_most_three_questions_and_nobody_joined_without_asking(tmp_path: Path) -> None:
    twins = [("Kerbrat", "Kerbrad"), ("Guilloux", "Guillou"), ("Joncour", "Joncours"),
             ("Favreau", "Favreaux"), ("Hamonic", "Hamonig")]  # fmt: skip
    heads: list[Cell] = ["", 1, 2, 3]
    reading = see(
        tmp_path,
        ("Octobre", [heads, *([f"{one.upper()} Zoé", "x"] for one, _ in twins)]),
        ("Décembre", [heads, *([f"{two.upper()} Zoé", "x"] for _, two in twins)]),
    )
    assert len(reading.questions) == 3
    shown = sum(len(q.payload) // 2 for q in reading.questions if q.kind.value == "same_person")
    assert shown == 5
    assert len(reading.people) == 5


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("TANGUY Lætitia", "Lætitia T."),
        ("Lætitia TANGUY", "Lætitia T."),
        ("LE GOFF Zoé", "Zoé L."),
        ("D'ALMEIDA Jean-Pierre", "Jean-Pierre D."),
        ("Jean-Pierre d'Almeida", "Jean-Pierre D."),
        ("EL IDRISSI Karim", "Karim E."),
        ("N’DIAYE Élodie", "Élodie N."),
        ("ÉVRARD  marie-ange ", "Marie-Ange É."),
        ("Mme BÉNARD Odile", "Odile B."),
        ("M. Loïc MOREAU", "Loïc M."),
        ("MOREAU, Loïc", "Loïc M."),
        ("12. MOREAU Loïc", "Loïc M."),
        ("Loïc M.", "Loïc M."),
        ("Zoé d.", "Zoé D."),
        ("titi", "Titi"),
        ("MAX", "Max"),
        ("🌻 Zoé ROSSI (bénévole)", "Zoé R."),
        ("🐢", "🐢"),
    ],
)
def test_labels(written: str, shown: str) -> None:
    name = parse(written.replace("’", "'"))
    assert name is not None
    assert label(name) == shown


def test_labels_from_two_columns() -> None:
    name = parse_pair("LÆTITIA", "de La Tour")
    assert name is not None
    assert label(name) == "Lætitia D."


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), data=st.data())
def test_any_answers_twice_change_nothing_more(seed: int, data: st.DataObject) -> None:
    rng = random.Random(seed)
    roll = rolls.invent(rng, [(2026, 10), (2026, 11)], rng.randint(2, 6))
    rows: Rows = [["Date", "Qui", "Statut"]]
    for person, day in sorted(roll.present, key=lambda pair: (pair[1], pair[0])):
        shown = rng.choice([*rolls.loose_spellings(person), f"{person[0]} {person[1][0]}."])
        rows.append([f"{day.day}/{day.month}", shown, rng.choice(["adhérent", "visiteur", ""])])
    with tempfile.TemporaryDirectory() as folder:
        reading = read(
            write_csv(Path(folder) / "a.csv", rows), today=TODAY, gem_name="Les Tilleuls"
        )
    guesses = {question.id: question.default for question in reading.questions}
    assert apply_answers(reading, guesses) == reading
    answers = {
        question.id: data.draw(st.sampled_from([choice.value for choice in question.choices]))
        for question in reading.questions
    }
    once = apply_answers(reading, answers)
    assert apply_answers(once, answers) == once
    assert apply_answers(once, guesses) == reading
    assert len({person.label for person in once.people}) == len(once.people)
    assert {presence.person for presence in once.presences} <= {p.index for p in once.people}
