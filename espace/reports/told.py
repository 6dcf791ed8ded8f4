"""How the journal tells what this package does."""

from django.utils.translation import gettext_lazy as _

from espace.accounts.choices import Matter
from espace.accounts.told import Told

TOLD = {
    "reports.write": Told(Matter.REPORTS, _("a écrit dans un bilan.")),
    "reports.add_photo": Told(Matter.REPORTS, _("a ajouté une photo dans un bilan.")),
    "reports.remove_photo": Told(Matter.REPORTS, _("a retiré ou remis une photo d'un bilan.")),
    "reports.give_to_read": Told(Matter.REPORTS, _("a donné un bilan à relire au bureau.")),
    "reports.take_back": Told(Matter.REPORTS, _("a repris un bilan que le bureau relisait.")),
    "reports.agree": Told(Matter.REPORTS, _("a dit oui à un bilan.")),
    "reports.note_signatures": Told(
        Matter.REPORTS, _("a noté que deux élus ont signé un bilan sur papier.")
    ),
    "reports.send": Told(Matter.REPORTS, _("a envoyé un bilan.")),
    "reports.correct": Told(Matter.REPORTS, _("a commencé à corriger un bilan envoyé.")),
    "reports.give_up_correction": Told(
        Matter.REPORTS, _("a laissé un bilan envoyé comme il était.")
    ),
    "reports.answer": Told(Matter.REPORTS, _("a répondu à une question sur un bilan.")),
    "reports.note_receipt": Told(Matter.REPORTS, _("a bien reçu un bilan.")),
    "reports.ask": Told(Matter.REPORTS, _("a posé une question sur un bilan reçu.")),
    "reports.write_part": Told(Matter.REPORTS, _("a écrit la part de l'ARS dans le bilan.")),
    "reports.keep_past_figure": Told(
        Matter.REPORTS, _("a noté un chiffre d'un bilan national passé.")
    ),
    "reports.forget_past_figure": Told(
        Matter.REPORTS, _("a retiré un chiffre d'un bilan national passé.")
    ),
}
