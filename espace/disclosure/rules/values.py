"""What is written for a number that may be shown: rounded, and still while little moves."""

from collections.abc import Mapping

PAS = 10
"""Numbers are rounded to the nearest ten."""
MOUVEMENT = 3
"""A number follows only a change of at least three people."""
SMALLEST_SHOWN = 20


def reference(count: int, before: int | None) -> int:
    """Return the count that stands behind a shown number: the last one, unless it moved enough.

    ``before`` is None when the number was hidden.
    """
    if before is None or abs(count - before) >= MOUVEMENT:
        return count
    return before


def published(reference_count: int) -> int:
    """Return the number people read: to the nearest ten, halves up, twenty at least."""
    return max(SMALLEST_SHOWN, (reference_count + PAS // 2) // PAS * PAS)


def references(counts: Mapping[str, int], before: Mapping[str, int]) -> dict[str, int]:
    """Return the reference of every shown cell, by its key."""
    return {key: reference(count, before.get(key)) for key, count in counts.items()}
