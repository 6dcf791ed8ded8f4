"""How heavy our pages are, month by month: a count for each kilobyte, and the middle one.

Each process counts in memory and writes now and then. What a stopping process had not written is
lost: a few pages change no middle.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from threading import Lock

from django.db import transaction
from django.db.models import F

from espace.core.clock import today
from espace.core.models import PageMonth, PageWeight

EVERY = 500
"""Pages between two writings of a process."""
WEIGH_JOB = "core.weigh_pages"
_counted: Counter[int] = Counter()
_lock = Lock()


def note(size: int) -> None:
    """Count a page of ``size`` bytes; write what was counted from time to time."""
    with _lock:
        _counted[-(-size // 1024)] += 1
        if _counted.total() < EVERY:
            return
        taken = dict(_counted)
        _counted.clear()
    write(taken, today().replace(day=1))


def write(taken: dict[int, int], month: date) -> None:
    """Add pages to a month: kilobytes to number of pages."""
    with transaction.atomic():
        for kilobytes, pages in sorted(taken.items()):
            row, _made = PageWeight.objects.get_or_create(month=month, kilobytes=kilobytes)
            PageWeight.objects.filter(pk=row.pk).update(pages=F("pages") + pages)


def middle(weights: Iterable[tuple[int, int]]) -> int | None:
    """Return the middle weight of pages given as (kilobytes, pages); None without a page."""
    ordered = sorted(weights)
    half = sum(pages for _kilobytes, pages in ordered) / 2
    passed = 0
    for kilobytes, pages in ordered:
        passed += pages
        if pages and passed >= half:
            return kilobytes
    return None


def weigh(day: str) -> None:
    """Write the middle weight of each month that has pages."""
    months: dict[date, list[tuple[int, int]]] = {}
    for row in PageWeight.objects.order_by("month", "kilobytes"):
        months.setdefault(row.month, []).append((row.kilobytes, row.pages))
    for month, weights in months.items():
        found = middle(weights)
        if found is not None:
            PageMonth.objects.update_or_create(month=month, defaults={"median_kb": found})
