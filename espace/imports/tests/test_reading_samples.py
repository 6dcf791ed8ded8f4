"""The sample files of a GEM: every presence, none invented, and no surname ever goes out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from espace.imports.reading import (
    Kind,
    Reading,
    apply_answers,
    from_json,
    read,
    to_json,
)
from espace.imports.tests.samples.writers import write_xlsx

SAMPLES = Path(__file__).parent / "samples"
TRUTH = json.loads((SAMPLES / "truth.json").read_text("utf-8"))
TODAY = date(2026, 11, 23)


def label_of(name: str) -> str:
    """Decision 2: first name as written, first letter of the surname as written."""
    first, _, last = name.partition(" ")
    return f"{first} {next(sign for sign in last if sign.isalpha()).upper()}."


def sample(name: str, gem_name: str = "GEM des Tilleuls") -> Reading:
    return read(SAMPLES / name, today=TODAY, gem_name=gem_name)


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_kind_is_recognised(name: str) -> None:
    assert sample(name).kind is Kind(TRUTH[name]["kind"])


@pytest.mark.parametrize("name", ["presences_trimestre.xlsx", "passages.csv"])
def test_every_presence_and_none_invented(name: str) -> None:
    reading = sample(name)
    got = [[reading.people[p.person].label, p.day.isoformat()] for p in reading.presences]
    expected = {(label_of(person), day) for person, day in TRUTH[name]["presences"]}
    assert {tuple(pair) for pair in got} == expected
    assert len(got) == len(expected)


def test_an_old_xls_gives_the_same() -> None:
    old, new = sample("presences_trimestre.xls"), sample("presences_trimestre.xlsx")
    assert old.presences == new.presences
    assert old.people == new.people


def test_people_of_the_roll() -> None:
    labels = {person.label for person in sample("presences_trimestre.xlsx").people}
    assert labels == {label_of(name) for name in TRUTH["presences_trimestre.xlsx"]["people"]}


def test_visitors_and_unreadable_lines_of_the_log() -> None:
    reading = sample("passages.csv")
    assert sum(visitor.count for visitor in reading.visitors) == TRUTH["passages.csv"]["visitors"]
    assert [line.line for line in reading.unreadable] == [22, 42]


def test_title_future_and_running_month_are_questions() -> None:
    reading = sample("presences_trimestre.xlsx")
    assert reading.title_group == "L'Étincelle"
    assert [question.id for question in reading.questions] == ["gem", "futur", "mois-fini"]
    assert [q.id for q in sample("presences_trimestre.xlsx", "GEM L'Étincelle").questions] == [
        "futur", "mois-fini"]  # fmt: skip
    assert reading.closed_days == (date(2026, 11, 11),)
    assert any("masquée" in what for what in reading.dropped)
    assert any("commentaires" in what for what in reading.dropped)


def test_answers_change_the_reading_and_can_be_taken_back() -> None:
    reading = sample("presences_trimestre.xlsx")
    without = apply_answers(reading, {"futur": "non"})
    assert max(presence.day for presence in without.presences) <= TODAY
    assert len(without.presences) < len(reading.presences)
    assert apply_answers(without, {"futur": "non"}) == without
    assert apply_answers(without, {"futur": "oui"}) == reading
    refused = apply_answers(reading, {"gem": "non"})
    assert refused.presences == ()
    finished = apply_answers(reading, {"mois-fini": "oui"})
    assert finished.finished_months == ("2026-09", "2026-10", "2026-11")
    assert reading.finished_months == ("2026-09", "2026-10")
    with pytest.raises(ValueError, match="futur"):
        apply_answers(reading, {"futur": "peut-être"})
    assert apply_answers(reading, {"inconnue": "oui"}) == reading


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_guesses_given_back_change_nothing(name: str) -> None:
    reading = sample(name)
    guesses = {question.id: question.default for question in reading.questions}
    assert apply_answers(reading, guesses) == reading


@pytest.mark.parametrize("name", sorted(TRUTH))
def test_draft_is_lossless_and_holds_no_surname(name: str) -> None:
    reading = sample(name)
    draft = json.dumps(to_json(reading), ensure_ascii=False)
    assert from_json(json.loads(draft)) == reading
    people = [p for p, _ in TRUTH[name].get("presences", [])] + TRUTH[name].get("people", [])
    surnames = {str(person).partition(" ")[2].casefold() for person in people} - {""}
    surnames |= {"inconnu", "inconnue"} if name == "passages.csv" else set()
    assert [surname for surname in surnames if surname in draft.casefold()] == []
    for secret in ("AVC", "bipolaire", "hospitalisation", "curatrice", "06 ", "exemple.test"):
        assert secret not in draft


def test_members_say_which_columns_are_never_kept() -> None:
    reading = sample("adherents.xlsx")
    assert [person.label for person in reading.people] == [
        f"{first} {surname[0].upper()}."
        for first, _, surname in (name.partition(" ") for name in TRUTH["adherents.xlsx"]["people"])
    ]
    said = " ".join(reading.dropped)
    assert all(title in said for title in ("Né(e) le", "Tél", "Mail", "Remarques"))


def test_sheet_named_after_someone_is_not_shown(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [
            ("Kerbrat", [["Mars 2026"], ["", 2, 3, 4], ["KERBRAT Loïc", "x", "", "?"]]),
            ("Rossi", [["Mars 2026"], ["", 2, 3, 4], ["ROSSI Zoé", "x", "x", ""]]),
        ],
    )
    reading = read(path, today=TODAY)
    assert len(reading.presences) == 3
    draft = json.dumps(to_json(reading), ensure_ascii=False).casefold()
    assert "kerbrat" not in draft
    assert "rossi" not in draft
