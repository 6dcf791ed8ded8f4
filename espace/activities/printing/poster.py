"""The poster of a week, in large type: the same words for the PDF and for the page."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import time
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from espace.activities.printing import TEMPLATES
from espace.activities.printing.ideas import qr_drawing
from espace.activities.queries.day_sheet import OpeningLine
from espace.activities.queries.poster import PosterActivity, PosterDay, PosterWeek
from espace.activities.rules.moments import say_time
from espace.ui.typesetting import typeset

NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class ActivityWords:
    """One activity in words; ``said`` are short notes, in order of what one looks for."""

    hour: str
    title: str
    said: tuple[str, ...]
    outing: bool
    cancelled: str


@dataclass(frozen=True, slots=True)
class DayWords:
    """One day in words; ``opening`` empty when only activities are planned."""

    name: str
    opening: str
    activities: tuple[ActivityWords, ...]


@dataclass(frozen=True, slots=True)
class PosterWords:
    """The whole poster in words."""

    place: str
    title: str
    days: tuple[DayWords, ...]
    quiet: str
    outing_word: str
    page: str


def poster_pdf(week: PosterWeek, address: str = "") -> bytes:
    """Return the poster as a tagged PDF, A4 portrait, as many pages as the week needs.

    ``address``: where the programme may be followed from outside, drawn as a QR code when there
    is such a page.
    """
    words = asdict(poster_words(week))
    code = qr_drawing(address) if address else ""
    said = _("Le programme sur votre téléphone : visez ce code.") if address else ""
    return typeset(TEMPLATES / "poster.typ", words | {"code": code, "code_words": said})


def poster_words(week: PosterWeek) -> PosterWords:
    """Return every word of the poster."""
    return PosterWords(
        place=week.gem_name,
        title=_("Semaine du %(first)s au %(last)s")
        % {
            "first": date_format(week.monday, _first_format(week)),
            "last": date_format(week.sunday, "j F Y"),
        },
        days=tuple(_day(day) for day in week.days),
        quiet=_quiet(week),
        outing_word=_("Sortie"),
        page=_("Page"),
    )


def _first_format(week: PosterWeek) -> str:
    """Return how the Monday is written: no month nor year twice on one line."""
    if week.monday.year != week.sunday.year:
        return "j F Y"
    return "j F" if week.monday.month != week.sunday.month else "j"


def _hour(moment: time) -> str:
    """Return « 14 h 30 », never cut at the end of a line."""
    return say_time(moment).replace(" ", NO_BREAK)


def _day(day: PosterDay) -> DayWords:
    return DayWords(
        name=capfirst(date_format(day.date, "l j F")),
        opening=capfirst(", ".join(part for part in _openings(day.openings) if part)),
        activities=tuple(_activity(one) for one in day.activities),
    )


def _openings(openings: Sequence[OpeningLine]) -> list[str]:
    """Say when the place is open, then why it is closed; members who hold it are told."""
    held = [one for one in openings if not one.closed]
    closed = dict.fromkeys(one.outcome_label.lower() for one in openings if one.closed)
    return [*_hours([one for one in held if not one.member_run]), *_member_run(held), *closed]


def _hours(openings: Sequence[OpeningLine]) -> list[str]:
    return [_("ouvert %(hours)s") % {"hours": _spans(openings)}] if openings else []


def _member_run(openings: Sequence[OpeningLine]) -> list[str]:
    ours = [one for one in openings if one.member_run]
    words = _("tenu par des adhérents %(hours)s")
    return [words % {"hours": _spans(ours)}] if ours else []


def _spans(openings: Sequence[OpeningLine]) -> str:
    span = _("de %(first)s à %(last)s")
    return _(" et ").join(
        span % {"first": _hour(one.starts_at), "last": _hour(one.ends_at)} for one in openings
    )


def _activity(one: PosterActivity) -> ActivityWords:
    cancelled = ""
    if one.cancelled:
        cancelled = _("Annulée")
        if one.cancelled_reason:
            cancelled = f"{cancelled}{_(' : ')}{one.cancelled_reason}"
    return ActivityWords(
        hour=_hour(one.starts_at),
        title=one.title,
        said=() if one.cancelled else tuple(part for part in _said(one) if part),
        outing=one.is_outing and not one.cancelled,
        cancelled=cancelled,
    )


def _said(one: PosterActivity) -> list[str]:
    """Say, in this order: until when, where, how much, seats, who for, who leads, whose idea."""
    return [
        _until(one),
        _place(one),
        _("rendez-vous : %(where)s") % {"where": one.meeting_point} if one.meeting_point else "",
        _price(one.price),
        _seats(one),
        _("proches bienvenus") if one.families_welcome else "",
        _("ouverte à tous") if one.open_to_public else "",
        _("animée par %(who)s") % {"who": _lower(one.led_by.label)} if one.led_by else "",
        _("idée %(whose)s") % {"whose": _lower(one.idea_from.label)} if one.idea_from else "",
    ]


def _until(one: PosterActivity) -> str:
    if one.back_at:
        return _("retour vers %(hour)s") % {"hour": _hour(one.back_at)}
    return _("jusqu'à %(hour)s") % {"hour": _hour(one.ends_at)}


def _place(one: PosterActivity) -> str:
    if one.place_detail:
        return one.place_detail
    return "" if one.place == "local" else _lower(one.place.label)


def _price(price: Decimal) -> str:
    if not price:
        return ""
    whole = price == price.to_integral_value()
    return _("%(price)s €") % {"price": number_format(price, 0 if whole else 2)}


def _seats(one: PosterActivity) -> str:
    if one.seats is None:
        return _("sur inscription") if one.with_list else ""
    words = ngettext("%(n)s place, sur inscription", "%(n)s places, sur inscription", one.seats)
    return words % {"n": one.seats}


def _quiet(week: PosterWeek) -> str:
    names = [date_format(day, "l") for day in week.quiet]
    if not names:
        return ""
    if not week.days:
        return _("Rien n'est prévu cette semaine.")
    return _("Rien de prévu : %(days)s.") % {"days": ", ".join(names)}


def _lower(label: object) -> str:
    text = str(label)
    return text[:1].lower() + text[1:]
