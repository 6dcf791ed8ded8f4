"""A weekly grid or an agenda, from the browser or the command line to the programme."""

import json
from datetime import date, time

import pytest

from espace.accounts.choices import Role
from espace.activities.choices import InputWay
from espace.activities.models import Activity, Attendance, FinishedMonth, Series, Slot
from espace.groups.tests.factories import make_gem, make_person
from espace.imports.choices import State
from espace.imports.models import ImportBatch
from espace.imports.tests.factories import dump
from espace.imports.tests.files import CANARY, SAMPLES, sample, upload, workbook
from espace.imports.tests.test_pages import go_through, text_of, the_batch
from espace.imports.tests.test_samples import TRUTH, command
from espace.imports.tests.traces import everything_kept, traces

pytestmark = pytest.mark.django_db
GRID = "programme_semaine.ods"
TABLES = ("activities_activity", "activities_series", "activities_slot")


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def _in_november(clock) -> None:
    clock("2026-11-25 10:00")


@pytest.fixture
def gem():
    return make_gem("L'Étincelle")


@pytest.fixture
def client(as_role, gem):
    return as_role(Role.ANIMATOR, gem)


def typical_week() -> bytes:
    return workbook(
        [
            ["Programme type"],
            ["", "Lundi", "Mardi", "Jeudi"],
            ["Matin", "Gym douce 10h-11h", "FERMÉ", "Cuisine avec Nadia 10h-13h"],
            ["Après-midi", "Loto", "", f"animé par Sylvie {CANARY} : jeux 14h-16h"],
        ]
    )


def agenda(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n".encode()


def stored() -> list[tuple[str, str]]:
    rows = Activity.objects.order_by("date", "starts_at", "title")
    return [(day.isoformat(), title) for day, title in rows.values_list("date", "title")]


def truth() -> list[tuple[str, str]]:
    return sorted((day, said) for day, said in TRUTH[GRID]["activities"])


def test_the_sample_goes_in_by_the_browser_and_comes_out(client) -> None:
    before = dump(*TABLES)
    page = client.post("/import/", {"file": sample(GRID)}, follow=True)
    assert "Programme" in text_of(page)
    review = text_of(client.get(f"/import/{the_batch().pk}/apercu/"))
    assert "Semaine du 9 novembre 2026" in review
    assert "10 h – 12 h 30 : Atelier cuisine" in review
    assert "10 activités seront ajoutées" in review
    assert "1 jour fermé dans le fichier" in review
    done = text_of(go_through(client, the_batch()))
    assert "10 activités ajoutées" in done
    found = stored()
    assert len(found) == len(truth())
    for (day, title), (true_day, said) in zip(sorted(found), truth(), strict=True):
        assert day == true_day
        assert said.startswith(title)
    assert Activity.objects.get(title="Piscine").seats == 8
    assert Activity.objects.get(title="Atelier d'écriture").led_by == "adherent"
    assert traces({"sylvie", "karim"}, everything_kept()) == []
    filled = dump(*TABLES)
    client.post("/import/", {"file": sample(GRID)})
    again = ImportBatch.objects.exclude(state=State.DONE).get()
    review = text_of(client.get(f"/import/{again.pk}/apercu/"))
    assert "rien de nouveau" in review
    assert "10 activités sont déjà dans votre programme" in review
    client.post(f"/import/{again.pk}/ajouter/")
    assert dump(*TABLES) == filled
    client.post(f"/import/{ImportBatch.objects.get(result__activities=10).pk}/annuler/")
    assert dump(*TABLES) == before


def test_the_command_says_the_week_then_adds_it_once(gem) -> None:
    path = str(SAMPLES / GRID)
    _, out, _ = command(path, "--group", gem.slug, "--json")
    answer = json.loads(out)
    assert answer["closed"] == ["2026-11-11"]
    assert len(answer["activities"]) == 10
    assert not Activity.objects.exists()
    _, out, _ = command(path, "--group", gem.slug, "--json", "--commit")
    assert json.loads(out)["committed"]["activities"] == 10
    _, out, _ = command(path, "--group", gem.slug, "--json", "--commit")
    assert json.loads(out)["committed"]["activities"] == 0
    assert json.loads(out)["committed"]["already_there"] == 10
    code, out, _ = command(path, "--group", gem.slug)
    assert (code, out.splitlines()[0]) == (0, "10 activités, 0 ouvertures, 0 lignes pas lues.")


def test_a_week_without_dates_comes_back_every_week(client, gem) -> None:
    page = client.post("/import/", {"file": upload(typical_week(), "type.xlsx")}, follow=True)
    said = text_of(page)
    assert "Revient-il chaque semaine ?" in said
    assert "À partir de quelle semaine ?" in said
    assert "La semaine du 30 novembre" in said
    review = text_of(client.get(f"/import/{the_batch().pk}/apercu/"))
    assert "Ces activités reviendront chaque semaine, à partir du 30 novembre 2026" in review
    go_through(client, the_batch())
    series = Series.objects.order_by("first_on", "starts_at")
    assert list(series.values_list("title", "rule", "starts_at", "first_on")) == [
        ("Gym douce", "FREQ=WEEKLY;BYDAY=MO", time(10), date(2026, 11, 30)),
        ("Loto", "FREQ=WEEKLY;BYDAY=MO", time(14), date(2026, 11, 30)),
        ("Cuisine", "FREQ=WEEKLY;BYDAY=TH", time(10), date(2026, 12, 3)),
        ("Jeux", "FREQ=WEEKLY;BYDAY=TH", time(14), date(2026, 12, 3)),
    ]
    assert Activity.objects.filter(title="Loto").count() >= 8
    assert traces({CANARY.casefold(), "sylvie", "nadia k"}, everything_kept()) == []
    client.post("/import/", {"file": upload(typical_week(), "type.xlsx")})
    again = ImportBatch.objects.exclude(state=State.DONE).get()
    go_through(client, again)
    assert Series.objects.count() == 4
    client.post(f"/import/{ImportBatch.objects.get(result__series=4).pk}/annuler/")
    assert not Series.objects.exists()
    assert not Activity.objects.exists()


def test_a_week_without_dates_may_be_one_week_only(client) -> None:
    client.post("/import/", {"file": upload(typical_week(), "type.xlsx")})
    go_through(client, the_batch(), rythme="une-semaine", debut="2026-12-07")
    assert not Series.objects.exists()
    assert stored() == [
        ("2026-12-07", "Gym douce"),
        ("2026-12-07", "Loto"),
        ("2026-12-10", "Cuisine"),
        ("2026-12-10", "Jeux"),
    ]


def test_names_of_the_roll_leave_the_titles(client, gem) -> None:
    make_person(gem, "Ylva", "K")
    rows = [
        ["Semaine du 7 au 11 décembre 2026"],
        ["", "Lundi", "Mardi"],
        ["Matin", "Couture Ylva 10h", "Gym 10h"],
        ["Après-midi", "Photo Ylva", "Loto"],
    ]
    client.post("/import/", {"file": upload(workbook(rows), "a.xlsx")})
    assert "Ylva" not in json.dumps(the_batch().reading)
    go_through(client, the_batch())
    titles = Activity.objects.values_list("title", flat=True)
    assert sorted(titles) == ["Couture", "Gym", "Loto", "Photo"]


def test_what_is_nearly_the_same_at_the_same_hour_is_not_added(client, gem) -> None:
    Activity.objects.create(
        gem=gem, title="Café-discussion", date=date(2026, 11, 10), starts_at=time(14), hours=2
    )
    client.post("/import/", {"file": sample(GRID)})
    review = text_of(client.get(f"/import/{the_batch().pk}/apercu/"))
    assert "1 activité est déjà dans votre programme" in review
    go_through(client, the_batch())
    assert Activity.objects.count() == 10


def test_a_finished_month_does_not_change(client, gem) -> None:
    FinishedMonth.objects.create(
        gem=gem,
        month=date(2026, 11, 1),
        finished_on=date(2026, 11, 24),
        input_way=InputWay.TABLETTE,
    )
    client.post("/import/", {"file": sample(GRID)})
    review = text_of(client.get(f"/import/{the_batch().pk}/apercu/"))
    assert "10 activités sont dans un mois fini" in review
    client.post(f"/import/{the_batch().pk}/ajouter/")
    assert not Activity.objects.exists()


def test_undoing_keeps_a_day_where_someone_was_noted_since(client, gem) -> None:
    client.post("/import/", {"file": sample(GRID)})
    go_through(client, the_batch())
    pool = Activity.objects.get(title="Piscine")
    Attendance.objects.create(
        gem=gem, date=pool.date, activity=pool, person=make_person(gem, "Zoé", "R")
    )
    client.post(f"/import/{the_batch().pk}/annuler/")
    assert list(Activity.objects.values_list("title", flat=True)) == ["Piscine"]


def test_opening_hours_of_a_dated_week_open_its_days(client, gem) -> None:
    Slot.objects.create(gem=gem, date=date(2026, 12, 8), starts_at=time(9), hours=3)
    rows = [
        ["Semaine du 7 au 11 décembre 2026"],
        ["", "Lundi", "Mardi", "Mercredi"],
        ["Ouverture", "10h-17h", "10h-17h", "13h30-17h"],
        ["Après-midi", "Loto 14h", "Gym 14h", "Cuisine 15h"],
    ]
    client.post("/import/", {"file": upload(workbook(rows), "a.xlsx")})
    review = text_of(client.get(f"/import/{the_batch().pk}/apercu/"))
    assert "2 ouvertures seront ajoutées" in review
    assert "1 jour a déjà son ouverture" in review
    go_through(client, the_batch())
    mine = Slot.objects.filter(batch_id=the_batch().pk).order_by("date")
    assert [(one.date.day, one.starts_at, float(one.hours)) for one in mine] == [
        (7, time(10), 7.0),
        (9, time(13, 30), 3.5),
    ]


def test_an_agenda_goes_in_without_anybody(client, gem) -> None:
    data = agenda(
        "UID:1\r\nDTSTART;TZID=Europe/Paris:20261019T140000\r\nDTEND;TZID=Europe/Paris:"
        "20261019T160000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nSUMMARY:Cuisine avec Nadia\r\n"
        f"DESCRIPTION:Appeler Mme {CANARY} 06 11 22 33 44\r\nLOCATION:12 rue {CANARY}\r\n"
        f"ATTENDEE;CN={CANARY}:mailto:n@exemple.test\r\nORGANIZER:mailto:o@exemple.test",
        "UID:2\r\nDTSTART:20261201T090000Z\r\nDTEND:20261201T110000Z\r\nSUMMARY:Piscine",
        f"UID:3\r\nDTSTART:20261202T090000Z\r\nCLASS:PRIVATE\r\nSUMMARY:{CANARY}",
        "UID:4\r\nDTSTART;VALUE=DATE:20261225\r\nSUMMARY:GEM fermé",
    )
    page = text_of(client.post("/import/", {"file": upload(data, "a.ics")}, follow=True))
    assert "Agenda" in page
    assert "Ce n'est pas ça" not in page
    review = text_of(client.get(f"/import/{the_batch().pk}/apercu/"))
    assert "Les descriptions, avec leurs liens et leurs téléphones" in review
    assert "1 rendez-vous privé" in review
    go_through(client, the_batch())
    rows = Activity.objects.order_by("date").values_list("date", "starts_at", "hours", "title")
    assert [(str(day), start, float(hours), title) for day, start, hours, title in rows] == [
        ("2026-10-19", time(14), 2.0, "Cuisine"),
        ("2026-10-26", time(14), 2.0, "Cuisine"),
        ("2026-11-02", time(14), 2.0, "Cuisine"),
        ("2026-12-01", time(10), 2.0, "Piscine"),
    ]
    secrets = {CANARY.casefold(), "n@exemple", "o@exemple", "06 11 22", "nadia"}
    mine = {"nadia"} if "nadia" in str(dump("accounts_account")).casefold() else set()
    assert traces(secrets - mine, everything_kept()) == []
    client.post("/import/", {"file": upload(data, "b.ics")})
    again = ImportBatch.objects.exclude(state=State.DONE).get()
    go_through(client, again)
    assert Activity.objects.count() == 4
    client.post(f"/import/{ImportBatch.objects.get(result__activities=4).pk}/annuler/")
    assert not Activity.objects.exists()


def test_an_agenda_beyond_the_limit_is_refused_kindly(client, settings) -> None:
    settings.IMPORT_MAX_BYTES = 1024 * 1024
    page = client.post("/import/", {"file": upload(agenda("X" * 2_000_000), "a.ics")})
    assert page.status_code == 422
    assert "Ce fichier dépasse 1 Mo. Rien n'a été enregistré." in text_of(page)
    assert not ImportBatch.objects.exists()


def test_the_command_refuses_a_file_beyond_the_limit(gem, settings, tmp_path) -> None:
    settings.IMPORT_MAX_BYTES = 1024 * 1024
    path = tmp_path / "agenda.ics"
    path.write_bytes(agenda(*["SUMMARY:" + "x" * 1000] * 1200))
    code, out, _ = command(str(path), "--group", gem.slug, "--json", "--commit")
    assert code == 1
    assert "Ce fichier dépasse 1 Mo" in json.loads(out)["error"]


@pytest.mark.parametrize("size", [1, 3, 200])
def test_the_preview_costs_the_same_whatever_the_size(
    client, django_assert_max_num_queries, size
) -> None:
    rule = f"UID:1\r\nDTSTART:20261201T090000\r\nRRULE:FREQ=DAILY;COUNT={size}\r\nSUMMARY:Gym"
    client.post("/import/", {"file": upload(agenda(rule), "a.ics")})
    address = f"/import/{the_batch().pk}/apercu/"
    client.get(address)
    with django_assert_max_num_queries(14):
        page = client.get(address)
    assert page.content.decode().count("<dd>") == min(size, 40)
