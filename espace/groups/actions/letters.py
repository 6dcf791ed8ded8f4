"""Opening letters: made by FiGEM for a GEM where nobody can come in yet, withdrawn, used once."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.db import transaction
from mnemonic import Mnemonic

from espace.accounts import journal
from espace.accounts.access import SYSTEM, Actor
from espace.accounts.actions import open_account
from espace.accounts.choices import Role
from espace.accounts.models import Account
from espace.accounts.permissions import require
from espace.core.clock import now, today
from espace.core.idempotency import first_time
from espace.groups.actions.states import write_state
from espace.groups.actions.versions import touch
from espace.groups.choices import Function, GemStatus, HeardFrom, StateReason
from espace.groups.models import Gem, Mandate, OpeningLetter
from espace.groups.queries.letters import elected_today, with_an_elected_person
from espace.groups.rules.letters import (
    LIVES,
    LetterState,
    draw,
    kept_hash,
    plain_words,
    state_of,
)
from espace.groups.rules.mandates import Giver, RefusedError, check_grant


class LetterError(Exception):
    """The letter opens nothing; ``state`` says why, None when an elected person may come in."""

    def __init__(self, state: LetterState | None) -> None:
        super().__init__(state.value if state else "elected")
        self.state = state


@dataclass(frozen=True)
class PrintedLetter:
    """What one letter says. It lives in memory only, the time to print it."""

    gem_name: str
    commune: str
    words: tuple[str, ...]
    secret: str
    expires_on: date


@dataclass(frozen=True)
class Opened:
    """A GEM just opened: whose account, and whether their address could be written on it."""

    account: Account
    gem_id: UUID
    is_new_account: bool
    address_kept: bool


@lru_cache(maxsize=1)
def french_words() -> tuple[str, ...]:
    """Return the 2,048 words, each told apart by its first four letters."""
    return tuple(unicodedata.normalize("NFC", word) for word in Mnemonic("french").wordlist)


def make_letters(
    *, actor: Actor, gem_ids: Collection[UUID], key: UUID
) -> list[PrintedLetter] | None:
    """Make a letter for each of these GEM, by name; None when ``key`` was seen.

    A letter made before dies. Closed GEM and those with an elected person get none.
    """
    require(actor, "groups.run_network")
    with transaction.atomic():
        if not first_time(key):
            return None
        day = now()
        lockable = Gem.objects.select_for_update().exclude(status=GemStatus.FERME)
        gems = list(lockable.filter(pk__in=gem_ids, practice=False).order_by("name", "pk"))
        here = with_an_elected_person(gems)
        gems = [gem for gem in gems if gem.pk not in here]
        waiting = OpeningLetter.objects.filter(used_at__isnull=True, withdrawn_at__isnull=True)
        waiting.filter(gem__in=gems).update(withdrawn_at=day)
        printed = []
        for gem in gems:
            drawn = draw(french_words())
            letter = OpeningLetter.objects.create(
                gem=gem,
                words_hash=hash_of("words", plain_words(" ".join(drawn.words))),
                secret_hash=hash_of("secret", drawn.secret),
                made_at=day,
                expires_at=day + LIVES,
            )
            journal.write(actor, "groups.make_letter", gem_id=gem.pk, thing=letter.pk)
            expires_on = letter.expires_at.date()
            printed.append(
                PrintedLetter(gem.name, gem.commune_name, drawn.words, drawn.secret, expires_on)
            )
    return printed


@transaction.atomic
def withdraw_letter(*, actor: Actor, gem_id: UUID) -> None:
    """Withdraw the letter that waits: it opens nothing any more. Again is harmless."""
    require(actor, "groups.run_network", gem_id)
    waiting = OpeningLetter.objects.filter(
        gem_id=gem_id, used_at__isnull=True, withdrawn_at__isnull=True
    )
    if waiting.update(withdrawn_at=now()):
        journal.write(actor, "groups.withdraw_letter", gem_id=gem_id)


def hash_of(kind: str, text: str) -> str:
    """Return what the database keeps of a letter's secret."""
    return kept_hash(settings.SECRET_KEY, kind, text)


@transaction.atomic
def open_gem(
    *,
    actor: Actor,
    letter_id: UUID,
    first_name: str,
    initial: str,
    email: str | None,
    function: Function,
    heard_from: HeardFrom | None,
    key: UUID,
) -> Opened | None:
    """Open the GEM of this letter: its first elected person, their account when they have none.

    The letter is the right: nobody else gives this role. Someone already signed in keeps their own
    account. None when ``key`` was seen. Raises LetterError when the letter opens nothing, or when
    somebody came in first: the GEM's row is locked, so of two people at once one wins.
    """
    if not first_time(key):
        return None
    gem = Gem.objects.select_for_update().get(opening_letters=letter_id)
    letter = OpeningLetter.objects.select_for_update().get(pk=letter_id)
    _check(letter, gem)
    day = today(gem.time_zone)
    if actor.account_id is None:
        account, address_kept = open_account(email=email, first_name=first_name, initial=initial)
    else:
        account, address_kept = Account.objects.get(pk=actor.account_id), True
    _end_those_outside(gem, day)
    mandate = Mandate.objects.create(
        gem=gem,
        account=account,
        role=Role.ELECTED,
        function=function,
        started_on=day,
        is_member=True,
    )
    letter.used_at = now()
    letter.save(update_fields=["used_at"])
    gem.joined_on = gem.joined_on or day
    gem.heard_from = gem.heard_from or heard_from or ""
    gem.save(update_fields=["joined_on", "heard_from"])
    if gem.status == GemStatus.PREPARATION:
        write_state(gem, GemStatus.ACTIF, day, StateReason.LETTER)
    journal.write(Actor(account_id=account.pk), "groups.open_gem", gem_id=gem.pk, thing=mandate.pk)
    touch(gem.pk)
    return Opened(account, gem.pk, actor.account_id is None, address_kept)


def _check(letter: OpeningLetter, gem: Gem) -> None:
    """Raise LetterError unless the letter opens, and the GEM has no elected person."""
    state = state_of(
        now=now(),
        expires_at=letter.expires_at,
        used_at=letter.used_at,
        withdrawn_at=letter.withdrawn_at,
    )
    if state is not LetterState.WAITING:
        raise LetterError(state)
    elected = len(with_an_elected_person([gem]))
    day = today(gem.time_zone)
    try:
        check_grant(
            Giver(frozenset(), is_federation=True),
            Role.ELECTED,
            function=Function.PRESIDENCE,
            started_on=day,
            today=day,
            elected=elected,
            roles_running=(),
        )
    except RefusedError as refused:
        raise LetterError(None) from refused


def _end_those_outside(gem: Gem, day: date) -> None:
    """End the elected roles of accounts that nothing opens any more: the letter begins again."""
    for row in elected_today(gem.pk, day):
        ended_on = max(day, row.started_on)
        Mandate.objects.filter(pk=row.pk).update(ended_on=ended_on)
        journal.write(SYSTEM, "groups.end_outside", gem_id=gem.pk, thing=row.pk)
