"""Which place a mandate opens, and how published numbers are told: pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from espace.disclosure.rules.shares import share_percent, vague_fr
from espace.indicators.rules import shift_date

FRANCE = "FR"
ASSOCIATION_YEARS = 3


@dataclass(frozen=True)
class Place:
    """A place by its published code (FR, R53, D29). ``parent`` is empty for the nation."""

    code: str
    name: str
    parent: str

    @property
    def is_departement(self) -> bool:
        return self.code.startswith("D")

    @property
    def is_region(self) -> bool:
        return self.code.startswith("R")

    @property
    def stored_code(self) -> str:
        """Return its code among places of its own level (53, 29, FR)."""
        return self.code if self.code == FRANCE else self.code[1:]


def place_of_mandate(territory: str, departement_of_commune: Mapping[str, str]) -> str:
    """Return the published code of the place a mandate is about; "" when there is none.

    A town reads the numbers of its département: under it, nothing of people is published.
    """
    kind, _, code = territory.partition(":")
    match kind:
        case "nation":
            return FRANCE
        case "region":
            return f"R{code}"
        case "departement":
            return f"D{code}"
        case "commune":
            return f"D{departement_of_commune[code]}" if code in departement_of_commune else ""
    return ""


def is_within(place: Place, held: Iterable[str]) -> bool:
    """Tell whether a place is one of those held, or below one of them."""
    mine = set(held)
    return FRANCE in mine or place.code in mine or place.parent in mine


def association_due(opened_on: date | None) -> date | None:
    """Return the day by which the members' association is to be founded: three years (OB-02)."""
    return shift_date(opened_on, ASSOCIATION_YEARS, "year") if opened_on else None


def ends_within_a_year(day: date, today: date) -> bool:
    """Tell whether an agreement ends in the twelve months that come."""
    return today <= day <= shift_date(today, 1, "year")


def share_fr(part: int | None, whole: int | None) -> str:
    """Return a share of published numbers in words, "" when it may not be told."""
    percent = None if part is None or whole is None else share_percent(part, whole)
    return "" if percent is None else vague_fr(percent) or f"environ {percent} %"
