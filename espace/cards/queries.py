"""Reads of cards: who has one, whom one may be made for, which one opens."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator

from espace.accounts.access import Actor, Grant, actor_for
from espace.accounts.choices import Role
from espace.accounts.permissions import require
from espace.accounts.rules import plain
from espace.cards.models import AccessCard
from espace.cards.rules.hashes import Kind, fingerprint, mark_hash
from espace.cards.rules.reach import fits, reach_of
from espace.groups.queries.accounts import AccountLine, accounts_of_gem, people_without_account
from espace.groups.queries.gem_facts import practice_among

# Twenty-five lines, each with its box, keep the page under 350 elements.
LINES_A_PAGE = 25


def accounts_with_a_card(account_ids: Collection[UUID]) -> set[UUID]:
    """Return, among these accounts, those that a running card opens. One SQL query."""
    rows = AccessCard.objects.filter(account_id__in=account_ids)
    return set(rows.values_list("account_id", flat=True))


@dataclass(frozen=True)
class CardLine:
    """A running card, as listed to the bureau and the employees."""

    id: UUID
    account_id: UUID
    name: str
    made_at: datetime
    made_by: str
    used_elsewhere: bool
    may_change: bool


@dataclass(frozen=True)
class Candidate:
    """Someone a card may be made for: an account, or a line of the roll without one."""

    code: str
    name: str
    has_card: bool
    has_account: bool


@dataclass(frozen=True)
class OwnCard:
    """One's own card."""

    id: UUID
    gem_id: UUID
    made_at: datetime
    made_by: str
    used_elsewhere: bool
    may_replace: bool


@dataclass(frozen=True)
class Opening:
    """A card just shown, that opens: whose account, and what it may open."""

    card_id: UUID
    account_id: UUID
    gem_id: UUID
    reach: str
    practice: frozenset[UUID]


def held_by(account_id: UUID) -> frozenset[Grant]:
    """Return every role somebody holds today, wherever (as many queries as sources)."""
    return actor_for(account_id, "", {}).grants


def reach_in(actor: Actor, gem_id: UUID) -> Role | None:
    """Return in the name of which role ``actor`` makes cards in this GEM."""
    return reach_of({grant.role for grant in actor.grants if grant.gem_id == gem_id})


def may_open(held: Collection[Grant], gem_id: UUID, reach: str | None) -> bool:
    """Tell whether a card of that reach may open an account with these roles (one query)."""
    practice = practice_among({g.gem_id for g in held if g.gem_id})
    return fits(held, gem_id=gem_id, reach=reach, practice=practice)


def cards_of_gem(actor: Actor, gem_id: UUID) -> list[CardLine]:
    """Return the running cards of this GEM, by first name (5 SQL queries, whatever their number).

    Never when a card served: only the warning that it served on another device.
    """
    require(actor, "cards.read", gem_id)
    rows = AccessCard.objects.filter(gem_id=gem_id).select_related("account", "made_by")
    mine = reach_in(actor, gem_id)
    known = {line.id: line for line in accounts_of_gem(actor, gem_id)}
    lines = [
        CardLine(
            id=row.pk,
            account_id=row.account_id,
            name=row.account.label,
            made_at=row.made_at,
            made_by=row.made_by.label if row.made_by else "",
            used_elsewhere=row.used_elsewhere,
            may_change=row.account_id not in known or _may(known[row.account_id], gem_id, mine),
        )
        for row in rows.order_by("account__first_name", "account__initial", "pk")
    ]
    return sorted(lines, key=lambda line: plain(line.name))


def card_line(actor: Actor, gem_id: UUID, card_id: UUID) -> CardLine | None:
    """Return one running card of this GEM, or None."""
    return next((line for line in cards_of_gem(actor, gem_id) if line.id == card_id), None)


def candidates(actor: Actor, gem_id: UUID, *, text: str = "", page: str = "1") -> Page[Candidate]:
    """Return a page of the people whose card ``actor`` may make, by name.

    Accounts with a role in the GEM, then lines of the roll that have no account. ``text`` keeps
    the names that hold it.
    """
    require(actor, "cards.make", gem_id)
    mine, wanted = reach_in(actor, gem_id), plain(text)
    with_card = set(AccessCard.objects.filter(gem_id=gem_id).values_list("account_id", flat=True))
    found = [
        Candidate(f"compte-{line.id}", line.name, line.id in with_card, True)
        for line in accounts_of_gem(actor, gem_id)
        if _may(line, gem_id, mine)
    ]
    found += [
        Candidate(f"carnet-{person.id}", person.name, False, False)
        for person in people_without_account(actor, gem_id)
    ]
    kept = [one for one in found if wanted in plain(one.name)]
    kept.sort(key=lambda one: plain(one.name))
    return Paginator(kept, LINES_A_PAGE).get_page(page)


def own_card(actor: Actor) -> OwnCard | None:
    """Return one's own card, or None."""
    if actor.account_id is None:
        return None
    cards = AccessCard.objects.filter(account_id=actor.account_id).select_related("made_by")
    row = cards.first()
    if row is None:
        return None
    return OwnCard(
        id=row.pk,
        gem_id=row.gem_id,
        made_at=row.made_at,
        made_by=row.made_by.label if row.made_by else "",
        used_elsewhere=row.used_elsewhere,
        may_replace=reach_in(actor, row.gem_id) is not None,
    )


def opening(kind: Kind, secret: str) -> Opening | None:
    """Return what the card with this secret opens now, or None.

    A wrong secret and an unknown one cost the same: one slow hash a key of the site, one look-up.
    """
    row = (
        AccessCard.objects.filter(**{f"{kind.value}_hash__in": _hashes(kind, secret)})
        .select_related("account")
        .first()
    )
    if row is None or not row.account.is_active:
        return None
    held = held_by(row.account_id)
    practice = practice_among({g.gem_id for g in held if g.gem_id})
    if not fits(held, gem_id=row.gem_id, reach=row.reach, practice=practice):
        return None
    return Opening(row.pk, row.account_id, row.gem_id, row.reach, practice)


def vouches(opened: Opening, actor: Actor) -> bool:
    """Tell whether the card just shown is another elected person's, of a GEM where one waits."""
    return opened.account_id != actor.account_id and bool(
        {opened.gem_id} & gems_waiting(actor)
        and Grant(Role.ELECTED.value, opened.gem_id) in held_by(opened.account_id)
    )


def gems_waiting(actor: Actor) -> frozenset[UUID]:
    """Return the GEM where ``actor`` is elected and waits for a second factor."""
    waiting = {g.gem_id for g in actor.withheld if g.role == Role.ELECTED and g.gem_id}
    return frozenset(waiting)


def runs(card_id: UUID, mark: str | None) -> bool | None:
    """Tell whether a session opened by this card goes on; None when the card is no more.

    ``mark`` is the session's own outside the GEM's tablets, None on them. One SQL query.
    """
    found = AccessCard.objects.filter(pk=card_id).values_list("session_mark", flat=True).first()
    if found is None:
        return None
    return mark is None or found == mark_hash(mark)


def hashed(kind: Kind, secret: str) -> str:
    """Return what the database keeps of a card's secret."""
    return fingerprint(kind, secret, key=settings.SECRET_KEY, cost=settings.CARD_HASH_COST)


def _hashes(kind: Kind, secret: str) -> list[str]:
    """Return the hashes under each key of the site: cards outlive a change of key."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return [fingerprint(kind, secret, key=key, cost=settings.CARD_HASH_COST) for key in keys]


def _may(line: AccountLine, gem_id: UUID, reach: Role | None) -> bool:
    return fits(line.held, gem_id=gem_id, reach=reach, practice=line.practice)


def served_elsewhere(card_id: UUID) -> bool:
    """Tell whether the warning « a servi sur un autre appareil » is on. One SQL query."""
    return AccessCard.objects.filter(pk=card_id, used_elsewhere=True).exists()


def may_be_printed(gem_id: UUID, secret: str) -> bool:
    """Tell whether this is the secret of a running card of this GEM. One SQL query."""
    return AccessCard.objects.filter(gem_id=gem_id, scan_hash=hashed(Kind.SCAN, secret)).exists()
