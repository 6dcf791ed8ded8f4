"""What the federation sees of the fictional network: GEM at every stage, and help asked."""

from dataclasses import dataclass

from espace.federation.choices import HelpTopic
from espace.groups.choices import GemStatus, HeardFrom, PublicFocus, StateReason


@dataclass(frozen=True)
class Listed:
    """A GEM known by the federation's list alone: nobody lives there yet, or any more.

    ``days_here`` counts the days since its first elected person came; None for nobody yet.
    """

    name: str
    commune_code: str
    public_focus: PublicFocus
    state: GemStatus
    reason: StateReason
    days_ago: int
    days_here: int | None = None
    has_letter: bool = False


LISTED = (
    Listed(
        "GEM Le Grand Large",
        "29039",
        PublicFocus.PSYCHIQUE,
        GemStatus.PREPARATION,
        StateReason.LIST,
        30,
    ),
    Listed(
        "GEM Les Genêts",
        "35236",
        PublicFocus.TSA_TND,
        GemStatus.PREPARATION,
        StateReason.LIST,
        30,
        has_letter=True,
    ),
    Listed(
        "GEM Les Coquelicots",
        "80001",
        PublicFocus.MIXTE,
        GemStatus.ACTIF,
        StateReason.LETTER,
        20,
        days_here=20,
    ),
    Listed(
        "GEM Le Beffroi blanc",
        "62193",
        PublicFocus.PSYCHIQUE,
        GemStatus.PAUSE,
        StateReason.WORKS,
        45,
        days_here=300,
    ),
    Listed(
        "GEM L'Ancien Relais",
        "59183",
        PublicFocus.PSYCHIQUE,
        GemStatus.FERME,
        StateReason.FUNDING,
        120,
        days_here=420,
    ),
)

ASKED = (
    (
        "GEM Le Ciré jaune",
        HelpTopic.FILE,
        "Notre tableau a deux onglets par mois. Comment l'apporter ?",
    ),
    ("GEM Les Petits Canaux", HelpTopic.LIFE, ""),
)
HEARD = (
    HeardFrom.FIGEM,
    HeardFrom.GEM,
    HeardFrom.MEETING,
    HeardFrom.FIGEM,
    HeardFrom.MAIL,
    HeardFrom.GEM,
    HeardFrom.SPONSOR,
)
