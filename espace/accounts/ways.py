"""Ways in that other packages add at start: to the sign-in page, and to the second step."""

from collections.abc import Callable
from dataclasses import dataclass

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
