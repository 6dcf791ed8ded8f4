"""The source of grants: running mandates, territories and enrolled devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

from espace.accounts.access import Grant, Granted
from espace.accounts.choices import Role
from espace.core.clock import today
from espace.groups.choices import GemStatus
from espace.groups.models import Device, Mandate, TerritoryMandate
from espace.groups.rules.mandates import is_running
from espace.groups.rules.tokens import token_hash

SALT = "espace.groups.device"


@dataclass(frozen=True)
class Row:
    """A role and where, with the name of the GEM and what orders the list."""

    role: str
    gem_id: UUID | None = None
    territory: str = ""
    place: str = ""
    practice: bool = False
    device_id: UUID | None = None
    closed: bool = False


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
    before practice ones, the device's GEM before others. Two queries for a person, one for a
    device; dates are compared here, since a day begins at another hour in each GEM.
    """
    token = token_of(cookies)
    rows = [] if account_id is None else [*_in_gems(account_id), *_in_territories(account_id)]
    if token is not None:
        rows += _of_device(token)
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
        closed=frozenset(row.gem_id for row in rows if row.closed and row.gem_id),
        practice=frozenset(row.gem_id for row in rows if row.practice and row.gem_id),
    )


def _in_gems(account_id: UUID) -> list[Row]:
    mandates = Mandate.objects.filter(account_id=account_id).values_list(
        "role",
        "gem_id",
        "gem__name",
        "gem__practice",
        "gem__status",
        "gem__time_zone",
        "started_on",
        "ended_on",
    )
    return [
        Row(role, gem_id, place=name, practice=practice, closed=status == GemStatus.FERME)
        for role, gem_id, name, practice, status, zone, start, end in mandates
        if is_running(start, end, today(zone))
    ]


def _in_territories(account_id: UUID) -> list[Row]:
    mandates = TerritoryMandate.objects.filter(account_id=account_id).values_list(
        "role", "territory", "started_on", "ended_on"
    )
    return [
        Row(role, territory=territory)
        for role, territory, start, end in mandates
        if is_running(start, end, today())
    ]


def _of_device(token: str) -> list[Row]:
    enrolled = Device.objects.filter(token_hash=token_hash(token), revoked_at__isnull=True)
    return [
        Row(
            Role.DEVICE.value,
            gem_id,
            place=name,
            practice=practice,
            device_id=device_id,
            closed=status == GemStatus.FERME,
        )
        for device_id, gem_id, name, practice, status in enrolled.values_list(
            "id", "gem_id", "gem__name", "gem__practice", "gem__status"
        )
    ]
