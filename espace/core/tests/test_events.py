"""Events reach those who subscribed, once each, in order."""

from dataclasses import dataclass

import pytest

from espace.core.events import publish, subscribe


@dataclass(frozen=True)
class Rang:
    number: int


@dataclass(frozen=True)
class Knocked:
    number: int


def test_handlers_hear_their_event_once_and_in_order():
    heard: list[str] = []

    def first(event: Rang) -> None:
        heard.append(f"first {event.number}")

    def second(event: Rang) -> None:
        heard.append(f"second {event.number}")

    subscribe(Rang, first)
    subscribe(Rang, second)
    subscribe(Rang, first)
    publish(Rang(3))
    publish(Knocked(4))
    assert heard == ["first 3", "second 3"]


def test_a_failing_handler_stops_the_action():
    @dataclass(frozen=True)
    class Fell:
        pass

    def fail(event: Fell) -> None:
        raise ValueError("no")

    subscribe(Fell, fail)
    with pytest.raises(ValueError, match="no"):
        publish(Fell())
