"""A place follows its GEM: what is counted bit by bit is what a count of everything gives."""

import json
from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from espace.accounts.access import SYSTEM
from espace.accounts.choices import Role
from espace.activities.actions.months import finish_month, reopen_month
from espace.activities.actions.openings import open_unplanned
from espace.activities.actions.sheet import add_heads, record_presence
from espace.activities.choices import Animation, Category, InputWay
from espace.activities.rules.sheet import NotNowError
from espace.core.clock import today
from espace.groups.actions import touch
from espace.groups.actions.profile import choose_commune, describe_management
from espace.groups.actions.roll import record_membership, remove_membership
from espace.groups.actions.states import change_state
from espace.groups.choices import GemStatus, ManagementMode, StateReason
from espace.groups.models import Gem, Person
from espace.groups.rules.states import StateRefusedError
from espace.groups.tests.factories import make_actor, make_gem, make_person
from espace.territories import actions
from espace.territories.jobs import RefreshError, refresh_all, refresh_stale
from espace.territories.models import GemFigures, PlaceFigures, StaleGem, Turn
from espace.territories.reconciling import reconcile

pytestmark = pytest.mark.django_db

LYON, GRENOBLE, NANTES = "69123", "38185", "44109"


def kept_rows() -> dict[str, list[tuple[Any, ...]]]:
    gems = GemFigures.objects.order_by("gem", "start", "end")
    places = PlaceFigures.objects.order_by("level", "code", "start", "end")
    return {
        "gems": list(
            gems.values_list("gem", "start", "end", "departement_code", "region_code", "cells")
        ),
        "places": list(
            places.values_list(
                "level", "code", "region_code", "start", "end", "gems", "cells", "histogram"
            )
        ),
    }


class Network:
    """Three GEM of two régions, opened this month or the one before."""

    def __init__(self) -> None:
        self.today = today()
        self.last_month = (self.today.replace(day=1) - timedelta(days=1)).replace(day=1)
        self.gems: list[Gem] = []
        self.people: list[list[Person]] = []
        for rank, commune in enumerate((LYON, GRENOBLE, NANTES)):
            gem = make_gem(f"GEM {rank}", joined_on=self.today, opened_on=self.last_month)
            self.gems.append(gem)
            self.people.append([make_person(gem, name, "") for name in ("Ada", "Bo")])
            choose_commune(actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, code=commune)

    def edit(self, kind: str, rank: int, number: int) -> None:
        gem = self.gems[rank]
        actor = make_actor(Role.ELECTED, gem)
        day = self.last_month if number % 2 else self.today
        person = self.people[rank][number % 2]
        match kind:
            case "come" | "not_come":
                record_presence(
                    actor=actor, gem_id=gem.pk, day=day, person_id=person.pk,
                    present=kind == "come",
                )  # fmt: skip
            case "heads":
                add_heads(
                    actor=actor, gem_id=gem.pk, day=day, category=Category.INVITE,
                    by=number - 2, key=uuid4(),
                )  # fmt: skip
            case "finish":
                finish_month(
                    actor=actor, gem_id=gem.pk, month=self.last_month,
                    input_way=InputWay.TELEPHONE,
                )  # fmt: skip
            case "reopen":
                reopen_month(actor=actor, gem_id=gem.pk, month=self.last_month)
            case "join":
                record_membership(
                    actor=actor, person_id=person.pk, year=self.today.year,
                    started_on=self.today, fee_cents=number * 100, is_first=number > 2,
                )  # fmt: skip
            case "leave":
                remove_membership(actor=actor, person_id=person.pk, year=self.today.year)
            case "move":
                choose_commune(
                    actor=actor, gem_id=gem.pk, code=(LYON, GRENOBLE, NANTES)[number % 3]
                )
            case "manage":
                mode = list(ManagementMode)[number % len(ManagementMode)]
                describe_management(actor=actor, gem_id=gem.pk, mode=mode)
            case "close" | "open":
                change_state(
                    actor=SYSTEM, gem_id=gem.pk, since=self.today,
                    state=GemStatus.FERME if kind == "close" else GemStatus.ACTIF,
                    reason=StateReason.OTHER,
                )  # fmt: skip
            case "count":
                actions.refresh(most=1 + number % 2)


EDITS = ("come", "come", "not_come", "heads", "finish", "reopen", "join", "leave", "move",
    "manage", "close", "open", "count", "count")  # fmt: skip
edits = st.lists(
    st.tuples(st.sampled_from(EDITS), st.integers(0, 2), st.integers(0, 5)),
    min_size=4, max_size=14,
)  # fmt: skip


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits)
def test_counting_bit_by_bit_is_counting_everything(db: None, made: list[Any]) -> None:
    with transaction.atomic():
        network = Network()
        for kind, rank, number in made:
            # A finished month is not written in, a closed GEM stays so: the refusal is the edit.
            with suppress(NotNowError, StateRefusedError):
                network.edit(kind, rank, number)
        refresh_stale("all")
        assert not StaleGem.objects.exists()
        found = reconcile(from_facts=True)
        assert found.differences == []
        assert (found.gems_recounted, found.periods > 2, found.cells > 20) == (3, True, True)
        bit_by_bit = kept_rows()
        actions.forget_everything()
        refresh_stale("all")
        assert kept_rows() == bit_by_bit
        transaction.set_rollback(True)


# --- What a write costs, and what it asks for ---


def test_a_write_asks_for_its_gem_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    gem = make_gem(joined_on=today())
    with django_assert_num_queries(4):  # the version, nothing noted yet, the note, the work
        touch(gem.pk, since=date(2026, 3, 4))
    with django_assert_num_queries(2):
        touch(gem.pk, since=date(2026, 5, 4))
    asked = StaleGem.objects.get()
    assert (asked.gem_id, asked.since) == (gem.pk, date(2026, 3, 4))
    touch(gem.pk)
    assert StaleGem.objects.get().since == actions.ALL_DAYS


def test_a_write_that_comes_while_the_worker_counts_is_counted_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The write is made, for good, between the reading of the facts and the writing of the sums."""
    gem = make_gem(joined_on=today(), opened_on=today(), commune_code=LYON)
    touch(gem.pk)
    count_gem = actions.count_gem

    def and_meanwhile(*asked: Any) -> Any:
        counted = count_gem(*asked)
        monkeypatch.undo()
        open_today(gem)
        return counted

    monkeypatch.setattr(actions, "count_gem", and_meanwhile)
    actions.refresh()
    assert StaleGem.objects.filter(pk=gem.pk).exists()
    refresh_stale("all")
    assert not StaleGem.objects.exists()
    assert reconcile(from_facts=True).differences == []


def open_today(gem: Gem) -> None:
    open_unplanned(
        actor=make_actor(Role.ELECTED, gem), gem_id=gem.pk, day=today(),
        starts_at=time(10), hours=Decimal(3), animation=Animation.AUTOGEREE,
    )  # fmt: skip


def test_one_gem_that_cannot_be_counted_keeps_nobody_back(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = (make_gem(name, joined_on=today(), opened_on=today()) for name in "AB")
    actions.mark_all()
    count_gem = actions.count_gem

    def fails_once(gem: Any, since: date) -> Any:
        if gem.id == broken.pk:
            raise ZeroDivisionError("Ada B.")
        return count_gem(gem, since)

    monkeypatch.setattr(actions, "count_gem", fails_once)
    with pytest.raises(RefreshError):
        refresh_stale("all")
    assert set(GemFigures.objects.values_list("gem_id", flat=True)) == {sound.pk}
    assert list(StaleGem.objects.values_list("pk", flat=True)) == [broken.pk]
    assert "Ada" not in caplog.text


def test_practice_and_absent_gem_count_nowhere() -> None:
    make_gem("Essai", joined_on=today(), practice=True)
    make_gem("Pas là")
    assert actions.mark_all() == 0
    gone = make_gem("Bientôt pour s'exercer", joined_on=today(), opened_on=today())
    touch(gone.pk)
    refresh_stale("all")
    assert PlaceFigures.objects.exists()
    Gem.objects.filter(pk=gone.pk).update(practice=True)
    touch(gone.pk)
    refresh_stale("all")
    assert (GemFigures.objects.count(), PlaceFigures.objects.count()) == (0, 0)


# --- Day after day, and when formulas change ---


def test_each_day_the_running_periods_are_counted_again() -> None:
    gem = make_gem(joined_on=today(), opened_on=date(today().year - 2, 1, 1))
    actions.start_again_if_formulas_changed()
    refresh_stale("all")
    refresh_all(today().isoformat())
    assert StaleGem.objects.get(pk=gem.pk).since > date(today().year - 1, 10, 31)


def test_new_formulas_count_everything_again() -> None:
    gem = make_gem(joined_on=today())
    assert actions.start_again_if_formulas_changed()
    assert StaleGem.objects.get(pk=gem.pk).since == actions.ALL_DAYS
    assert not actions.start_again_if_formulas_changed()
    Turn.objects.update(formulas="older ones")
    assert actions.start_again_if_formulas_changed()


# --- The command ---


def test_the_command_proves_the_sums_and_tells_a_wrong_one() -> None:
    network = Network()
    network.edit("manage", 0, 1)
    told = StringIO()
    call_command("count_places", everything=True, now=True, stdout=told)
    assert told.getvalue().splitlines()[-1] == "3 of 3 GEM counted"
    told = StringIO()
    call_command("reconcile", facts=True, json=True, stdout=told)
    found = json.loads(told.getvalue())
    assert (found["differences"], found["gems_recounted"], found["waiting"]) == ([], 3, 0)
    nation = PlaceFigures.objects.filter(level="nation").first()
    assert nation
    nation.cells["DEM-17"][0] += 1
    nation.save()
    told = StringIO()
    with pytest.raises(CommandError, match="2 differences"):
        call_command("reconcile", stdout=told)
    assert "nation FR" in told.getvalue()
    assert "DEM-17" in told.getvalue()


def test_a_row_that_lies_about_its_facts_is_told() -> None:
    network = Network()
    refresh_stale("all")
    Gem.objects.filter(pk=network.gems[0].pk).update(management_mode=ManagementMode.DIRECTE)
    assert reconcile().differences == []
    assert "DEM-17" in reconcile(from_facts=True).differences[0]


@pytest.mark.django_db
@pytest.mark.parametrize("share", ["x", "2", "0/3", "4/3", "-1/2", "1/"])
def test_a_share_that_is_not_one_is_told(share: str) -> None:
    with pytest.raises(CommandError, match="--share"):
        call_command("count_places", now=True, share=share)
