"""What this package keeps on one person (« Mes données »)."""

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.accounts.personal_data import Keeper, Section
from espace.cards.models import AccessCard


def show(account_id: UUID) -> list[Section]:
    """Return the running card of this person, and the cards they made for others, counted."""
    card = AccessCard.objects.filter(account_id=account_id).select_related("gem").first()
    made = AccessCard.objects.filter(made_by_id=account_id).count()
    sections = []
    if card:
        rows = (
            ("gem", _("Faite par le GEM"), card.gem.name),
            ("made_on", _("Faite le"), date_format(card.made_at, "j F Y")),
            ("elsewhere", _("A servi sur un autre appareil"), _yes(card.used_elsewhere)),
        )
        sections.append(
            Section(
                "access_card",
                _("Votre carte d'accès"),
                _("Entrer sans e-mail."),
                (rows,),
                _("Vous. Les élus et les salariés de votre GEM voient que vous en avez une."),
                _("Jusqu'à ce qu'elle soit retirée, ou remplacée."),
            )
        )
    if made:
        row = (("count", _("Nombre"), str(made)),)
        sections.append(
            Section(
                "cards_made",
                _("Les cartes que vous avez faites"),
                _("Savoir qui les a faites."),
                (row,),
                _("Vous, et les élus et les salariés de votre GEM."),
                _("Tant que ces cartes servent."),
            )
        )
    return sections


def erase(account_id: UUID) -> int:
    """Withdraw their card, and forget that they made those of others."""
    own = AccessCard.objects.filter(account_id=account_id).delete()[0]
    return own + AccessCard.objects.filter(made_by_id=account_id).update(made_by=None)


def _yes(value: bool) -> str:
    return str(_("oui") if value else _("non"))


KEEPER = Keeper("cards", ("cards.AccessCard",), show, erase)
