"""What this package keeps on a person: roles, devices enrolled, the line of a roll."""

from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from espace.accounts import journal
from espace.accounts.choices import Pictogram, Role
from espace.accounts.personal_data import Keeper, Section
from espace.core.clock import today
from espace.groups.actions.versions import touch
from espace.groups.choices import AgeBand, Function, Gender
from espace.groups.models import Device, Mandate, Membership, Person, TerritoryMandate

GEM_SEES = _("Les élus et les salariés de votre GEM, et vous.")


def lines_of(account_id: UUID) -> list[UUID]:
    """Return the lines of the rolls linked to this account."""
    lines = Person.objects.filter(account_id=account_id).order_by("pk")
    return list(lines.values_list("pk", flat=True))


def show(account_id: UUID) -> list[Section]:
    """Return the roles and the devices enrolled."""
    return [_roles(account_id), _territories(account_id), _devices(account_id)]


def _roles(account_id: UUID) -> Section:
    mandates = Mandate.objects.filter(account_id=account_id).select_related("gem")
    rows = [
        (
            ("gem", _("GEM"), mandate.gem.name),
            ("role", _("Rôle"), str(Role(mandate.role).label)),
            ("function", _("Fonction"), _function(mandate.function)),
            ("started_on", _("Depuis le"), _day(mandate.started_on)),
            ("ended_on", _("Jusqu'au"), _day(mandate.ended_on)),
        )
        for mandate in mandates.order_by("started_on", "pk")
    ]
    return Section(
        key="roles",
        title=_("Vos rôles dans les GEM"),
        why=_("Savoir qui peut écrire quoi."),
        rows=tuple(tuple(cell for cell in row if cell[2]) for row in rows),
        seen_by=_("Les personnes de votre GEM. Votre compte d'adhérent : les élus et salariés."),
        kept=_("Cinq ans après la fin du rôle. Ensuite, le rôle reste compté, sans vous."),
    )


def _territories(account_id: UUID) -> Section:
    mandates = TerritoryMandate.objects.filter(account_id=account_id).order_by("started_on", "pk")
    rows = [
        (
            ("role", _("Rôle"), str(Role(mandate.role).label)),
            ("territory", _("Territoire"), mandate.territory),
            ("started_on", _("Depuis le"), _day(mandate.started_on)),
            ("ended_on", _("Jusqu'au"), _day(mandate.ended_on)),
        )
        for mandate in mandates
    ]
    return Section(
        key="territories",
        title=_("Vos rôles sur un territoire"),
        why=_("Savoir quels chiffres vous pouvez lire."),
        rows=tuple(tuple(cell for cell in row if cell[2]) for row in rows),
        seen_by=_("L'équipe de la FiGEM, et vous."),
        kept=_("Cinq ans après la fin du rôle."),
    )


def _devices(account_id: UUID) -> Section:
    devices = Device.objects.filter(enrolled_by_id=account_id).select_related("gem")
    return Section(
        key="devices",
        title=_("Les appareils du GEM que vous avez ajoutés"),
        why=_("Savoir à qui demander, si un appareil est perdu."),
        rows=tuple(
            (
                ("gem", _("GEM"), device.gem.name),
                ("device", _("Appareil"), device.name),
                ("enrolled_on", _("Ajouté le"), _day(device.enrolled_at.date())),
            )
            for device in devices.order_by("enrolled_at", "pk")
        ),
        seen_by=GEM_SEES,
        kept=_("Tant que l'appareil est gardé."),
    )


def show_line(person_id: UUID) -> list[Section]:
    """Return the line of a roll, and its memberships."""
    person = Person.objects.select_related("gem").filter(pk=person_id).first()
    if person is None:
        return []
    said = (
        ("gem", _("GEM"), person.gem.name),
        ("name", _("Nom dans le carnet"), person.label),
        ("pictogram", _("Dessin"), _sign(person.pictogram)),
        ("first_seen_on", _("Première venue"), _day(person.first_seen_on)),
        ("hidden", _("Listes du jour"), str(_("Caché")) if person.hidden else ""),
    )
    asked = (
        ("age_band", _("Tranche d'âge"), str(AgeBand(person.age_band).label)),
        ("gender", _("Genre"), str(Gender(person.gender).label)),
    )
    return [
        Section(
            key="roll_line",
            title=_("Votre ligne dans le carnet"),
            why=_("Vous reconnaître sur la feuille du jour."),
            rows=(tuple(cell for cell in said if cell[2]),),
            seen_by=GEM_SEES,
            kept=_("13 mois après le mois de votre dernière venue, 16 au plus tard."),
        ),
        Section(
            key="said",
            title=_("Ce que vous avez voulu dire"),
            why=_("Savoir qui vient, en nombres seulement."),
            rows=(asked,),
            seen_by=_("Vous seulement. Le GEM ne voit que des totaux."),
            kept=_("Comme votre ligne dans le carnet."),
        ),
        _memberships(person),
    ]


def _memberships(person: Person) -> Section:
    rows = [
        (
            ("year", _("Année"), str(each.year)),
            ("started_on", _("Depuis le"), _day(each.started_on)),
            ("fee", _("Cotisation en euros"), _euros(each.fee_cents)),
            ("first", _("Première adhésion"), str(_("oui")) if each.is_first else ""),
        )
        for each in person.memberships.order_by("year")
    ]
    return Section(
        key="memberships",
        title=_("Vos adhésions"),
        why=_("Savoir qui est adhérent."),
        rows=tuple(tuple(cell for cell in row if cell[2]) for row in rows),
        seen_by=GEM_SEES,
        kept=_("13 mois après la fin de l'année."),
    )


def erase(account_id: UUID) -> int:
    """End and forget the roles; elected mandates that began stay as facts, without the person."""
    gone = Mandate.objects.filter(account_id=account_id)
    gems = set(gone.values_list("gem_id", flat=True))
    facts = gone.filter(role=Role.ELECTED, started_on__lte=today())
    facts.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today())).update(ended_on=today())
    changed = Mandate.objects.filter(granted_by_id=account_id).update(granted_by=None)
    changed += journal.forget(gone.values_list("pk", flat=True))
    changed += facts.update(account=None)
    changed += gone.delete()[0]
    changed += TerritoryMandate.objects.filter(account_id=account_id).delete()[0]
    changed += Device.objects.filter(enrolled_by_id=account_id).update(enrolled_by=None)
    for gem_id in sorted(gems):
        touch(gem_id)
    return changed


def erase_line(person_id: UUID) -> int:
    """Delete the line of a roll and its memberships."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return 0
    changed = journal.forget([person_id]) + person.delete()[0]
    touch(person.gem_id)
    return changed


def _function(code: str) -> str:
    return str(Function(code).label) if code else ""


def _sign(code: str) -> str:
    return str(Pictogram(code).label) if code else ""


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _euros(cents: int | None) -> str:
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"


KEEPER = Keeper(
    name="groups",
    tables=tuple(
        model._meta.label for model in (Mandate, TerritoryMandate, Device, Person, Membership)
    ),
    show=show,
    erase=erase,
    show_line=show_line,
    erase_line=erase_line,
)
