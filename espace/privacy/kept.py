"""What this package keeps on a person: the month of their last visit."""

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.accounts.personal_data import Keeper, Section
from espace.privacy.models import LastVisit


def show(account_id: UUID) -> list[Section]:
    """Return the month of the last visit."""
    visits = LastVisit.objects.filter(account_id=account_id)
    return [
        Section(
            key="last_visit",
            title=_("Votre dernière visite"),
            why=_("Effacer les comptes que personne n'utilise."),
            rows=tuple(
                (("month", _("Mois"), date_format(visit.month, "F Y")),) for visit in visits
            ),
            seen_by=_("Personne d'autre que vous."),
            kept=_("Avec votre compte. Le mois seulement, jamais le jour."),
        )
    ]


def erase(account_id: UUID) -> int:
    """Forget it."""
    return LastVisit.objects.filter(account_id=account_id).delete()[0]


KEEPER = Keeper("privacy", (LastVisit._meta.label,), show, erase)
