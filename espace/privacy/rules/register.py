"""The documents on personal data, written from what the code says: register, notice.

Written in French, for FiGEM and the GEM. ``manage.py privacy_register --write`` writes them; a test
fails when the committed file is another. What no code can know is marked « à compléter ».
"""

from collections.abc import Sequence
from dataclasses import dataclass

from espace.privacy.rules.retention import RULES

TO_CHECK = "(à vérifier par un juriste)"
FRONT = (
    "> Écrit par `manage.py privacy_register --write`, d'après le code. "
    "Ne le corrigez pas à la main.\n"
)


@dataclass(frozen=True)
class Treatment:
    """One thing done with data on people: why, on whom, what, who reads it, until when."""

    title: str
    why: str
    people: str
    data: str
    readers: str
    kept: str
    packages: tuple[str, ...]


TREATMENTS = (
    Treatment(
        "Entrer dans Mon Espace",
        "Reconnaître la personne qui entre. Protéger les données des autres.",
        "Les personnes qui ont un compte : adhérents, élus, salariés, bénévoles, partenaires.",
        "E-mail (facultatif), prénom ou surnom, une lettre, dessin, appareils ouverts, "
        "carte d'accès et clés (sous forme d'empreintes).",
        "La personne. Les élus et les salariés de son GEM voient son prénom.",
        "Jusqu'à la demande de la personne, ou 24 mois sans visite.",
        ("accounts", "cards", "privacy"),
    ),
    Treatment(
        "Tenir le carnet et la feuille du jour",
        "Voir la vie du GEM, en nombres. Savoir qui est adhérent.",
        "Les personnes qui viennent au GEM.",
        "Prénom ou surnom, une lettre, dessin, première venue, jours de venue, adhésions ; "
        "tranche d'âge et genre si la personne veut les dire.",
        "Le GEM seulement. Les partenaires ne voient que des totaux.",
        "13 mois, puis des totaux sans les personnes.",
        ("groups", "activities"),
    ),
    Treatment(
        "Décider le programme ensemble",
        "Recueillir des idées, tenir les listes d'inscription.",
        "Les personnes qui proposent une idée ou s'inscrivent.",
        "Une idée, un prénom si la personne veut, une inscription.",
        "Le GEM.",
        "Selon la table des durées.",
        ("activities",),
    ),
    Treatment(
        "Se réunir et décider",
        "Savoir si assez de personnes sont là, qui porte une décision, qui a décidé.",
        "Les personnes présentes ou représentées à une réunion, celles qui portent une décision.",
        "Une présence à une réunion, une décision portée, un prénom sous un point si la personne "
        "veut, le droit de voter tant qu'un vote secret est ouvert, jamais un choix. L'argent du "
        "GEM se note sans nom.",
        "Le GEM seulement.",
        "Selon la table des durées.",
        ("governance",),
    ),
    Treatment(
        "Écrire et envoyer les bilans",
        "Savoir que deux personnes élues différentes ont dit oui. Montrer la vie du GEM.",
        "Les élus qui disent oui ; les personnes sur une photo, avec leur accord.",
        "Un oui, son jour, la place au bureau ; des photos que le GEM choisit, sans lieu caché. "
        "Le document envoyé ne porte aucun prénom.",
        "Le GEM. Ceux à qui le GEM envoie le document, pour les photos.",
        "Le temps du document. Le compte s'en va avec la personne.",
        ("reports",),
    ),
    Treatment(
        "Donner des rôles",
        "Savoir qui peut écrire quoi, et jusqu'à quand.",
        "Les élus, les salariés, les bénévoles, les partenaires.",
        "Le rôle, la fonction, les dates.",
        "Le GEM et la FiGEM.",
        "5 ans après la fin du rôle.",
        ("groups",),
    ),
    Treatment(
        "Reprendre les fichiers du GEM",
        "Ne pas tout recopier.",
        "Les personnes nommées dans les fichiers du GEM.",
        "Ce qui va dans le carnet. Noms, téléphones, adresses et remarques sont enlevés avant.",
        "Les élus et les salariés du GEM.",
        "Le fichier : le temps de le lire. Le brouillon : 24 heures.",
        ("imports",),
    ),
    Treatment(
        "Tenir le journal",
        "Répondre à : qui a fait cela, qui a ouvert mes données.",
        "Les personnes qui ont un compte.",
        "Qui, dans quel rôle, quand, quelle sorte de geste. Jamais le contenu.",
        "Les élus et les salariés du GEM. Les adhérents, sans les prénoms.",
        "12 mois.",
        ("accounts",),
    ),
)


@dataclass(frozen=True)
class Table:
    """A table that holds people, and the columns it has."""

    label: str
    keeper: str
    columns: tuple[str, ...]


def register(tables: Sequence[Table]) -> str:
    """Return the register of processing, in Markdown."""
    parts = [
        "# Registre des traitements\n",
        FRONT,
        "Pour la FiGEM et pour chaque GEM. Chaque GEM répond de son carnet et de ses présences. "
        f"La FiGEM tient l'outil pour lui {TO_CHECK}.\n",
        "À compléter par la FiGEM : nom et adresse du responsable, du sous-traitant "
        "et de l'hébergeur, personne à qui écrire, base légale de chaque traitement "
        f"{TO_CHECK}.\n",
        "Venir dans un GEM peut dire quelque chose de la santé d'une personne. "
        f"Ces données sont donc tenues comme des données sensibles {TO_CHECK}.\n",
        "## Les traitements\n",
        *(_treatment(rank, each) for rank, each in enumerate(TREATMENTS, start=1)),
        "## Les durées\n",
        durations(),
        "## Ce qui n'est jamais gardé\n",
        "Nom de famille, date de naissance, adresse, santé, traitement, lieu où est une personne, "
        "photo d'identité. Il n'y a pas de case pour cela, et un test le vérifie.\n",
        "## Les mesures\n",
        "- Droits par rôle et par GEM ; la donnée d'un autre GEM n'existe pas pour vous.\n"
        "- Deux preuves pour les rôles qui voient les données des autres.\n"
        "- Journal où tout changement se voit (`verify_journal`).\n"
        "- Effacement immédiat, rejoué après le retour d'une sauvegarde (`replay_erasures`).\n"
        "- Aucune page ne demande rien à un autre site. Aucun traceur.\n",
        "## Les tables et leurs colonnes\n",
        "Relevé dans la base elle-même.\n",
        "| Table | Tenue par | Colonnes |\n| --- | --- | --- |\n"
        + "".join(
            f"| {each.label} | {each.keeper} | {', '.join(each.columns)} |\n" for each in tables
        ),
    ]
    return "\n".join(parts)


def _treatment(rank: int, each: Treatment) -> str:
    return (
        f"### {rank}. {each.title}\n\n"
        f"- Pourquoi : {each.why}\n- Sur qui : {each.people}\n- Quoi : {each.data}\n"
        f"- Qui lit : {each.readers}\n- Combien de temps : {each.kept}\n"
    )


def durations() -> str:
    """Return the table of retention, in Markdown."""
    lines = "".join(f"| {each.what} | {each.kept} | {each.then} |\n" for each in RULES)
    return "| Quoi | Gardé | Ensuite |\n| --- | --- | --- |\n" + lines


def notice() -> str:
    """Return the plain notice to print and hang in the GEM, in Markdown."""
    lines = "".join(f"- {each.what} : {each.kept[0].lower()}{each.kept[1:]}.\n" for each in RULES)
    return "\n".join(
        (
            "# Vos données, en clair\n",
            FRONT,
            "À afficher dans le GEM, ou à donner.\n",
            "## Ce que nous gardons\n",
            "Un prénom ou un surnom. Une lettre. Les jours où vous venez. Votre adhésion.\n"
            "Rien de plus n'est demandé. Vous pouvez venir sans prénom dans le carnet.\n",
            "## Ce que nous ne gardons jamais\n",
            "Votre nom de famille. Votre date de naissance. Votre adresse. Votre santé.\n",
            "## Qui voit\n",
            "Votre GEM. Personne d'autre ne voit votre prénom. "
            "Les partenaires ne voient que des nombres.\n",
            "## Combien de temps\n",
            lines,
            "## Vos droits\n",
            "Lire ce qui est gardé. Le corriger. Prendre une copie. Tout effacer.\n"
            "Avec un compte : « Mon compte », puis « Mes données ».\n"
            "Sans compte : demandez à une personne élue. Elle imprime la feuille pour vous.\n"
            "Vous n'avez pas à dire pourquoi. Pas d'accord ? Vous pouvez écrire à la CNIL.\n",
        )
    )
