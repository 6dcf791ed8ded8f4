"""The thirteen fictional GEM: places are real towns, everything else is invented."""

from dataclasses import dataclass
from datetime import date, time

from espace.demonstration.rules.closures import Habits
from espace.groups.choices import (
    Accessibility,
    AssociationState,
    Counting,
    ManagementMode,
    PremisesKind,
    PublicFocus,
)


@dataclass(frozen=True)
class Opening:
    """One weekly opening: ISO week day, from, to, and whether members run it."""

    weekday: int
    starts_at: time
    ends_at: time
    member_run: bool = False

    @property
    def hours(self) -> float:
        return (
            (self.ends_at.hour - self.starts_at.hour) * 60
            + self.ends_at.minute
            - self.starts_at.minute
        ) / 60


def week(text: str) -> tuple[Opening, ...]:
    """Read « 1 10:00-17:00, 6 14:00-17:00* »: a star says that members run that opening."""
    openings = []
    for part in text.split(","):
        weekday, hours = part.split()
        starts_at, ends_at = hours.rstrip("*").split("-")
        openings.append(
            Opening(
                int(weekday),
                time.fromisoformat(starts_at),
                time.fromisoformat(ends_at),
                hours.endswith("*"),
            )
        )
    return tuple(openings)


ARS_ZONES = {"53": "Bretagne", "32": "Hauts-de-France", "04": "La Réunion"}


@dataclass(frozen=True)
class Portrait:
    """One fictional GEM: what its profile says, and how its life goes."""

    name: str
    commune: str
    commune_code: str
    region_code: str
    public_focus: PublicFocus
    counting: Counting
    openings: tuple[Opening, ...]
    habits: Habits
    opened_on: date
    premises: PremisesKind = PremisesKind.LOUE
    accessible: Accessibility = Accessibility.OUI
    management: ManagementMode = ManagementMode.PARTIELLE
    association: AssociationState = AssociationState.DECLAREE
    sponsor: str = "Association Les Voisins du monde"
    manager: str = ""
    people: int = 60
    liveliness: float = 1.0
    fee_cents: int = 1200
    staff: int = 2
    elected: int = 4
    collegial: bool = False
    federated: bool = True
    forgets_a_month: bool = False
    practice: bool = False
    time_zone: str = "Europe/Paris"

    @property
    def ars_zone(self) -> str:
        return ARS_ZONES[self.region_code]

    @property
    def departement_code(self) -> str:
        return self.commune_code[: 3 if self.commune_code.startswith("97") else 2]


USUAL = week("1 13:30-17:30,2 10:00-17:00,3 10:00-17:00,4 10:00-17:00,5 10:00-17:00,6 14:00-17:30*")
MORNINGS = week(
    "1 09:30-12:30,1 14:00-17:00,2 09:30-12:30,2 14:00-17:00,3 14:00-18:00,"
    "4 09:30-12:30,4 14:00-17:00,5 10:00-16:00,6 10:00-16:00*"
)
EVENINGS = week(
    "2 10:00-17:00,3 10:00-17:00,4 13:30-20:30,5 10:00-17:00,6 10:00-17:00,7 14:00-17:00*"
)
SMALL = week("2 10:00-16:00,3 13:30-17:30,4 10:00-16:00,5 13:30-17:30,6 10:30-16:30*")
EARLY = week("1 08:30-15:30,2 08:30-15:30,3 08:30-15:30,4 08:30-15:30,5 08:30-14:30,6 09:00-12:00*")

MAIN = Portrait(
    name="GEM Les Mouettes rieuses",
    commune="Quimper",
    commune_code="29232",
    region_code="53",
    public_focus=PublicFocus.PSYCHIQUE,
    counting=Counting.NAMES,
    openings=USUAL,
    habits=Habits(summer_weeks=2, ill_week=6),
    opened_on=date(2011, 4, 2),
    sponsor="Association Les Voisins du monde",
    manager="Association Horizon solidaire",
    management=ManagementMode.PARTIELLE,
    elected=5,
    fee_cents=1200,
    people=62,
    liveliness=1.2,
)

OTHERS = (
    Portrait(
        "GEM Le Ciré jaune",
        "Brest",
        "29019",
        "53",
        PublicFocus.PSYCHIQUE,
        Counting.STICKS,
        EVENINGS,
        Habits(1, 10),
        date(2007, 9, 15),
        fee_cents=1500,
        liveliness=1.3,
        manager="Association Horizon solidaire",
        forgets_a_month=True,
    ),
    Portrait(
        "GEM La Boussole bleue",
        "Lorient",
        "56121",
        "53",
        PublicFocus.LESION_CEREBRALE,
        Counting.NAMES,
        SMALL,
        Habits(3, 47),
        date(2014, 1, 20),
        people=48,
        liveliness=0.8,
        sponsor="Association Reprendre la mer",
        manager="Association Reprendre la mer",
        management=ManagementMode.DELEGUEE,
        premises=PremisesKind.LOYER_REDUIT,
        elected=3,
    ),
    Portrait(
        "GEM Les Galets",
        "Saint-Brieuc",
        "22278",
        "53",
        PublicFocus.PSYCHIQUE,
        Counting.NAMES,
        MORNINGS,
        Habits(2, 4),
        date(2009, 6, 1),
        management=ManagementMode.DIRECTE,
        collegial=True,
        fee_cents=1000,
        people=66,
        liveliness=1.1,
        forgets_a_month=True,
    ),
    Portrait(
        "GEM Les Pas tranquilles",
        "Vitré",
        "35360",
        "53",
        PublicFocus.TSA_TND,
        Counting.NAMES,
        SMALL,
        Habits(2, 12),
        date(2021, 3, 8),
        people=50,
        liveliness=0.8,
        staff=1,
        sponsor="Association Autrement ensemble",
        premises=PremisesKind.PARTAGE,
        fee_cents=2000,
        accessible=Accessibility.PARTIEL,
        manager="Association Horizon solidaire",
    ),
    Portrait(
        "GEM La Courte Échelle",
        "Roubaix",
        "59512",
        "32",
        PublicFocus.PSYCHIQUE,
        Counting.NAMES,
        USUAL,
        Habits(1, 5),
        date(2006, 2, 11),
        people=70,
        liveliness=1.2,
        fee_cents=1000,
        sponsor="Association Familles du Nord",
        manager="Mutuelle des Quatre Vents",
    ),
    Portrait(
        "GEM Le Café des beffrois",
        "Arras",
        "62041",
        "32",
        PublicFocus.PSYCHIQUE,
        Counting.STICKS,
        MORNINGS,
        Habits(2, 49),
        date(2010, 11, 5),
        sponsor="Association Familles du Nord",
        manager="Mutuelle des Quatre Vents",
        management=ManagementMode.DELEGUEE,
        premises=PremisesKind.PRET_GRATUIT,
    ),
    Portrait(
        "GEM Les Petits Canaux",
        "Amiens",
        "80021",
        "32",
        PublicFocus.LESION_CEREBRALE,
        Counting.NAMES,
        USUAL,
        Habits(2, 9),
        date(2016, 5, 17),
        people=52,
        liveliness=0.9,
        sponsor="Association Familles du Nord",
        staff=2,
        elected=3,
        association=AssociationState.EN_CREATION,
        federated=False,
    ),
    Portrait(
        "GEM Le Fil partagé",
        "Beauvais",
        "60057",
        "32",
        PublicFocus.MIXTE,
        Counting.NAMES,
        EVENINGS,
        Habits(1, 3),
        date(2019, 10, 1),
        fee_cents=1500,
        people=58,
        sponsor="Association Autrement ensemble",
        manager="Mutuelle des Quatre Vents",
    ),
    Portrait(
        "GEM Lakaz Soleil",
        "Saint-Denis",
        "97411",
        "04",
        PublicFocus.PSYCHIQUE,
        Counting.NAMES,
        EARLY,
        Habits(0, 8, overseas=True),
        date(2013, 3, 25),
        time_zone="Indian/Reunion",
        sponsor="Association Rivages",
        manager="Association Grand Lagon",
        people=64,
    ),
    Portrait(
        "GEM Les Filaos",
        "Saint-Pierre",
        "97416",
        "04",
        PublicFocus.PSYCHIQUE,
        Counting.STICKS,
        EARLY,
        Habits(1, 24, overseas=True),
        date(2015, 8, 30),
        time_zone="Indian/Reunion",
        sponsor="Association Rivages",
        liveliness=0.8,
        fee_cents=500,
        manager="Association Grand Lagon",
    ),
    Portrait(
        "GEM Le Flamboyant",
        "Saint-Paul",
        "97415",
        "04",
        PublicFocus.TSA_TND,
        Counting.STICKS,
        SMALL,
        Habits(1, 26, overseas=True),
        date(2022, 2, 14),
        time_zone="Indian/Reunion",
        sponsor="Association Rivages",
        people=50,
        liveliness=0.6,
        premises=PremisesKind.PRET_GRATUIT,
        accessible=Accessibility.NON,
        staff=1,
        elected=3,
    ),
)

PRACTICE = Portrait(
    name="GEM des Tilleuls",
    commune="Rennes",
    commune_code="35238",
    region_code="53",
    public_focus=PublicFocus.MIXTE,
    counting=Counting.NAMES,
    openings=SMALL,
    habits=Habits(2, 7),
    opened_on=date(2018, 1, 8),
    people=14,
    elected=3,
    staff=1,
    practice=True,
)

NETWORK = (MAIN, *OTHERS, PRACTICE)
