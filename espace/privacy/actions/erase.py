"""Erasing a person: everything, at once, everywhere, and for good (decision 0041)."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from espace.accounts import journal, personal_data
from espace.accounts.access import NOBODY, Actor
from espace.accounts.permissions import require
from espace.accounts.queries import addresses_of, all_account_ids
from espace.groups.actions import touch
from espace.groups.queries.from_file import name_on_roll
from espace.groups.queries.roll import all_line_ids, card
from espace.privacy.actions import leftovers
from espace.privacy.permissions import ERASE_LINE, OWN_DATA

ACCOUNT = "privacy.erase_account"
UNUSED = "privacy.erase_unused_account"


def erase_own_account(*, actor: Actor) -> None:
    """Erase who is asking: their account, their lines, all that hangs on them. Again is harmless.

    The last elected person of a GEM may go too: FiGEM then makes a new opening letter for it.
    """
    require(actor, OWN_DATA)
    if actor.account_id is not None:
        erase_account(account_id=actor.account_id, action=ACCOUNT)


def erase_unused_account(*, account_id: UUID) -> None:
    """Erase an account that nobody used for two years; its person was told twice."""
    erase_account(account_id=account_id, action=UNUSED, with_lines=False)


def erase_account(*, account_id: UUID, action: str, with_lines: bool = True) -> int:
    """Erase an account and its lines; return how many rows changed. ``action`` says why."""
    addresses = addresses_of(account_id)
    with transaction.atomic():
        lines = personal_data.lines_of(account_id) if with_lines else []
        names = [name_on_roll(line) for line in lines]
        gems = sorted({name.gem_id for name in names if name})
        for gem_id in gems:
            touch(gem_id)  # the GEM first, then its lines: nobody waits for the other
        changed = personal_data.erase(account_id, with_lines=with_lines)
        leftovers.remember([account_id, *lines])
        for gem_id in gems:
            journal.write(NOBODY, action, gem_id=gem_id)
        journal.write(NOBODY, action)
        transaction.on_commit(lambda: leftovers.sweep(addresses))
    return changed


def erase_line(*, actor: Actor, person_id: UUID) -> None:
    """Erase someone of the roll, at their request; 404 for a line of another GEM.

    Raises NotAllowed. Their account, when they have one, is theirs to erase.
    """
    line = card(actor, person_id)
    require(actor, ERASE_LINE, line.gem_id)
    with transaction.atomic():
        touch(line.gem_id)
        personal_data.erase_line(person_id)
        leftovers.remember([person_id])
        journal.write(actor, "privacy.erase_line", gem_id=line.gem_id)
        transaction.on_commit(lambda: leftovers.sweep([]))


def replay() -> int:
    """Erase again everyone whose mark is kept: a restored backup brought them back."""
    marks = leftovers.all_marks()
    found = 0
    for account_id in _marked(all_account_ids(), marks):
        erase_account(account_id=account_id, action=ACCOUNT)
        found += 1
    for person_id in _marked(all_line_ids(), marks):
        with transaction.atomic():
            personal_data.erase_line(person_id)
            leftovers.remember([person_id])
            transaction.on_commit(lambda: leftovers.sweep([]))
        found += 1
    return found


def _marked(ids: Iterable[UUID], marks: frozenset[str]) -> list[UUID]:
    return [each for each in ids if marks & set(leftovers.marks_of(each))]
