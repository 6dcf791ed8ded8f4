"""What other packages and our pages may read of the accounts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Max, OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.timezone import localtime

from espace.accounts.access import Actor
from espace.accounts.choices import Role
from espace.accounts.models import Account, InstitutionIdentity, JournalEntry, OpenSession
from espace.core.clock import now


@dataclass(frozen=True)
class DemonstrationPerson:
    """Someone of the fictional network one may enter as: a role in words, a first name."""

    role: str
    role_label: str | Promise
    name: str


def demonstration_people() -> list[DemonstrationPerson]:
    """Return one person per role, in the order of ``Role``; empty without a demonstration."""
    found: dict[str, Account] = {}
    people = Account.objects.exclude(demonstration_role="").filter(is_active=True)
    for account in people.order_by("joined_at", "pk"):
        found.setdefault(account.demonstration_role, account)
    return [
        DemonstrationPerson(role.value, role.label, found[role].label)
        for role in Role
        if role in found
    ]


def demonstration_account(role: str) -> Account | None:
    """Return the person to enter as for ``role``, or None when the network has nobody so."""
    if not role:
        # Every other account has no demonstration role either.
        return None
    people = Account.objects.filter(demonstration_role=role, is_active=True)
    return people.order_by("joined_at", "pk").first()


def own_account(actor: Actor) -> Account:
    """Return the account of who is asking. Raises Account.DoesNotExist for a device."""
    if actor.account_id is None:
        raise Account.DoesNotExist
    return Account.objects.get(pk=actor.account_id)


@dataclass(frozen=True)
class OwnSession:
    """A browser where this person is signed in."""

    handle: UUID
    device: str
    opened_at: datetime
    seen_on: date
    here: bool


def own_sessions(actor: Actor, current: UUID | None) -> list[OwnSession]:
    """Return the open sessions of who is asking, this one first, the last seen next. One query."""
    if actor.account_id is None:
        return []
    rows = OpenSession.objects.filter(account_id=actor.account_id, expire_date__gt=now())
    found = [
        OwnSession(
            handle=row.handle,
            device=row.device,
            opened_at=row.opened_at,
            seen_on=row.seen_on or row.opened_at.date(),
            here=row.handle == current,
        )
        for row in rows.defer("session_data")
        if row.handle and row.opened_at
    ]
    return sorted(found, key=lambda one: (one.here, one.seen_on, one.opened_at), reverse=True)


def accounts_with_a_way_in(account_ids: Collection[UUID]) -> set[UUID]:
    """Return those with an address, a key, an institution or a page still open.

    One SQL query when all have an address, the most common; four at most.
    """
    found: set[UUID] = set()
    for rows, whose in (
        (Account.objects.filter(email__gt=""), "pk"),
        (Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN), "user_id"),
        (InstitutionIdentity.objects.order_by(), "account_id"),
        (OpenSession.objects.filter(expire_date__gt=now()), "account_id"),
    ):
        left = set(account_ids) - found
        if left:
            found |= set(rows.filter(**{f"{whose}__in": left}).values_list(whose, flat=True))
    return found


def address_of(account_id: UUID) -> str:
    """Return the address an account is written to, "" when it has none. One SQL query."""
    found = Account.objects.filter(pk=account_id, is_active=True).values_list("email", flat=True)
    return found.first() or ""


def addresses_of(account_id: UUID) -> list[str]:
    """Return every e-mail address of an account. Two SQL queries."""
    own = Account.objects.filter(pk=account_id).values_list("email", flat=True)
    others = EmailAddress.objects.filter(user_id=account_id).values_list("email", flat=True)
    return sorted({address for address in [*own, *others] if address})


def look_for_nobody() -> None:
    """Do the work of finding an account, and find none. One SQL query."""
    Account.objects.filter(pk=uuid4()).first()


def all_account_ids() -> list[UUID]:
    """Return the id of every account. One SQL query."""
    return list(Account.objects.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class KnownAccount:
    """An account as retention reads it; ``seen_on`` is the last day when its person was here."""

    id: UUID
    email: str
    seen_on: date | None


def accounts_to_keep_or_let_go() -> list[KnownAccount]:
    """Return every account but those of the demonstration. One SQL query.

    Someone who always leaves the tablet behind them has no open session at night: the journal
    says that they came in.
    """
    sessions = OpenSession.objects.filter(account=OuterRef("pk")).order_by().values("account")
    deeds = JournalEntry.objects.filter(account=OuterRef("pk")).order_by().values("account")
    rows = Account.objects.filter(demonstration_role="").annotate(
        seen=Subquery(sessions.annotate(last=Max("seen_on")).values("last")),
        acted=Subquery(deeds.annotate(last=Max("at")).values("last")),
    )
    found = rows.order_by("pk").values_list("pk", "email", "seen", "acted")
    return [
        KnownAccount(pk, email or "", max(_days(seen, acted), default=None))
        for pk, email, seen, acted in found
    ]


def _days(seen: date | None, acted: datetime | None) -> list[date]:
    return [day for day in (seen, localtime(acted).date() if acted else None) if day]
