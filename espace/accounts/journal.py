"""The one writer of the journal: who did what, never the content.

Lines are only added. Each is chained to the one before it in the same GEM (``chain.py``); writers
of one GEM wait for each other, as they already do to move its version.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from espace.accounts.access import SYSTEM, Actor
from espace.accounts.chain import BEGINNING, Said, digest_after, mark_of
from espace.accounts.choices import Role
from espace.accounts.models import JournalEntry, JournalStart
from espace.core.clock import now

SALT = b"espace.accounts.journal:"
NO_GEM = ""
REACH_FURTHEST = (Role.ELECTED, Role.ANIMATOR, Role.VOLUNTEER, Role.MEMBER)
"""Of several roles in one GEM, the first of these is the one written."""
_turns: list[Callable[[UUID], None]] = []


def take_turns(turn: Callable[[UUID], None]) -> None:
    """Say how writers about one GEM wait for each other, until their transaction ends."""
    if turn not in _turns:
        _turns.append(turn)


@transaction.atomic
def write(actor: Actor, action: str, *, gem_id: UUID | None = None, thing: object = "") -> None:
    """Add one line. ``thing`` is an id or a date, never a name or a text.

    One read by index more than a plain insertion, and one lock where the database has row locks.
    """
    _wait(gem_id)
    number, before = _end_of(gem_id)
    to_whom = str(thing)
    said = Said(
        number=number + 1,
        at=now(),
        gem_id=gem_id,
        device_id=actor.device_id,
        role=_role_of(actor, gem_id),
        action=action,
        mark=mark_of(keys()[0], before, actor.account_id, to_whom),
    )
    JournalEntry.objects.create(
        number=said.number,
        at=said.at,
        account_id=actor.account_id,
        device_id=said.device_id,
        gem_id=gem_id,
        role=said.role,
        action=action,
        thing=to_whom,
        mark=said.mark,
        digest=digest_after(before, said),
    )


def forget(ids: Iterable[UUID]) -> int:
    """Take the people of these ids out of the journal: neither who did, nor to whom."""
    gone = list(ids)
    who = JournalEntry.objects.filter(account_id__in=gone).update(account_id=None, forgotten=True)
    to_whom = JournalEntry.objects.filter(thing__in=[str(each) for each in gone])
    return who + to_whom.update(thing="", forgotten=True)


def keys() -> list[bytes]:
    """Return the keys of the marks, the one in use first."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [SALT + secret.encode() for secret in secrets]


def chain_of(gem_id: UUID | None) -> str:
    """Return the name of the chain of a GEM."""
    return str(gem_id) if gem_id else NO_GEM


def _wait(gem_id: UUID | None) -> None:
    """Wait for the writer before us; a database without row locks has one writer at a time."""
    if not connection.features.has_select_for_update:
        return
    if gem_id is None:
        JournalStart.objects.get_or_create(chain=NO_GEM)
        JournalStart.objects.select_for_update().get(chain=NO_GEM)
        return
    for turn in _turns:
        turn(gem_id)


def _end_of(gem_id: UUID | None) -> tuple[int, str]:
    """Return the number and the digest of the last line of a chain."""
    lines = JournalEntry.objects.filter(in_chain(gem_id), number__isnull=False)
    last = lines.order_by("-number").values_list("number", "digest").first()
    if last is not None:
        return last
    start = JournalStart.objects.filter(chain=chain_of(gem_id))
    return start.values_list("number", "digest").first() or (0, BEGINNING)


def in_chain(gem_id: UUID | None) -> Q:
    """Return the condition « in the chain of this GEM »."""
    return Q(gem_id=gem_id) if gem_id else Q(gem_id__isnull=True)


def _role_of(actor: Actor, gem_id: UUID | None) -> str:
    """Return the role in which someone acts: theirs in this GEM, else theirs over a territory."""
    if actor == SYSTEM:
        return "system"
    held = {grant.role for grant in actor.grants if grant.gem_id == gem_id}
    held = held or {grant.role for grant in actor.grants if grant.gem_id is None}
    return next((role.value for role in (*REACH_FURTHEST, *Role) if role in held), "")
