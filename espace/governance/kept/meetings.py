"""What the meetings keep on a person: points signed, meetings attended, decisions carried."""

from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.accounts.personal_data import Keeper, Section
from espace.governance.choices.meetings import CarrierFunction, MeetingKind
from espace.governance.models.meetings import AgendaPoint, Carrier, MeetingPresence

IN_THE_GEM = _("Les personnes de votre GEM.")


def show(account_id: UUID) -> list[Section]:
    """Return the points this account signed."""
    signed = AgendaPoint.objects.filter(account_id=account_id).select_related("meeting")
    return [
        Section(
            key="agenda_points",
            title=_("Les points que vous avez proposés pour une réunion"),
            why=_("Savoir de qui vient un sujet."),
            rows=tuple(
                (
                    ("date", _("Réunion du"), _day(point.meeting.date)),
                    ("point", _("Point"), point.subject),
                    ("signature", _("Prénom"), point.signature),
                )
                for point in signed.order_by("-meeting__date", "pk")
            ),
            seen_by=IN_THE_GEM,
            kept=_("Le point reste. Le prénom part avec vous."),
        )
    ]


def show_line(person_id: UUID) -> list[Section]:
    """Return the meetings this person was at, and the decisions they carry."""
    there = MeetingPresence.objects.filter(person_id=person_id).select_related("meeting", "holder")
    held = MeetingPresence.objects.filter(holder_id=person_id).select_related("meeting")
    carried = Carrier.objects.filter(person_id=person_id).select_related("decision__meeting")
    return [
        Section(
            key="meetings",
            title=_("Les réunions où vous étiez, ou étiez représenté"),
            why=_("Savoir si assez de personnes sont là."),
            rows=tuple(
                (
                    ("date", _("Jour"), _day(row.meeting.date)),
                    ("kind", _("Réunion"), str(MeetingKind(row.meeting.kind).label)),
                    ("for", _("Représenté par"), row.holder.label if row.holder else ""),
                )
                for row in there.order_by("-meeting__date", "pk")
            ),
            seen_by=_("Les élus et les salariés de votre GEM."),
            kept=_("13 mois. Puis seulement des nombres."),
        ),
        Section(
            key="proxies_held",
            title=_("Les réunions où vous avez représenté quelqu'un"),
            why=_("Compter les pouvoirs."),
            rows=tuple(
                (("date", _("Jour"), _day(row.meeting.date)),)
                for row in held.order_by("-meeting__date", "pk")
            ),
            seen_by=_("Les élus et les salariés de votre GEM."),
            kept=_("13 mois. Puis seulement des nombres."),
        ),
        Section(
            key="decisions_carried",
            title=_("Les décisions que vous portez"),
            why=_("Savoir à qui demander où cela en est."),
            rows=tuple(
                (
                    ("date", _("Décidée le"), _day(row.decision.meeting.date)),
                    ("decision", _("Décision"), row.decision.text),
                )
                for row in carried.order_by("-decision__meeting__date", "pk")
            ),
            seen_by=IN_THE_GEM,
            kept=_("Avec la décision."),
        ),
    ]


def erase(account_id: UUID) -> int:
    """Forget who signed: a point stays on its agenda, without a name."""
    return AgendaPoint.objects.filter(account_id=account_id).update(account=None, signature="")


def erase_line(person_id: UUID) -> int:
    """Take the name away: the counts of a meeting are kept beside, and do not move.

    A decision stays in the hands of the members' group.
    """
    changed = MeetingPresence.objects.filter(person_id=person_id).delete()[0]
    changed += MeetingPresence.objects.filter(holder_id=person_id).delete()[0]
    carried = Carrier.objects.filter(person_id=person_id)
    return changed + carried.update(person=None, function=CarrierFunction.ADHERENTS)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


KEEPER = Keeper(
    name="governance.meetings",
    tables=tuple(model._meta.label for model in (AgendaPoint, MeetingPresence, Carrier)),
    show=show,
    erase=erase,
    show_line=show_line,
    erase_line=erase_line,
)
