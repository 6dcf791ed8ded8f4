"""Writes the life of a fictional GEM: programme, openings, attendance, finished months."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from random import Random

from espace.activities.actions.outings import follow_outings
from espace.activities.choices import Animation, Category, Family, InputWay, Outcome, SeriesKind
from espace.activities.models import Activity, Attendance, CalendarLink, FinishedMonth, Series, Slot
from espace.activities.rules.recurrence import pattern
from espace.activities.rules.series import weekly_rule
from espace.core.clock import now
from espace.demonstration.actions.places import fresh_id
from espace.demonstration.rules.attendance import sticks, visitors, who_comes, who_joins
from espace.demonstration.rules.calendar import (
    DAYS_AHEAD,
    MONTHS,
    PRACTICE_MONTHS,
    OpeningDay,
    first_day,
    month_starts,
    opening_days,
)
from espace.demonstration.rules.closures import Closure
from espace.demonstration.rules.network import Opening, Portrait
from espace.demonstration.rules.people import Character
from espace.demonstration.rules.programme import (
    REASONS,
    SUNDAY_OUTING,
    Idea,
    Planned,
    Weekly,
    one_off_programme,
    planned_weekly,
    weekly_programme,
)
from espace.groups.models import Gem, Person

OUTCOMES = {
    Closure.HOLIDAY: Outcome.FERME_CONGE,
    Closure.STAFF_ILL: Outcome.FERME_SALARIE_ABSENT,
}
FORGOTTEN = 3


class Life:
    """The months of one GEM, drawn from ``rng``; today's sheet is left to be ticked."""

    def __init__(self, portrait: Portrait, today: date, rng: Random) -> None:
        self.portrait, self.today, self.rng = portrait, today, rng
        self.first = first_day(today, PRACTICE_MONTHS if portrait.practice else MONTHS)
        self.days = opening_days(
            portrait.openings, portrait.habits, self.first, today + timedelta(days=DAYS_AHEAD)
        )

    @property
    def held(self) -> list[OpeningDay]:
        """The openings that took place, before today."""
        return [day for day in self.days if day.closure is None and day.date < self.today]

    def write(self, gem: Gem, people: Sequence[Person], characters: Sequence[Character]) -> None:
        self.gem, self.people, self.characters = gem, people, characters
        slots = self.write_slots(self.write_opening_series())
        activities = self.write_activities()
        self.write_attendance(slots, activities)
        self.write_finished_months()
        CalendarLink.objects.create(gem=gem, token=fresh_id(self.rng).hex, made_at=now())

    def write_opening_series(self) -> dict[Opening, Series]:
        series = {
            opening: Series(
                id=fresh_id(self.rng),
                gem=self.gem,
                kind=SeriesKind.OPENING,
                title="Ouverture",
                starts_at=opening.starts_at,
                hours=Decimal(str(opening.hours)),
                animation=animation(opening.member_run),
                rule=weekly_rule(opening.weekday),
                first_on=pattern(weekly_rule(opening.weekday), self.first).first_on,
            )
            for opening in self.portrait.openings
        }
        Series.objects.bulk_create(series.values())
        return series

    def write_slots(self, series: dict[Opening, Series]) -> dict[date, list[Slot]]:
        """Return the openings that took place, by day."""
        holders = [
            person
            for person, character in zip(self.people, self.characters, strict=True)
            if character.rhythm > 0.2 and character.memberships
        ]
        slots, held = [], defaultdict(list)
        for day in self.days:
            open_past = day.closure is None and day.date < self.today
            slot = Slot(
                id=fresh_id(self.rng),
                gem=self.gem,
                series=series[day.opening],
                date=day.date,
                starts_at=day.opening.starts_at,
                hours=Decimal(str(day.opening.hours)),
                animation=animation(day.opening.member_run),
                outcome=OUTCOMES[day.closure] if day.closure else "",
            )
            if open_past and day.opening.member_run and holders:
                slot.held_by = self.rng.choice(holders)
            if open_past:
                held[day.date].append(slot)
            slots.append(slot)
        Slot.objects.bulk_create(slots, batch_size=500)
        return held

    def write_activities(self) -> dict[date, list[Activity]]:
        """Return the activities by day, cancelled ones left out."""
        weekly = weekly_programme(self.portrait, self.rng)
        series = {each: self.series_of(each) for each in weekly}
        Series.objects.bulk_create(series.values())
        one_off_days = [(day.date, day.opening) for day in self.days if day.closure is None]
        planned = planned_weekly(weekly, self.days, self.rng, self.today)
        planned += one_off_programme(one_off_days, self.rng, self.today)
        by_day: dict[date, list[Activity]] = defaultdict(list)
        rows = []
        for plan in planned:
            row = self.activity_of(plan, series[plan.weekly] if plan.weekly else None)
            rows.append(row)
            if not plan.cancelled_reason:
                by_day[plan.date].append(row)
        sunday = self.today + timedelta(days=7 - self.today.weekday() + 6)
        rows.append(self.activity_of(Planned(SUNDAY_OUTING, sunday, time(9, 30)), None))
        Activity.objects.bulk_create(rows, batch_size=500)
        follow_outings(gem_id=self.gem.pk, days={sunday})
        return by_day

    def series_of(self, weekly: Weekly) -> Series:
        return Series(
            id=fresh_id(self.rng),
            gem=self.gem,
            kind=SeriesKind.ACTIVITY,
            starts_at=weekly.starts_at,
            animation=animation(weekly.member_run),
            rule=rule_of(weekly),
            first_on=pattern(rule_of(weekly), self.first).first_on,
            **described(weekly.idea),
        )

    def activity_of(self, plan: Planned, series: Series | None) -> Activity:
        return Activity(
            id=fresh_id(self.rng),
            gem=self.gem,
            series=series,
            date=plan.date,
            starts_at=plan.starts_at,
            state="annulee" if plan.cancelled_reason else "prevue",
            cancelled_why=REASONS.get(plan.cancelled_reason, ""),
            cancelled_reason=plan.cancelled_reason,
            changed_by_hand=bool(plan.cancelled_reason),
            **described(plan.idea),
        )

    def write_attendance(
        self, slots: dict[date, list[Slot]], activities: dict[date, list[Activity]]
    ) -> None:
        rows: list[Attendance] = []
        for day, open_slots in sorted(slots.items()):
            member_run = all(slot.animation == Animation.AUTOGEREE for slot in open_slots)
            done = activities.get(day, [])
            if self.gem.counts_with_names:
                rows += self.names_of(day, open_slots, done, member_run)
            else:
                rows += self.sticks_of(day, done, member_run)
            # Newcomers and outside visitors are not received when members run the place alone.
            festive = any(activity.family == Family.FETES for activity in done)
            heads = {} if member_run else visitors(festive, self.rng)
            rows += [self.heads(day, category, count) for category, count in heads.items()]
        Attendance.objects.bulk_create(rows, batch_size=900)

    def names_of(
        self, day: date, slots: list[Slot], done: list[Activity], member_run: bool
    ) -> list[Attendance]:
        busy = self.portrait.liveliness
        present = who_comes(self.characters, day, member_run, busy, self.rng)
        rows = [
            Attendance(
                gem=self.gem, date=day, person=self.people[rank], slot=self.rng.choice(slots)
            )
            for rank in present
        ]
        for activity in done:
            rows += [
                Attendance(gem=self.gem, date=day, person=self.people[rank], activity=activity)
                for rank in who_joins(present, activity.seats, self.rng)
            ]
        return rows

    def sticks_of(self, day: date, done: list[Activity], member_run: bool) -> list[Attendance]:
        total = sticks(day, member_run, self.portrait.liveliness, self.rng)
        rows = [self.heads(day, Category.ADHERENT, total)]
        for activity in done:
            joined = len(who_joins(range(total), activity.seats, self.rng))
            if joined:
                rows.append(self.heads(day, Category.ADHERENT, joined, activity))
        return rows

    def heads(
        self, day: date, category: str, count: int, activity: Activity | None = None
    ) -> Attendance:
        return Attendance(
            gem=self.gem, date=day, category=category, head_count=count, activity=activity
        )

    def write_finished_months(self) -> None:
        if self.portrait.practice:
            return
        months = month_starts(self.first, self.today)
        if self.portrait.forgets_a_month:
            del months[-FORGOTTEN]
        FinishedMonth.objects.bulk_create(
            FinishedMonth(
                id=fresh_id(self.rng),
                gem=self.gem,
                month=month,
                finished_on=min(
                    self.today,
                    (month + timedelta(days=32)).replace(day=self.rng.randint(2, 9)),
                ),
                input_way=self.rng.choice(InputWay.values[:3]),
            )
            for month in months
        )


def animation(member_run: bool) -> Animation:
    return Animation.AUTOGEREE if member_run else Animation.AVEC_SALARIE


def rule_of(weekly: Weekly) -> str:
    """Return how an idea comes back, as its series keeps it."""
    rule = weekly_rule(weekly.weekday, weekly.every_weeks)
    if weekly.monthly:
        return f"FREQ=MONTHLY;BYDAY=1{rule[-2:]}"
    return rule


def described(idea: Idea) -> dict[str, object]:
    """Return the fields that a series and an activity share."""
    return {
        "title": idea.title,
        "hours": Decimal(str(idea.hours)),
        "family": idea.family,
        "place": idea.place,
        "place_detail": idea.place_detail,
        "meeting_point": idea.meeting_point,
        "idea_from": idea.idea_from,
        "led_by": idea.led_by,
        "open_to_public": idea.open_to_public,
        "families_welcome": idea.families_welcome,
        "seats": idea.seats,
        "price_cents": idea.price_cents,
    }
