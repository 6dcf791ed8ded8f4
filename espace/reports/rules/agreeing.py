"""When the bureau has agreed, and how far a document is: pure (dossier 3.2, rule 2)."""

TWO = 2


def needed(elected: int) -> int:
    """Return how many elected people must say yes on screen: two, one where only one is elected."""
    return min(TWO, max(1, elected))


def is_agreed(agreements: int, on_paper: int, elected: int) -> bool:
    """Tell whether a version may leave: enough people on screen, or two signatures on paper."""
    return agreements >= needed(elected) or on_paper >= TWO
