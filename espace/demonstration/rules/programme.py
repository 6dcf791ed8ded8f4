"""What the fictional GEM do: weekly activities and one-off ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from random import Random

from espace.activities.choices import CancelledWhy, Family, IdeaFrom, LedBy, Place
from espace.demonstration.rules.calendar import OpeningDay
from espace.demonstration.rules.network import Opening, Portrait

MEMBERS, TOGETHER, STAFF, PARTNER = (
    IdeaFrom.ADHERENTS,
    IdeaFrom.ENSEMBLE,
    IdeaFrom.SALARIES,
    IdeaFrom.PARTENAIRE,
)


@dataclass(frozen=True)
class Idea:
    """Something to do: the same fields as an activity, without day or hour."""

    title: str
    family: Family
    idea_from: IdeaFrom
    led_by: LedBy
    hours: float = 2
    place: Place = Place.LOCAL
    place_detail: str = ""
    meeting_point: str = ""
    price_cents: int = 0
    seats: int | None = None
    open_to_public: bool = False
    families_welcome: bool = False


@dataclass(frozen=True)
class Weekly:
    """An idea that comes back on one week day."""

    idea: Idea
    weekday: int
    starts_at: time
    every_weeks: int
    member_run: bool
    monthly: bool = False
    """On the first such day of each month instead."""

    def first_on_or_after(self, first: date) -> date:
        """Return its first day from ``first`` on."""
        return first + timedelta(days=(self.weekday - first.isoweekday()) % 7)


@dataclass(frozen=True)
class Planned:
    """An idea on a day, cancelled when ``cancelled_reason`` is not empty."""

    idea: Idea
    date: date
    starts_at: time
    cancelled_reason: str = ""
    weekly: Weekly | None = None


MEETING = Idea("Réunion des adhérents", Family.CITOYENNETE, TOGETHER, LedBy.ADHERENT, 1.5)
WEEKLY = (
    Idea("Café et accueil", Family.PAROLE_ENTRAIDE, TOGETHER, LedBy.ADHERENT, 1.5),
    Idea(
        "Cuisine et repas partagé",
        Family.REPAS_CUISINE,
        MEMBERS,
        LedBy.ADHERENT_ET_SALARIE,
        3,
        price_cents=300,
        seats=12,
    ),
    Idea("Atelier peinture", Family.CREATION, MEMBERS, LedBy.ADHERENT, 2, seats=8),
    Idea("Marche douce", Family.SPORT_NATURE, MEMBERS, LedBy.ADHERENT, 1.5, Place.NATURE),
    Idea(
        "Jardin partagé",
        Family.NATURE_JARDIN,
        TOGETHER,
        LedBy.BENEVOLE,
        2,
        Place.VILLE,
        "Jardin du quartier",
        open_to_public=True,
    ),
    Idea("Jeux de société", Family.JEUX_CONVIVIALITE, MEMBERS, LedBy.ADHERENT, 2),
    Idea("Ordinateur et téléphone", Family.NUMERIQUE, MEMBERS, LedBy.BENEVOLE, 1.5, seats=6),
    Idea("Relaxation", Family.BIEN_ETRE, STAFF, LedBy.PARTENAIRE, 1, seats=10),
    Idea("Atelier d'écriture", Family.CREATION, MEMBERS, LedBy.ADHERENT, 2),
    Idea("Chorale", Family.CREATION, TOGETHER, LedBy.PARTENAIRE, 1.5, open_to_public=True),
    Idea(
        "Piscine",
        Family.SPORT_NATURE,
        MEMBERS,
        LedBy.SALARIE,
        1.5,
        Place.VILLE,
        "Piscine municipale",
        "Devant le GEM",
        250,
        8,
    ),
    Idea("Groupe de parole entre pairs", Family.PAROLE_ENTRAIDE, MEMBERS, LedBy.ADHERENT, 1.5),
    Idea("Atelier bois", Family.CHANTIERS_BRICOLAGE, MEMBERS, LedBy.ADHERENT, 2, seats=5),
    Idea("Revue de presse", Family.CITOYENNETE, STAFF, LedBy.ADHERENT_ET_SALARIE, 1),
)
BOARD = Idea("Réunion du bureau", Family.CITOYENNETE, TOGETHER, LedBy.ADHERENT, 1)
SUNDAY_OUTING = Idea(
    "Marché du dimanche",
    Family.CULTURE_SORTIE,
    MEMBERS,
    LedBy.ADHERENT,
    2.5,
    Place.VILLE,
    "Place du marché",
    "Devant le GEM",
    families_welcome=True,
)
SATURDAY = Idea("Samedi entre nous", Family.JEUX_CONVIVIALITE, MEMBERS, LedBy.ADHERENT, 2.5)

ONE_OFF = (
    Idea(
        "Cinéma",
        Family.CULTURE_SORTIE,
        MEMBERS,
        LedBy.ADHERENT,
        2.5,
        Place.VILLE,
        "Cinéma du centre",
        "À l'arrêt de bus du GEM",
        400,
        10,
    ),
    Idea(
        "Visite du musée",
        Family.CULTURE_SORTIE,
        TOGETHER,
        LedBy.ADHERENT_ET_SALARIE,
        2,
        Place.VILLE,
        "Musée de la ville",
        "Devant le GEM",
        200,
    ),
    Idea(
        "Pique-nique",
        Family.SPORT_NATURE,
        MEMBERS,
        LedBy.ADHERENT,
        3,
        Place.NATURE,
        families_welcome=True,
    ),
    Idea(
        "Rencontre avec un autre GEM",
        Family.CITOYENNETE,
        TOGETHER,
        LedBy.ADHERENT_ET_SALARIE,
        4,
        Place.AUTRE_GEM,
    ),
    Idea(
        "Concert",
        Family.CULTURE_SORTIE,
        MEMBERS,
        LedBy.ADHERENT,
        2,
        Place.VILLE,
        "Salle des fêtes",
        "Devant la salle",
        500,
    ),
    Idea(
        "Tournoi de pétanque",
        Family.JEUX_CONVIVIALITE,
        MEMBERS,
        LedBy.ADHERENT,
        2.5,
        Place.VILLE,
        "Boulodrome",
        open_to_public=True,
        families_welcome=True,
    ),
    Idea(
        "Vide-grenier",
        Family.CHANTIERS_BRICOLAGE,
        TOGETHER,
        LedBy.ADHERENT_ET_SALARIE,
        4,
        Place.VILLE,
        "Place du marché",
        open_to_public=True,
        families_welcome=True,
    ),
    Idea("Connaître ses droits", Family.SANTE_DROITS, PARTNER, LedBy.PARTENAIRE, 1.5),
    Idea("Réparer son vélo", Family.CHANTIERS_BRICOLAGE, PARTNER, LedBy.PARTENAIRE, 2),
    Idea("Karaoké", Family.JEUX_CONVIVIALITE, MEMBERS, LedBy.ADHERENT, 2, families_welcome=True),
    Idea("Atelier pain", Family.REPAS_CUISINE, STAFF, LedBy.SALARIE, 2.5, price_cents=100, seats=8),
    Idea("Balade photo", Family.CREATION, MEMBERS, LedBy.ADHERENT, 2, Place.VILLE),
)
OF_THE_MONTH = {
    1: Idea("Galette", Family.FETES, TOGETHER, LedBy.ADHERENT_ET_SALARIE, 2, families_welcome=True),
    4: Idea(
        "Assemblée générale",
        Family.CITOYENNETE,
        TOGETHER,
        LedBy.ADHERENT,
        3,
        open_to_public=True,
        families_welcome=True,
    ),
    6: Idea(
        "Fête de la musique",
        Family.FETES,
        MEMBERS,
        LedBy.ADHERENT,
        3,
        Place.VILLE,
        open_to_public=True,
        families_welcome=True,
    ),
    7: Idea(
        "Journée à la mer",
        Family.SEJOUR,
        MEMBERS,
        LedBy.ADHERENT_ET_SALARIE,
        6,
        Place.NATURE,
        price_cents=800,
        seats=16,
    ),
    9: Idea(
        "Forum des associations",
        Family.CITOYENNETE,
        TOGETHER,
        LedBy.ADHERENT,
        4,
        Place.VILLE,
        "Salle polyvalente",
        open_to_public=True,
    ),
    10: Idea(
        "Semaines de la santé mentale : portes ouvertes",
        Family.CITOYENNETE,
        TOGETHER,
        LedBy.ADHERENT_ET_SALARIE,
        3,
        open_to_public=True,
        families_welcome=True,
    ),
    12: Idea(
        "Repas de fin d'année",
        Family.FETES,
        TOGETHER,
        LedBy.ADHERENT_ET_SALARIE,
        4,
        price_cents=500,
        families_welcome=True,
    ),
}
REASONS = {
    "Pluie toute la journée.": CancelledWhy.METEO,
    "Reporté à la semaine prochaine.": CancelledWhy.ANIMATION,
    "Il fallait être quatre.": CancelledWhy.INSCRITS,
    "La salle était prise.": CancelledWhy.LIEU,
    "Minibus en panne.": CancelledWhy.TRANSPORT,
}
CANCELLED = 0.04


def weekly_programme(portrait: Portrait, rng: Random) -> list[Weekly]:
    """Return what comes back each week or every two weeks, inside the opening hours."""
    days = [opening for opening in portrait.openings if not opening.member_run]
    chosen = [MEETING, *rng.sample(WEEKLY, min(len(WEEKLY), len(days) + 3))]
    taken: set[tuple[int, time]] = set()
    found = []
    for rank, idea in enumerate(chosen):
        opening = days[(rank * 2 + 1) % len(days)]
        starts_at = _start(opening, idea, taken)
        if starts_at is None:
            continue
        taken.add((opening.weekday, starts_at))
        every = 2 if rank % 4 == 3 else 1
        found.append(Weekly(fitted(idea, opening), opening.weekday, starts_at, every, False))
    if (start := _start(days[0], BOARD, taken)) is not None:
        board = fitted(BOARD, days[0])
        found.append(Weekly(board, days[0].weekday, start, 1, False, monthly=True))
    for opening in portrait.openings:
        if opening.member_run:
            start = opening.starts_at
            found.append(Weekly(fitted(SATURDAY, opening), opening.weekday, start, 1, True))
    return found


def planned_weekly(
    weekly: Sequence[Weekly], days: Sequence[OpeningDay], rng: Random, today: date
) -> list[Planned]:
    """Return the occurrences that fall while the place is open; some past ones were cancelled."""
    first = days[0].date
    found = []
    for each in weekly:
        start = each.first_on_or_after(first)
        dates = sorted({day.date for day in days if day.closure is None and _holds(day, each)})
        for day in dates:
            if each.monthly and day.day > 7:
                continue
            if (day - start).days // 7 % each.every_weeks == 0:
                reason = cancelled_reason(rng) if day < today else ""
                found.append(Planned(each.idea, day, each.starts_at, reason, each))
    return found


def _holds(day: OpeningDay, weekly: Weekly) -> bool:
    opening = day.opening
    return (
        day.date.isoweekday() == weekly.weekday
        and opening.starts_at <= weekly.starts_at < opening.ends_at
    )


def one_off_programme(
    open_days: Sequence[tuple[date, Opening]], rng: Random, today: date
) -> list[Planned]:
    """Return three or four one-off activities a month, on days when the place is open."""
    months: dict[tuple[int, int], list[tuple[date, Opening]]] = {}
    for day, opening in open_days:
        if opening.hours >= 3:
            months.setdefault((day.year, day.month), []).append((day, opening))
    found = []
    for (_year, month), days in sorted(months.items()):
        ideas = rng.sample(ONE_OFF, rng.choice((2, 3, 3)))
        ideas += [OF_THE_MONTH[month]] if month in OF_THE_MONTH else []
        picked = rng.sample(days, min(len(ideas), len(days)))
        for idea, (day, opening) in zip(ideas, picked, strict=False):
            reason = cancelled_reason(rng) if day < today else ""
            found.append(Planned(fitted(idea, opening), day, _late(opening), reason))
    return found


def cancelled_reason(rng: Random) -> str:
    """Return why an activity was cancelled; empty for the many that take place."""
    return rng.choice(list(REASONS)) if rng.random() < CANCELLED else ""


def fitted(idea: Idea, opening: Opening) -> Idea:
    """Return ``idea``, shortened when it would last longer than the opening."""
    return replace(idea, hours=min(idea.hours, opening.hours))


def _late(opening: Opening) -> time:
    """Return a start in the afternoon when the opening lasts long enough."""
    return time(14) if opening.starts_at < time(12) and opening.hours > 6 else opening.starts_at


def _start(opening: Opening, idea: Idea, taken: set[tuple[int, time]]) -> time | None:
    """Return the first free start that lets ``idea`` end before the place closes."""
    first = opening.starts_at.hour + (1 if opening.starts_at.minute else 0)
    closing = opening.ends_at.hour + opening.ends_at.minute / 60
    for hour in (first, first + 2, first + 4, first + 1, first + 3):
        start = time(hour) if hour < 24 else None
        if start and (opening.weekday, start) not in taken and hour + idea.hours <= closing:
            return start
    return None
