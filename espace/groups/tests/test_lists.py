"""Every list of a GEM leaves as CSV and as XLSX, for whoever may read it, at a fixed cost."""

import csv
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.activities.models import Activity, Attendance, Slot
from espace.binder.tests.factories import NEEDED, make_row
from espace.core.spreadsheets import Sheet, as_csv
from espace.governance.models import BudgetLine, CashLine, Task
from espace.governance.tests.factories import make_decision, make_meeting
from espace.groups import lists
from espace.groups.models import Gem, Membership
from espace.groups.tests.factories import make_gem, make_person

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 14)


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-10-20 15:00")


@pytest.fixture
def gem() -> Gem:
    return make_gem()


@pytest.fixture
def bureau(gem: Gem, as_role: Callable[..., Client]) -> Client:
    return as_role(Role.ELECTED, gem)


def fill(gem: Gem, number: int) -> None:
    """Put ``number`` rows in each list."""
    for rank in range(number):
        day = date(2026, 10, 1 + rank)
        person = make_person(gem, f"Prénom{Attendance.objects.count()}", "B")
        Membership.objects.create(person=person, year=2026, started_on=day, fee_cents=1550)
        what = {"starts_at": time(14), "hours": Decimal("1.5")}
        Activity.objects.create(gem=gem, date=day, title=f"=Atelier {rank}", **what)
        Slot.objects.get_or_create(gem=gem, date=day, **what)
        Attendance.objects.create(gem=gem, date=day, person=person)
        meeting = make_meeting(gem, day)
        make_decision(meeting, f"Décision {rank}")
        values = {"gem": gem, "side": "depense", "category": "activites"}
        BudgetLine.objects.create(**values, year=2026, label="Sorties", planned_cents=5648113)
        Task.objects.create(gem=gem, kind="cles", title="Les clés")
        for slug in NEEDED:
            make_row(gem, slug)
        CashLine.objects.create(
            gem=gem,
            date=day,
            label="Courses",
            amount_cents=-1250,
            category="activites",
            number=CashLine.objects.count() + 1,
        )


def table(answer: Any) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_every_list_leaves_in_both_formats_and_says_the_same(gem, bureau):
    fill(gem, 3)
    page = bureau.get("/notre-gem/listes/").content.decode()
    assert len(lists.every_list()) >= 9
    for one in lists.every_list():
        assert f"/notre-gem/listes/{one.slug}.xlsx" in page
        rows = table(bureau.get(f"/notre-gem/listes/{one.slug}.csv"))
        book = bureau.get(f"/notre-gem/listes/{one.slug}.xlsx")
        sheet = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0)
        read = sheet.to_python()
        assert read[0] == rows[0], one.slug
        # Results of a survey are bars, not rows: espace/surveys has its own tests.
        lines = 1 if one.slug == "enquetes" else 4
        assert (len(rows), len(read)) == (lines, lines), one.slug
        assert all(len(row) == len(rows[0]) for row in rows), one.slug


def test_every_list_asks_its_permission_and_stays_in_its_gem(gem, as_role):
    fill(gem, 1)
    other = make_gem()
    for role in (Role.MEMBER, Role.SPONSOR, Role.MANAGER):
        client = as_role(role, gem)
        page = client.get("/notre-gem/listes/").content.decode()
        for one in lists.every_list():
            address = f"/notre-gem/listes/{one.slug}.csv"
            offered = address in page
            assert client.get(address).status_code == (200 if offered else 403)
    stranger = as_role(Role.ELECTED, other)
    for one in lists.every_list():
        assert len(table(stranger.get(f"/notre-gem/listes/{one.slug}.csv"))) == 1


def test_a_list_costs_the_same_whatever_its_length(gem, bureau, queries):
    for one in lists.every_list():
        costs = []
        for number in (1, 3):
            fill(gem, number)
            bureau.get(f"/notre-gem/listes/{one.slug}.csv")
            with queries() as asked:
                bureau.get(f"/notre-gem/listes/{one.slug}.csv")
            costs.append(len(asked))
            BudgetLine.objects.all().delete()
            Slot.objects.all().delete()
        assert costs[0] == costs[1] <= 10, one.slug


def test_cents_days_and_formulas_are_written_as_people_read_them(gem, bureau):
    fill(gem, 1)
    assert table(bureau.get("/notre-gem/listes/budget.csv"))[1][5] == "56481,13"
    line = table(bureau.get("/notre-gem/listes/activites.csv"))[1]
    assert line[:3] == ["01/10/2026", "14:00", "'=Atelier 0"]
    cash = table(bureau.get("/notre-gem/listes/caisse.csv"))[1]
    assert cash[3:] == ["", "12,5", "-12,5"]
    wild = Sheet("T", ["a", "b"], [["@cmd", None], [date(2026, 1, 2), Decimal("0.10")]])
    assert as_csv(wild).decode("utf-8-sig").split("\r\n")[1:3] == ["'@cmd;", "02/01/2026;0,10"]


def test_taking_a_list_is_written_once_a_day(gem, bureau):
    for _twice in range(2):
        bureau.get("/notre-gem/listes/carnet.csv")
    assert JournalEntry.objects.filter(action="groups.take_list").count() == 1
    assert bureau.get("/notre-gem/listes/inconnue.csv").status_code == 404
    assert bureau.get("/notre-gem/listes/carnet.pdf").status_code == 404
