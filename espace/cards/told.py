"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "cards.make": Told(Matter.ROLES, _("a fait la carte d'accès d'une personne.")),
    "cards.withdraw": Told(Matter.ROLES, _("a retiré une carte d'accès.")),
    "cards.refused": Told(Matter.DEVICES, _("a montré une carte qui n'ouvre pas.")),
    "cards.elsewhere": Told(Matter.DEVICES, _("a utilisé sa carte sur un autre appareil.")),
    "cards.warning_out": Told(Matter.DEVICES, _("a vérifié une carte qui servait ailleurs.")),
    "cards.confirmed": Told(Matter.DEVICES, _("a été reconnu par une autre personne élue.")),
    "cards.confirms": Told(Matter.DEVICES, _("a confirmé qui est une autre personne élue.")),
}
