"""The programme of a week, and what its forms start from."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import OUTSIDE, Animation, Place
from espace.activities.models import Activity, Described, Series, Slot
from espace.activities.queries.access import local_now
from espace.activities.queries.day_sheet import (
    ActivityLine,
    OpeningLine,
    activity_line,
    opening_line,
)
from espace.activities.queries.rhythms import say_rhythm, say_rule
from espace.activities.rules.moments import days_before, days_of_week, monday_of, say_euros
from espace.groups.queries.for_sheets import sheet_gem


@dataclass(frozen=True, slots=True)
class ProgrammeActivity:
    """An activity as the week shows it; ``place`` empty for the usual one, ``price`` if free."""

    line: ActivityLine
    place: str
    price: str
    outing: bool
    open_to_public: bool
    families_welcome: bool


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """One day of the week."""

    date: date
    is_today: bool
    openings: tuple[OpeningLine, ...]
    activities: tuple[ProgrammeActivity, ...]


@dataclass(frozen=True, slots=True)
class WeekProgramme:
    """A week; ``previous`` and ``following`` are the Mondays around."""

    monday: date
    sunday: date
    is_this_week: bool
    days: tuple[ProgrammeDay, ...]
    previous: date
    following: date


@dataclass(frozen=True, slots=True)
class ActivityDetail:
    """One activity with everything that is said of it; ``series_id`` None for a single one."""

    id: UUID
    date: date
    line: ActivityLine
    series_id: UUID | None
    description: dict[str, object]
    place: str
    family: str
    led_by: str
    partner: str
    partner_id: UUID | None
    idea_from: str
    price: str
    """« gratuit » or « 3 € »."""
    meeting_point: str
    back_at: time | None
    """Of an outing only: when one is back, else None."""
    rhythm: str
    """« Chaque premier mardi du mois »; empty for a single one."""


@dataclass(frozen=True, slots=True)
class SeriesDetail:
    """What comes back; ``last_on`` None while it goes on."""

    id: UUID
    kind: str
    title: str
    rule: str
    rhythm: str
    """The rule in words, with its end."""
    first_on: date
    last_on: date | None
    description: dict[str, object]
    today: date


@dataclass(frozen=True, slots=True)
class SlotDetail:
    """One opening with what its form changes."""

    id: UUID
    date: date
    starts_at: time
    hours: Decimal
    animation: str
    outcome: str


def programme_of_week(actor: Actor, gem_id: UUID, monday: date | None = None) -> WeekProgramme:
    """Return the week that begins on ``monday`` (None: this week). Three SQL queries."""
    require(actor, "activities.see_programme", gem_id)
    today = local_now(sheet_gem(gem_id)).date()
    monday = monday or monday_of(today)
    days = days_of_week(monday)
    around = (days[0], days[-1])
    slots = list(Slot.objects.filter(gem_id=gem_id, date__range=around, outing__isnull=True))
    rows = Activity.objects.filter(gem_id=gem_id, date__range=around)
    activities = list(rows.order_by("date", "starts_at", "title", "pk"))
    return WeekProgramme(
        monday=monday,
        sunday=days[-1],
        is_this_week=monday == monday_of(today),
        days=tuple(
            ProgrammeDay(
                day,
                day == today,
                tuple(opening_line(slot) for slot in slots if slot.date == day),
                tuple(_of_week(row) for row in activities if row.date == day),
            )
            for day in days
        ),
        previous=days_before(monday, 7),
        following=days_before(monday, -7),
    )


def activity_detail(actor: Actor, gem_id: UUID, activity_id: UUID) -> ActivityDetail:
    """Return one activity. One SQL query. Raises NotAllowed, or Http404 for another GEM's."""
    require(actor, "activities.see_programme", gem_id)
    rows = Activity.objects.select_related("series", "partner")
    row = rows.filter(pk=activity_id, gem_id=gem_id).first()
    if row is None:
        raise Http404
    outing = row.place in OUTSIDE
    line = activity_line(row)
    return ActivityDetail(
        id=row.pk,
        date=row.date,
        line=line,
        series_id=row.series_id,
        description=_description(row),
        place=_place(row),
        family=row.get_family_display(),
        led_by=row.get_led_by_display(),
        partner=row.partner.name if row.partner else "",
        partner_id=row.partner_id,
        idea_from=row.get_idea_from_display(),
        price=say_euros(row.price_cents) if row.price_cents else _("gratuit"),
        meeting_point=row.meeting_point if outing else "",
        back_at=(row.back_at or line.ends_at) if outing else None,
        rhythm=say_rule(row.series.rule) if row.series else "",
    )


def series_detail(actor: Actor, gem_id: UUID, series_id: UUID) -> SeriesDetail:
    """Return what comes back, for its form. Two SQL queries. Raises NotAllowed and Http404."""
    require(actor, "activities.write_programme", gem_id)
    row = Series.objects.filter(pk=series_id, gem_id=gem_id).first()
    if row is None:
        raise Http404
    return SeriesDetail(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        rule=row.rule,
        rhythm=say_rhythm(row.rule, row.last_on),
        first_on=row.first_on,
        last_on=row.last_on,
        description=_description(row),
        today=local_now(sheet_gem(gem_id)).date(),
    )


def slot_detail(actor: Actor, gem_id: UUID, slot_id: UUID) -> SlotDetail:
    """Return one opening, for its form. One SQL query. Raises NotAllowed and Http404."""
    require(actor, "activities.write_programme", gem_id)
    row = Slot.objects.filter(pk=slot_id, gem_id=gem_id, outing__isnull=True).first()
    if row is None:
        raise Http404
    animation = str(Animation(row.animation))
    return SlotDetail(row.pk, row.date, row.starts_at, row.hours, animation, row.outcome)


def gem_today(gem_id: UUID) -> date:
    """Return the day it is at the GEM. One SQL query."""
    return local_now(sheet_gem(gem_id)).date()


NOT_SAID = {"id", "partner"}
DESCRIBED = tuple(each.name for each in Described._meta.fields if each.name not in NOT_SAID)


def _description(row: Series | Activity) -> dict[str, object]:
    return {name: getattr(row, name) for name in DESCRIBED}


def _place(row: Activity) -> str:
    kind = str(row.get_place_display())
    if row.place in OUTSIDE and row.place_detail:
        return f"{row.place_detail} ({kind[0].lower()}{kind[1:]})"
    return row.place_detail or kind


def _of_week(row: Activity) -> ProgrammeActivity:
    usual = row.place == Place.LOCAL and not row.place_detail
    return ProgrammeActivity(
        activity_line(row),
        "" if usual else row.place_detail or str(row.get_place_display()),
        say_euros(row.price_cents) if row.price_cents else "",
        row.place in OUTSIDE,
        row.open_to_public,
        row.families_welcome,
    )
