"""« L'organisation du GEM »: every page that serves to run it, said in one list.

Each package opens its own pages; this list only says where they are, to those who may open them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from espace.accounts.access import Actor
from espace.accounts.permissions import can


@dataclass(frozen=True)
class Door:
    """One page: its name, what it is for, its route, its icon, and who finds it here."""

    label: Promise
    purpose: Promise
    route: str
    icon: str
    permission: str


@dataclass(frozen=True)
class Shelf:
    """Pages that go together, under one title."""

    title: Promise
    doors: tuple[Door, ...]


SHELVES = (
    Shelf(
        _("Les personnes"),
        (
            Door(
                _("Notre carnet"), _("Les prénoms et les adhésions."),
                "groups:roll", "users", "groups.read_roll",
            ),
            Door(
                _("Les rôles"), _("Qui est élu, salarié ou bénévole."),
                "groups:roles", "key", "groups.read_roles",
            ),
            Door(
                _("Les cartes d'accès"), _("Pour entrer sans e-mail : faire, remplacer, retirer."),
                "cards:cards", "id-card", "cards.read",
            ),
        ),
    ),
    Shelf(
        _("Le GEM et son local"),
        (
            Door(
                _("La fiche du GEM"), _("L'adresse, les horaires, le public."),
                "groups:profile", "file-text", "groups.read_profile",
            ),
            Door(
                _("L'état du GEM"), _("Ouvert, ou en pause."),
                "groups:state", "door-open", "groups.pause",
            ),
            Door(
                _("L'argent du GEM"), _("Ce qui entre, ce qui sort, la caisse."),
                "governance:money", "euro", "governance.see_money",
            ),
            Door(
                _("Le classeur de l'année"), _("Partenaires, équipe, formations, documents."),
                "binder:cover", "archive", "binder.see",
            ),
            Door(
                _("Nos bilans"), _("Le bilan pour l'ARS, le rapport d'activité, l'assemblée."),
                "reports:home", "file-text", "reports.see",
            ),
            Door(
                _("L'enquête de l'année"), _("Dix questions sans nom, et ce qu'elles disent."),
                "surveys:home", "message-circle", "surveys.see",
            ),
            Door(
                _("Les appareils du GEM"), _("La tablette ou l'ordinateur du local."),
                "groups:devices", "tablet", "groups.read_devices",
            ),
        ),
    ),
    Shelf(
        _("Le papier et les fichiers"),
        (
            Door(
                _("Prendre nos listes"), _("Chaque liste du GEM, pour un tableur."),
                "groups:lists", "file-spreadsheet", "activities.see_programme",
            ),
            Door(
                _("Imprimer une feuille de la semaine"), _("Pour noter qui vient, sur papier."),
                "activities:paper_week", "printer", "activities.print_week",
            ),
            Door(
                _("Apporter un fichier"), _("Des présences, des adhérents ou un programme."),
                "imports:home", "upload", "imports.bring_records",
            ),
            Door(
                _("Le lien de la boîte à idées"), _("Une affiche : donner une idée sans compte."),
                "activities:idea_link", "lightbulb", "activities.see_idea_link",
            ),
        ),
    ),
    Shelf(
        _("Comprendre, et demander"),
        (
            Door(
                _("Le journal du GEM"), _("Qui a fait quoi, et quand."),
                "privacy:journal", "history", "privacy.read_journal",
            ),
            Door(
                _("Demander de l'aide à la FiGEM"), _("Une personne vous répond."),
                "federation:ask_help", "life-buoy", "federation.ask_help",
            ),
        ),
    ),
)  # fmt: skip


def shelves_for(actor: Actor) -> Iterator[Shelf]:
    """Yield the shelves with the doors this person may open; an empty shelf is left out."""
    for shelf in SHELVES:
        doors = tuple(door for door in shelf.doors if can(actor, door.permission, actor.gem_id))
        if doors:
            yield Shelf(shelf.title, doors)
