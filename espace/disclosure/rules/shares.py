"""How a share of people is told outside the GEM: pure (trust note, section 8)."""

from decimal import ROUND_HALF_UP, Decimal

FEWEST_TO_DIVIDE_BY = 30
"""A share is told only of thirty people or more."""
NEARLY_ALL, NEARLY_NONE = 90, 10


def share_percent(part: int, whole: int) -> int | None:
    """Return a share in whole points, None when it is of too few people to be told."""
    if whole < FEWEST_TO_DIVIDE_BY:
        return None
    return int((Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP))


def vague_fr(percent: int) -> str:
    """Return a share near all or none in words, "" for the others.

    A unanimous group would be told by its share: the ends stay vague.
    """
    if percent > NEARLY_ALL:
        return f"plus de {NEARLY_ALL} %"
    return f"moins de {NEARLY_NONE} %" if percent < NEARLY_NONE else ""
