"""The sample files of a GEM, from the browser to the database, and on the command line."""

import io
import json
import unicodedata
from collections import Counter

import pytest
from django.core.management import call_command

from espace.accounts.choices import Role
from espace.activities.models import Attendance, FinishedMonth
from espace.governance.models import BudgetLine
from espace.groups.models import Person
from espace.groups.tests.factories import make_gem
from espace.imports.models import ImportBatch
from espace.imports.tests.factories import dump, every_table
from espace.imports.tests.files import SAMPLES, sample, upload
from espace.imports.tests.test_pages import go_through, text_of, the_batch

pytestmark = pytest.mark.django_db
TRUTH = json.loads((SAMPLES / "truth.json").read_text(encoding="utf-8"))
ATTENDANCE = ("presences_trimestre.xlsx", "passages.csv")


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def _after_the_files(clock) -> None:
    clock("2027-01-10 10:00")


@pytest.fixture
def gem():
    return make_gem("L'Étincelle")


def label_of(full_name: str) -> str:
    """First name and first letter of the surname as written (decisions.md, 2)."""
    first, _, surname = full_name.partition(" ")
    return f"{first} {surname[0].upper()}." if surname else first


def expected(name: str) -> Counter[tuple[str, str]]:
    """How many people of a label came each day; homonyms share their label here."""
    pairs = {(person, day) for person, day in TRUTH[name]["presences"]}
    return Counter((label_of(person), day) for person, day in pairs)


def stored() -> Counter[tuple[str, str]]:
    rows = Attendance.objects.filter(person__isnull=False).select_related("person")
    return Counter(
        (plain(f"{row.person.first_name} {row.person.initial}."), row.date.isoformat())
        for row in rows.order_by("pk")
    )


def plain(label: str) -> str:
    return unicodedata.normalize("NFC", label)


def surnames(name: str) -> set[str]:
    """Surnames of the sample that are not also part of a first name."""
    people = {person for person, _ in TRUTH[name]["presences"]}
    found = {person.partition(" ")[2] for person in people}
    return {surname for surname in found if len(surname) > 3}


@pytest.mark.parametrize("name", ATTENDANCE)
def test_a_sample_brought_by_the_browser_is_exactly_in_the_database(as_role, gem, name) -> None:
    client = as_role(Role.ELECTED, gem)
    empty = dump()
    client.post("/import/", {"file": sample(name)})
    drafts = str(dump(*every_table()))
    assert [surname for surname in surnames(name) if surname in drafts] == []

    first = the_batch()
    page = go_through(client, first)
    assert "Votre fichier est ajouté" in text_of(page)
    assert stored() == expected(name)
    people = {person for person, _ in TRUTH[name]["presences"]}
    assert Person.objects.filter(first_seen_on__isnull=True).count() == len(people)
    after = str(dump(*every_table()))
    assert [surname for surname in surnames(name) if surname in after] == []

    filled = dump()
    client.post("/import/", {"file": sample(name)})
    second = ImportBatch.objects.exclude(pk=first.pk).get()
    go_through(client, second)
    second.refresh_from_db()
    assert second.result["presences"] == 0
    assert dump() == filled

    client.post(f"/import/{second.pk}/annuler/")
    assert dump() == filled
    client.post(f"/import/{first.pk}/annuler/")
    assert dump() == empty


def test_visitors_of_the_log_are_counted_apart(as_role, gem) -> None:
    client = as_role(Role.ELECTED, gem)
    client.post("/import/", {"file": sample("passages.csv")})
    go_through(client, the_batch())
    heads = Attendance.objects.filter(person__isnull=True).exclude(category="adherent")
    assert sum(heads.values_list("head_count", flat=True)) in (18, 19)
    assert the_batch().result["unreadable"] == TRUTH["passages.csv"]["unreadable_lines"]


# --- Command line ---


def command(*args: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_records", *args, stdout=out, stderr=err)
    except SystemExit as stopped:
        return int(stopped.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("name", ATTENDANCE)
def test_the_command_says_what_it_read_and_writes_nothing(gem, name) -> None:
    before = dump(*every_table())
    code, out, err = command(str(SAMPLES / name), "--group", gem.slug, "--json")
    assert (code, err) == (0, "")
    answer = json.loads(out)
    assert dump(*every_table()) == before
    assert answer["kind"] == TRUTH[name]["kind"]
    assert answer["group"] == gem.slug
    found = Counter((plain(label.split(" (")[0]), day) for label, day in answer["presences"])
    assert found == expected(name)
    assert len(set(map(tuple, answer["presences"]))) == len(answer["presences"])
    assert set(answer) >= {
        "kind",
        "group",
        "presences",
        "people",
        "visitors",
        "unreadable",
        "questions",
        "dropped",
    }
    assert all(set(line) == {"sheet", "line", "reason"} for line in answer["unreadable"])
    assert all(set(question) == {"text", "choices"} for question in answer["questions"])


def test_the_command_adds_with_commit(gem) -> None:
    file = str(SAMPLES / "presences_trimestre.xlsx")
    code, out, _ = command(file, "--group", gem.slug, "--kind", "attendance", "--json", "--commit")
    committed = json.loads(out)["committed"]
    assert code == 0
    assert stored() == expected("presences_trimestre.xlsx")
    assert committed["presences"] == sum(expected("presences_trimestre.xlsx").values())
    before = dump()
    _, out, _ = command(file, "--group", gem.slug, "--json", "--commit")
    assert json.loads(out)["committed"]["presences"] == 0
    same = json.loads(out)["questions"][0]["text"]
    assert "22 prénoms du fichier sont aussi dans votre carnet" in same
    assert "Denis H." in same
    assert dump() == before


def test_the_command_speaks_plainly_without_json(gem) -> None:
    code, out, _ = command(str(SAMPLES / "presences_trimestre.xlsx"), "--group", gem.slug)
    assert code == 0
    assert "517 présences" in out
    assert "Rien n'est ajouté" in out


def test_an_unknown_gem_stops_with_two_and_says_where_to_look() -> None:
    code, out, err = command(str(SAMPLES / "passages.csv"), "--group", "nulle-part", "--json")
    assert (code, out) == (2, "")
    assert "list_groups" in err


def test_a_file_that_cannot_be_opened_stops_with_one(gem, tmp_path) -> None:
    picture = tmp_path / "liste.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 200)
    code, out, _ = command(str(picture), "--group", gem.slug, "--json", "--commit")
    assert code == 1
    assert "image" in json.loads(out)["error"]
    code, out, _ = command(str(tmp_path / "absent.csv"), "--group", gem.slug, "--json")
    assert code == 1
    assert json.loads(out)["error"]
    assert not Attendance.objects.exists()


def test_a_budget_is_told_apart_and_written_once(gem) -> None:
    before, name = dump(), "budget.xlsx"
    asked = (str(SAMPLES / name), "--group", gem.slug, "--json")
    code, out, _ = command(*asked)
    answer = json.loads(out)
    assert code == 0
    assert answer["kind"] == TRUTH[name]["kind"]
    assert answer["year"] == TRUTH[name]["year"]
    assert dump() == before
    lines = len(answer["lines"])
    for new, known in ((lines, 0), (0, lines)):
        answer = json.loads(command(*asked, "--commit")[1])
        assert answer["committed"] == {"lines": new, "already_there": known}
    rows = BudgetLine.objects.filter(gem=gem, year=TRUTH[name]["year"])
    assert rows.count() == lines
    assert "lignes" in command(str(SAMPLES / name), "--group", gem.slug)[1]
    assert not FinishedMonth.objects.exists()


def test_an_unreadable_line_does_not_stop_the_rest(gem, tmp_path) -> None:
    path = tmp_path / "passages.csv"
    path.write_bytes(upload(b"Date;Nom\n31/02/2026;Nadia Briand\n07/09/2026;Ali Roux\n").read())
    code, out, _ = command(str(path), "--group", gem.slug, "--json")
    answer = json.loads(out)
    assert code == 0
    assert answer["presences"] == [["Ali R.", "2026-09-07"]]
    assert [line["line"] for line in answer["unreadable"]] == [2]
