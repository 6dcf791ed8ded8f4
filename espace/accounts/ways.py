"""Ways in that other packages add at start: to the sign-in page, and to the second step.

Also who has one left: without an address, a key, a card nor an open page, one is outside for good.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from espace.accounts.access import Actor

Words = str | Promise


@dataclass(frozen=True)
class Way:
    """One way offered: its button, what it asks of the person, the name of its page.

    ``offered`` says for whom, without asking the database. Its page receives ``?next=``.
    ``rank``: the most common first.
    ``on_tablet``: also on the GEM's own tablet, where nobody enters by e-mail.
    """

    label: Words
    text: Words
    page: str
    icon: str
    offered: Callable[[Actor], bool] = lambda actor: True
    on_tablet: bool = False
    rank: int = 10


Holders = Callable[[Collection[UUID]], set[UUID]]
"""Among these accounts, those that still have a way in of one kind. One SQL query."""
_holders: list[Holders] = []
_to_enter: list[Way] = []
_second: list[Way] = []


def register_entry(way: Way) -> None:
    """Add a way to enter, shown after the code by e-mail."""
    if way not in _to_enter:
        _to_enter.append(way)


def register_second_step(way: Way) -> None:
    """Add a way to give a second factor."""
    if way not in _second:
        _second.append(way)


def to_enter(actor: Actor) -> list[Way]:
    """Return the registered ways to enter that this visitor is offered."""
    on_tablet = actor.device_id is not None
    offered = [way for way in _to_enter if way.offered(actor) and (way.on_tablet or not on_tablet)]
    return sorted(offered, key=lambda way: way.rank)


def for_second_step(actor: Actor) -> list[Way]:
    """Return the registered ways to give a second factor that this person is offered."""
    return [way for way in _second if way.offered(actor)]


def register_holders(holders: Holders) -> None:
    """Add a kind of way in that an account may have left."""
    if holders not in _holders:
        _holders.append(holders)


def outside_for_good(account_ids: Collection[UUID]) -> set[UUID]:
    """Return, among these accounts, those that nothing opens any more. One SQL query a kind."""
    left = set(account_ids)
    for holders in _holders:
        left -= holders(left) if left else set()
    return left
