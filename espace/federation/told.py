"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "federation.add_list": Told(Matter.GEM, _("a ajouté une liste de GEM.")),
    "federation.answer_help": Told(Matter.GEM, _("a répondu à une demande d'aide.")),
    "federation.ask_help": Told(Matter.GEM, _("a demandé de l'aide à la FiGEM.")),
    "federation.take_back_help": Told(Matter.GEM, _("a retiré une demande d'aide.")),
    "federation.undo_list": Told(Matter.GEM, _("a annulé une liste de GEM.")),
    "federation.save_view": Told(Matter.GEM, _("a gardé une vue des chiffres du réseau.")),
    "federation.remove_view": Told(
        Matter.GEM, _("a retiré ou remis une vue des chiffres du réseau.")
    ),
}
