"""Rows for tests of the programme and the day sheet."""

from datetime import date, time
from decimal import Decimal

from espace.activities.choices import SeriesKind
from espace.activities.models import Activity, Series, Slot
from espace.activities.rules.series import weekly_rule
from espace.groups.models import Gem


def make_slot(gem: Gem, day: date, start: int = 10, **values: object) -> Slot:
    """An opening of seven hours."""
    defaults: dict[str, object] = {"starts_at": time(start), "hours": Decimal(7)}
    return Slot.objects.create(gem=gem, date=day, **{**defaults, **values})


def make_activity(gem: Gem, day: date, title: str = "Cuisine", **values: object) -> Activity:
    """An activity of two hours at two."""
    defaults: dict[str, object] = {"starts_at": time(14), "hours": Decimal(2)}
    return Activity.objects.create(gem=gem, date=day, title=title, **{**defaults, **values})


def make_series(gem: Gem, first_on: date, **values: object) -> Series:
    """Painting, every week on the week day of ``first_on``."""
    defaults: dict[str, object] = {
        "kind": SeriesKind.ACTIVITY,
        "title": "Peinture",
        "starts_at": time(14),
        "hours": Decimal(2),
        "rule": weekly_rule(first_on.isoweekday()),
        "first_on": first_on,
    }
    return Series.objects.create(gem=gem, **{**defaults, **values})
