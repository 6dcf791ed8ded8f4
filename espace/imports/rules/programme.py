"""What a programme or an agenda would change: decisions on values, without database nor clock."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import TypeVar

from espace.imports.reading import Activity, Opened, Planned

OneDay = TypeVar("OneDay", Planned, Opened)
SHORTEST, LONGEST = 15, 24 * 60
ALIKE = 0.85
_FAMILIES = (
    ("fetes", r"\bfete|anniversaire|noel|galette|carnaval|reveillon|chandeleur|halloween"),
    ("sejour", r"\bsejour|vacances|week-?end"),
    ("repas_cuisine", r"cuisin|repas|brunch|dejeuner|diner|patisserie|gouter|barbecue"),
    ("nature_jardin", r"jardin|potager|compost"),
    ("sport_nature", r"\bgym|piscine|\bmarche\b(?! de)|marche a pied|rando|balade|promenade|sport"
                     r"|foot|ping|petanque|velo|natation|badminton|bowling|danse"),
    ("bien_etre", r"relax|yoga|sophro|meditation|bien-?etre|massage|esthetique|coiffure|qi ?gong"),
    ("jeux_convivialite", r"\bjeux?\b|loto|belote|tarot|scrabble|echecs|billard|karaoke"),
    ("creation", r"peinture|dessin|ecriture|creati|\bart|couture|tricot|poterie|mosaique|perles"
                 r"|musique|chant|chorale|theatre|photo|bricolage deco|loisirs"),
    ("culture_sortie", r"sortie|cinema|musee|expo|visite|concert|spectacle|mediatheque|bibliotheque"
                       r"|marche de|lecture|brocante"),
    ("chantiers_bricolage", r"bricol|chantier|menage|reparation|travaux"),
    ("numerique", r"informatique|ordinateur|numerique|internet|tablette"),
    ("citoyennete", r"reunion|conseil|assemblee|\bca\b|\bag\b|bureau|commission"),
    ("sante_droits", r"sante|droits|prevention|nutrition"),
    ("parole_entraide", r"cafe|accueil|parole|discussion|entraide|debat|philo"),
)  # fmt: skip
_IN_TOWN = re.compile(
    r"sortie|cinema|musee|visite|concert|piscine|bowling|restaurant|mediatheque|bibliotheque"
    r"|brocante"
)
_IN_NATURE = re.compile(r"rando|balade|foret|\bmer\b|plage|\blac\b|montagne|sejour")


@dataclass(frozen=True, slots=True)
class Programmed:
    """What the programme already has between two days.

    ``activities`` are (day, start, title); ``weekly`` (week day from 1, start, title) of what comes
    back without an end; ``opened`` the days with an opening; ``finished`` first days of months.
    """

    activities: tuple[tuple[date, time, str], ...] = ()
    weekly: tuple[tuple[int, time, str], ...] = ()
    opened: frozenset[date] = frozenset()
    finished: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Sorted:
    """A file's programme, what is new and what is left."""

    activities: tuple[Planned, ...]
    openings: tuple[Opened, ...]
    already_there: tuple[Planned, ...]
    openings_there: int
    in_finished_months: int


def clock(minutes: int) -> time:
    """Return the time of a day, midnight at most one minute before."""
    minutes = min(max(minutes, 0), LONGEST - 1)
    return time(minutes // 60, minutes % 60)


def hours(minutes: int) -> Decimal:
    """Return a length in hours: a quarter at least, a day at most."""
    kept = min(max(minutes, SHORTEST), LONGEST)
    return (Decimal(kept) / 60).quantize(Decimal("0.01"))


def family_of(title: str) -> str:
    """Return the family a title speaks of, « autre » when none; the person may change it."""
    flat = _flat(title)
    return next((name for name, words in _FAMILIES if re.search(words, flat)), "autre")


def place_of(title: str) -> str:
    """Return where a title says it happens: « local » when it says nothing."""
    flat = _flat(title)
    if _IN_NATURE.search(flat):
        return "nature"
    return "ville" if _IN_TOWN.search(flat) else "local"


def alike(one: str, other: str) -> bool:
    """True when two titles say the same thing: same letters, one inside the other, or nearly."""
    left, right = _letters(one), _letters(other)
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) >= 5 and short in long:
        return True
    return SequenceMatcher(None, left, right).ratio() >= ALIKE


def sort_out(planned: Iterable[Planned], opened: Iterable[Opened], there: Programmed) -> Sorted:
    """Tell what is new from what the programme has on that day, at that time, with that title."""
    by_moment: dict[tuple[date, time], list[str]] = defaultdict(list)
    for day, start, title in there.activities:
        by_moment[day, start].append(title)
    by_week: dict[tuple[int, time], list[str]] = defaultdict(list)
    for weekday, start, title in there.weekly:
        by_week[weekday, start].append(title)
    new: list[Planned] = []
    same: list[Planned] = []
    finished = 0
    for one in planned:
        start = clock(one.activity.start)
        titles = by_week[one.day.isoweekday(), start] if one.weekly else by_moment[one.day, start]
        if any(alike(one.activity.title, title) for title in titles):
            same.append(one)
        elif one.day.replace(day=1) in there.finished:
            finished += 1
        else:
            new.append(one)
            titles.append(one.activity.title)
    openings = [one for one in opened if one.day.replace(day=1) not in there.finished]
    kept = tuple(one for one in openings if one.day not in there.opened)
    return Sorted(tuple(new), kept, tuple(same), len(openings) - len(kept), finished)


@dataclass(frozen=True, slots=True)
class DayLines:
    """One day of the preview."""

    day: date
    lines: tuple[Planned, ...]
    openings: tuple[Opened, ...]


@dataclass(frozen=True, slots=True)
class WeekLines:
    """One week of the preview."""

    monday: date
    days: tuple[DayLines, ...]


def weeks_of(
    activities: Sequence[Planned], openings: Sequence[Opened], most: int
) -> tuple[WeekLines, ...]:
    """Return the first weeks, day by day, at most ``most`` activities in all."""
    shown = sorted(activities, key=lambda one: (one.day, one.activity.start))[:most]
    last = shown[-1].day if shown and len(activities) > most else date.max
    open_days = [one for one in openings if one.day <= last][:most]
    days, opened = _by_day(shown), _by_day(open_days)
    found: dict[date, list[DayLines]] = defaultdict(list)
    for day in sorted({*days, *opened}):
        monday = day - timedelta(days=day.weekday())
        lines = DayLines(day, tuple(days.get(day, ())), tuple(opened.get(day, ())))
        found[monday].append(lines)
    return tuple(WeekLines(monday, tuple(found[monday])) for monday in sorted(found))


def _by_day(rows: Collection[OneDay]) -> dict[date, list[OneDay]]:
    found: dict[date, list[OneDay]] = defaultdict(list)
    for row in rows:
        found[row.day].append(row)
    return found


def say_hours(activity: Activity | Opened) -> str:
    """Return « 10 h – 12 h 30 », as the pages write hours."""
    return f"{_said(activity.start)} – {_said(activity.start + activity.minutes)}"


def _said(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour % 24} h {minute:02d}" if minute else f"{hour % 24} h"


def _flat(title: str) -> str:
    low = unicodedata.normalize("NFD", title.casefold().replace("œ", "oe"))
    return "".join(sign for sign in low if not unicodedata.combining(sign))


def _letters(title: str) -> str:
    return "".join(sign for sign in _flat(title) if sign.isalnum())
