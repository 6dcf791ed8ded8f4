"""Writes about accounts."""

from collections.abc import MutableMapping
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from espace.accounts import journal, strength
from espace.accounts.access import GEM_IN_HAND, Actor, actor_for
from espace.accounts.choices import Proof
from espace.accounts.models import Account, InstitutionIdentity, OpenSession
from espace.accounts.permissions import require
from espace.accounts.queries import own_account
from espace.accounts.sessions import mark_opened
from espace.core.clock import now


def update_own_account(*, actor: Actor, first_name: str, initial: str, pictogram: str) -> None:
    """Keep what a person says of themselves: first name, one initial, a pictogram."""
    require(actor, "accounts.edit_own_account")
    with transaction.atomic():
        account = own_account(actor)
        account.first_name, account.initial, account.pictogram = first_name, initial, pictogram
        account.save(update_fields=["first_name", "initial", "pictogram"])
        journal.write(actor, "accounts.edit_own_account")


def find_or_create_account(*, email: str | None, first_name: str, initial: str) -> Account:
    """Return the account of that address, made if needed; without an address always a new one.

    The name typed by someone else never replaces the one a person already chose. Whoever calls
    has checked the right to give a role: this function gives none.
    """
    address = email.strip().lower() if email else None
    known = Account.objects.filter(email=address).first() if address else None
    if known:
        return known
    try:
        with transaction.atomic():
            return Account.objects.create_account(
                email=address, first_name=first_name, initial=initial
            )
    except IntegrityError:
        # Two people invited the same address at once: the first one made the account.
        return Account.objects.get(email=address)


def open_account(*, email: str | None, first_name: str, initial: str) -> tuple[Account, bool]:
    """Make an account that is always new; tell whether the address could be written on it.

    For someone who shows something else than a mailbox: an address that already has an account
    may be another person's, whose account must not be handed over.
    """
    address = email.strip().lower() if email else None
    if address:
        try:
            with transaction.atomic():
                made = Account.objects.create_account(
                    email=address, first_name=first_name, initial=initial
                )
                return made, True
        except IntegrityError:
            pass
    made = Account.objects.create_account(email=None, first_name=first_name, initial=initial)
    return made, address is None


def open_demonstration_session(*, account: Account) -> str:
    """Return the key of a fresh session opened for someone of the demonstration network.

    Raises ValueError outside demonstration mode, or for an account that is not part of it.
    """
    if not (settings.DEMONSTRATION and account.demonstration_role):
        raise ValueError("Only people of the demonstration network may be entered as.")
    session: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    mark_opened(session, str(_("Appareil de démonstration")))
    strength.note(session, Proof.DEMONSTRATION)
    strength.settled(session)
    session.create()
    return str(session.session_key)


def take_gem_in_hand(*, actor: Actor, session: MutableMapping[str, Any], gem_id: UUID) -> bool:
    """Remember which GEM the next pages are about; False when no role is held there."""
    if gem_id not in actor.gem_ids:
        return False
    session[GEM_IN_HAND] = str(gem_id)
    return True


def account_of_institution(issuer: str, subject: str) -> UUID | None:
    """Return the account that this identity opens; None when it opens none.

    Once the mandate over a territory is over, the institution opens nothing of that person any
    more: what they are in a GEM is not its business.
    """
    linked = InstitutionIdentity.objects.filter(
        issuer=issuer, subject=subject, account__is_active=True
    ).first()
    return linked.account_id if linked and _is_agent(linked.account_id) else None


def link_institution(issuer: str, subject: str, email: str) -> UUID | None:
    """Link an identity, the first time, to the account invited over a territory at that address.

    None, and nothing made, when nobody so invited has that address: the role comes from us.
    """
    account = Account.objects.filter(email=email, is_active=True).first() if email else None
    if account is None:
        return None
    if not _is_agent(account.pk):
        return None
    try:
        with transaction.atomic():
            InstitutionIdentity.objects.create(account=account, issuer=issuer, subject=subject)
            journal.write(Actor(account_id=account.pk), "accounts.link_institution")
    except IntegrityError:
        # Someone else of that institution was linked before: FiGEM looks at it with them.
        return account_of_institution(issuer, subject)
    return account.pk


def _is_agent(account_id: UUID) -> bool:
    return any(grant.territory for grant in actor_for(account_id, "", {}).grants)


def close_session(*, actor: Actor, handle: UUID) -> bool:
    """Close one of one's own sessions; False when it is already closed, or somebody else's."""
    require(actor, "accounts.edit_own_account")
    with transaction.atomic():
        closed, _rows = _own_sessions(actor).filter(handle=handle).delete()
        if closed:
            journal.write(actor, "accounts.close_session")
    return bool(closed)


def close_other_sessions(*, actor: Actor, kept: UUID) -> int:
    """Close every session of one's own but the one in hand; return how many."""
    require(actor, "accounts.edit_own_account")
    with transaction.atomic():
        closed, _rows = _own_sessions(actor).exclude(handle=kept).delete()
        if closed:
            journal.write(actor, "accounts.close_session")
    return closed


def forget_ended_sessions() -> int:
    """Delete the sessions past their end; return how many."""
    deleted, _rows = OpenSession.objects.filter(expire_date__lt=now()).delete()
    return deleted


def _own_sessions(actor: Actor) -> QuerySet[OpenSession]:
    return OpenSession.objects.filter(account=own_account(actor))
