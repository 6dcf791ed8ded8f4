"""What the idea box and the sign-up lists keep on a person: signed ideas, places asked for."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.accounts.personal_data import Keeper, Section
from espace.activities.models import Idea, SignUp


def show(account_id: UUID) -> list[Section]:
    """Return the ideas this account signed, and the places it asked for without a line."""
    signed = Idea.objects.filter(account_id=account_id).select_related("gem")
    return [
        Section(
            key="signed_ideas",
            title=_("Les idées que vous avez signées"),
            why=_("Choisir le programme ensemble."),
            rows=tuple(
                (
                    ("date", _("Jour"), _day(idea.received_on)),
                    ("idea", _("Idée"), idea.text),
                    ("signature", _("Prénom"), idea.signature),
                    ("gem", _("GEM"), idea.gem.name),
                )
                for idea in signed.order_by("-received_on", "pk")
            ),
            seen_by=_("Les personnes de votre GEM."),
            kept=_("13 mois."),
        ),
        _places("places_asked", SignUp.objects.filter(account_id=account_id)),
    ]


def show_line(person_id: UUID) -> list[Section]:
    """Return the places asked for by this line of the roll."""
    return [_places("places_of_line", SignUp.objects.filter(person_id=person_id))]


def _places(key: str, rows: QuerySet[SignUp]) -> Section:
    asked = rows.select_related("activity").order_by("-activity__date", "pk")
    return Section(
        key=key,
        title=_("Vos inscriptions à des activités"),
        why=_("Vous garder une place."),
        rows=tuple(
            (
                ("date", _("Jour"), _day(row.activity.date)),
                ("activity", _("Activité"), row.activity.title),
            )
            for row in asked
        ),
        seen_by=_("Les élus et les salariés de votre GEM, et la tablette du GEM."),
        kept=_("30 jours après l'activité."),
    )


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def erase(account_id: UUID) -> int:
    """Forget who signed, and give the places back: an idea stays in the box, without a name."""
    changed = SignUp.objects.filter(account_id=account_id).delete()[0]
    signed = Idea.objects.filter(account_id=account_id)
    return changed + signed.update(account=None, signature="")


def erase_line(person_id: UUID) -> int:
    """Give the places of this line back."""
    return SignUp.objects.filter(person_id=person_id).delete()[0]


KEEPER = Keeper(
    name="activities.lists",
    tables=(Idea._meta.label, SignUp._meta.label),
    show=show,
    erase=erase,
    show_line=show_line,
    erase_line=erase_line,
)
