"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "privacy.download_own_data": Told(Matter.OPENED, _("a pris une copie de ses données.")),
    "privacy.erase_account": Told(
        Matter.ROLL, _("Une personne a effacé tout ce qui était gardé sur elle.")
    ),
    "privacy.erase_line": Told(Matter.ROLL, _("a effacé une personne du carnet, à sa demande.")),
    "privacy.erase_unused_account": Told(
        Matter.ROLL, _("Un compte sans visite depuis deux ans a été effacé.")
    ),
    "privacy.open_line_data": Told(
        Matter.OPENED,
        _("a ouvert les données d'une personne, pour les imprimer."),
        to_you=_("a ouvert vos données, pour les imprimer."),
    ),
    "privacy.open_line_data_with_answers": Told(
        Matter.OPENED,
        _("a ouvert les données d'une personne, avec l'âge et le genre."),
        to_you=_("a ouvert vos données, avec l'âge et le genre que vous avez dits."),
    ),
}
