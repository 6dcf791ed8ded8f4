"""Which places are hidden: small numbers, then as many more as it takes for none to be found.

Source: trust note, section 8 (docs/decisions/0065). A true zero looks like a hidden number, so a
place where nobody is counted protects nobody: it never counts as one more hidden place.
"""

from collections.abc import Callable, Collection, Iterable

from espace.disclosure.rules.counts import NATION, Behind, Counts

SEUIL = 15
"""Fewest people a shown number stands for."""
GEM_MIN = 3
"""Fewest GEM behind a shown number: two would each learn the other's."""
RESTE = 11
"""Fewest people left when one GEM takes its own away."""

Small = Callable[[Behind], bool]


def hidden_totals(
    counts: Counts, hidden_before: Collection[str] = (), kept: Collection[str] = ()
) -> frozenset[str]:
    """Return the places whose total is hidden.

    ``hidden_before``: those of the last closing, hidden again rather than others. ``kept``: those
    that stay hidden whatever their count, because what is counted hardly moves: shown a month later
    they would tell what they were.
    """
    return _with_complements(
        counts,
        hidden={
            place for place, one in counts.behind.items() if place in kept or total_is_small(one)
        },
        is_small=lambda one: one.total < SEUIL or one.total - one.largest_gem < RESTE,
        hidden_before=hidden_before,
    )


def hidden_rows(
    counts: Counts,
    totals: Collection[str],
    hidden_before: Collection[str] = (),
    kept: Collection[str] = (),
    places: Collection[str] | None = None,
) -> frozenset[str]:
    """Return the places whose whole row of bands is hidden; ``totals`` are the hidden totals.

    Whole rows: in a block of hidden rows whose margins all hold at least SEUIL people, each number
    can be anywhere in a wide range. Hiding some bands of a row does not give this. ``places``
    limits the rows to some levels: the others are not published at all.
    """
    shown = set(counts.behind) if places is None else set(places)
    return _with_complements(
        counts,
        hidden={
            place
            for place, one in counts.behind.items()
            if place in shown and (place in totals or place in kept or row_is_small(one))
        },
        is_small=_some_band_is_small,
        hidden_before=hidden_before,
        places=shown,
    )


def total_is_small(one: Behind) -> bool:
    """Tell whether a total alone says too much: of few people, few GEM, or one GEM's neighbours."""
    return one.total < SEUIL or one.gems < GEM_MIN or one.total - one.largest_gem < RESTE


def row_is_small(one: Behind) -> bool:
    """Tell whether a row of bands says too much by itself."""
    return total_is_small(one) or _some_band_is_small(one)


def _some_band_is_small(one: Behind) -> bool:
    bands = zip(one.bands, one.largest, strict=False)
    return any(count < SEUIL or count - largest < RESTE for count, largest in bands)


def _with_complements(
    counts: Counts,
    hidden: set[str],
    is_small: Small,
    hidden_before: Collection[str],
    places: Collection[str] | None = None,
) -> frozenset[str]:
    """Hide more until nobody can find a hidden number by subtracting what is shown around it."""
    changed = True
    while changed:
        changed = False
        for place in _parents(counts):
            below = [one for one in counts.children[place] if places is None or one in places]
            if not below:
                continue
            more = _one_more(counts, place, below, hidden, is_small, hidden_before)
            if more:
                hidden.add(more)
                changed = True
    return frozenset(hidden)


def _parents(counts: Counts) -> Iterable[str]:
    return [NATION, *counts.children[NATION]]


def _one_more(
    counts: Counts,
    place: str,
    below: Collection[str],
    hidden: Collection[str],
    is_small: Small,
    hidden_before: Collection[str],
) -> str:
    """Return the next place to hide around ``place``, "" when it is safe as it is."""
    hid = [one for one in below if one in hidden]
    free = [one for one in below if one not in hidden]
    if place in hidden:
        # All that is below would add up to it.
        needed = not hid
    else:
        needed = bool(hid) and (len(hid) == 1 or is_small(counts.gathered(hid)))
    if not needed:
        return ""
    if not free:
        return "" if place in hidden else place

    def cost(one: str) -> tuple[bool, bool, int, str]:
        together = counts.gathered([*hid, one])
        return is_small(together), one not in hidden_before, counts.behind[one].total, one

    return min(free, key=cost)
