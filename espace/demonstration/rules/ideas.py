"""What the fictional members drop in their idea box."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from espace.activities.choices import Family, IdeaState, IdeaWay

WAITING, PICKED, LATER, NO_THANKS = 6, 1, 2, 1
WAYS = (IdeaWay.PAPIER, IdeaWay.PAPIER, IdeaWay.TABLETTE, IdeaWay.LIEN, IdeaWay.COMPTE)
IDEAS = (
    ("Aller voir la mer en hiver", Family.SPORT_NATURE),
    ("Apprendre à faire du pain", Family.REPAS_CUISINE),
    ("Un après-midi karaoké", Family.FETES),
    ("Visiter le GEM d'à côté", Family.CULTURE_SORTIE),
    ("Réparer nos vélos ensemble", Family.CHANTIERS_BRICOLAGE),
    ("Un tournoi de pétanque", Family.JEUX_CONVIVIALITE),
    ("Regarder un vieux film avec des crêpes", Family.REPAS_CUISINE),
    ("Écrire un journal du GEM", Family.CITOYENNETE),
    ("Une nuit sous les étoiles cet été", Family.SEJOUR),
    ("Inviter quelqu'un de la mairie pour parler des bus", Family.CITOYENNETE),
    ("Faire de la musique avec ce qu'on trouve", Family.CREATION),
    ("Un repas où chacun apporte un plat de chez lui", Family.REPAS_CUISINE),
    ("Apprendre à mettre des photos à l'abri", Family.NUMERIQUE),
    ("Planter des fraises devant le local", Family.NATURE_JARDIN),
    ("Aller au musée un jour gratuit", Family.CULTURE_SORTIE),
    ("Un atelier tricot le samedi", Family.CREATION),
    ("Courir ou marcher cinq kilomètres pour une bonne cause", Family.SPORT_NATURE),
    ("Une discussion sur le sommeil, sans médecin", Family.PAROLE_ENTRAIDE),
)


@dataclass(frozen=True)
class Dropped:
    """One idea of the box; ``signed`` when its author put their first name."""

    text: str
    family: str
    way: IdeaWay
    received_on: date
    state: IdeaState
    answered_on: date | None
    likes: int
    will_lead: bool
    signed: bool


def box(today: date, rng: Random) -> list[Dropped]:
    """Draw a box: what waits for the next meeting, and what the last one said of others."""
    states = [IdeaState.BOITE] * WAITING + [IdeaState.PLUS_TARD] * LATER
    states += [IdeaState.RETENUE] * PICKED + [IdeaState.NON_MERCI] * NO_THANKS
    meeting = today - timedelta(days=5)
    return [
        Dropped(
            text=text,
            family=family if rng.random() < 0.4 else "",
            way=rng.choice(WAYS),
            received_on=today - timedelta(days=rng.randint(0, 4))
            if state is IdeaState.BOITE
            else meeting - timedelta(days=rng.randint(1, 20)),
            state=state,
            answered_on=None if state is IdeaState.BOITE else meeting,
            likes=rng.choice((0, 0, 1, 2, 3, 5)),
            will_lead=rng.random() < 0.3,
            signed=rng.random() < 0.25,
        )
        for (text, family), state in zip(rng.sample(IDEAS, len(states)), states, strict=True)
    ]
