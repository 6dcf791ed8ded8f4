"""The federation's list of GEM, by the command line and by the page."""

import io
import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.federation.models import NetworkList
from espace.federation.tests.factories import HEADINGS, csv_list, make_team, xlsx_list
from espace.groups.models import Gem, GemState, Person
from espace.groups.tests.factories import make_gem

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parent / "samples" / "reseau.csv"
ROWS = (
    ("GEM Les Galets", "Brest", "29200", "psychique", "Les Amis", "1 rue A", "02 98 00 00 01"),
    ("GEM L'Envol", "Quimper", "29000", "TSA", "", "", "06 11 22 33 44"),
)


def run(path, *options):
    out = io.StringIO()
    call_command("import_network", str(path), "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def write(tmp_path, data, name="liste.csv"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_nothing_is_written_without_commit(tmp_path):
    said = run(write(tmp_path, csv_list(ROWS)))
    assert (said["counts"]["new"], said["committed"]) == (2, False)
    assert not Gem.objects.exists()


def test_with_commit_gem_arrive_in_preparation_and_a_second_time_adds_nothing(tmp_path):
    path = write(tmp_path, csv_list(ROWS))
    assert run(path, "--commit")["counts"]["new"] == 2
    brest = Gem.objects.get(name="GEM Les Galets")
    assert (brest.status, brest.commune_name, brest.region_code, brest.public_focus) == (
        "preparation",
        "Brest",
        "53",
        "psychique",
    )
    assert (brest.sponsor.name, brest.public_phone) == ("Les Amis", "02 98 00 00 01")
    assert GemState.objects.filter(reason="liste").count() == 2
    assert Gem.objects.get(name="GEM L'Envol").public_phone == ""
    again = run(path, "--commit")["counts"]
    assert (again["new"], again["known"], again["updated"]) == (0, 2, 0)
    assert Gem.objects.count() == 2


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_list_in_any_usual_text(tmp_path, encoding, delimiter):
    rows = [("GEM L'Été à Fougères", "Fougères", "35300", "", "", "", "")]
    said = run(write(tmp_path, csv_list(rows, encoding=encoding, delimiter=delimiter)))
    assert [(one["name"], one["commune"]) for one in said["new"]] == [
        ("GEM L'Été à Fougères", "Fougères")
    ]


def test_a_workbook_with_titles_numbers_and_another_sheet(tmp_path):
    path = xlsx_list(
        tmp_path / "liste.xlsx",
        [(1000, "GEM du Lac", "Bourg-en-Bresse", "Durand", 2015, "oui")],
        ("CP", "GEM", "Commune", "Nom du président", "Année d'ouverture", "Adhérent FiGEM"),
    )
    said = run(path, "--commit")
    assert said["counts"]["new"] == 1
    assert said["sheets_left_out"] == ["Lisez-moi"]
    assert [one["column"] for one in said["dropped"]] == ["Nom du président"]
    gem = Gem.objects.get()
    assert (gem.federated, gem.opened_on.year, gem.departement_code) == (True, 2015, "01")


def test_a_list_of_700_gem(tmp_path, queries):
    rows = [(f"GEM numéro {n}", "Brest", "29200", "", "", f"{n} rue A", "") for n in range(700)]
    path = write(tmp_path, csv_list(rows))
    with queries() as few:
        assert run(path)["counts"]["new"] == 700
    assert len(few) == 1
    assert run(path, "--commit")["counts"]["new"] == 700
    assert run(path)["counts"] == {
        "new": 0,
        "known": 700,
        "updated": 0,
        "ambiguous": 0,
        "refused": 0,
        "dropped_columns": 0,
    }


def test_the_hard_cases_of_the_sample(tmp_path):
    make_gem("GEM La Marée", commune_code="29019", commune_name="Brest", public_address="1 quai B")
    make_gem("GEM Le Phare", commune_code="29232", commune_name="Quimper")
    said = run(SAMPLE, "--commit")
    assert said["merged_communes"] == [
        {"line": 5, "old": "Cherbourg-Octeville", "present": "Cherbourg-en-Cotentin"}
    ]
    assert [(one["line"], one["reason"]) for one in said["ambiguous"]] == [
        (7, "Un autre GEM du même nom, même commune : ligne 6."),
        (11, "Un GEM de ce nom existe tout près : Quimper. A-t-il déménagé ?"),
    ]
    assert [one["line"] for one in said["refused"]] == [8, 9, 10, 13]
    assert [(one["name"], one["ours"], one["theirs"]) for one in said["proposals"]] == [
        ("GEM La Marée", "1 quai B", "3 rue de Siam")
    ]
    assert [one["column"] for one in said["dropped"]] == [
        "Nom du président",
        "E-mail de contact",
        "Observations",
    ]
    assert Gem.objects.get(name="GEM La Marée").public_address == "1 quai B"
    assert Gem.objects.get(name="GEM Les Dunes").status == "ferme"
    assert run(SAMPLE, "--commit", "--distinct", "7")["counts"]["new"] == 1
    assert run(SAMPLE, "--commit", "--distinct", "7")["counts"]["new"] == 0
    assert Gem.objects.filter(name="GEM L'Étoile", commune_name="Lille").count() == 2


def test_nothing_of_a_person_is_kept(tmp_path):
    run(SAMPLE, "--commit")
    run(SAMPLE)
    kept = json.dumps(
        [list(model.objects.values()) for model in (Gem, NetworkList, Person, Account)],
        default=str,
        ensure_ascii=False,
    )
    for trace in ("Lefur", "lefur", "@", "06 11", "rappeler", "Kerdoncuff"):
        assert trace not in kept, trace


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"Nom;Prenom\nDurand;L\xe9a\n"])
def test_a_file_that_is_no_list_is_refused_with_a_sentence(tmp_path, data):
    path = write(tmp_path, data)
    out = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("import_network", str(path), "--json", stdout=out)
    assert left.value.code == 1
    assert "Rien n'a été enregistré" in json.loads(out.getvalue())["error"]


def upload(client, data, name="liste.csv"):
    return client.post("/reseau/importer/", {"file": SimpleUploadedFile(name, data)})


@pytest.fixture
def team(enter):
    return enter(make_team(Role.FEDERATION, "nation"))


def test_the_page_shows_before_adding_then_says_and_undoes(team):
    shown = upload(team, csv_list(ROWS))
    page = team.get(shown["Location"]).content.decode()
    assert "2 GEM nouveaux seront ajoutés." in page
    assert "GEM Les Galets, Brest" in page
    assert not Gem.objects.exists()
    for _twice in range(2):
        team.post(f"{shown['Location']}ajouter/")
    assert Gem.objects.count() == 2
    result = team.get(shown["Location"]).content.decode()
    assert "La liste est ajoutée" in result
    assert NetworkList.objects.get().lines == {}
    team.post(f"{shown['Location']}annuler/")
    assert not Gem.objects.exists()
    assert "La liste est annulée" in team.get(shown["Location"]).content.decode()


def test_undoing_keeps_what_is_used_and_empties_what_was_filled(team):
    known = make_gem("GEM L'Envol", commune_code="29232", counting="sticks")
    shown = upload(team, csv_list(ROWS))
    team.post(f"{shown['Location']}ajouter/")
    known.refresh_from_db()
    assert known.public_focus == "tsa_tnd"
    Person.objects.create(gem=Gem.objects.get(name="GEM Les Galets"), first_name="Karim")
    team.post(f"{shown['Location']}annuler/")
    known.refresh_from_db()
    assert known.public_focus == ""
    assert Gem.objects.count() == 2


def test_a_line_to_check_is_added_only_when_ticked(team):
    make_gem("GEM Les Galets")
    shown = upload(team, csv_list(ROWS))
    page = team.get(shown["Location"]).content.decode()
    assert 'name="autre" value="2"' in page
    team.post(f"{shown['Location']}ajouter/", {"autre": ["2"]})
    assert Gem.objects.filter(name="GEM Les Galets").count() == 2


def test_giving_up_erases_what_was_read(team):
    shown = upload(team, csv_list(ROWS))
    team.post(f"{shown['Location']}abandonner/")
    assert NetworkList.objects.get().lines == {}
    team.post(f"{shown['Location']}ajouter/")
    assert not Gem.objects.exists()


@pytest.mark.parametrize("data", [b"\x89PNG", b"a;b\n1;2\n"])
def test_a_wrong_file_is_told_in_the_page(team, data):
    answer = upload(team, data)
    assert answer.status_code == 422
    assert "Rien n&#x27;a été enregistré" in answer.content.decode()
    assert not NetworkList.objects.exists()


@pytest.mark.parametrize("role", [Role.DELEGATE, Role.ARS, Role.CNSA])
def test_only_the_team_brings_a_list(enter, role):
    client = enter(make_team(role, "nation"))
    assert client.get("/reseau/importer/").status_code == 403
    assert upload(client, csv_list(ROWS)).status_code == 403
    assert not NetworkList.objects.exists()


def test_headings_of_the_factory_are_all_known(tmp_path):
    assert run(write(tmp_path, csv_list(ROWS)))["dropped"] == []
    assert len(HEADINGS) == 7
