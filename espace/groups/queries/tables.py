"""The roll as a table to take away."""

from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from espace.accounts.access import Actor
from espace.accounts.permissions import require
from espace.core.spreadsheets import Sheet
from espace.groups.lists import KeptList
from espace.groups.models import Membership, Person


def roll_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return the roll, one line a person. One SQL query."""
    require(actor, "groups.read_roll", gem_id)
    people = Person.objects.filter(gem_id=gem_id).order_by("first_name", "initial", "number")
    return Sheet(
        _("Notre carnet"),
        [_("Prénom"), _("Première venue")],
        [[one.label, one.first_seen_on] for one in people],
    )


def memberships_table(actor: Actor, gem_id: UUID) -> Sheet:
    """Return the memberships, the newest year first. One SQL query."""
    require(actor, "groups.read_roll", gem_id)
    rows = Membership.objects.filter(person__gem_id=gem_id).select_related("person")
    return Sheet(
        _("Les adhésions"),
        [_("Prénom"), _("Année"), _("Date"), _("Cotisation en euros"), _("Première adhésion")],
        [
            [
                one.person.label,
                one.year,
                one.started_on,
                None if one.fee_cents is None else Decimal(one.fee_cents) / 100,
                _("oui") if one.is_first else _("non"),
            ]
            for one in rows.order_by("-year", "person__first_name", "pk")
        ],
    )


LISTS = (
    KeptList("carnet", gettext_lazy("Notre carnet"), "groups.read_roll", roll_table),
    KeptList("adhesions", gettext_lazy("Les adhésions"), "groups.read_roll", memberships_table),
)
