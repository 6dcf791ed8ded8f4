"""The source of grants: running mandates, territories and enrolled devices, in one SQL query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, CharField, DateField, F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from espace.accounts.access import Grant, Granted
from espace.accounts.choices import Role
from espace.core.clock import today
from espace.groups.models import Device, Mandate, TerritoryMandate
from espace.groups.rules.mandates import is_running
from espace.groups.rules.tokens import token_hash

SALT = "espace.groups.device"
# It is a day later in Kiritimati and a day earlier in Niue: SQL keeps both, Python decides.
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One line of the query: a role, where, when, and the name and clock of the GEM."""

    role: str
    gem_id: UUID | None
    territory: str
    place: str
    time_zone: str
    practice: bool
    started_on: date | None
    ended_on: date | None
    device_id: UUID | None


def device_cookie(token: str) -> str:
    """Return the value of the cookie that an enrolled device keeps: its token, signed."""
    return Signer(salt=SALT).sign(token)


def token_of(cookies: Mapping[str, str]) -> str | None:
    """Return the token of the device asking; None without a cookie that we signed."""
    try:
        return Signer(salt=SALT).unsign(cookies[settings.DEVICE_COOKIE_NAME])
    except (KeyError, BadSignature):
        return None


def grants_of(account_id: UUID | None, cookies: Mapping[str, str]) -> Granted:
    """Return the roles in force today, each on the calendar day of its own GEM.

    The first GEM is the one in hand by default: a person's own before the device's, real ones
    before practice ones, the device's GEM before others.
    """
    token = token_of(cookies)
    parts = ([] if account_id is None else _of_person(account_id)) + (
        [] if token is None else [_of_device(token)]
    )
    if not parts:
        return Granted()
    rows = [Row(*row) for row in parts[0].union(*parts[1:], all=True)]
    rows = [row for row in rows if is_running(row.started_on, row.ended_on, today(row.time_zone))]
    device = next((row for row in rows if row.device_id), None)
    rows.sort(
        key=lambda row: (
            row.device_id is not None,
            row.practice,
            device is None or row.gem_id != device.gem_id,
            row.place,
            row.role,
        )
    )
    return Granted(
        grants=tuple(Grant(row.role, row.gem_id, row.territory) for row in rows),
        device_id=device.device_id if device else None,
        places={row.gem_id: row.place for row in rows if row.gem_id},
    )


def _of_person(account_id: UUID) -> list[QuerySet[Any, tuple[Any, ...]]]:
    day = today()
    around = Q(started_on__lte=day + A_DAY) & (
        Q(ended_on__isnull=True) | Q(ended_on__gt=day - A_DAY)
    )
    in_gems = Mandate.objects.filter(around, account_id=account_id).values_list(
        "role",
        "gem_id",
        _text(),
        "gem__name",
        "gem__time_zone",
        "gem__practice",
        "started_on",
        "ended_on",
        _no_id(),
    )
    in_territories = TerritoryMandate.objects.filter(around, account_id=account_id).values_list(
        "role",
        _no_id(),
        "territory",
        _text(),
        _text("Europe/Paris"),
        Value(False, output_field=BooleanField()),
        "started_on",
        "ended_on",
        _no_id(),
    )
    return [in_gems, in_territories]


def _of_device(token: str) -> QuerySet[Any, tuple[Any, ...]]:
    enrolled = Device.objects.filter(token_hash=token_hash(token), revoked_at__isnull=True)
    return enrolled.values_list(
        _text(Role.DEVICE.value),
        "gem_id",
        _text(),
        "gem__name",
        "gem__time_zone",
        "gem__practice",
        Cast(Value(None), DateField()),
        Cast(Value(None), DateField()),
        F("id"),
    )


def _text(value: str = "") -> Value:
    return Value(value, output_field=CharField())


def _no_id() -> Cast:
    # A bare NULL has no type, and PostgreSQL wants the same types in each part of a union.
    return Cast(Value(None), UUIDField())
