"""Whose sheet it is: what the permission to write a day looks at."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from espace.accounts.access import Actor
from espace.activities.models import Duty, FinishedMonth
from espace.activities.permissions import BUREAU_AND_STAFF, Sheet
from espace.core.clock import now
from espace.groups.queries.for_sheets import SheetGem, sheet_gem


def local_now(gem: SheetGem) -> datetime:
    """Return the instant on the GEM's own clock."""
    return now().astimezone(ZoneInfo(gem.time_zone))


def hour_of(gem: SheetGem, day: date) -> time | None:
    """Return the hour it is at the GEM when ``day`` is today, else None."""
    moment = local_now(gem)
    return moment.time() if moment.date() == day else None


def sheet_for(actor: Actor, gem: SheetGem, day: date) -> Sheet:
    """Return what « activities.record_attendance » looks at; one SQL query at most."""
    on_duty = not actor.has(*BUREAU_AND_STAFF, gem_id=gem.id) and is_on_duty(actor, gem.id, day)
    return Sheet(gem.id, day, local_now(gem).date(), on_duty)


def is_on_duty(actor: Actor, gem_id: UUID, day: date) -> bool:
    """Tell whether who asks said « je tiens le GEM » for ``day``. One SQL query at most."""
    if actor.account_id is None:
        return False
    return Duty.objects.filter(gem_id=gem_id, account_id=actor.account_id, date=day).exists()


def is_on_duty_today(actor: Actor) -> bool:
    """Tell whether who asks holds the GEM in hand today, on its own clock. Two SQL queries."""
    if actor.account_id is None or actor.gem_id is None:
        return False
    return is_on_duty(actor, actor.gem_id, local_now(sheet_gem(actor.gem_id)).date())


def is_month_finished(gem_id: UUID, day: date) -> bool:
    """Tell whether the GEM said that the month of ``day`` is complete. One SQL query."""
    return FinishedMonth.objects.filter(
        gem_id=gem_id, month=day.replace(day=1), finished_on__isnull=False
    ).exists()
