"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "binder.add_row": Told(Matter.BINDER, _("a ajouté une ligne au classeur.")),
    "binder.change_row": Told(Matter.BINDER, _("a changé une ligne du classeur.")),
    "binder.remove_row": Told(Matter.BINDER, _("a retiré une ligne du classeur.")),
    "binder.restore_row": Told(Matter.BINDER, _("a remis une ligne dans le classeur.")),
    "binder.erase_row": Told(Matter.BINDER, _("a effacé pour de bon une ligne retirée.")),
}
