"""A rule said in plain French: « Chaque premier mardi du mois », « Toutes les 2 semaines »."""

from collections.abc import Sequence
from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from espace.activities.rules.recurrence import Every, RuleError, read_rule

RANKS = {
    1: gettext_lazy("premier"),
    2: gettext_lazy("deuxième"),
    3: gettext_lazy("troisième"),
    4: gettext_lazy("quatrième"),
    5: gettext_lazy("cinquième"),
    -1: gettext_lazy("dernier"),
}
WEEK = 7
OPEN_DAYS = 5


def say_rule(rule: str) -> str:
    """Return the rhythm in words; « À des jours particuliers » for a rule with no plain words."""
    try:
        every = read_rule(rule).every
    except RuleError:
        return _("À des jours particuliers")
    said = {"DAILY": _daily, "WEEKLY": _weekly, "MONTHLY": _monthly, "YEARLY": _yearly}
    return said[every.freq](every) or _("À des jours particuliers")


def say_rhythm(rule: str, last_on: date | None) -> str:
    """Return the rhythm with its end: « Chaque mardi, jusqu'au 24 décembre 2026 »."""
    words = say_rule(rule)
    if last_on is None:
        return words
    return _("%(rhythm)s, jusqu'au %(day)s") % {
        "rhythm": words,
        "day": date_format(last_on, "j F Y"),
    }


def _daily(every: Every) -> str:
    if every.months or every.days:
        return ""
    if every.interval == 1:
        return _("Chaque jour")
    return _("Tous les %(n)s jours") % {"n": every.interval}


def _weekly(every: Every) -> str:
    if every.months:
        return ""
    numbers = [day for _rank, day in every.days]
    if every.interval > 1:
        days = _and([f"le {WEEKDAYS[day]}" for day in numbers])
        return _("Toutes les %(n)s semaines, %(days)s") % {"n": every.interval, "days": days}
    if len(numbers) == WEEK:
        return _("Chaque jour")
    if numbers == list(range(OPEN_DAYS)):
        return _("Du lundi au vendredi")
    return _("Chaque %(days)s") % {"days": _and([str(WEEKDAYS[day]) for day in numbers])}


def _monthly(every: Every) -> str:
    if every.months:
        return ""
    when = _in_month(every)
    if not when:
        return ""
    if every.interval > 1:
        return _("Tous les %(n)s mois, %(when)s") % {"n": every.interval, "when": when}
    if every.days:
        ranked = _and([_ranked(rank, day) for rank, day in every.days])
        return _("Chaque %(when)s du mois") % {"when": ranked}
    return _("Chaque mois, %(when)s") % {"when": when}


def _yearly(every: Every) -> str:
    when = _in_month(every)
    if not when or len(every.months) != 1:
        return ""
    month = MONTHS[every.months[0]]
    of = _("d'%(month)s") if str(month)[0] in "ao" else _("de %(month)s")
    words = f"{when} {of % {'month': month}}" if every.days else f"{when} {month}"
    if every.interval > 1:
        return _("Tous les %(n)s ans, %(when)s") % {"n": every.interval, "when": words}
    return _("Chaque année, %(when)s") % {"when": words}


def _in_month(every: Every) -> str:
    """« le premier mardi », « le 15 », « le dernier jour »; empty when it has no plain words."""
    if every.positions:
        return ""
    if every.days and not every.month_days:
        ranks = {rank for rank, _day in every.days}
        if not ranks <= set(RANKS):
            return ""
        return _and([f"le {_ranked(rank, day)}" for rank, day in every.days])
    if every.days:
        return ""
    if every.month_days == (-1,):
        return _("le dernier jour")
    if min(every.month_days) < 1:
        return ""
    numbers = [_("1er") if day == 1 else str(day) for day in every.month_days]
    return _and([f"le {number}" for number in numbers])


def _ranked(rank: int, day: int) -> str:
    return f"{RANKS[rank]} {WEEKDAYS[day]}"


def _and(words: Sequence[str]) -> str:
    """« lundi », « lundi et jeudi », « lundi, mardi et jeudi »."""
    if len(words) == 1:
        return words[0]
    return _("%(first)s et %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
