"""Events: how a lower package tells an upper one, without importing it.

A package announces frozen dataclasses from its ``events.py``; packages above subscribe in
``ready()``. A handler runs at once, in the transaction of the action that publishes, so that none
is lost: it may only write a few rows. Never for a rule, only for what follows from a fact.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Event = TypeVar("Event")

_handlers: dict[type, list[Callable[[Any], None]]] = {}


def subscribe(event: type[Event], handler: Callable[[Event], None]) -> None:
    """Run ``handler`` at each ``event``; the same handler again changes nothing."""
    handlers = _handlers.setdefault(event, [])
    if handler not in handlers:
        handlers.append(handler)


def publish(event: object) -> None:
    """Run the handlers of this event, in the order they subscribed."""
    for handler in _handlers.get(type(event), []):
        handler(event)
