"""The first names of old months go; every figure that was said before is said the same after."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from espace.accounts.access import SYSTEM
from espace.activities.actions.folding import fold_due_months
from espace.activities.choices import ActivityState
from espace.activities.models import Activity, Attendance, FinishedMonth, Slot
from espace.activities.queries.folding import folded_months, months_to_fold
from espace.activities.rules.folding import months_after
from espace.groups.models import Gem, Membership, Person
from espace.groups.tests.factories import make_gem, make_person
from espace.indicators import measures
from espace.indicators.catalogue_reading import catalogue
from espace.indicators.final_values import periods_around, reads
from espace.indicators.formulas import tree
from espace.indicators.models import FinalValue
from espace.indicators.rules import (
    Measure,
    Period,
    State,
    month_period,
    quarter_period,
    shift_date,
    year_period,
)

FIRST = date(2024, 10, 1)
MONTHS = [shift_date(FIRST, ahead, "month") for ahead in range(18)]
days = st.integers(0, 540).map(lambda number: FIRST + timedelta(days=number))
lives = st.fixed_dictionaries(
    {
        # (person, day, number of the activity that day or None, category)
        "presences": st.lists(
            st.tuples(
                st.integers(0, 4),
                days,
                st.one_of(st.none(), st.none(), st.integers(0, 1)),
                st.sampled_from(["adherent", "adherent", "decouverte"]),
            ),
            min_size=1,
            max_size=30,
        ),
        "heads": st.lists(
            st.tuples(days, st.sampled_from(["adherent", "invite"]), st.integers(1, 6)),
            max_size=8,
            unique_by=lambda row: row[:2],
        ),
        "closed": st.sets(days, max_size=3),
        "members": st.sets(st.tuples(st.integers(0, 4), st.sampled_from([2024, 2025, 2026]))),
        "already_there": st.sets(st.integers(0, 4), max_size=2),
        "finished": st.lists(st.integers(-2, 200) | st.none(), min_size=18, max_size=18),
    }
)


def spans() -> list[Period]:
    """Every month, quarter and year of the life."""
    years = sorted({month.year for month in MONTHS})
    quarters = [quarter_period(year, rank) for year in years for rank in (1, 2, 3, 4)]
    return [*map(month_period, MONTHS), *quarters, *map(year_period, years)]


def live(drawn: dict[str, Any]) -> Gem:
    """Write a life as the day sheets would have: whoever did an activity came that day."""
    gem = make_gem()
    people = [make_person(gem, f"P{number}", "") for number in range(5)]
    seen: dict[int, date] = {}
    noted = {}
    for who, day, activity, category in drawn["presences"]:
        seen[who] = min(seen.get(who, day), day)
        noted.setdefault((who, day), (category, set()))[1].add(activity)
    for who, first in seen.items():
        if who not in drawn["already_there"]:
            Person.objects.filter(pk=people[who].pk).update(first_seen_on=first)
    slots, activities = {}, {}
    for day in sorted({day for _, day in noted} | {row[0] for row in drawn["heads"]}):
        slots[day] = Slot.objects.create(
            gem=gem,
            date=day,
            starts_at=time(18 if day.day % 5 == 0 else 10),
            hours=Decimal(3),
            outcome="ferme_autre" if day in drawn["closed"] else "",
            held_by=people[0],
        )
    for (who, day), (category, done) in noted.items():
        common = {"gem": gem, "date": day, "person": people[who], "category": category}
        Attendance.objects.create(**common, slot=slots[day])
        for number in done - {None}:
            key = (day, number)
            if key not in activities:
                activities[key] = Activity.objects.create(
                    gem=gem, date=day, title=f"A{number}", starts_at=time(14), hours=2,
                    state=ActivityState.ANNULEE if day in drawn["closed"] else "prevue",
                )  # fmt: skip
            Attendance.objects.create(**common, activity=activities[key])
    for day, category, count in drawn["heads"]:
        Attendance.objects.create(
            gem=gem, date=day, category=category, head_count=count, slot=slots[day]
        )
    for who, year in drawn["members"]:
        Membership.objects.create(person=people[who], year=year, started_on=date(year, 2, 1))
    for month, late in zip(MONTHS, drawn["finished"], strict=True):
        if late is not None:
            day = month_period(month).end + timedelta(days=late)
            FinishedMonth.objects.create(gem=gem, month=month, finished_on=day)
    return gem


def figures(gem: Gem, today: date) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Return what every figure says over every month, quarter and year that is over."""
    over = [span for span in spans() if span.end < today]
    about_people = [code for code in catalogue().indicators if "presence" in entities(code)]
    found = measures.measure(gem.pk, over, about_people, today)
    return {(code, str(span)): told(one) for (code, span), one in found.items()}


def entities(code: str) -> tuple[str, ...]:
    return (*catalogue().entities(code), *(["presence"] if needs_names(code) else []))


def told(one: Measure) -> tuple[Any, ...]:
    share = None if one.known_share is None else round(one.known_share, 6)
    numbers = [
        round(number, 6) if isinstance(number, Decimal) else number
        for number in (one.value, one.numerator, one.denominator)
    ]
    return (*numbers, share, one.state)


def visits(gem: Gem) -> dict[Any, int]:
    rows = Attendance.objects.filter(gem=gem, head_count__gt=0).order_by()
    grouped = rows.values("date", "category", "activity", "slot").annotate(n=Sum("head_count"))
    return {tuple(row.values())[:4]: row["n"] for row in grouped}


def ids_of_people_in_old_rows(gem: Gem) -> list[Any]:
    """Look in every column of every table for an id of someone, in the months folded."""
    people = set(Person.objects.filter(gem=gem).values_list("pk", flat=True))
    found = []
    for model in (Attendance, Slot, Activity):
        for row in model.objects.filter(gem=gem).values():
            if row["date"].replace(day=1) in folded_months(gem.pk):
                found += [value for name, value in row.items() if value in people]
    return found


class TestFolding(TestCase):
    @settings(
        max_examples=12,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(lives, st.lists(st.integers(1, 220), min_size=1, max_size=2))
    def test_nothing_that_was_said_changes(self, drawn: dict[str, Any], waits: list[int]) -> None:
        """Night after night, in any life: figures, visits of each day, and nobody's id left."""
        gem = live(drawn)
        today = date(2025, 11, 20)
        for wait in [*waits, 900]:
            today += timedelta(days=wait)
            before, came = figures(gem, today), visits(gem)
            due = set(months_to_fold(gem.pk, today))
            done = fold_due_months(actor=SYSTEM, gem_id=gem.pk, today=today)
            assert due <= {one.month for one in done}
            after = figures(gem, today)
            assert {
                key: (said, after[key]) for key, said in before.items() if after[key] != said
            } == {}
            assert visits(gem) == came
            assert ids_of_people_in_old_rows(gem) == []
            assert fold_due_months(actor=SYSTEM, gem_id=gem.pk, today=today) == ()
            assert visits(gem) == came
        # Long after the last day, no name is left; members stay on the roll, nobody else.
        assert not Attendance.objects.filter(gem=gem, person__isnull=False).exists()
        came_once = {who for who, *_ in drawn["presences"]} | {0}
        members = {f"P{who}" for who, _ in drawn["members"]}
        never_seen = {f"P{who}" for who in set(range(5)) - came_once}
        on_roll = set(Person.objects.filter(gem=gem).values_list("first_name", flat=True))
        assert on_roll == members | never_seen


# --- What makes it true, read from the catalogue ---


def test_no_figure_looks_further_back_than_what_is_kept():
    """Else a period that reads a folded month would have had no value kept."""
    found, wrong = catalogue(), []
    for code in found.indicators:
        for month in (date(2025, 1, 1), date(2025, 2, 1), date(2025, 11, 1), date(2025, 12, 1)):
            kept = set(periods_around(month))
            after = [shift_date(month, ahead, "month") for ahead in range(30)]
            periods = {month_period(day) for day in after} | {year_period(d.year) for d in after}
            periods |= {quarter_period(day.year, (day.month + 2) // 3) for day in after}
            wrong += [
                (code, str(period))
                for period in periods - kept
                if needs_names(code) and reads(found, code, period, month, date(2030, 1, 1))
            ]
    assert wrong == []


def test_every_period_that_reads_a_month_is_over_when_its_names_go():
    """A running year would be kept half-way: the 13 months of a month always outlast its year."""
    found, wrong = catalogue(), []
    for month in MONTHS:
        earliest = months_after(month_period(month).end - timedelta(days=2), 13)
        for code in filter(needs_names, found.indicators):
            wrong += [
                (code, str(month), str(period))
                for period in periods_around(month)
                if period.end >= earliest and reads(found, code, period, month, earliest)
            ]
    assert wrong == []


def test_presences_are_always_read_within_a_period():
    """« presence.person_id » without any date would read every month for ever."""
    free = []
    for code in filter(needs_names, catalogue().indicators):
        above, below, _ = catalogue().expanded(code)
        for part in (above, *([below] if below else [])):
            for call in part.walk():
                if isinstance(call, tree.Call) and call.arguments == (
                    tree.Fact("presence", "person_id"),
                ):
                    dates = [n for n in call.walk() if n == tree.Fact("presence", "date")]
                    free += [] if dates else [code]
    assert free == []


def needs_names(code: str) -> bool:
    return measures.nature(catalogue(), code).needs_names


# --- One small GEM, counted with a pencil ---

BEFORE, AFTER = date(2026, 1, 20), date(2026, 3, 20)
JANUARY, FEBRUARY = month_period(date(2025, 1, 1)), month_period(date(2025, 2, 1))


@pytest.fixture
def little() -> Gem:
    """Ana came in January and February 2025, Ben in January only, three heads without a name."""
    gem = make_gem()
    ana, ben = make_person(gem, "Ana", ""), make_person(gem, "Ben", "")
    for person, day in ((ana, 7), (ana, 14), (ben, 14), (ana, 37)):
        date_ = date(2025, 1, 1) + timedelta(days=day - 1)
        Attendance.objects.create(gem=gem, person=person, date=date_)
    Attendance.objects.create(gem=gem, date=date(2025, 1, 14), category="invite", head_count=3)
    for month in (date(2025, 1, 1), date(2025, 2, 1)):
        FinishedMonth.objects.create(
            gem=gem, month=month, finished_on=month_period(month).end + timedelta(days=5)
        )
    return gem


def value(gem: Gem, code: str, period: Period, today: date) -> tuple[Any, State]:
    found = measures.measure(gem.pk, [period], [code], today)[code, period]
    return found.value, found.state


@pytest.mark.django_db
def test_a_folded_month_still_says_what_it_said(little):
    year = year_period(2025)
    assert fold_due_months(actor=SYSTEM, gem_id=little.pk, today=BEFORE) == ()
    assert value(little, "ATT-01", JANUARY, BEFORE) == (2, State.OK)
    done = fold_due_months(actor=SYSTEM, gem_id=little.pk, today=AFTER)
    assert [(one.month.month, one.rows, one.counts, one.people_left) for one in done] == [
        (1, 3, 2, 1)
    ]
    assert value(little, "ATT-01", JANUARY, AFTER) == (2, State.OK)
    assert value(little, "ATT-02", JANUARY, AFTER) == (6, State.OK)  # 1 + 2 + 3 heads
    assert value(little, "ATT-01", year, AFTER) == (2, State.RUNNING)  # ten months not finished
    assert value(little, "ATT-01", FEBRUARY, AFTER) == (1, State.OK)  # Ana's row is still there
    # Ben came in January only: he left the roll. Ana's name goes with February.
    assert [one.first_name for one in Person.objects.filter(gem=little)] == ["Ana"]


@pytest.mark.django_db
def test_a_period_of_ones_own_says_that_the_first_names_are_gone(little):
    fold_due_months(actor=SYSTEM, gem_id=little.pk, today=AFTER)
    both = Period(date(2025, 1, 10), date(2025, 2, 28))
    assert value(little, "ATT-01", both, AFTER) == (None, State.NAMES_GONE)
    assert value(little, "ATT-02", both, AFTER) == (6, State.OK)  # 2 + 3 in January, 1 after


@pytest.mark.django_db
def test_a_kept_value_outlives_its_indicator(little):
    """What was said stays readable in its own words, with the catalogue it came from."""
    fold_due_months(actor=SYSTEM, gem_id=little.pk, today=AFTER)
    kept = FinalValue.objects.get(gem=little, code="ATT-01", start=JANUARY.start, end=JANUARY.end)
    assert (kept.value, kept.label_fr, kept.unit) == (2, "Personnes accueillies", "personnes")
    assert (kept.catalogue_version, kept.kept_on) == (catalogue().version, AFTER)


@pytest.mark.django_db
def test_a_figure_without_a_kept_value_is_not_invented(little):
    """An indicator that joins the catalogue later has no value for folded months."""
    fold_due_months(actor=SYSTEM, gem_id=little.pk, today=AFTER)
    FinalValue.objects.filter(gem=little, code="ATT-01").delete()
    assert value(little, "ATT-01", JANUARY, AFTER) == (None, State.NAMES_GONE)


@pytest.mark.django_db
def test_the_setting_keeps_the_first_names(little, settings):
    settings.FOLDING = False
    assert fold_due_months(actor=SYSTEM, gem_id=little.pk, today=AFTER) == ()
    assert Attendance.objects.filter(gem=little, person__isnull=False).count() == 4
