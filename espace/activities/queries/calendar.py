"""The programme for telephones: nobody's name, no number of people, words that name nobody."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.activities.choices import (
    OUTSIDE,
    ActivityState,
    Animation,
    CancelledWhy,
    Outcome,
    Place,
    SeriesKind,
)
from espace.activities.models import Activity, CalendarLink, Described, Series, Slot
from espace.activities.rules.moments import days_before, say_euros, say_time
from espace.activities.rules.recurrence import days_between
from espace.core.clock import now, today
from espace.groups.choices import DirectoryLevel, GemStatus
from espace.groups.queries.for_sheets import sheet_gem

BEHIND = timedelta(days=31)
MOST_EVENTS = 2000
FORMAT = 1
"""Moves on when what a feed says changes, so that telephones read it again."""


@dataclass(frozen=True, slots=True)
class Event:
    """One opening or activity, on the wall clock of the GEM; ``uid`` never changes."""

    uid: str
    date: date
    starts_at: time
    hours: Decimal
    title: str
    place: str
    details: tuple[str, ...]
    cancelled: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a file or a feed holds; ``name`` says nothing of health unless the GEM is public."""

    name: str
    time_zone: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class ComingBack:
    """A series as one event with its rule; ``changed`` are its days that are not as planned.

    Each one comes with the day the rule gave it, None when the rule no longer gives it.
    """

    name: str
    time_zone: str
    first: Event
    rule: str
    last_on: date | None
    except_on: tuple[date, ...]
    changed: tuple[tuple[date | None, Event], ...]


@dataclass(frozen=True, slots=True)
class Feed:
    """A GEM's feed, found by its token; ``state`` changes whenever what it says may."""

    gem_id: UUID
    name: str
    address: str
    time_zone: str
    today: date
    state: str


@dataclass(frozen=True, slots=True)
class Link:
    """The GEM's own address for telephones."""

    token: str
    made_on: date


def find_feed(token: str) -> Feed:
    """Return the feed of ``token``; Http404 when nobody has that one. One SQL query."""
    rows = CalendarLink.objects.filter(token=token).exclude(gem__status=GemStatus.FERME)
    link = rows.select_related("gem").first()
    if link is None:
        raise Http404
    gem = link.gem
    day = today(gem.time_zone)
    public = gem.directory_level != DirectoryLevel.NOTHING
    name = gem.name if public else _("Programme")
    address = gem.public_address if gem.directory_level == DirectoryLevel.FULL else ""
    state = f"{FORMAT}:{gem.version}:{day}:{name}:{address}:{gem.time_zone}"
    return Feed(gem.pk, name, address, gem.time_zone, day, state)


def feed_calendar(feed: Feed) -> Calendar:
    """Return the openings and activities of a feed, from a month ago on. Two SQL queries."""
    since = days_before(feed.today, BEHIND.days)
    slots = Slot.objects.filter(gem_id=feed.gem_id, date__gte=since, outing__isnull=True)
    rows = Activity.objects.filter(gem_id=feed.gem_id, date__gte=since)
    openings = [_opening(slot, feed.address) for slot in slots.order_by("date", "pk")[:MOST_EVENTS]]
    activities = [_activity(row, feed.address) for row in rows.order_by("date", "pk")[:MOST_EVENTS]]
    return Calendar(feed.name, feed.time_zone, (*openings, *activities))


def whole_calendar(actor: Actor, gem_id: UUID) -> Calendar:
    """Return every opening and activity of a GEM, past and to come. Three SQL queries."""
    require(actor, "activities.see_programme", gem_id)
    slots = Slot.objects.filter(gem_id=gem_id, outing__isnull=True).order_by("date", "pk")
    rows = Activity.objects.filter(gem_id=gem_id).order_by("date", "pk")
    events = (*(_opening(slot, "") for slot in slots), *(_activity(row, "") for row in rows))
    return Calendar(_("Programme"), sheet_gem(gem_id).time_zone, events)


def one_activity(actor: Actor, gem_id: UUID, activity_id: UUID) -> Calendar:
    """Return one activity for one's own calendar. Two SQL queries. Raises like others' pages."""
    require(actor, "activities.see_programme", gem_id)
    row = Activity.objects.filter(pk=activity_id, gem_id=gem_id).first()
    if row is None:
        raise Http404
    return Calendar(_("Programme"), sheet_gem(gem_id).time_zone, (_activity(row, ""),))


def one_series(actor: Actor, gem_id: UUID, series_id: UUID) -> ComingBack:
    """Return what comes back, as one event with its rule. Three SQL queries."""
    require(actor, "activities.see_programme", gem_id)
    row = Series.objects.filter(pk=series_id, gem_id=gem_id).first()
    if row is None:
        raise Http404
    changed: list[tuple[date | None, Event]] = []
    if row.kind == SeriesKind.ACTIVITY:
        rows = Activity.objects.filter(series=row, changed_by_hand=True).order_by("-date")
        for one in rows[:MOST_EVENTS]:
            planned = one.moved_from or one.date
            given = list(days_between(row.rule, row.first_on, planned, planned))
            within = given and (row.last_on is None or planned <= row.last_on)
            changed.append((planned if within else None, _activity(one, "")))
    first = Event(
        uid=str(row.pk),
        date=row.first_on,
        starts_at=row.starts_at,
        hours=row.hours,
        title=row.title if row.kind == SeriesKind.ACTIVITY else _open_words(row.animation),
        place=_place(row, ""),
        details=_details(row) if row.kind == SeriesKind.ACTIVITY else (),
        cancelled=False,
        changed_at=now(),
    )
    return ComingBack(
        name=_("Programme"),
        time_zone=sheet_gem(gem_id).time_zone,
        first=first,
        rule=row.rule,
        last_on=row.last_on,
        except_on=tuple(date.fromisoformat(day) for day in row.except_on),
        changed=tuple(changed),
    )


def link_of(actor: Actor, gem_id: UUID) -> Link | None:
    """Return the GEM's address for telephones, None before someone makes it. One SQL query."""
    require(actor, "activities.follow_programme", gem_id)
    row = CalendarLink.objects.filter(gem_id=gem_id).first()
    return Link(row.token, row.made_at.date()) if row else None


def _opening(slot: Slot, address: str) -> Event:
    closed = slot.outcome not in ("", Outcome.OUVERT)
    return Event(
        uid=str(slot.pk),
        date=slot.date,
        starts_at=slot.starts_at,
        hours=slot.hours,
        title=_("Fermé") if closed else _open_words(slot.animation),
        place=address,
        details=(),
        cancelled=closed,
        changed_at=slot.changed_at,
    )


def _activity(row: Activity, address: str) -> Event:
    cancelled = row.state == ActivityState.ANNULEE
    why = (_cancelled_words(row.cancelled_why),) if cancelled and row.cancelled_why else ()
    return Event(
        uid=str(row.pk),
        date=row.date,
        starts_at=row.starts_at,
        hours=row.hours,
        title=_("Annulée : %(title)s") % {"title": row.title} if cancelled else row.title,
        place=_place(row, address),
        details=(*why, *_details(row)),
        cancelled=cancelled,
        changed_at=row.changed_at,
    )


def _cancelled_words(why: str) -> str:
    """The choice only: the words typed beside it may name someone."""
    return _("Raison : %(reason)s.") % {"reason": CancelledWhy(why).label}


def _open_words(animation: str) -> str:
    if animation == Animation.AUTOGEREE:
        return _("Ouvert, tenu par des adhérents")
    return _("Ouvert")


def _place(row: Described, address: str) -> str:
    if row.place == Place.LOCAL:
        where = row.place_detail or ("" if address else _("Au local"))
        return ", ".join(filter(None, [where, address]))
    return row.place_detail or str(Place(row.place).label)


def _details(row: Described) -> tuple[str, ...]:
    """What is said of an activity: categories and prices, never a person."""
    outing = row.place in OUTSIDE
    price = say_euros(row.price_cents) if row.price_cents else _("gratuit")
    lines = [
        _("Rendez-vous : %(place)s.") % {"place": row.meeting_point}
        if outing and row.meeting_point
        else "",
        _("Retour vers %(hour)s.") % {"hour": say_time(row.back_at)}
        if outing and row.back_at
        else "",
        _("Prix : %(price)s.") % {"price": price},
        _("Places : %(seats)s.") % {"seats": row.seats} if row.seats else "",
        _("Ouverte aux habitants.") if row.open_to_public else "",
        _("Ouverte aux proches.") if row.families_welcome else "",
    ]
    return tuple(filter(None, lines))
