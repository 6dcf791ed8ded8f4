"""A list of members, from the browser or the command line to the roll, and nothing else."""

import json
import logging
from datetime import date

import pytest

from espace.accounts.choices import Role
from espace.groups.models import Membership, Person
from espace.groups.tests.factories import make_gem, make_person
from espace.imports.choices import State
from espace.imports.models import ImportBatch
from espace.imports.rules.records import KNOWN_LABELS
from espace.imports.tests.factories import dump, every_table
from espace.imports.tests.files import CANARY, SAMPLES, sample, upload
from espace.imports.tests.test_pages import go_through, text_of, the_batch
from espace.imports.tests.test_samples import TRUTH, command, label_of, plain
from espace.imports.tests.traces import everything_kept, secrets_of, traces

pytestmark = pytest.mark.django_db
LIST = SAMPLES / "adherents.xlsx"
LABELS = sorted(label_of(person) for person in TRUTH["adherents.xlsx"]["people"])


@pytest.fixture(autouse=True)
def _own_data_folder(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def _after_the_list(clock) -> None:
    clock("2026-11-25 10:00")


@pytest.fixture
def gem():
    return make_gem("L'Étincelle")


@pytest.fixture
def client(as_role, gem):
    return as_role(Role.ELECTED, gem)


def roll() -> list[str]:
    return sorted(plain(person.label) for person in Person.objects.all())


def members(*lines: str) -> bytes:
    """A small list: surname, first name, day of joining, fee."""
    head = "Nom;Prénom;Date d'adhésion;Cotisation 2026;Téléphone"
    return "\r\n".join([head, *lines]).encode()


SMALL = members(
    f"{CANARY.upper()};Nadia;12/01/2026;10 €;06 11 22 33 44",
    "JONCOUR;Karim;03/03/2021;oui;06 55 66 77 88",
    "ROUX;Zoé;05/05/2020;non;06 99 88 77 66",
)


def test_the_sample_goes_in_by_the_browser_and_comes_out(client, gem) -> None:
    empty = dump()
    secrets = secrets_of(LIST) - set(traces(secrets_of(LIST), everything_kept()))
    assert len(secrets) > 80
    page = client.post("/import/", {"file": sample("adherents.xlsx")}, follow=True)
    assert "Liste d'adhérents" in text_of(page)
    assert "La colonne « Remarques »" in text_of(client.get(f"/import/{the_batch().pk}/apercu/"))
    assert traces(secrets, everything_kept()) == []
    assert traces(secrets, page.content.decode().casefold()) == []
    done = go_through(client, the_batch())
    assert "24 prénoms de plus dans votre carnet" in text_of(done)
    assert "22 adhésions ajoutées" in text_of(done)
    assert roll() == LABELS
    assert traces(secrets, everything_kept()) == []
    filled = dump()

    client.post("/import/", {"file": sample("adherents.xlsx")})
    second = ImportBatch.objects.exclude(state=State.DONE).get()
    assert "rien de nouveau" in text_of(client.get(f"/import/{second.pk}/apercu/"))
    go_through(client, second)
    assert dump() == filled
    first = ImportBatch.objects.get(result__people=24)
    client.post(f"/import/{first.pk}/annuler/")
    assert dump() == empty


def test_the_command_leaves_no_trace_of_what_is_dropped(gem, caplog) -> None:
    caplog.set_level(logging.DEBUG)
    before = everything_kept()
    secrets = secrets_of(LIST) - set(traces(secrets_of(LIST), before))
    code, out, err = command(str(LIST), "--group", gem.slug, "--json")
    dry = json.loads(out)
    assert (code, err) == (0, "")
    assert not Person.objects.exists()
    assert sorted(plain(label) for label in dry["people"]) == LABELS
    assert len(dry["memberships"]) == 22
    said = " ".join(dry["dropped"])
    assert all(word in said for word in ("Né(e) le", "Tél", "Mail", "Remarques", "fonctions"))
    code, out, err = command(str(LIST), "--group", gem.slug, "--json", "--commit")
    committed = json.loads(out)["committed"]
    assert (committed["people"], committed["memberships"]) == (24, 22)
    heard = (out + err + caplog.text).casefold()
    assert traces(secrets, everything_kept()) == []
    assert traces(secrets, heard) == []
    _, out, _ = command(str(LIST), "--group", gem.slug, "--json", "--commit")
    assert json.loads(out)["committed"]["people"] == 0
    assert json.loads(out)["committed"]["memberships"] == 0


def test_the_scan_finds_what_is_kept(gem) -> None:
    make_person(gem, CANARY)
    assert traces({CANARY.casefold()}, everything_kept()) == [CANARY.casefold()]


def test_memberships_say_what_the_list_says(client, gem) -> None:
    client.post("/import/", {"file": upload(SMALL)})
    go_through(client, the_batch())
    rows = Membership.objects.order_by("person__first_name").values_list(
        "person__first_name", "year", "started_on", "fee_cents", "is_first"
    )
    assert list(rows) == [
        ("Karim", 2026, date(2026, 1, 1), None, False),
        ("Nadia", 2026, date(2026, 1, 12), 1000, True),
    ]
    assert roll() == ["Karim J.", "Nadia K.", "Zoé R."]
    assert Person.objects.filter(first_seen_on__isnull=False).count() == 0


def test_whoever_did_not_pay_is_a_member_when_told_so(client) -> None:
    page = client.post("/import/", {"file": upload(SMALL)}, follow=True)
    assert "Pour une personne, la cotisation n'est pas notée comme payée." in text_of(page)
    go_through(client, the_batch(), impayees="oui")
    assert Membership.objects.filter(person__first_name="Zoé", year=2026).exists()


def test_the_same_label_is_asked_and_never_joined_silently(client, gem) -> None:
    nadia = make_person(gem, "Nadia", "K")
    page = client.post("/import/", {"file": upload(SMALL)}, follow=True)
    assert "Nadia K. du fichier : est-ce Nadia K. de votre carnet ?" in text_of(page)
    go_through(client, the_batch(), **{KNOWN_LABELS: "non"})
    assert roll() == ["Karim J.", "Nadia K.", "Nadia K. (2)", "Zoé R."]
    assert not Membership.objects.filter(person=nadia).exists()


def test_someone_of_the_roll_receives_the_membership(client, gem) -> None:
    nadia = make_person(gem, "Nadia", "K")
    Membership.objects.create(person=nadia, year=2025, started_on=date(2025, 2, 1))
    client.post("/import/", {"file": upload(SMALL)})
    go_through(client, the_batch())
    assert sorted(nadia.memberships.values_list("year", flat=True)) == [2025, 2026]
    client.post(f"/import/{the_batch().pk}/annuler/")
    assert sorted(nadia.memberships.values_list("year", flat=True)) == [2025]
    assert roll() == ["Nadia K."]


def test_undoing_keeps_what_was_typed_or_corrected_since(client, gem) -> None:
    client.post("/import/", {"file": upload(SMALL)})
    go_through(client, the_batch())
    karim = Person.objects.get(first_name="Karim")
    karim.memberships.update(fee_cents=500)
    zoe = Person.objects.get(first_name="Zoé")
    Membership.objects.create(person=zoe, year=2026, started_on=date(2026, 11, 1))
    client.post(f"/import/{the_batch().pk}/annuler/")
    assert roll() == ["Karim J.", "Zoé R."]
    assert Membership.objects.count() == 2
    assert the_batch().state == State.UNDONE


def test_undoing_stops_after_thirty_days(client, clock) -> None:
    client.post("/import/", {"file": upload(SMALL)})
    go_through(client, the_batch())
    clock("2026-12-26 10:00")
    client.post(f"/import/{the_batch().pk}/annuler/")
    assert the_batch().state == State.DONE
    assert Person.objects.count() == 3


def test_a_gem_that_counts_with_sticks_is_told_what_names_are_for(as_role) -> None:
    gem = make_gem("Les Bâtons", counting="sticks")
    client = as_role(Role.ELECTED, gem)
    client.post("/import/", {"file": upload(SMALL)})
    review = text_of(client.get(f"/import/{the_batch().pk}/apercu/"))
    assert "Ces prénoms serviront aux adhésions seulement" in review


@pytest.mark.parametrize("size", [1, 3, 40])
def test_the_preview_costs_the_same_whatever_the_size(
    client, gem, django_assert_max_num_queries, size
) -> None:
    lines = [f"NOM{chr(97 + n % 26)};Zoé{chr(97 + n // 26)};;oui;06" for n in range(size)]
    client.post("/import/", {"file": upload(members(*lines))})
    address = f"/import/{the_batch().pk}/apercu/"
    client.get(address)
    with django_assert_max_num_queries(14):
        client.get(address)


def test_a_wrong_guess_is_corrected_by_the_person(client) -> None:
    page = client.post("/import/", {"file": upload(SMALL)}, follow=True)
    assert "Ce n'est pas ça ?" in text_of(page)
    asked = client.post(f"/import/{the_batch().pk}/arreter/", {"sorte": "passages"})
    assert asked["Location"] == "/import/?sorte=passages"
    assert the_batch().reading is None
    again = client.get("/import/?sorte=passages")
    assert "Choisissez-le à nouveau" in text_of(again)
    assert 'value="passages" ' in again.content.decode()
    file = upload(b"Nom;Ville\nKERGUELENEC Nadia;Ailleurs\n")
    client.post("/import/?sorte=adherents", {"file": file, "sort": "adherents"})
    said = ImportBatch.objects.exclude(state=State.CANCELLED).get()
    assert said.kind == "members"
    assert said.state == State.DRAFT
    assert [label for _, label in said.reading["people"]] == ["Nadia K."]


def test_only_the_words_we_know_correct_a_guess(client) -> None:
    client.post("/import/", {"file": upload(SMALL)})
    back = client.post(f"/import/{the_batch().pk}/arreter/", {"sorte": "https://ailleurs.test"})
    assert back["Location"] == f"/import/{the_batch().pk}/"
    page = client.get("/import/?sorte=n'importe quoi")
    assert page.status_code == 200
    assert "importe quoi" not in page.content.decode()


def test_drafts_and_tables_hold_no_surname(client) -> None:
    client.post("/import/", {"file": upload(SMALL)})
    held = str(dump(*every_table())).casefold()
    for secret in (CANARY.casefold(), "joncour", "06 11 22", "06112233"):
        assert secret not in held
