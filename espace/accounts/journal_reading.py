"""Reads of the journal: what a GEM did, who opened what, and whether the chain holds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Case, CharField, F, Max, QuerySet, Value, When
from django.db.models.functions import Length, TruncDate
from django.utils.translation import gettext as _

from espace.accounts import told
from espace.accounts.access import Actor
from espace.accounts.chain import Kept, Outcome, Said, verify
from espace.accounts.choices import Role
from espace.accounts.journal import NO_GEM, in_chain, keys
from espace.accounts.models import JournalEntry, JournalStart

LINES_A_PAGE = 30
ISO_DAY = 10
ROWS_AT_ONCE = 1000


@dataclass(frozen=True)
class Deed:
    """One kind of thing done by one person on one day; ``about`` is the day it was about."""

    at: datetime
    name: str
    role: str
    words: str
    about: date | None

    @property
    def who(self) -> str:
        """Who did it, as the sentence begins: « Nadia (élu) », « Un salarié », « Quelqu'un »."""
        return who_said(self.name, self.role)

    @property
    def is_whole(self) -> bool:
        """True when the sentence needs nobody: « Une idée est entrée dans la boîte. »"""
        return self.words[:1].isupper()


def deeds(
    gem_id: UUID, *, time_zone: str, month: date | None, matter: str, page: str, named: bool
) -> Page[Deed]:
    """Return a page of what was done in a GEM, the last first. Two SQL queries.

    The same thing done ten times in a day by one person is one line, and the number is not told.
    Without ``named``, only the roles are there.
    """
    zone = ZoneInfo(time_zone)
    lines = JournalEntry.objects.filter(gem_id=gem_id)
    if month is not None:
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        lines = lines.filter(at__gte=_midnight(month, zone), at__lt=_midnight(following, zone))
    if matter:
        lines = lines.filter(action__in=told.actions_about(matter))
    who = ("account_id", "account__first_name") if named else ()
    groups = (
        lines.annotate(
            day=TruncDate("at", tzinfo=zone),
            length=Length("thing"),
            about=Case(
                When(length=ISO_DAY, then=F("thing")),
                default=Value(""),
                output_field=CharField(),
            ),
        )
        .values("day", "role", "action", "about", *who)
        .annotate(last=Max("at"))
        .order_by("-last", "action", "about", "role", *who)
    )
    shown = Paginator(groups, LINES_A_PAGE).get_page(page)
    rows = [_deed(row, zone) for row in shown.object_list]
    return Page(rows, shown.number, shown.paginator)


def _deed(row: dict[str, Any], zone: ZoneInfo) -> Deed:
    role = str(row["role"])
    return Deed(
        at=row["last"].astimezone(zone),
        name=str(row.get("account__first_name") or ""),
        role=role,
        words=str(told.told(str(row["action"])).words),
        about=_day(str(row["about"])),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def who_said(name: str, role: str) -> str:
    """Return who did something in a few words: a first name and a role, or the role alone."""
    if not name and role == "system":
        return str(_("Mon Espace"))
    if not name and role == Role.DEVICE:
        return str(_("La tablette du GEM"))
    label = str(Role(role).label) if role in Role.values else ""
    if label[1:2].islower():
        label = label[0].lower() + label[1:]
    if not label:
        return name or str(_("Quelqu'un"))
    return f"{name or _('Une personne')} ({label})"


@dataclass(frozen=True)
class Opened:
    """Someone opened what is kept on a person."""

    at: datetime
    who: str
    words: str


def openings_of(things: Collection[UUID], *, besides: UUID | None = None) -> list[Opened]:
    """Return who opened what is kept on one person, the last first. One SQL query.

    ``things`` are the ids of their account and of their lines; ``besides`` leaves themselves out.
    """
    lines = JournalEntry.objects.filter(
        thing__in=[str(each) for each in things], action__in=told.openings()
    )
    if besides is not None:
        lines = lines.exclude(account_id=besides)
    rows = lines.order_by("-at", "-pk").values_list("at", "account__first_name", "role", "action")
    return [
        Opened(
            at=at,
            who=who_said(name or "", role),
            words=str(told.told(action).to_you),
        )
        for at, name, role, action in rows
    ]


def already_written(actor: Actor, action: str, thing: object, *, since: datetime) -> bool:
    """Tell whether the same line by the same person is there since ``since``. One SQL query."""
    lines = JournalEntry.objects.filter(action=action, thing=str(thing), at__gte=since)
    return lines.filter(account_id=actor.account_id, device_id=actor.device_id).exists()


# --- The chain ---


def verified() -> Iterator[tuple[str, Outcome]]:
    """Yield each chain by its name (a GEM's id, "" for what concerns none) and what was found."""
    starts = {row.chain: row for row in JournalStart.objects.all()}
    gems = JournalEntry.objects.order_by("gem_id").values_list("gem_id", flat=True).distinct()
    known = {str(gem) if gem else NO_GEM for gem in gems}
    for chain in sorted(known | set(starts)):
        start = starts.get(chain)
        lines = _numbered(UUID(chain) if chain else None)
        yield (
            chain,
            verify(
                (_kept(row) for row in lines.iterator(chunk_size=ROWS_AT_ONCE)),
                keys=keys(),
                number=start.number if start else 0,
                before=start.digest if start else "",
            ),
        )


def _numbered(gem_id: UUID | None) -> QuerySet[JournalEntry]:
    lines = JournalEntry.objects.filter(in_chain(gem_id), number__isnull=False)
    return lines.order_by("number")


def _kept(row: JournalEntry) -> Kept:
    said = Said(
        number=row.number or 0,
        at=row.at,
        gem_id=row.gem_id,
        device_id=row.device_id,
        role=row.role,
        action=row.action,
        mark=row.mark,
    )
    return Kept(said, row.digest, row.account_id, row.thing, row.forgotten)


def let_go(before: datetime) -> int:
    """Delete the lines older than ``before``; each chain remembers where it begins now."""
    gone = JournalEntry.objects.filter(number__isnull=True, at__lt=before).delete()[0]
    gems = JournalEntry.objects.filter(at__lt=before).order_by("gem_id")
    for gem_id in list(gems.values_list("gem_id", flat=True).distinct()):
        gone += _let_go_of(gem_id, before)
    return gone


@transaction.atomic
def _let_go_of(gem_id: UUID | None, before: datetime) -> int:
    """Cut the beginning of a chain: whole, so that what stays still follows."""
    lines = _numbered(gem_id)
    first_kept = lines.filter(at__gte=before).values_list("number", flat=True).first()
    old = lines.filter(number__lt=first_kept) if first_kept else lines
    last = old.values_list("number", "digest").last()
    if last is None:
        return 0
    JournalStart.objects.update_or_create(
        chain=str(gem_id) if gem_id else NO_GEM, defaults={"number": last[0], "digest": last[1]}
    )
    return old.delete()[0]
