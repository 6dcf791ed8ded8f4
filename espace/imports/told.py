"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "imports.abandon": Told(Matter.FILES, _("a renoncé à un fichier.")),
    "imports.bring": Told(Matter.FILES, _("a apporté un fichier.")),
    "imports.confirm": Told(Matter.FILES, _("a ajouté un fichier aux feuilles du GEM.")),
    "imports.stop": Told(Matter.FILES, _("a arrêté l'ajout d'un fichier.")),
    "imports.undo": Told(Matter.FILES, _("a retiré un fichier ajouté.")),
}
