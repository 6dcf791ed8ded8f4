"""How the journal tells what this package does. Nothing tells who answered."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "surveys.draft_national": Told(Matter.GEM, _("a préparé une enquête nationale.")),
    "surveys.publish_national": Told(Matter.GEM, _("a publié une enquête nationale.")),
    "surveys.close_national": Told(Matter.GEM, _("a terminé une enquête nationale.")),
    "surveys.drop_national": Told(Matter.GEM, _("a retiré un brouillon d'enquête.")),
    "surveys.open_round": Told(Matter.GEM, _("a ouvert l'enquête de l'année.")),
    "surveys.change_invited": Told(Matter.GEM, _("a corrigé le nombre d'invités à l'enquête.")),
    "surveys.print_codes": Told(Matter.GEM, _("a imprimé des papiers pour l'enquête.")),
    "surveys.close_round": Told(Matter.GEM, _("a terminé l'enquête de l'année.")),
}
