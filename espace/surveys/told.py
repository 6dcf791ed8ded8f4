"""How the journal tells what this package does. Nothing tells who answered."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "surveys.open_round": Told(Matter.GEM, _("a ouvert l'enquête de l'année.")),
    "surveys.change_invited": Told(Matter.GEM, _("a corrigé le nombre d'invités à l'enquête.")),
    "surveys.print_codes": Told(Matter.GEM, _("a imprimé des papiers pour l'enquête.")),
    "surveys.close_round": Told(Matter.GEM, _("a terminé l'enquête de l'année.")),
}
