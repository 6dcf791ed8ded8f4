"""Visit logs as different GEM keep them: each must give exactly what a person would read."""

from pathlib import Path

from espace.imports.tests.seen import days, of, see, see_csv, visitors


def test_log_with_date_written_once_per_day(tmp_path: Path) -> None:
    reading = see_csv(tmp_path, (
        "Date;Prénom;Nom\n2 mars 2026;Loïc;Moreau\n;Zoé;d'Almeida\n;Karim;El Idrissi\n"
        "3 mars 2026;Zoé;d'Almeida\n;Loïc;Moreau\n"
    ))  # fmt: skip
    assert days(reading) == {
        "Loïc M.": of(2026, 3, 2, 3), "Zoé D.": of(2026, 3, 2, 3), "Karim E.": of(2026, 3, 2)
    }  # fmt: skip


def test_log_with_a_line_for_each_day(tmp_path: Path) -> None:
    reading = see(tmp_path, ("Passages", [
        ["Lundi 2 mars 2026"], ["Loïc Moreau", "10h"], ["Zoé d'Almeida", "11h"],
        ["Mardi 3 mars 2026"], ["Zoé d'Almeida", "10h"], ["visiteur", "14h"],
        ["2 visiteurs", "15h"],
    ]))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2), "Zoé D.": of(2026, 3, 2, 3)}
    assert visitors(reading) == {"decouverte": 3}


def test_log_in_long_format_with_absences(tmp_path: Path) -> None:
    reading = see_csv(tmp_path, (
        "Jour,Nom prénom,Présent\n2026-03-02,MOREAU Loïc,oui\n2026-03-02,ROSSI Zoé,non\n"
        "2026-03-03,MOREAU Loïc,non\n2026-03-03,ROSSI Zoé,oui\n"
    ))  # fmt: skip
    assert days(reading) == {"Loïc M.": of(2026, 3, 2), "Zoé R.": of(2026, 3, 3)}


def test_log_without_years(tmp_path: Path) -> None:
    reading = see_csv(tmp_path, (
        "Quand;Qui ?\n28 décembre;Loïc M.\n29/12;Zoé D.\n4 janvier;Loïc M.\n5-janv;Zoé D.\n"
    ))  # fmt: skip
    assert days(reading) == {
        "Loïc M.": ["2025-12-28", "2026-01-04"], "Zoé D.": ["2025-12-29", "2026-01-05"]
    }  # fmt: skip
    assert "annee" in {question.id for question in reading.questions}


def test_log_with_american_dates(tmp_path: Path) -> None:
    lines = "".join(f"03/{day:02d}/2026;Loïc;Moreau\n" for day in range(10, 20))
    reading = see_csv(tmp_path, "Date;Prénom;Nom\n" + lines)
    assert days(reading) == {"Loïc M.": of(2026, 3, *range(10, 20))}


def test_log_with_truly_ambiguous_dates(tmp_path: Path) -> None:
    lines = "".join(f"03/{day:02d}/2026;Loïc;Moreau\n" for day in range(2, 12))
    reading = see_csv(tmp_path, "Date;Prénom;Nom\n" + lines)
    assert days(reading)["Loïc M."][0] == "2026-02-03"
    assert "ordre" in {question.id for question in reading.questions}


def test_log_with_bad_lines(tmp_path: Path) -> None:
    reading = see_csv(tmp_path, (
        "Date;Prénom;Nom;Statut\n02/03/26;Loïc;Moreau;adhérent\n31/02/2026;Zoé;Rossi;adhérent\n"
        "hier;Zoé;Rossi;adhérent\n;Zoé;Rossi;adhérent\n\n;;;\n03/03/26;;;adhérent\n"
        "03/03/26;;;proche\n03/03/26; LOÏC ;MOREAU;adhérent\n03/03/26;Marc;Petit;salarié\n"
        "03/03/26;Loïc;Moreau;adhérent\n04/03/26;Loïc;Moreau;adhérent\nTotal;5;;\n"
        "05/03/26;Loïc;Moreau;adhérent\n06/03/26;Loïc;Moreau;adhérent\n"
        "09/03/26;Loïc;Moreau;adhérent\n10/03/26;Loïc;Moreau;adhérent\n"
        "11/03/26;Loïc;Moreau;adhérent\n12/03/26;Loïc;Moreau;adhérent\n"
        "13/03/26;Loïc;Moreau;adhérent\n16/03/26;Loïc;Moreau;adhérent\n"
    ))  # fmt: skip
    assert [u.line for u in reading.unreadable] == [3, 4, 5, 8]
    assert days(reading) == {"Loïc M.": of(2026, 3, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16)}
    assert visitors(reading) == {"invite": 1}
