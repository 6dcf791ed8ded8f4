"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told
from espace.disclosure.permissions import CLOSE

TOLD = {CLOSE: Told(Matter.GEM, _("a publié les chiffres du mois, arrondis."))}
