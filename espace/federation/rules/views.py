"""What one chose to look at: pure. An address keeps it whole, so that a view is a link."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from espace.indicators.rules import Period, PeriodError, parse_period

MOST_CODES = 30
MONTHS = "mois"
LEVELS = ("france", "regions", "departements", MONTHS)
FIRST = ("OUV-01", "ACT-01", "DEM-10", "RHU-01")
"""What the federation looks at first."""


@dataclass(frozen=True)
class Choice:
    """Indicators, a period, a sort of places, a public ("" is all of them)."""

    codes: tuple[str, ...]
    period: Period
    level: str
    region: str
    public: str

    def query(self) -> str:
        """Return the address of this choice, after « ? »."""
        said = [("chiffre", code) for code in self.codes]
        said += [("periode", str(self.period)), ("lieux", self.level)]
        said += [("region", self.region)] if self.region else []
        said += [("public", self.public)] if self.public else []
        return urlencode(said)


def choice_of(
    codes: Iterable[str],
    period: str,
    level: str,
    region: str,
    public: str,
    *,
    known: Collection[str],
    regions: Collection[str],
    publics: Collection[str],
    default: Period,
) -> Choice:
    """Return what an address asks; what means nothing in it is left aside, never an error."""
    kept = [code for code in dict.fromkeys(codes) if code in known][:MOST_CODES]
    try:
        wanted = parse_period(period) if period else default
    except PeriodError:
        wanted = default
    if ".." in str(wanted) or wanted.start > default.end:
        wanted = default
    return Choice(
        codes=tuple(kept) or tuple(code for code in FIRST if code in known),
        period=wanted,
        level=level if level in LEVELS else "regions",
        region=region if region in regions else "",
        public=public if public in publics else "",
    )
