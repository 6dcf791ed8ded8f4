"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "groups.add_gem": Told(Matter.GEM, _("a ajouté le GEM à la liste du réseau.")),
    "groups.complete_gem": Told(Matter.GEM, _("a complété la fiche avec la liste du réseau.")),
    "groups.take_back_gem": Told(Matter.GEM, _("a retiré le GEM de la liste du réseau.")),
    "groups.change_state": Told(Matter.GEM, _("a changé l'état du GEM : ouvert, en pause, fermé.")),
    "groups.change_address": Told(
        Matter.ROLES, _("a changé l'adresse e-mail d'une personne, à sa demande.")
    ),
    "groups.end_outside": Told(
        Matter.ROLES, _("Le rôle d'une personne que plus rien ne faisait entrer s'est terminé.")
    ),
    "groups.take_archive": Told(Matter.OPENED, _("a pris une copie de tout le GEM.")),
    "groups.take_list": Told(Matter.OPENED, _("a pris une liste du GEM dans un fichier.")),
    "groups.make_letter": Told(Matter.ROLES, _("a préparé une lettre d'ouverture pour le GEM.")),
    "groups.note_federated": Told(Matter.GEM, _("a noté si le GEM est membre de la FiGEM.")),
    "groups.open_gem": Told(Matter.ROLES, _("a ouvert le GEM avec sa lettre.")),
    "groups.withdraw_letter": Told(Matter.ROLES, _("a retiré une lettre d'ouverture.")),
    "groups.end_roles": Told(Matter.ROLES, _("a terminé le rôle d'une personne.")),
    "groups.enrol_device": Told(Matter.DEVICES, _("a ajouté un appareil du GEM.")),
    "groups.give_roles": Told(Matter.ROLES, _("a donné un rôle à une personne.")),
    "groups.open_line": Told(
        Matter.OPENED,
        _("a ouvert la ligne d'une personne."),
        to_you=_("a ouvert votre ligne du carnet."),
    ),
    "groups.revoke_device": Told(Matter.DEVICES, _("a retiré un appareil du GEM.")),
    "profile.hours": Told(Matter.GEM, _("a changé les horaires du GEM.")),
    "profile.written": Told(Matter.GEM, _("a changé la fiche du GEM.")),
    "roll.account": Told(Matter.ROLES, _("a ouvert un compte pour une personne du carnet.")),
    "roll.added": Told(Matter.ROLL, _("a ajouté une personne dans le carnet.")),
    "roll.hidden": Told(Matter.ROLL, _("a caché une personne des listes du jour.")),
    "roll.membership": Told(Matter.ROLL, _("a noté une adhésion.")),
    "roll.membership_removed": Told(Matter.ROLL, _("a retiré une adhésion.")),
    "roll.pictogram": Told(Matter.ROLL, _("a choisi un dessin pour une personne.")),
    "roll.removed": Told(Matter.ROLL, _("a retiré une personne du carnet.")),
    "roll.renamed": Told(Matter.ROLL, _("a changé un nom dans le carnet.")),
    "roll.said": Told(Matter.ROLL, _("a noté l'âge ou le genre qu'une personne a voulu dire.")),
    "roll.shown": Told(Matter.ROLL, _("a remis une personne dans les listes du jour.")),
}
