"""Old first names go: what pages, files and the command say, and who can still write."""

import json
from collections.abc import Callable
from datetime import date
from io import StringIO
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from lxml import html

from espace.accounts import personal_data
from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry
from espace.accounts.permissions import NotAllowed
from espace.activities.actions.folding import fold_due_months
from espace.activities.actions.imported import (
    add_imported_attendance,
    undo_imported_attendance,
)
from espace.activities.jobs import fold_all
from espace.activities.models import Attendance, Duty, FinishedMonth, Slot
from espace.activities.queries.folding import months_to_fold
from espace.activities.tests.factories import make_slot
from espace.groups.models import Gem, Person
from espace.groups.tests.factories import make_account, make_actor, make_gem, make_person

MARCH = date(2025, 3, 1)
NIGHT = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _now(clock: Callable[[str], Any]) -> None:
    clock("2026-11-02 11:00")


@pytest.fixture
def gem(db: None) -> Gem:
    """In March 2025 Karim came on the 4th and 5th and held the place; Zoé still comes."""
    made = make_gem()
    karim, zoe = make_person(made, "Karim"), make_person(made, "Zoé")
    for person, day in ((karim, 4), (karim, 5), (zoe, 5)):
        Attendance.objects.create(gem=made, person=person, date=date(2025, 3, day))
    Attendance.objects.create(gem=made, person=zoe, date=date(2026, 10, 5))
    make_slot(made, date(2025, 3, 4), held_by=karim)
    Duty.objects.create(gem=made, account=make_account(), date=date(2025, 3, 5))
    FinishedMonth.objects.create(gem=made, month=MARCH, finished_on=date(2025, 4, 2))
    return made


def words(response: Any) -> str:
    page = html.fromstring(response.content)
    return " ".join(page.find(".//main").text_content().split())


def heads(gem: Gem) -> dict[int, int]:
    rows = Attendance.objects.filter(gem=gem, date__year=2025, person__isnull=True)
    return dict(rows.order_by("date").values_list("date__day", "head_count"))


def test_every_night_the_names_that_had_their_time_go(gem):
    fold_all("2026-11-02")
    assert heads(gem) == {4: 1, 5: 2}
    assert not Slot.objects.filter(gem=gem, held_by__isnull=False).exists()
    assert not Duty.objects.filter(gem=gem).exists()
    # Zoé came since, Karim did not: he left the roll.
    assert [one.first_name for one in Person.objects.filter(gem=gem)] == ["Zoé"]
    lines = JournalEntry.objects.filter(gem_id=gem.pk, action="activities.fold_names")
    assert [(line.account_id, line.thing) for line in lines] == [(None, "2025-03-01")]
    before = (heads(gem), Attendance.objects.count())
    fold_all("2026-11-02")
    assert (heads(gem), Attendance.objects.count(), lines.count()) == (*before, 1)


def test_nobody_folds_by_hand(gem):
    for role in (Role.ELECTED, Role.ANIMATOR, Role.FEDERATION):
        with pytest.raises(NotAllowed):
            fold_due_months(actor=make_actor(role, gem), gem_id=gem.pk, today=NIGHT)
    assert heads(gem) == {}


def test_a_folded_month_is_read_but_no_more_written(gem, as_role):
    animator = as_role(Role.ANIMATOR, gem)
    zoe = Person.objects.get(gem=gem, first_name="Zoé")
    fold_all("2026-11-02")
    assert "Les prénoms de ce mois sont effacés depuis le 2 novembre 2026." in words(
        animator.get("/mois/2025-03/")
    )
    for gesture in ("rouvrir", "finir"):
        page = animator.post("/mois/2025-03/", {"geste": gesture}, follow=True)
        assert "Ce mois est trop ancien." in words(page)
    page = animator.get("/aujourdhui/2025-03-05/")
    assert "Nous ne gardons plus ses prénoms" in words(page)
    animator.post("/aujourdhui/2025-03-04/pointer/", {"venu": zoe.pk})
    assert not zoe.attendance.filter(date__year=2025).exists()
    assert heads(gem) == {4: 1, 5: 2}


def test_a_month_never_finished_is_folded_too_and_then_closed(gem, as_role):
    FinishedMonth.objects.all().delete()
    assert months_to_fold(gem.pk, date(2026, 7, 30)) == ()
    assert months_to_fold(gem.pk, date(2026, 7, 31)) == (MARCH,)
    fold_all("2026-11-02")
    page = as_role(Role.ELECTED, gem).get("/aujourdhui/2025-03-05/")
    assert "Nous ne gardons plus ses prénoms" in words(page)


def test_the_command_says_what_would_go_then_does_it(gem):
    def told(*options: str) -> Any:
        out = StringIO()
        call_command("fold", "--group", gem.slug, "--json", *options, stdout=out)
        return json.loads(out.getvalue())

    assert (told("--dry-run")["due"], heads(gem)) == (["2025-03"], {})
    done = told()
    assert done["folded"] == [{"month": "2025-03", "rows": 3, "counts": 2, "people_left": 1}]
    assert (told()["folded"], told()["already_folded"]) == ([], ["2025-03"])
    with pytest.raises(CommandError, match="Aucun GEM"):
        call_command("fold", "--group", "nulle-part")


def bring(gem: Gem, batch: Any, rows: list[tuple[Any, date]], until: date | None) -> Any:
    return add_imported_attendance(
        actor=SYSTEM,
        gem_id=gem.pk,
        batch_id=batch,
        presences=rows,
        heads={},
        usual={},
        on_progress=lambda done: None,
        keep_names_until=until,
    )


def test_an_old_file_keeps_its_names_while_it_can_be_taken_back(gem):
    """« Annuler » gives back exactly what was there; 31 days later the names go."""
    zoe, batch, until = Person.objects.get(first_name="Zoé"), uuid4(), date(2026, 12, 3)
    before = sorted(Attendance.objects.values_list("date", "person_id"))
    bring(gem, batch, [(zoe.pk, date(2025, 3, 20)), (zoe.pk, date(2025, 2, 3))], until)
    fold_all("2026-11-02")
    assert heads(gem) == {}  # March waits too: it received something of the file
    undo_imported_attendance(actor=SYSTEM, gem_id=gem.pk, batch_id=batch)
    assert sorted(Attendance.objects.values_list("date", "person_id")) == before
    assert months_to_fold(gem.pk, date(2026, 12, 2)) == ()
    assert months_to_fold(gem.pk, until) == (MARCH,)


def test_a_file_brings_no_name_into_a_folded_month(gem):
    zoe = Person.objects.get(first_name="Zoé")
    fold_all("2026-11-02")
    added = bring(gem, uuid4(), [(zoe.pk, date(2025, 3, 20))], date(2026, 12, 3))
    assert (added.presences, added.days_left_with_sticks) == (0, 1)
    assert heads(gem) == {4: 1, 5: 2}


def test_someone_erased_after_folding_leaves_the_counts(gem):
    zoe = Person.objects.get(first_name="Zoé")
    fold_all("2026-11-02")
    personal_data.erase_line(zoe.pk)
    assert heads(gem) == {4: 1, 5: 2}
    assert not Person.objects.filter(gem=gem).exists()


def test_a_gem_that_fails_does_not_keep_the_others_back(gem, monkeypatch):
    """The work is said to have failed, the names of the others are gone all the same."""
    broken = make_gem("GEM cassé", time_zone="Nulle/Part")
    with pytest.raises(Exception, match="1"):
        fold_all("2026-11-02")
    assert heads(gem) == {4: 1, 5: 2}
    assert broken.pk


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_fold_once():
    made = make_gem()
    for number in range(5):
        person = make_person(made, f"P{number}")
        Attendance.objects.create(gem=made, person=person, date=date(2025, 3, 4))
    done: list[Any] = []

    def work() -> None:
        try:
            done.append(fold_due_months(actor=SYSTEM, gem_id=made.pk, today=NIGHT))
        finally:
            connections.close_all()

    if connection.vendor == "sqlite":
        work()
        work()
    else:
        threads = [Thread(target=work) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(len(months) for months in done) == [0, 1]
    assert heads(made) == {4: 5}
