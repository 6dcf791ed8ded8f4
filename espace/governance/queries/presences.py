"""Who is at a meeting: names to tap in a GEM that counts with names, numbers in the others."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator

from espace.accounts.access import Actor
from espace.accounts.choices import Pictogram
from espace.accounts.permissions import require
from espace.governance.models.meetings import MeetingPresence
from espace.governance.queries.meetings import MeetingPage, one_meeting
from espace.governance.rules.assemblies import CheckedProxies, Proxy, ProxyTrouble, check_proxies
from espace.groups.queries.for_sheets import (
    SheetPerson,
    members_of_years,
    sheet_gem,
    sheet_roll,
)

NAMES_A_PAGE = 24


@dataclass(frozen=True, slots=True)
class Someone:
    """A name to tap."""

    id: UUID
    label: str
    sign: Pictogram
    present: bool


@dataclass(frozen=True, slots=True)
class ProxyLine:
    """« X represents Y »; ``trouble`` empty when it counts."""

    person_id: UUID
    giver: str
    holder: str
    trouble: ProxyTrouble | None


@dataclass(frozen=True, slots=True)
class Room:
    """The page « Qui est là ? »."""

    meeting: MeetingPage
    with_names: bool
    names: Page[Someone]
    proxies: tuple[ProxyLine, ...]
    may_give: tuple[SheetPerson, ...]
    may_hold: tuple[SheetPerson, ...]


@dataclass(frozen=True, slots=True)
class SigningSheet:
    """The list one signs on entering; ``up_to_date_only`` when it holds paid members only."""

    meeting: MeetingPage
    names: tuple[str, ...]
    up_to_date_only: bool


def signing_sheet(actor: Actor, gem_id: UUID, meeting_id: UUID) -> SigningSheet:
    """Return who may sign the attendance list. Eleven SQL queries at most.

    A GEM that keeps its memberships gets those of the meeting's year and of the year before,
    since an assembly often comes before the fees of its own year; another gets its whole roll.
    Without names, the list is blank lines. Raises NotAllowed, Http404.
    """
    require(actor, "governance.note_presences", gem_id)
    shown = one_meeting(actor, gem_id, meeting_id)
    roll = sheet_roll(gem_id) if sheet_gem(gem_id).counts_with_names else []
    year = shown.line.date.year
    paid = members_of_years(gem_id, (year - 1, year)) if roll else frozenset()
    names = tuple(one.label for one in roll if not paid or one.id in paid)
    return SigningSheet(shown, names, bool(paid))


def room(actor: Actor, gem_id: UUID, meeting_id: UUID, page: str = "1") -> Room:
    """Return who is there. Eleven SQL queries at most. Raises NotAllowed, Http404."""
    require(actor, "governance.note_presences", gem_id)
    shown = one_meeting(actor, gem_id, meeting_id)
    rows = list(MeetingPresence.objects.filter(meeting_id=meeting_id).order_by("pk"))
    present = {row.person_id for row in rows if row.holder_id is None}
    given = {row.person_id for row in rows if row.holder_id is not None}
    with_names = sheet_gem(gem_id).counts_with_names
    roll = sheet_roll(gem_id, always=present | given) if with_names else []
    people = [
        Someone(one.id, one.label, Pictogram(one.pictogram), one.id in present) for one in roll
    ]
    labels = {one.id: one.label for one in roll}
    checked = checked_proxies(rows, shown.rules.proxies_each)
    troubles = {UUID(proxy.giver): why for proxy, why in checked.refused}
    return Room(
        meeting=shown,
        with_names=with_names,
        names=Paginator(people, NAMES_A_PAGE).get_page(page),
        proxies=tuple(
            ProxyLine(
                row.person_id,
                labels.get(row.person_id, ""),
                labels.get(row.holder_id, ""),
                troubles.get(row.person_id),
            )
            for row in rows
            if row.holder_id is not None
        ),
        may_give=tuple(one for one in roll if one.id not in present | given),
        may_hold=tuple(one for one in roll if one.id in present),
    )


def checked_proxies(rows: list[MeetingPresence], most: int | None) -> CheckedProxies:
    """Return the proxies of a meeting, checked by the statutes."""
    present = {str(row.person_id) for row in rows if row.holder_id is None}
    proxies = [Proxy(str(row.person_id), str(row.holder_id)) for row in rows if row.holder_id]
    return check_proxies(proxies, present=present, most=most)
