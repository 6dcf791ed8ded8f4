"""A month is closed once, from facts; what is published is all that others may read."""

import csv
import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries, Settings

from espace.accounts.access import NOBODY, SYSTEM
from espace.accounts.choices import Role
from espace.accounts.permissions import NotAllowed
from espace.activities.models import Attendance, FinishedMonth
from espace.core.clock import today
from espace.disclosure import queries
from espace.disclosure.actions import (
    BlockedError,
    ClosedAlreadyError,
    NotYetError,
    close_month,
)
from espace.disclosure.jobs import close_due_month
from espace.disclosure.models import BlockedClosing, FrozenGem, Release
from espace.disclosure.queries import DisclosedTable, TamperedError
from espace.disclosure.rules import values
from espace.disclosure.rules.months import may_be_closed, month_due
from espace.disclosure.tests.linear_audit import Attack, Files, breaches
from espace.groups.choices import AgeBand, Gender
from espace.groups.models import Gem, Membership
from espace.groups.tests.factories import make_actor, make_gem, make_person
from espace.indicators.rules import last_day

pytestmark = pytest.mark.django_db

AGES = [AgeBand.DE_25_34, AgeBand.DE_35_49, AgeBand.PLUS_65, ""]
DUE = month_due(today()).start
BEFORE = (DUE - timedelta(days=1)).replace(day=1)


def open_gem(name: str, departement: str, region: str, people: int) -> Gem:
    """A GEM where ``people`` came on the fifth of both months, both finished."""
    gem = make_gem(
        name, joined_on=BEFORE, opened_on=BEFORE, departement_code=departement, region_code=region
    )
    for rank in range(people):
        person = make_person(
            gem, f"Prénom {rank}", "", first_seen_on=BEFORE, age_band=AGES[rank % 4],
            gender=Gender.FEMME if rank % 2 else Gender.HOMME,
        )  # fmt: skip
        Membership.objects.create(person=person, year=DUE.year, started_on=BEFORE)
        for month in (BEFORE, DUE):
            Attendance.objects.create(gem=gem, date=month.replace(day=5), person=person)
    for month in (BEFORE, DUE):
        FinishedMonth.objects.create(gem=gem, month=month, finished_on=last_day(month))
    return gem


@pytest.fixture
def network() -> list[Gem]:
    """Four GEM of 64 people in the Rhône, three of 20 in the Drôme, one of 3 in the Ain."""
    return [
        *(open_gem(f"Rhône {rank}", "69", "84", 64) for rank in range(4)),
        *(open_gem(f"Drôme {rank}", "26", "84", 20) for rank in range(3)),
        open_gem("Ain", "01", "84", 3),
    ]


def close(month: date = DUE) -> Release:
    return close_month(actor=SYSTEM, month=month, today=today())


def read(name: str, month: date | None = None) -> DisclosedTable:
    found = queries.disclosed(name, month)
    assert found
    return found


# --- What is published ---


def test_a_closing_publishes_rounded_numbers_and_hides_small_ones(network: list[Gem]) -> None:
    close()
    people = read("ATT-01")
    assert {place: people.value(place) for place in people.places} == {
        "FR": 320, "R84": 320, "D01": None, "D26": None, "D69": 260,
    }  # fmt: skip
    assert people.gems["R84"] == (8, 8)
    passages = read("ATT-02")
    assert (passages.value("D69"), passages.value("D26")) == (260, None)
    ages = read("ATT-01-age-dep")
    assert [ages.value("D69", code) for code in ages.categories] == [60, 60, 130]
    assert [ages.value("D26", code) for code in ages.categories] == [None] * 3
    sexes = read("ADH-01-sexe")
    assert (sexes.value("R84", "femme"), sexes.value("R84", "autre_ou_non_dit")) == (None, None)


def test_a_gem_that_did_not_finish_its_month_is_not_counted(network: list[Gem]) -> None:
    FinishedMonth.objects.filter(gem=network[0], month=DUE).delete()
    close()
    people = read("ATT-01")
    assert (people.value("D69"), people.gems["D69"]) == (190, (3, 4))
    # Memberships are not of the day sheet.
    assert read("ADH-01").value("D69") == 260


def test_practice_gem_and_gem_of_later_count_nowhere(network: list[Gem]) -> None:
    Gem.objects.filter(pk=network[0].pk).update(practice=True)
    Gem.objects.filter(pk=network[1].pk).update(opened_on=last_day(DUE) + timedelta(days=1))
    close()
    assert read("ATT-01").gems["D69"] == (2, 2)


# --- Once, and for good ---


def test_a_published_month_is_never_computed_again(network: list[Gem]) -> None:
    close()
    before = Release.objects.get()
    Attendance.objects.filter(gem=network[0]).delete()
    for month in (DUE, BEFORE):
        with pytest.raises(ClosedAlreadyError):
            close(month)
    after = Release.objects.get()
    assert (after.tables, after.signature) == (before.tables, before.signature)


def test_the_next_closing_says_that_published_months_were_corrected(network: list[Gem]) -> None:
    close(BEFORE)
    assert read("ATT-01").corrected_gems == 0
    gone = Attendance.objects.filter(gem=network[0], date__lt=DUE)
    gone.filter(pk__in=list(gone.values_list("pk", flat=True)[:30])).delete()
    close()
    assert read("ATT-01").corrected_gems == 1
    assert read("ATT-01", BEFORE).value("D69") == 260


def test_a_number_moves_only_when_three_people_move(network: list[Gem]) -> None:
    """256 people, then 254: the reference stays; then 250 would be another number."""
    close(BEFORE)
    frozen = Release.objects.get().closingmemory.references["ATT-01"]["D69|tous"]
    gone = Attendance.objects.filter(gem=network[0], date__gte=DUE)
    gone.filter(pk__in=list(gone.values_list("pk", flat=True)[:2])).delete()
    close()
    newest = Release.objects.first()
    assert newest
    assert (frozen, newest.closingmemory.references["ATT-01"]["D69|tous"]) == (256, 256)


def test_gem_have_until_the_ninth() -> None:
    assert not may_be_closed(date(2026, 10, 1), date(2026, 11, 9))
    assert may_be_closed(date(2026, 10, 1), date(2026, 11, 10))
    assert month_due(date(2026, 11, 9)).start == date(2026, 9, 1)
    assert month_due(date(2027, 1, 10)).start == date(2026, 12, 1)
    with pytest.raises(NotYetError):
        close(today())


def test_the_month_closes_by_itself_once(network: list[Gem]) -> None:
    for _ in range(2):
        close_due_month(today().isoformat())
    assert Release.objects.get().month == DUE


def test_a_broken_promise_blocks_the_publication(
    network: list[Gem], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A constant edited into nonsense: numbers that would lag for ever."""
    close(BEFORE)
    gone = Attendance.objects.filter(gem=network[0], date__gte=DUE)
    gone.filter(pk__in=list(gone.values_list("pk", flat=True)[:20])).delete()
    monkeypatch.setattr(values, "MOUVEMENT", 1000)
    with pytest.raises(BlockedError):
        close()
    assert [row.month for row in Release.objects.all()] == [BEFORE]
    assert BlockedClosing.objects.get().failures > 0


def test_nobody_but_the_platform_closes_a_month(network: list[Gem]) -> None:
    for actor in (NOBODY, make_actor(Role.FEDERATION), make_actor(Role.ELECTED, network[0])):
        with pytest.raises(NotAllowed):
            close_month(actor=actor, month=DUE, today=today())


# --- Reading ---


def test_a_disclosed_table_is_read_never_made(network: list[Gem]) -> None:
    close()
    known = read("ATT-01")
    with pytest.raises(TypeError):
        DisclosedTable("ATT-01", "ATT-01", DUE, known.made_at, ("tous",), {"D01|tous": 3}, {}, 0)
    with pytest.raises(KeyError):
        queries.disclosed("ATT-06")


def test_a_table_written_in_since_is_not_shown(network: list[Gem]) -> None:
    release = close()
    release.tables["ATT-01"]["D01|tous"] = 3
    release.save()
    with pytest.raises(TamperedError):
        queries.disclosed("ATT-01")
    with pytest.raises(TamperedError):
        queries.publication(1)


def test_what_was_checked_goes_on_being_shown_as_it_was_published(network: list[Gem]) -> None:
    release = close()
    published = read("ATT-01").value("D69")
    release.tables["ATT-01"]["D69|tous"] = 3
    release.save()
    assert read("ATT-01").value("D69") == published
    with pytest.raises(TamperedError):
        queries.publication(1)


def test_a_new_key_keeps_what_the_former_one_signed(network: list[Gem], settings: Settings) -> None:
    close()
    former = settings.SECRET_KEY
    settings.SECRET_KEY = "another one, long enough to be a key of its own"
    with pytest.raises(TamperedError):
        queries.disclosed("ATT-01")
    settings.SECRET_KEY_FALLBACKS = [former]
    assert read("ATT-01").value("D69") == 260


def test_a_table_costs_one_query(
    network: list[Gem], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    close(BEFORE)
    close()
    # The first reading of a process checks the signature too.
    with django_assert_num_queries(2):
        read("ATT-01-age")
    with django_assert_num_queries(1):
        read("ATT-01-age")
    queries.disclosed_series("ATT-01", 12)
    with django_assert_num_queries(1):
        assert [one.month for one in queries.disclosed_series("ATT-01", 12)] == [BEFORE, DUE]


def test_a_closing_costs_few_queries_a_gem(django_assert_max_num_queries: Any) -> None:
    for rank in range(3):
        open_gem(f"GEM {rank}", "69", "84", 5)
    with django_assert_max_num_queries(3 * 4 + 18):
        close(BEFORE)


# --- Commands and files ---


def test_the_files_of_outsiders_hold_no_gem_and_stand_the_audit(
    network: list[Gem], tmp_path: Path
) -> None:
    told = StringIO()
    call_command("close_month", f"{DUE:%Y-%m}", since=f"{BEFORE:%Y-%m}", stdout=told)
    assert told.getvalue().count("published in") == 2
    call_command("publish_tables", out=tmp_path, stdout=StringIO())
    assert {path.name for path in tmp_path.iterdir()} == {
        "cells.csv", "hierarchy.json", "rules.json",
    }  # fmt: skip
    rows = list(csv.DictReader((tmp_path / "cells.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["period"] for row in rows} == {f"{BEFORE:%Y-%m}", f"{DUE:%Y-%m}"}
    assert all((row["status"] == "hidden") == (row["value"] == "") for row in rows)
    tree = json.loads((tmp_path / "hierarchy.json").read_text(encoding="utf-8"))
    assert tree["place"] == {"FR": ["R84"], "R84": ["D01", "D26", "D69"]}
    assert json.loads((tmp_path / "rules.json").read_text())["threshold"] == 11
    call_command("publish_tables", out=tmp_path, truth=True, stdout=StringIO())
    files = Files(tmp_path)
    assert files.truth["ATT-01", f"{DUE:%Y-%m}"]["D01", "tous", "tous"] == 3
    assert breaches(files, Attack(exact=True)) == []
    assert breaches(files, Attack(exact=True, insider=str(network[4].pk))) == []


def test_exact_counts_of_real_people_are_never_written(
    network: list[Gem], tmp_path: Path, settings: Settings
) -> None:
    close()
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="never"):
        call_command("publish_tables", out=tmp_path, truth=True)
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_it_will_not_do(network: list[Gem], tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No month"):
        call_command("publish_tables", out=tmp_path)
    for wrong in ("2026", "2026-13", "2026-T1", "hier"):
        with pytest.raises(CommandError, match="Not a month"):
            call_command("close_month", wrong)
    with pytest.raises(CommandError, match="ninth"):
        call_command("close_month", f"{today():%Y-%m}")
    call_command("close_month", f"{DUE:%Y-%m}", stdout=StringIO())
    told = StringIO()
    call_command("close_month", f"{DUE:%Y-%m}", stdout=told)
    assert "published already" in told.getvalue()
    assert FrozenGem.objects.count() == 8
