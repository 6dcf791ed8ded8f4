"""Spreadsheets as different GEM keep them: each must give exactly what a person would read."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from espace.imports.reading import Kind, read
from espace.imports.tests.samples.writers import Cell, write_csv
from espace.imports.tests.seen import TODAY, Rows, days, of, see, see_csv, visitors


def test_half_days_under_merged_dates(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Semaine 10", [
        ["Semaine du 2 au 6 mars 2026"],
        ["", "lundi 2", "", "mardi 3", "", "mercredi 4", ""],
        ["", "Matin", "AM", "Matin", "AM", "Matin", "AM"],
        ["Loïc M.", "x", "", "", "x", "", ""],
        ["Zoé D.", "", "x", "", "", "x", "x"],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2, 3), "Zoé D.": of(2026, 3, 2, 4)}


def test_marks_that_are_half_days(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Nom", 2, 3, 4, 5],
        ["Loïc M.", "M", "AM", "J", ""],
        ["Zoé D.", "", "M", "", "AM"],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2, 3, 4), "Zoé D.": of(2026, 3, 3, 5)}


def test_a_legend_wins(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["/ = présent   x = absent"],
        ["Nom", 2, 3, 4, 5],
        ["Loïc M.", "/", "x", "/", ""],
        ["Zoé D.", "x", "/", "x", "x"],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2, 4), "Zoé D.": of(2026, 3, 3)}


def test_ticks_and_crosses(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Nom", 2, 3, 4], ["Loïc M.", "✔️", "❌", "✓"], ["Zoé D.", "✗", "✅", "☑"],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2, 4), "Zoé D.": of(2026, 3, 3, 4)}


def test_booleans_times_and_hours(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Nom", 2, 3, 4, 5, 6],
        ["Loïc M.", True, False, time(10, 30), 2.5, 0],
        ["Zoé D.", "14h-17h", "0h", "45 min", "10:30", "1,5"],
    ]))  # fmt: skip
    expected = {"Loïc M.": of(2026, 3, 2, 4, 5), "Zoé D.": of(2026, 3, 2, 4, 5, 6)}
    assert days(reading) == expected


def test_unknown_marks_are_listed_with_their_place(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Nom", 2, 3, 4], ["Loïc M.", "x", "?", "voir curatrice"], ["Zoé D.", "x", "x", "x"],
    ]))  # fmt: skip
    assert days(reading)["Loïc M."] == of(2026, 3, 2)
    assert [(u.line, u.reason.split(" : ")[0]) for u in reading.unreadable] == [
        (2, "Colonne C"), (2, "Colonne D")]  # fmt: skip
    assert all("curatrice" not in u.reason for u in reading.unreadable)


def test_preprinted_thirty_one_columns(tmp_path: Path) -> None:
    heads: list[Cell] = list(range(1, 32))
    row: list[Cell] = ["x"] * 31
    reading = see(tmp_path, ("Février 2026", [["Nom", *heads], ["Zoé D.", *row]]))
    assert len(days(reading)["Zoé D."]) == 28
    assert len(reading.unreadable) == 3


def test_visitor_rows_and_sections(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Adhérents", 2, 3, 4],
        ["Loïc M.", "x", "", "x"],
        ["Zoé D.", "", "x", ""],
        ["Visiteurs", 2, "", 1],
        ["Familles", "", 3, ""],
        ["Nb présents", 3, 4, 2],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2, 4), "Zoé D.": of(2026, 3, 3)}
    assert visitors(reading) == {"decouverte": 3, "invite": 3}


def test_named_visitors_become_a_question(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Adhérents", 2, 3, 4],
        ["Loïc M.", "x", "", "x"],
        ["Zoé D.", "", "x", ""],
        ["VISITEURS"],
        ["Paul R.", "x", "x", ""],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2, 4), "Zoé D.": of(2026, 3, 3)}
    assert visitors(reading) == {"decouverte": 2}
    assert "visiteurs" in {question.id for question in reading.questions}


def test_numbered_names_and_status_column(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["N°", "Nom", "Prénom", "Statut", 2, 3, 4, "Total", "Remarques"],
        [1, "MOREAU", "Loïc", "adhérent", "x", "", "x", 2, "voir médecin"],
        [2, "D'ALMEIDA", "Zoé", "adhérente", "", "x", "", 1, ""],
        [3, "LE GOFF", "Hervé", "bénévole", "x", "", "", 1, ""],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2, 4), "Zoé D.": of(2026, 3, 3)}
    assert visitors(reading) == {"benevole": 1}
    assert any("Remarques" in what for what in reading.dropped)


def test_closed_column_and_closed_row(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mai 2026", [
        ["Nom", 4, 5, 6, 7, 8],
        ["", "", "", "", "", "FÉRIÉ"],
        ["Loïc M.", "x", "Fermé", "", "x", ""],
        ["Zoé D.", "", "", "x", "", "férié"],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 5, 4, 7), "Zoé D.": of(2026, 5, 6)}
    assert reading.closed_days == (date(2026, 5, 5), date(2026, 5, 8))


def test_notes_below_the_table_are_not_people(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Nom", 2, 3, 4],
        ["Loïc M.", "x", "", "x"],
        ["Zoé D.", "", "x", ""],
        ["TOTAL", 1, 1, 1],
        [],
        ["Penser au gâteau"],
        ["Sylvie est en congé"],
        ["Signature de la présidente"],
    ]))  # fmt: skip
    assert set(days(reading)) == {"Loïc M.", "Zoé D."}


def test_stale_title_copied_from_last_month(tmp_path: Path) -> None:
    def sheet(letters: str) -> Rows:
        heads: list[Cell] = [2, 3, 4, 5, 6]
        return [["Présences septembre 2026"], ["", *heads], ["", *letters], ["Loïc M.", "x"]]

    reading = see(tmp_path, ("Sept 26", sheet("MJVSD")), ("Oct 26", sheet("VSDLM")))
    assert days(reading) == {"Loïc M.": ["2026-09-02", "2026-10-02"]}


def test_school_year_in_the_title_only(tmp_path: Path) -> None:
    def sheet() -> Rows:
        return [["Présences GEM 2025-2026"], ["Nom", 5, 6, 7, 8], ["Loïc M.", "x", "", "x"]]

    reading = see(tmp_path, ("Septembre", sheet()), ("Décembre", sheet()), ("Janvier", sheet()))
    assert days(reading)["Loïc M."] == [
        "2025-09-05", "2025-09-07", "2025-12-05", "2025-12-07", "2026-01-05", "2026-01-07",
    ]  # fmt: skip


def test_no_year_anywhere_is_asked(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        ("Octobre", [["Nom", 5, 6, 7], ["Loïc M.", "x"], ["Zoé D.", "", "x"]]),
        ("Décembre", [["Nom", 5, 6, 7], ["Loïc M.", "x"], ["Zoé D.", "", "x"]]),
    )
    assert days(reading)["Loïc M."] == ["2025-10-05", "2025-12-05"]
    assert reading.questions[0].id == "annee"


def test_no_month_anywhere_is_asked(tmp_path: Path) -> None:
    letters: list[Cell] = ["L", "M", "M", "J", "V"]
    reading = see(tmp_path, ("Feuil1", [
        ["", 2, 3, 4, 5, 6], ["", *letters], ["Loïc M.", "x", "", "x"], ["Zoé D.", "", "x"],
    ]))  # fmt: skip
    assert days(reading)["Loïc M."] == of(2026, 11, 2, 4)
    question = reading.questions[0]
    assert question.id.startswith("mois-")
    assert {choice.value for choice in question.choices} >= {"2026-11", "2026-03", "2026-02"}


def test_sticks_only(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["", 2, 3, 4, 5], ["Présents", 5, 7, "IIII", 0], ["Visiteurs", 1, "", 2, ""],
    ]))  # fmt: skip
    assert reading.kind is Kind.ATTENDANCE
    assert reading.people == ()
    assert [(h.day.day, h.count) for h in reading.head_counts] == [(2, 5), (3, 7), (4, 4)]
    assert visitors(reading) == {"decouverte": 3}


def test_sticks_down_the_page(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Feuil1", [
        ["Date", "Nombre de présents", "Visiteurs"],
        [date(2026, 3, 2), 5, 1], [date(2026, 3, 3), 7, ""], [date(2026, 3, 4), 4, 2],
        [date(2026, 3, 5), 9, ""],
    ]))  # fmt: skip
    assert reading.kind is Kind.ATTENDANCE
    assert [h.count for h in reading.head_counts] == [5, 7, 4, 9]
    assert visitors(reading) == {"decouverte": 3}


def test_two_rows_with_the_same_label_stay_two(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Nom", 2, 3, 4], ["Loïc M.", "x", "", ""], ["Loïc M.", "", "x", "x"], ["Zoé D.", "x"],
    ]))  # fmt: skip
    assert days(reading) == {
        "Loïc M.": of(2026, 3, 2), "Loïc M. (2)": of(2026, 3, 3, 4), "Zoé D.": of(2026, 3, 2),
    }  # fmt: skip


def test_homonyms_by_initial(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Nom", 2, 3, 4], ["MOREAU Loïc", "x", "", ""], ["MARTIN Loïc", "", "x", "x"],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2), "Loïc M. (2)": of(2026, 3, 3, 4)}


def test_nicknames_emoji_and_civility(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Qui", 2, 3, 4],
        ["Titi", "x", ""],
        ["🌻 Zoé D'ALMEIDA", "x", ""],
        ["Mme LE GOFF Lætitia", "", "x"],
        ["M. EL IDRISSI Karim", "", "x"],
        ["jean-pierre N'DIAYE", "x", "x"],
        ["🐢", "x", ""],
    ]))  # fmt: skip
    assert days(reading) == {
        "Titi": of(2026, 3, 2), "Zoé D.": of(2026, 3, 2), "Lætitia L.": of(2026, 3, 3),
        "Karim E.": of(2026, 3, 3), "Jean-Pierre N.": of(2026, 3, 2, 3), "🐢": of(2026, 3, 2),
    }  # fmt: skip


def test_variants_across_sheets_are_one_person(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        ("Sept 26", [["", 1, 2, 3], ["TANGUY Lætitia", "x"], ["D'ALMEIDA Zoé", "", "x"],
                     ["LE GOFF Zoé", "", "", "x"], ["FAVREAU Rachida", "x"]]),
        ("Octo 26", [["", 1, 2, 3], ["Laetitia Tanguy ", "x"], ["Zoé d.", "", "x"],
                     ["Zoe Le Goff", "", "", "x"], ["Rachida F", "x"]]),
        ("Nove 26", [["", 2, 3, 4], ["Tanguy lætitia", "x"], ["Zoé D’ALMEIDA", "", "x"],
                     ["LE  GOFF  ZOÉ", "", "", "x"], ["favreau rachida", "x"]]),
    )  # fmt: skip
    assert days(reading) == {
        "Lætitia T.": ["2026-09-01", "2026-10-01", "2026-11-02"],
        "Zoé D.": ["2026-09-02", "2026-10-02", "2026-11-03"],
        "Zoé L.": ["2026-09-03", "2026-10-03", "2026-11-04"],
        "Rachida F.": ["2026-09-01", "2026-10-01", "2026-11-02"],
    }
    assert not [q for q in reading.questions if q.kind.value == "same_person"]


def test_one_slip_is_asked(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        ("Sept 26", [["", 1, 2, 3], ["CORDIER Nadège", "x"], ["DUPONT Hélène", "", "x"]]),
        ("Octo 26", [["", 1, 2, 3], ["Nadege Cordié", "x"], ["Helene Dupont", "", "x"]]),
    )
    assert days(reading) == {
        "Nadège C.": ["2026-09-01", "2026-10-01"], "Hélène D.": ["2026-09-02", "2026-10-02"]
    }  # fmt: skip
    asked = [q for q in reading.questions if q.kind.value == "same_person"]
    assert [(q.default, len(q.payload)) for q in asked] == [("oui", 2)]


def test_names_listed_under_each_day(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Semaine du 2 mars 2026", [
        ["lundi 2 mars", "mardi 3 mars", "mercredi 4 mars"],
        ["Loïc M.", "Zoé D.", "Loïc M."],
        ["Zoé D.", "Karim E.", "Lætitia T."],
        ["Karim E.", "", "Zoé D."],
    ]))  # fmt: skip
    assert days(reading) == {
        "Loïc M.": of(2026, 3, 2, 4), "Zoé D.": of(2026, 3, 2, 3, 4),
        "Karim E.": of(2026, 3, 2, 3), "Lætitia T.": of(2026, 3, 4),
    }  # fmt: skip


def test_names_in_one_cell_per_day(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars", [
        ["Date", "Présents"],
        ["2 mars 2026", "Loïc, Zoé, Karim"],
        ["3 mars 2026", "Zoé et Karim et Titi"],
        ["4 mars 2026", "Loïc, Titi, Zoé"],
    ]))  # fmt: skip
    assert days(reading) == {
        "Loïc": of(2026, 3, 2, 4), "Zoé": of(2026, 3, 2, 3, 4), "Karim": of(2026, 3, 2, 3),
        "Titi": of(2026, 3, 3, 4),
    }  # fmt: skip


def test_two_months_side_by_side(tmp_path: Path) -> None:
    one: list[Cell] = list(range(1, 31))
    two: list[Cell] = list(range(1, 32))
    reading = see(tmp_path, ("2026", [
        ["", "Septembre 2026", *[""] * 29, "Octobre 2026"],
        ["Nom", *one, *two],
        ["Loïc M.", "x", *[""] * 29, "x", "x"],
        ["Zoé D.", "", "x", *[""] * 28, "", "x"],
    ]))  # fmt: skip
    assert days(reading) == {
        "Loïc M.": ["2026-09-01", "2026-10-01", "2026-10-02"],
        "Zoé D.": ["2026-09-02", "2026-10-02"],
    }


def test_counts_by_day_in_a_csv(tmp_path: Path) -> None:
    reading = see_csv(tmp_path, (
        "Date;Adhérents;Visiteurs\n02/03/2026;5;1\n03/03/2026;7;0\n04/03/2026;6;2\n"
    ))  # fmt: skip
    assert reading.kind is Kind.ATTENDANCE
    assert [head.count for head in reading.head_counts] == [5, 7, 6]
    assert visitors(reading) == {"decouverte": 3}


def test_a_planning_is_not_a_roll(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Planning", [
        ["Planning des permanences mars 2026"], ["", "lundi 2", "mardi 3"],
        ["Matin", "Loïc", "Zoé"], ["Après-midi", "Karim", "Loïc"],
    ]))  # fmt: skip
    assert reading.kind is Kind.PROGRAMME
    assert reading.people == ()


def test_a_lone_surname_is_never_shown(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        ("Sept 26", [["", 1, 2, 3], ["KERBRAT Loïc", "x"], ["ROSSI Zoé", "", "x"]]),
        ("Octo 26", [["", 1, 2, 3], ["KERBRAT", "x"], ["ROSSI Zoé", "", "x"]]),
    )
    assert days(reading)["Loïc K."] == ["2026-09-01", "2026-10-01"]
    assert [q.default for q in reading.questions if q.kind.value == "same_person"] == ["oui"]


def test_excel_serials_and_quotes_in_csv(tmp_path: Path) -> None:
    reading = see_csv(tmp_path, (
        '"Nom","Prénom","Date"\r\n"Moreau","Loïc","46083"\r\n"Rossi, veuve Petit","Zoé","46084"\r\n'
    ))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2), "Zoé R.": of(2026, 3, 3)}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-le"]
)
def test_roll_as_csv_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    rows: Rows = [["Présences février 2026"], ["Nom", 2, 3, 4], ["BÉNARD Zoé", "x", "", "x"],
                  ["ÇELIK Gaëlle", "", "x", ""]]  # fmt: skip
    reading = read(write_csv(tmp_path / "a.csv", rows, encoding), today=TODAY)
    assert days(reading) == {"Zoé B.": of(2026, 2, 2, 4), "Gaëlle Ç.": of(2026, 2, 3)}


def test_a_real_date_shown_as_a_month_names_the_sheet(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Feuil1", [
        ["Mois", date(2026, 3, 1)], ["Nom", 2, 3, 4], ["Loïc M.", "x"], ["Zoé D.", "", "x"],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2), "Zoé D.": of(2026, 3, 3)}


def test_weekdays_without_numbers(tmp_path: Path) -> None:
    reading = see(tmp_path, ("S10", [
        ["Semaine du 2 au 6 mars 2026"],
        ["", "Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi"],
        ["Loïc M.", "x", "", "", "x", ""], ["Zoé D.", "", "x", "", "", "x"],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2, 5), "Zoé D.": of(2026, 3, 3, 6)}


def test_morning_and_afternoon_lists_on_one_sheet(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mars 2026", [
        ["Nom", 2, 3, 4], ["MATIN"], ["Loïc M.", "x"], ["Zoé D.", "", "x"], ["Karim E.", "x"],
        ["APRÈS-MIDI"], ["Loïc M.", "x", "x"], ["Zoé D."], ["Karim E.", "", "", "x"],
    ]))  # fmt: skip
    assert days(reading) == {
        "Loïc M.": of(2026, 3, 2, 3), "Zoé D.": of(2026, 3, 3), "Karim E.": of(2026, 3, 2, 4)
    }  # fmt: skip


def test_days_down_with_notes_and_closed(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Mai 2026", [
        ["Jour", "Loïc Moreau", "Zoé d'Almeida", "Karim El Idrissi", "Total", "Observations"],
        ["lundi 4", "x", "", "x", 2, ""],
        ["mardi 5", "", "x", "", 1, "sortie piscine"],
        ["vendredi 8", "Férié", "", "", "", ""],
        ["lundi 11", "x", "x", "", 2, ""],
        ["TOTAL", 2, 2, 1, 5, ""],
    ]))  # fmt: skip
    assert days(reading) == {
        "Loïc M.": of(2026, 5, 4, 11), "Zoé D.": of(2026, 5, 5, 11), "Karim E.": of(2026, 5, 4)
    }  # fmt: skip
    assert reading.closed_days == (date(2026, 5, 8),)


def test_another_sheet_is_left_out_and_said(tmp_path: Path) -> None:
    reading = see(
        tmp_path,
        ("Mars 2026", [["", 2, 3, 4], ["Loïc M.", "x"], ["Zoé D.", "", "x"]]),
        ("Courses", [["Pain", 3.5], ["Café", 12.0]]),
        ("Secret", [["", 2, 3, 4], ["Paul R.", "x", "x", "x"]]),
        hidden=("Secret",),
    )
    assert set(days(reading)) == {"Loïc M.", "Zoé D."}
    assert any("Courses" in what for what in reading.dropped)
    assert any("masquée" in what for what in reading.dropped)
