"""A week of the programme with everything its poster says."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import OUTSIDE, IdeaFrom, LedBy, Place
from espace.activities.models import Activity, Slot
from espace.activities.queries.access import local_now
from espace.activities.queries.day_sheet import OpeningLine, activity_line, opening_line
from espace.activities.rules.moments import days_of_week, end_of, monday_of
from espace.activities.rules.signups import has_list
from espace.groups.queries.for_sheets import sheet_gem


@dataclass(frozen=True, slots=True)
class PosterActivity:
    """One activity as the poster says it; ``cancelled_reason`` may be empty when cancelled."""

    title: str
    starts_at: time
    ends_at: time
    place: Place
    place_detail: str
    meeting_point: str
    back_at: time | None
    idea_from: IdeaFrom | None
    led_by: LedBy | None
    open_to_public: bool
    families_welcome: bool
    seats: int | None
    with_list: bool
    price: Decimal
    cancelled: bool
    cancelled_reason: str

    @property
    def is_outing(self) -> bool:
        return self.place in OUTSIDE


@dataclass(frozen=True, slots=True)
class PosterDay:
    """A day with something on it: openings, activities, or both."""

    date: date
    openings: tuple[OpeningLine, ...]
    activities: tuple[PosterActivity, ...]


@dataclass(frozen=True, slots=True)
class PosterWeek:
    """The week to hang on the door; ``quiet`` are the days with nothing."""

    gem_name: str
    monday: date
    sunday: date
    days: tuple[PosterDay, ...]
    quiet: tuple[date, ...]


def poster_week(actor: Actor, gem_id: UUID, monday: date | None = None) -> PosterWeek:
    """Return the week that begins on ``monday`` (None: this week). Three SQL queries."""
    require(actor, "activities.see_programme", gem_id)
    gem = sheet_gem(gem_id)
    days = days_of_week(monday or monday_of(local_now(gem).date()))
    around = (days[0], days[-1])
    slots = list(
        Slot.objects.filter(gem_id=gem_id, date__range=around, outing__isnull=True).order_by(
            "date", "starts_at"
        )
    )
    rows = Activity.objects.filter(gem_id=gem_id, date__range=around)
    activities = list(rows.order_by("date", "starts_at", "title", "pk"))
    found = [
        PosterDay(
            day,
            tuple(opening_line(slot) for slot in slots if slot.date == day),
            tuple(_activity(row) for row in activities if row.date == day),
        )
        for day in days
    ]
    return PosterWeek(
        gem_name=gem.name,
        monday=days[0],
        sunday=days[-1],
        days=tuple(day for day in found if day.openings or day.activities),
        quiet=tuple(day.date for day in found if not (day.openings or day.activities)),
    )


def _activity(row: Activity) -> PosterActivity:
    line = activity_line(row)
    return PosterActivity(
        title=row.title,
        starts_at=row.starts_at,
        ends_at=end_of(row.starts_at, row.hours),
        place=Place(row.place),
        place_detail=row.place_detail,
        meeting_point=row.meeting_point,
        back_at=row.back_at,
        idea_from=IdeaFrom(row.idea_from) if row.idea_from else None,
        led_by=LedBy(row.led_by) if row.led_by else None,
        open_to_public=row.open_to_public,
        families_welcome=row.families_welcome,
        seats=row.seats,
        with_list=has_list(row.seats, row.sign_up),
        price=Decimal(row.price_cents) / 100,
        cancelled=line.cancelled,
        cancelled_reason=line.cancelled_reason,
    )
