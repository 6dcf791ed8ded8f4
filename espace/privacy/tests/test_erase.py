"""Erasing: everything goes, everywhere; counts stay; and a restored backup erases again."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test import Client

from espace.accounts import journal, personal_data
from espace.accounts.choices import Proof, Role
from espace.accounts.models import Account, JournalEntry
from espace.activities.choices import Category
from espace.activities.models import Attendance
from espace.activities.tests.factories import make_activity
from espace.groups.models import Gem, Person
from espace.groups.tests.factories import (
    make_account,
    make_actor,
    make_gem,
    make_mandate,
    make_person,
)
from espace.imports.choices import State
from espace.imports.models import ImportBatch
from espace.privacy.models import ErasedMark
from espace.privacy.tests.filling import WORD, Filler

EMAIL = "zephyrine.canari@exemple.test"
CONFIRM = "/mon-compte/effacer/confirmer/"
DAY = date(2026, 10, 14)


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def gem(db: None, clock: Callable[[str], Any]) -> Gem:
    clock("2026-10-14 14:00")
    return make_gem()


@pytest.fixture
def zephyrine(gem: Gem) -> Account:
    account = make_account("Zéphyrine", "Q", email=EMAIL)
    make_mandate(gem, account, Role.ELECTED)
    return account


@pytest.fixture
def line(gem: Gem, zephyrine: Account) -> Person:
    return make_person(gem, "Zéphyrine", "Q", account=zephyrine)


def everything_stored(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of every row of every table, and of every file beside the database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield table, " ".join(str(value) for value in row)
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes().decode(errors="replace")


def traces(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    found = []
    for where, text in everything_stored(folder):
        low = text.lower()
        found += [(where, word) for word in words if word.lower() in low]
    return found


def live_whole_life(
    enter: Callable[..., Client], gem: Gem, account: Account, line: Person
) -> Client:
    """Put the person in every table there is, and in a session, a draft, the mail and a file."""
    Filler(gem, account, line).fill()
    Authenticator.objects.update(type="webauthn", data={"name": WORD})
    elected = make_actor(Role.ELECTED, gem, account)
    journal.write(elected, "roll.added", gem_id=gem.pk, thing=line.pk)
    ImportBatch.objects.create(
        gem=gem, state=State.DRAFT, reading={"people": ["Zéphyrine Q."]}, made_by=account
    )
    ImportBatch.objects.create(
        gem=gem, state=State.DONE, details={"first_seen": {str(line.pk): [None, "2026-10-01"]}}
    )
    half_way = Client()
    half_way.post("/entrer/", {"email": EMAIL})
    return enter(account)


@pytest.mark.django_db(transaction=True)
def test_after_erasing_nothing_anywhere_names_the_person(
    enter: Callable[..., Client],
    gem: Gem,
    zephyrine: Account,
    line: Person,
    data_folder: Path,
    settings: Any,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = data_folder / "outbox"
    client = live_whole_life(enter, gem, zephyrine, line)
    words = [EMAIL, "Zéphyrine", WORD, "zephyrine"]
    ids = [str(zephyrine.pk), str(line.pk), zephyrine.pk.hex, line.pk.hex]
    before = {where for where, _word in traces(data_folder, words + ids)}
    assert {"accounts_account", "groups_person", "accounts_opensession"} <= before
    assert any(name.endswith(".log") for name in before), "a mail waits in a file"

    assert client.post(CONFIRM).url == "/mon-compte/effacer/fini/"

    assert traces(data_folder, words + ids) == []
    if connection.vendor == "sqlite":
        # The pages given back by deleted rows are part of the file: they were overwritten.
        held = connection.connection.serialize()
        for word in [EMAIL, "Zéphyrine", WORD]:
            assert word.encode() not in held
    call_command("verify_journal", stdout=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_the_scan_finds_a_planted_trace(gem: Gem, data_folder: Path) -> None:
    gem.same_sponsor_reason = f"Vu avec {WORD}"
    gem.save()
    assert traces(data_folder, [WORD]) == [("groups_gem", WORD)]


def test_every_table_of_people_is_in_the_test(gem: Gem, zephyrine: Account, line: Person) -> None:
    rows = Filler(gem, zephyrine, line).fill()
    ids = {str(zephyrine.pk), str(line.pk)}
    shown = {label for label, row in rows.items() if ids & {str(v) for v in vars(row).values()}}
    assert {"groups.Mandate", "groups.Membership", "activities.Attendance"} <= shown
    assert len(shown) >= len(rows) - 1


def test_the_figures_of_visits_stay_equal(
    enter: Callable[..., Client], gem: Gem, zephyrine: Account, line: Person
) -> None:
    activity = make_activity(gem, DAY)
    for activity_id in (None, activity.pk):
        Attendance.objects.create(gem=gem, date=DAY, person=line, activity_id=activity_id)
        Attendance.objects.create(
            gem=gem, date=DAY, activity_id=activity_id, category=Category.DECOUVERTE, head_count=3
        )

    def counts() -> dict[tuple[Any, str], int]:
        rows = Attendance.objects.values("activity_id", "category").annotate(n=Sum("head_count"))
        return {(row["activity_id"], row["category"]): row["n"] for row in rows.order_by()}

    before = counts()
    enter(zephyrine).post(CONFIRM)
    assert counts() == before
    assert not Attendance.objects.filter(person__isnull=False).exists()


def test_the_session_is_over_and_a_second_press_does_no_harm(
    enter: Callable[..., Client], zephyrine: Account
) -> None:
    client, other = enter(zephyrine), enter(zephyrine)
    client.post(CONFIRM)
    assert "Nous ne gardons plus rien" in client.get("/mon-compte/effacer/fini/").content.decode()
    for each in (client, other):
        assert each.post(CONFIRM).url.startswith("/entrer/")
    assert not Account.objects.exists()


def test_opening_the_pages_erases_nothing(enter: Callable[..., Client], zephyrine: Account) -> None:
    client = enter(zephyrine)
    for url in ("/mon-compte/effacer/", CONFIRM):
        assert client.get(url).status_code == 200
    assert Account.objects.get() == zephyrine


def test_a_session_left_open_erases_nobody(
    enter: Callable[..., Client], gem: Gem, clock: Callable[[str], Any]
) -> None:
    nadia = make_account()
    make_mandate(gem, nadia, Role.MEMBER)
    client = enter(nadia, Proof.CODE)
    clock("2026-10-14 14:11")
    for answer in (client.get(CONFIRM), client.post(CONFIRM)):
        assert answer.url.startswith("/entrer/deuxieme-etape/?next=%2F")
    assert "Entrer à nouveau" in client.get(answer.url).content.decode()
    assert Account.objects.filter(pk=nadia.pk).exists()


def test_someone_with_a_passkey_shows_it_before(enter: Callable[..., Client], gem: Gem) -> None:
    nadia = make_account()
    make_mandate(gem, nadia, Role.MEMBER)
    Authenticator.objects.create(user=nadia, type="webauthn", data={"name": "Téléphone"})
    assert enter(nadia, Proof.CODE).post(CONFIRM).url.startswith("/entrer/deuxieme-etape/")
    enter(nadia, Proof.CODE, Proof.PASSKEY).post(CONFIRM)
    assert not Account.objects.filter(pk=nadia.pk).exists()


def test_a_member_with_a_code_only_may_erase(enter: Callable[..., Client], gem: Gem) -> None:
    nadia = make_account()
    make_mandate(gem, nadia, Role.MEMBER)
    enter(nadia, Proof.CODE).post(CONFIRM)
    assert not Account.objects.filter(pk=nadia.pk).exists()


def test_the_last_elected_person_is_told_and_may_go(
    enter: Callable[..., Client], gem: Gem, zephyrine: Account
) -> None:
    client = enter(zephyrine)
    told = "Vous êtes la seule personne élue ici"
    assert told in client.get("/mon-compte/effacer/").content.decode()
    make_mandate(gem, make_account(), Role.ELECTED)
    assert told not in client.get("/mon-compte/effacer/").content.decode()


def test_the_journal_says_that_someone_left_never_who(
    enter: Callable[..., Client], gem: Gem, zephyrine: Account, line: Person
) -> None:
    enter(zephyrine).post(CONFIRM)
    written = JournalEntry.objects.filter(action="privacy.erase_account").order_by("gem_id", "pk")
    assert [(each.account_id, each.thing, each.forgotten) for each in written] == [
        (None, "", False)
    ] * 2
    assert {each.gem_id for each in written} == {None, gem.pk}


# --- Someone of the roll, by the bureau ---


def test_the_bureau_erases_someone_who_asks(as_role: Callable[..., Client], gem: Gem) -> None:
    karim = make_person(gem)
    Attendance.objects.create(gem=gem, date=DAY, person=karim)
    client, url = as_role(Role.ELECTED, gem), f"/notre-gem/carnet/{karim.pk}/effacer/"
    assert url in client.get(f"/notre-gem/carnet/{karim.pk}/retirer/").content.decode()
    assert "Karim J." in client.get(url).content.decode()
    assert Person.objects.filter(pk=karim.pk).exists()
    assert client.post(url).url == "/notre-gem/carnet/"
    assert not Person.objects.filter(pk=karim.pk).exists()
    assert Attendance.objects.get().head_count == 1
    assert JournalEntry.objects.filter(action="privacy.erase_line", thing="").count() == 1
    assert client.post(url).status_code == 404


@pytest.mark.parametrize("role", [Role.ANIMATOR, Role.MEMBER, Role.VOLUNTEER])
def test_nobody_else_erases_a_line(role: Role, as_role: Callable[..., Client], gem: Gem) -> None:
    karim = make_person(gem)
    url = f"/notre-gem/carnet/{karim.pk}/effacer/"
    assert as_role(role, gem).post(url).status_code == 403
    assert as_role(Role.ELECTED, make_gem("GEM du Canal")).post(url).status_code == 404
    assert Person.objects.filter(pk=karim.pk).exists()


# --- A backup put back ---


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_erases_again(
    enter: Callable[..., Client], gem: Gem, zephyrine: Account, line: Person, data_folder: Path
) -> None:
    kept, odile = make_account("Odile"), make_person(gem, "Odile")
    account_id, line_id = zephyrine.pk, line.pk
    enter(zephyrine).post(CONFIRM)
    # The backup is of before: it has the person, and not the mark.
    ErasedMark.objects.all().delete()
    back = Account(pk=account_id, email=EMAIL, first_name="Zéphyrine", initial="Q")
    back.save()
    make_person(gem, "Zéphyrine", "Q", id=line_id)
    out = io.StringIO()
    call_command("replay_erasures", stdout=out)
    assert "2" in out.getvalue()
    assert list(Account.objects.all()) == [kept]
    assert list(Person.objects.all()) == [odile]
    assert ErasedMark.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_fails_leaves_no_mark(
    gem: Gem,
    zephyrine: Account,
    data_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    enter: Callable[..., Client],
) -> None:
    def fail(account_id: object) -> int:
        raise RuntimeError("the disk is full")

    client = enter(zephyrine)
    keeper = personal_data.keepers()[0]
    monkeypatch.setitem(
        personal_data._keepers,
        keeper.name,
        personal_data.Keeper(keeper.name, keeper.tables, keeper.show, fail),
    )
    client.raise_request_exception = False
    assert client.post(CONFIRM).status_code == 500
    assert Account.objects.filter(pk=zephyrine.pk).exists()
    assert not ErasedMark.objects.exists()
    assert not (data_folder / "erasures").exists()
