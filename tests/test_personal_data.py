"""What the packages keep on a person is shown to them whole, and taken away whole."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Sum
from django.test import Client

from espace.accounts import personal_data
from espace.accounts.choices import Role
from espace.accounts.models import Account, JournalEntry
from espace.activities.models import Attendance, Duty
from espace.activities.tests.factories import make_activity, make_slot
from espace.groups.models import Gem, Mandate, Membership, Person
from espace.groups.tests.factories import make_account, make_gem, make_mandate, make_person
from espace.imports.choices import State
from espace.imports.models import ImportBatch

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 14)


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def odile() -> Account:
    return make_account("Odile", "Z")


@pytest.fixture
def line(gem: Gem, odile: Account) -> Person:
    return make_person(gem, "Odile", "Z", account=odile)


def sections(found: list[personal_data.Section]) -> dict[str, Any]:
    return {
        part.key: [{name: value for name, _words, value in row} for row in part.rows]
        for part in found
    }


def test_an_account_and_its_line_are_shown_whole(gem: Gem, odile: Account, line: Person) -> None:
    make_mandate(gem, odile, Role.MEMBER)
    Membership.objects.create(person=line, year=2026, started_on=DAY, fee_cents=1250)
    Attendance.objects.create(gem=gem, date=DAY, person=line)
    Duty.objects.create(gem=gem, account=odile, date=DAY)
    shown = sections(personal_data.shown(odile.pk))
    assert shown["account"][0]["email"] == odile.email
    assert shown["roles"][0]["gem"] == gem.name
    assert shown["roll_line"][0]["name"] == "Odile Z."
    assert shown["memberships"] == [
        {"year": "2026", "started_on": "14 octobre 2026", "fee": "12,50"}
    ]
    assert shown["presences"] == [{"date": "14 octobre 2026"}]
    assert shown["duties"] == [{"date": "14 octobre 2026", "gem": gem.name}]
    assert all(part.seen_by and part.kept and part.why for part in personal_data.shown(odile.pk))


def test_a_line_without_account_is_shown_alone(gem: Gem) -> None:
    karim = make_person(gem)
    make_person(gem, "Odile", "Z")
    shown = sections(personal_data.shown_of_line(karim.pk))
    assert [row["name"] for row in shown["roll_line"]] == ["Karim J."]
    assert set(shown) == {"roll_line", "said"}


def test_erasing_keeps_every_count_of_visits(gem: Gem, line: Person) -> None:
    activity, slot = make_activity(gem, DAY), make_slot(gem, DAY)
    other = make_person(gem)
    batch = UUID(int=5)
    rows = [
        Attendance(gem=gem, date=DAY, person=line, slot=slot),
        Attendance(gem=gem, date=DAY, person=line, activity=activity),
        Attendance(gem=gem, date=date(2026, 10, 15), person=line, batch_id=batch),
        Attendance(gem=gem, date=DAY, person=other),
        Attendance(gem=gem, date=DAY, head_count=4),
    ]
    Attendance.objects.bulk_create(rows)

    def counts() -> list[tuple[date, UUID | None, int]]:
        by = Attendance.objects.values("date", "activity_id").annotate(n=Sum("head_count"))
        return [
            (each["date"], each["activity_id"], each["n"])
            for each in by.order_by("date", "activity_id")
        ]

    before = counts()
    personal_data.erase_line(line.pk)
    assert counts() == before
    assert list(Attendance.objects.filter(person__isnull=False).values_list("person_id")) == [
        (other.pk,)
    ]
    assert Attendance.objects.filter(batch_id=batch, person=None).get().head_count == 1
    assert not Person.objects.filter(pk=line.pk).exists()


def test_an_elected_mandate_stays_as_a_fact_without_its_person(
    gem: Gem, odile: Account, clock: Callable[[str], Any]
) -> None:
    clock("2026-10-14 14:00")
    make_mandate(gem, odile, Role.ELECTED)
    make_mandate(gem, odile, Role.MEMBER)
    make_mandate(
        gem, odile, Role.ELECTED, started_on=date(2026, 12, 1), ended_on=DAY.replace(year=2027)
    )
    personal_data.erase(odile.pk)
    kept = Mandate.objects.get()
    assert (kept.account_id, kept.role, kept.ended_on) == (None, Role.ELECTED, DAY)
    assert not Account.objects.filter(pk=odile.pk).exists()


def test_the_journal_says_no_more_who(enter: Callable[..., Client], odile: Account) -> None:
    client = enter(odile)
    client.post("/mon-compte/", {"first_name": "Odile", "initial": "Z"})
    personal_data.erase(odile.pk)
    assert list(JournalEntry.objects.values_list("account", "action")) == [
        (None, "accounts.edit_own_account")
    ]
    assert client.get("/mon-compte/").status_code == 302


def test_a_draft_that_names_the_person_is_dropped_and_undoing_forgets_them(
    gem: Gem, line: Person
) -> None:
    names = ImportBatch.objects.create(gem=gem, state=State.DRAFT, reading={"l": ["Odile Z."]})
    other = ImportBatch.objects.create(gem=gem, state=State.DRAFT, reading={"l": ["Karim J."]})
    first = {str(line.pk): [None, "2026-10-01"], str(UUID(int=3)): [None, "2026-10-02"]}
    done = ImportBatch.objects.create(
        gem=gem, state=State.DONE, details={"first_seen": first, "dropped": ["Téléphone"]}
    )
    personal_data.erase_line(line.pk)
    for batch in (names, other, done):
        batch.refresh_from_db()
    assert (names.state, names.reading) == (State.CANCELLED, None)
    assert (other.state, other.reading) == (State.DRAFT, {"l": ["Karim J."]})
    assert done.details == {
        "first_seen": {str(UUID(int=3)): [None, "2026-10-02"]},
        "dropped": ["Téléphone"],
    }
