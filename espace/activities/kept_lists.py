"""What the idea box keeps on a person: the ideas they signed with their first name."""

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.accounts.personal_data import Keeper, Section
from espace.activities.models import Idea


def show(account_id: UUID) -> list[Section]:
    """Return the ideas this account signed; the others are nobody's."""
    signed = Idea.objects.filter(account_id=account_id).select_related("gem")
    return [
        Section(
            key="signed_ideas",
            title=_("Les idées que vous avez signées"),
            why=_("Choisir le programme ensemble."),
            rows=tuple(
                (
                    ("date", _("Jour"), date_format(idea.received_on, "j F Y")),
                    ("idea", _("Idée"), idea.text),
                    ("signature", _("Prénom"), idea.signature),
                    ("gem", _("GEM"), idea.gem.name),
                )
                for idea in signed.order_by("-received_on", "pk")
            ),
            seen_by=_("Les personnes de votre GEM."),
            kept=_("13 mois."),
        )
    ]


def erase(account_id: UUID) -> int:
    """Forget who signed: the idea stays in the box, without a name."""
    return Idea.objects.filter(account_id=account_id).update(account=None, signature="")


KEEPER = Keeper(name="activities.lists", tables=(Idea._meta.label,), show=show, erase=erase)
