"""The roll by its first letters, so that a long list comes a page at a time."""

from collections.abc import Iterable, Sequence

from espace.activities.queries.day_sheet import Tick
from espace.groups.queries.roll import plain

OTHER = "#"
"""Where names stand that begin with no letter: an emoji, a number."""


def letter_of(label: str) -> str:
    """Return the plain capital a label begins with (Élodie → E), or « # »."""
    first = plain(label)[:1].upper()
    return first if first.isalpha() else OTHER


def letters_of(people: Iterable[Tick]) -> tuple[str, ...]:
    """Return the letters in use, in order, « # » last."""
    found = {letter_of(one.label) for one in people}
    return tuple(sorted(found, key=lambda letter: (letter == OTHER, letter)))


def with_letter(people: Sequence[Tick], letter: str) -> list[Tick]:
    """Return those whose label begins with ``letter``, in the same order."""
    return [one for one in people if letter_of(one.label) == letter]
