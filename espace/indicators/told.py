"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "indicators.choose_sentences": Told(Matter.GEM, _("a choisi les phrases de la page du GEM.")),
}
