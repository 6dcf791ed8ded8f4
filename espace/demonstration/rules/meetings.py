"""A believable year of meetings in a fictional GEM: what was said, and what was decided."""

from dataclasses import dataclass
from datetime import date, timedelta

from espace.governance.choices.meetings import (
    AgendaBy,
    CarrierFunction,
    DecisionState,
    MeetingKind,
    Subject,
    TakenBy,
)

MEMBERS, BOARD, ASSEMBLY, SPONSOR = (
    MeetingKind.REUNION_ADHERENTS,
    MeetingKind.CA,
    MeetingKind.AG,
    MeetingKind.RENCONTRE_PARRAIN,
)


@dataclass(frozen=True)
class Decided:
    """A decision; ``due`` and ``done`` in days after the meeting."""

    text: str
    subject: Subject
    carrier: CarrierFunction
    state: DecisionState
    due: int | None = None
    done: int | None = None
    why: str = ""


@dataclass(frozen=True)
class Held:
    """A meeting held ``ago`` days ago, its points with what was said, and its plain version."""

    kind: MeetingKind
    ago: int
    points: tuple[tuple[str, str], ...]
    plain: str
    decided: tuple[Decided, ...] = ()
    by: AgendaBy | str = AgendaBy.ENSEMBLE
    shared_after: int | None = 0
    hands: tuple[tuple[str, int, int, int], ...] = ()


DONE, DOING, TO_DO, GIVEN_UP = (
    DecisionState.FAITE,
    DecisionState.EN_COURS,
    DecisionState.A_FAIRE,
    DecisionState.ABANDONNEE,
)
YEAR = (
    Held(
        ASSEMBLY,
        238,
        (
            ("Le mot de la présidence", "L'année a été pleine. Merci à ceux qui tiennent le lieu."),
            ("Les comptes de l'année", "Les comptes sont lus à voix haute, puis expliqués."),
            ("Élire les membres du CA", "Trois places. Trois personnes se présentent."),
        ),
        "Les comptes sont adoptés.\nTrois personnes entrent au CA.\nOn se revoit l'an prochain.",
        (
            Decided(
                "Adopter les comptes de l'année",
                Subject.BUDGET,
                CarrierFunction.TRESORERIE,
                DONE,
                0,
                0,
            ),
            Decided(
                "Écrire les règles du local avec les adhérents",
                Subject.REGLEMENT,
                CarrierFunction.SECRETARIAT,
                DONE,
                90,
                75,
            ),
        ),
        shared_after=3,
        hands=(("Adopter les comptes ?", 17, 1, 3),),
    ),
    Held(
        MEMBERS,
        201,
        (("Le programme du printemps", "On veut plus de sorties le samedi."),),
        "Deux samedis par mois seront des sorties.",
        (
            Decided(
                "Sortir deux samedis par mois",
                Subject.ACTIVITES,
                CarrierFunction.ADHERENTS,
                DONE,
                30,
                20,
            ),
        ),
        AgendaBy.ADHERENTS,
    ),
    Held(
        BOARD,
        160,
        (("La cafetière en panne", "Deux devis sont lus."), ("Le bail", "Il est renouvelé.")),
        "On achète une cafetière de douze tasses.",
        (
            Decided(
                "Acheter une cafetière de douze tasses",
                Subject.LOCAL,
                CarrierFunction.TRESORERIE,
                DONE,
                30,
                12,
            ),
        ),
        shared_after=2,
    ),
    Held(
        SPONSOR,
        121,
        (("Comment va le GEM", "Le parrain écoute. Il propose une visite."),),
        "",
        (),
        AgendaBy.ENSEMBLE,
        9,
    ),
    Held(
        MEMBERS,
        92,
        (
            ("Le séjour d'été", "La mer plaît. Le prix est trop haut pour plusieurs d'entre nous."),
            ("Le jardin", "Il faut de la terre et des bras."),
        ),
        "Le séjour à la mer n'aura pas lieu cette année.\nLe jardin commence en mai.",
        (
            Decided(
                "Partir trois jours à la mer",
                Subject.PROJET,
                CarrierFunction.ADHERENTS,
                GIVEN_UP,
                60,
                None,
                "Trop cher cette année, on réessaie l'an prochain.",
            ),
            Decided(
                "Planter des fraises devant le local",
                Subject.ACTIVITES,
                CarrierFunction.ADHERENTS,
                DONE,
                40,
                35,
            ),
        ),
        AgendaBy.ADHERENTS,
    ),
    Held(
        BOARD,
        58,
        (("Demander une aide à la mairie", "Le dossier part en décembre."),),
        "La trésorerie prépare le dossier avec la salariée.",
        (
            Decided(
                "Envoyer le dossier de subvention à la mairie",
                Subject.BUDGET,
                CarrierFunction.TRESORERIE,
                DOING,
                75,
            ),
            Decided(
                "Rencontrer la médiathèque",
                Subject.PARTENARIAT,
                CarrierFunction.PRESIDENCE,
                TO_DO,
                30,
            ),
        ),
    ),
    Held(
        MEMBERS,
        30,
        (
            ("Ouvrir le dimanche", "Quatre personnes veulent tenir le lieu un dimanche sur deux."),
            ("Le bruit dans la grande salle", "On garde un coin calme l'après-midi."),
        ),
        "On essaie d'ouvrir un dimanche sur deux.\nUn coin calme reste libre l'après-midi.",
        (
            Decided(
                "Essayer d'ouvrir un dimanche sur deux",
                Subject.PROJET,
                CarrierFunction.ADHERENTS,
                DOING,
                90,
            ),
            Decided(
                "Garder un coin calme l'après-midi",
                Subject.LOCAL,
                CarrierFunction.SALARIES,
                DONE,
                None,
                2,
            ),
        ),
        hands=(("Essayer un dimanche sur deux ?", 11, 2, 1),),
    ),
    Held(
        MEMBERS,
        6,
        (
            ("La fête de fin d'année", "Chacun apporte un plat. On invite les voisins."),
            ("Les vélos", "Deux vélos sont à réparer."),
        ),
        "La fête aura lieu au local. On invite les voisins.",
        (
            Decided(
                "Inviter les voisins à la fête",
                Subject.PROJET,
                CarrierFunction.SECRETARIAT,
                TO_DO,
                20,
            ),
            Decided(
                "Réparer les deux vélos", Subject.ACTIVITES, CarrierFunction.ADHERENTS, TO_DO, 45
            ),
        ),
        AgendaBy.ADHERENTS,
    ),
)
COMING = (
    (MEMBERS, 8, ("Le programme de janvier", "Qui tient le lieu pendant les fêtes ?")),
    (BOARD, 16, ("Le budget de l'an prochain", "La réponse de la mairie")),
)
TAKEN_BY = {MEMBERS: TakenBy.ADHERENTS, ASSEMBLY: TakenBy.ADHERENTS, BOARD: TakenBy.CA}
PRESENT = {MEMBERS: 13, BOARD: 5, ASSEMBLY: 19, SPONSOR: 4}


def day_of(today: date, ago: int) -> date:
    """Return a day ``ago`` days before, never a Sunday."""
    day = today - timedelta(days=ago)
    return day - timedelta(days=1) if day.isoweekday() == 7 else day
