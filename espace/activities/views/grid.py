"""The typing grid: the paper week sheet, on a screen, in the same order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from espace.accounts.guard import gem_required
from espace.activities.actions.sheet import TypedCount, save_sheet
from espace.activities.choices import Category
from espace.activities.queries.programme import gem_today
from espace.activities.queries.week_sheet import TypingGrid, typing_grid
from espace.activities.rules.moments import (
    days_before,
    days_of_week,
    monday_of,
    parse_week,
    week_code,
)
from espace.activities.rules.sheet import MOST_HEADS, Cell
from espace.activities.views.addresses import told_when_not_now
from espace.core.idempotency import new_key

MOST_CELLS = 1000


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the grid, as its field writes it."""

    name: str
    day: date
    category: Category
    value: int | str

    def as_typed(self, typed: Mapping[str, str] | None) -> "Number":
        """Return the same with what was typed in its field, if anything was."""
        return replace(self, value=(typed or {}).get(f"n-{self.name}", self.value))


@gem_required
@require_http_methods(["GET", "HEAD", "POST"])
@told_when_not_now
def grid(request: HttpRequest) -> HttpResponse:
    """Show a page of the grid; save what differs from what was shown."""
    asked = request.GET.get("semaine", "")
    monday = parse_week(asked) if asked else monday_of(gem_today(request.actor.gem_id))
    if monday is None:
        return render(request, "activities/no_such_day.html", status=404)
    page = _number(request.GET.get("page", "1")) or 1
    if request.method == "POST":
        return _save(request, monday, page)
    every = request.GET.get("jours") == "tous"
    shown = typing_grid(request.actor, request.actor.gem_id, monday, page, all_days=every)
    return render(request, "activities/grid.html", _context(shown))


def _save(request: HttpRequest, monday: date, page: int) -> HttpResponse:
    counts = _counts(request.POST, monday)
    if counts is None:
        shown = typing_grid(request.actor, request.actor.gem_id, monday, page)
        context = _context(shown, request.POST) | {"wrong": True}
        return render(request, "activities/grid.html", context, status=400)
    moved = save_sheet(
        actor=request.actor,
        gem_id=request.actor.gem_id,
        shown=_cells(request.POST.get("vu", "").split(), monday),
        typed=_cells(request.POST.getlist("c"), monday),
        counts=counts,
        key=_uuid(request.POST.get("cle", "")) or new_key(),
    )
    words = ngettext("%(n)s case a changé.", "%(n)s cases ont changé.", moved) % {"n": moved}
    messages.success(request, words if moved else _("Rien n'a changé."))
    to_page = _number(request.POST.get("suite", "")) or page
    return redirect(f"{reverse('activities:grid')}?semaine={week_code(monday)}&page={to_page}")


def _context(shown: TypingGrid, typed: Mapping[str, str] | None = None) -> dict[str, object]:
    """Return what the page draws; ``typed`` gives back the numbers that were not understood."""
    days = [day for day in shown.sheet.days if day.writable]
    rank = {day.date: day.date.weekday() for day in days}
    ticked = {f"{cell.person_id}.{rank[cell.day]}" for cell in shown.ticked if cell.day in rank}
    numbers = [
        Number(f"{one.category}-{rank[one.day]}", one.day, one.category, one.count)
        for one in shown.counts
        if one.day in rank
    ]
    return {
        "grid": shown,
        "days": days,
        "ticked": sorted(ticked),
        "rows": [
            (person, [(f"{person.id}.{rank[day.date]}", day) for day in days])
            for person in shown.people
        ],
        "sorts": [
            (category, [one.as_typed(typed) for one in group])
            for category, group in groupby(numbers, key=lambda one: one.category)
        ],
        "shown_counts": [f"{one.name}:{one.value}" for one in numbers],
        "key": new_key(),
        "code": week_code(shown.sheet.monday),
        "previous": week_code(days_before(shown.sheet.monday, 7)),
        "following": week_code(days_before(shown.sheet.monday, -7)),
        "all_days": len(shown.sheet.days) == len(days_of_week(shown.sheet.monday)),
        "wrong": False,
    }


def _cells(texts: list[str], monday: date) -> list[Cell]:
    """Read boxes written « person.rank of the day »; what cannot be one is left out."""
    days = days_of_week(monday)
    found = []
    for text in texts[:MOST_CELLS]:
        person, _dot, rank = text.rpartition(".")
        person_id, number = _uuid(person), _number(rank)
        if person_id and number is not None and number < len(days):
            found.append(Cell(person_id, days[number]))
    return found


def _counts(post: QueryDict, monday: date) -> list[TypedCount] | None:
    """Read the numbers, named « n-adherent-0 »; « vus » says what the page showed of each.

    None when one of them is not a number from 0 to 999.
    """
    pairs = (text.partition(":") for text in post.get("vus", "").split())
    shown = {name: _number(value) or 0 for name, _colon, value in pairs}
    found = []
    for rank, day in enumerate(days_of_week(monday)):
        for category in Category:
            name = f"{category}-{rank}"
            if f"n-{name}" not in post:
                continue
            typed = _number(post[f"n-{name}"].strip() or "0")
            if typed is None or typed > MOST_HEADS:
                return None
            found.append(TypedCount(day, category, shown.get(name, 0), typed))
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
