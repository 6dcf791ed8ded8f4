"""What reports keep on a person: that, as someone elected, they said yes to a document."""

from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.accounts.personal_data import Keeper, Section
from espace.reports.choices import Kind
from espace.reports.models import Agreement


def show(account_id: UUID) -> list[Section]:
    """Return the documents this person agreed to, with the day."""
    rows = Agreement.objects.filter(account_id=account_id).select_related("version__report")
    return [
        Section(
            key="reports_agreed",
            title=_("Les bilans auxquels vous avez dit oui"),
            why=_("Savoir que deux personnes élues différentes ont dit oui."),
            rows=tuple(
                (
                    (
                        "document",
                        _("Document"),
                        f"{Kind(row.version.report.kind).label} {row.version.report.year}",
                    ),
                    ("as", _("Comme"), row.get_function_display()),
                    ("on", _("Le"), date_format(row.on, "j F Y")),
                )
                for row in rows
            ),
            seen_by=_("Personne : le document dit la place au bureau, jamais le prénom."),
            kept=_("L'accord reste avec le document. Votre compte en est détaché avec vous."),
        )
    ]


def erase(account_id: UUID) -> int:
    """Take the account away; that someone of that office said yes stays true."""
    return Agreement.objects.filter(account_id=account_id).update(account=None)


def show_line(person_id: UUID) -> list[Section]:
    """Return nothing: an agreement is given by an account."""
    return []


def erase_line(person_id: UUID) -> int:
    """Return 0: nothing is kept on a line of the roll."""
    return 0


KEEPER = Keeper(
    name="reports.agreements",
    tables=(Agreement._meta.label,),
    show=show,
    erase=erase,
    show_line=show_line,
    erase_line=erase_line,
)
