"""Reads of the GEM's profile."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db.models import TextChoices

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.groups.choices import (
    Accessibility,
    AssociationState,
    Counting,
    DirectoryLevel,
    ManagementMode,
    PremisesKind,
    PublicFocus,
    Weekday,
)
from espace.groups.models import Gem, Organisation
from espace.groups.rules.opening_hours import Hours, weekly_minutes

MOST_ORGANISATIONS = 12


@dataclass(frozen=True)
class Opening:
    """A usual opening of a week day."""

    id: UUID
    weekday: str
    starts_at: time
    ends_at: time
    member_run: bool


@dataclass(frozen=True)
class Said:
    """A stored code and how it reads; both empty when nobody said."""

    code: str
    text: str


@dataclass(frozen=True)
class Profile:
    """The card of a GEM, as read by people inside it."""

    id: UUID
    name: str
    commune: str
    departement: str
    ars_zone: str
    opened_on: date | None
    public_address: str
    public_phone: str
    directory_level: Said
    public_focus: Said
    association_state: Said
    association_planned_on: date | None
    first_funded_year: int | None
    premises_kind: Said
    premises_accessible: Said
    management_mode: Said
    counting: Said
    sponsor: str
    manager: str
    same_sponsor_reason: str
    openings: Sequence[Opening]
    weekly_hours: str


def profile(actor: Actor, gem_id: UUID) -> Profile:
    """Return the card of the GEM (2 SQL queries)."""
    require(actor, "groups.read_profile", gem_id)
    gem = Gem.objects.select_related("sponsor", "managing_organisation").get(pk=gem_id)
    rows = list(gem.opening_hours.order_by("weekday", "starts_at"))
    minutes = weekly_minutes(Hours(row.weekday, row.starts_at, row.ends_at) for row in rows)
    return Profile(
        id=gem.pk,
        name=gem.name,
        commune=gem.commune_name,
        departement=gem.departement_code,
        ars_zone=gem.ars_zone,
        opened_on=gem.opened_on,
        public_address=gem.public_address,
        public_phone=gem.public_phone,
        directory_level=_said(DirectoryLevel, gem.directory_level),
        public_focus=_said(PublicFocus, gem.public_focus),
        association_state=_said(AssociationState, gem.association_state),
        association_planned_on=gem.association_planned_on,
        first_funded_year=gem.first_funded_year,
        premises_kind=_said(PremisesKind, gem.premises_kind),
        premises_accessible=_said(Accessibility, gem.premises_accessible),
        management_mode=_said(ManagementMode, gem.management_mode),
        counting=_said(Counting, gem.counting),
        sponsor=gem.sponsor.name if gem.sponsor else "",
        manager=gem.managing_organisation.name if gem.managing_organisation else "",
        same_sponsor_reason=gem.same_sponsor_reason,
        openings=tuple(
            Opening(
                row.pk,
                str(Weekday(row.weekday).label),
                row.starts_at,
                row.ends_at,
                row.member_run,
            )
            for row in rows
        ),
        weekly_hours=_hours(minutes),
    )


@dataclass(frozen=True)
class Partner:
    """An organisation one may choose."""

    id: UUID
    name: str
    kind: str


def organisations(actor: Actor, gem_id: UUID, text: str) -> list[Partner]:
    """Return the organisations whose name holds ``text``, twelve at most (1 SQL query)."""
    require(actor, "groups.choose_partners", gem_id)
    wanted = _plain(text)
    if len(wanted) < 2:
        return []
    found = [
        Partner(row.pk, row.name, row.get_kind_display())
        for row in Organisation.objects.order_by("name")
        if wanted in _plain(row.name)
    ]
    return found[:MOST_ORGANISATIONS]


def same_name(name: str) -> UUID | None:
    """Return the organisation of that name, whatever its accents and capitals; None when new."""
    wanted = _plain(name)
    rows = Organisation.objects.order_by("name").values_list("pk", "name")
    return next((pk for pk, known in rows if _plain(known) == wanted), None)


def gem_slugs() -> list[dict[str, str]]:
    """Return every GEM as {"slug", "name"}, by slug: for the command line, not for a page."""
    rows = Gem.objects.order_by("slug").values_list("slug", "name")
    return [{"slug": slug, "name": name} for slug, name in rows]


def _said(choices: type[TextChoices], code: str) -> Said:
    return Said(code, str(choices(code).label) if code else "")


def _hours(minutes: int) -> str:
    """Return « 30 h » or « 30 h 30 »."""
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", " ".join(text.split()).casefold())
    return "".join(sign for sign in letters if not unicodedata.combining(sign))
