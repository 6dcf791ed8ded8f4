"""The only place that asks what time it is, so that rules get dates as arguments."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """Return the current instant, aware, in UTC."""
    return timezone.now()


def today(time_zone: str = "Europe/Paris") -> date:
    """Return the calendar day it is in ``time_zone`` (an IANA name): GEM live overseas too."""
    return now().astimezone(ZoneInfo(time_zone)).date()
