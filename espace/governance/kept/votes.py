"""What secret votes keep on a person: the right to vote, while the vote is open. Never a choice."""

from uuid import UUID

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from espace.accounts.personal_data import Keeper, Section
from espace.governance.models.votes import VotingTicket


def show(account_id: UUID) -> list[Section]:
    """Return nothing: a right to vote is that of a line of the roll, not of an account."""
    return []


def show_line(person_id: UUID) -> list[Section]:
    """Return the open votes where this person may vote, and whether they did."""
    rows = VotingTicket.objects.filter(person_id=person_id).select_related("vote")
    return [
        Section(
            key="voting_tickets",
            title=_("Les votes secrets ouverts où vous pouvez voter"),
            why=_("Que chacun vote une fois."),
            rows=tuple(
                (
                    ("question", _("Vote"), row.vote.question),
                    ("used", _("A voté"), _t("oui") if row.used else _t("non")),
                )
                for row in rows.order_by("vote__question", "pk")
            ),
            seen_by=_("Les élus de votre GEM."),
            kept=_("Jusqu'à la fin du vote. Votre choix n'est jamais gardé avec votre nom."),
        )
    ]


def erase(account_id: UUID) -> int:
    """Return 0: nothing is kept on an account."""
    return 0


def erase_line(person_id: UUID) -> int:
    """Take the name away; the right and the ballot stay, so that the count stays whole."""
    return VotingTicket.objects.filter(person_id=person_id).update(person=None)


KEEPER = Keeper(
    name="governance.votes",
    tables=(VotingTicket._meta.label,),
    show=show,
    erase=erase,
    show_line=show_line,
    erase_line=erase_line,
)
